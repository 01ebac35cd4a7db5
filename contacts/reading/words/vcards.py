"""Names that vCards use."""

from contacts.reading.words import words

# Whose number or address it is.
WORK = words("vcards", "work")
PERSONAL = words("vcards", "personal")
NO_PHONE = words("vcards", "no phone")
PICTURES = words("vcards", "pictures")
# What programs write for each other.
BOOKKEEPING = words("vcards", "bookkeeping")
# Where a LinkedIn address may stand.
LINKEDIN = words("vcards", "linkedin")
# Categories that say nothing of a person.
NO_TAGS = words("vcards", "no tags")
