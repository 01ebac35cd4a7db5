"""Words of company names and of mail addresses."""

from contacts.reading.words import words

# Behind a name; compared without full stops.
LEGAL_FORMS = words("companies", "legal forms")
# In front of a name, as French and Flemish firms and societies have them.
LEADING_FORMS = words("companies", "leading forms")
# One of these makes a name a company's, wherever it stands.
WORDS = words("companies", "words")
# Services that signatures point to: their domain says nothing about a company.
SERVICES = words("companies", "services")
# One of these first makes a name an institution's, whatever follows.
INSTITUTIONS = words("companies", "institutions")
# German and Dutch words for a firm end so.
WORD_ENDS = tuple(sorted(words("companies", "word ends")))
# Public mail providers: their domain says nothing about a company.
FREE_MAIL = words("companies", "free mail")
# What stands in a line of its own and names nobody.
NO_NAMES = words("companies", "no names")
# Addresses of a company, not of a person.
GENERIC_BOXES = words("companies", "generic boxes")
# Nobody's: what is written to them is not read.
UNREAD_BOXES = words("companies", "unread boxes")
# What people write where there is no company.
NO_COMPANY = words("companies", "no company")
