"""Words that tell a country without naming it."""

from contacts.reading.words import sections

# From a legal form, a register or a tax that only one country has to its two-letter code.
COUNTRY_OF_MARK: dict[str, str] = {mark: country for country, marks in sections("countries").items() for mark in marks}
