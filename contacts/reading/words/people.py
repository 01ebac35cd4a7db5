"""Words of names."""

from contacts.reading.words import words

# Common first names of the five languages' countries, and of many who live there. One that is missing does no harm:
# a name is also known by its place and by the e-mail address.
GIVEN = words("names", "given")
# Family names that come first where the name is written in the order of its own language, and what may follow them.
FAMILY_FIRST = words("names", "family first")
VIETNAMESE_MIDDLE = words("names", "vietnamese middle")
# Spanish and Portuguese family names that stand before another one, as the first of two.
FIRST_OF_TWO = words("names", "first of two")
# Family names that are no initials when they are written in capitals.
SHORT_FAMILY = words("names", "short family")
PARTICLES = words("names", "particles")
# Particles that keep their capital where a name in capitals is written out: Le Gall, El Amrani, Ben Ali.
CAPITAL_PARTICLES = words("names", "capital particles")
# Written before a name, or behind it, and no part of it.
HONORIFICS = words("names", "honorifics")
CIVIL = words("names", "civil")
# First names that people cut short: Fco. Javier, Ma. Fernanda.
SHORT_GIVEN = words("names", "short given")
# Since 1919 a part of German last names: Konstantin Graf von Hohenried.
NOBLE = words("names", "noble")
SUFFIXES = words("names", "suffixes") | words("names", "generations")
# Chinese family names, which nobody has as a first name.
CHINESE_FAMILY = words("names", "chinese family")
# Korean ones; the first name behind them has two parts: Kim Min-jun.
KOREAN_FAMILY = words("names", "korean family")
# Written with a capital where a last name begins.
ARTICLES = words("names", "articles")
# Countries where people have their father's and their mother's last name.
TWO_SURNAMES = {"ES", "PT"} | {
    *("MX", "CO", "CL", "PE", "EC", "VE", "BO", "UY", "PY", "AR", "BR"),
    *("CR", "GT", "DO", "CU", "PA", "SV", "HN", "NI", "PR"),
}
