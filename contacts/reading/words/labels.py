"""What stands before a value and says what it is: "Tél.", "skills", "Nachname"."""

from contacts.reading.words import sections, words

_NO_FIELDS = {"fax", "work", "personal", "yes", "no", "fillers"}

# A label that makes the next value nobody's: shown as left over.
FAX = words("labels", "fax")

# From label to field and type. Beside the API's names there are "name" (a whole name), "some_name" ("Nom", "Nombre",
# "Naam": one name or the whole one, depending on what else is given) and "skip" (what has no field).
FIELD_OF: dict[str, tuple[str, str]] = {
    label: (field.partition(":")[0], field.partition(":")[2])
    for field, labels in reversed(sections("labels").items())
    for label in labels
    if field not in _NO_FIELDS
}
LONGEST = max(map(len, FIELD_OF))

# What says nothing in a label of several words: "mobile number", "ligne directe principale".
FILLERS = words("labels", "fillers")

# Words that say of a number or an address whose it is.
WORK = words("labels", "work")
PERSONAL = words("labels", "personal")

YES = words("labels", "yes")
NO = words("labels", "no")
