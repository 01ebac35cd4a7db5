"""Words of job titles."""

from contacts.reading.words import words

# One of these in a few words makes them a job title.
HEADS = words("jobs", "heads")
# Trades that are last names as well: a title only where they come first, as in "Bakker in opleiding".
TRADES = words("jobs", "trades")
# Whom to ask is no job, though the word ends like one.
NO_HEADS = words("jobs", "no heads")
# What slogans and advertisements begin with.
SLOGAN_STARTS = words("jobs", "slogan starts")
# German and Dutch titles are written as one word; these are their ends.
HEAD_ENDS = words("jobs", "head ends")
# These make a title only with others: "Chef de projet", "Member of the board".
WEAK = words("jobs", "weak")
# What a title may name behind a comma; never a company.
DEPARTMENTS = words("jobs", "departments")
# Small words inside titles, written without capitals.
SMALL = words("jobs", "small")
# Between a title and its company: "CTO at Acme".
AT = words("jobs", "at")
# Words of a sentence that speaks of a job, but not of the one that somebody has.
NOT_SAID_OF_ONESELF = words("jobs", "not said of oneself")
# Behind a comma such a title has its company, and never what its holder is in charge of.
WITHOUT_SPECIALITY = words("jobs", "without speciality")
