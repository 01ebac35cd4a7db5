"""What a line of a postal address looks like: a street with a house's number, in five languages."""

import re

from contacts.text.folding import fold

STREET = re.compile(
    r"\b(?:rue|avenue|av|ave|bd|bld|boulevard|place|quai|allees?|chemin|impasse|cours|route|zac|za|zi|bp|cs|parc|tour"
    r"|batiment|bat|immeuble|\w*strasse|\w*str|\w*weg|\w*platz|\w*allee|\w*ring|\w*gasse|\w*damm|\w*ufer|postfach"
    r"|calle|c/|avda|avenida|plaza|paseo|pza|poligono|carrer|ronda|gran via|\w*straat|\w*laan|\w*plein|\w*kade"
    r"|\w*gracht|\w*dijk|\w*singel|postbus|street|st|road|rd|lane|ln|drive|dr|square|sq|court|way|floor|suite|building"
    r"|house|park"
    r"|p\.?o\.? box|chaussee|faubourg|fbg|esplanade|sentier|hameau|lieu-dit|z\.?a\.?|z\.?i\.?|\w*markt|am|auf der"
    r"|im|an der|\w*graben|\w*steig|\w*promenade|\w*hof|steenweg|\w*lei|\w*dreef|\w*steeg|travesia|glorieta|rambla|via"
    r"|ctra|carretera|camino|edificio|urb|rua|praza|cl|c\.)\b"
)
_BEGINS = re.compile(
    r"\s*(?:rue|avenue|av\.|boulevard|bd|place|quai|allee|chemin|impasse|calle|c/|plaza|avda|paseo|via|piazza|rua"
    r"|p\.?o\.? box|postfach|postbus|bp|cs"
    # Parts of towns.
    r"|barrio|colonia|col\.|urbanizacion|residencial|quartier|arrondissement|stadtteil|ortsteil|wijk|bairro)(?:\b|(?<=[./]))"
)


def begins_as_street(text: str) -> bool:
    """Whether `text` starts with a kind of street and has a house's number: Av. Constitución 400 Pte."""
    return any(map(str.isdigit, text)) and bool(_BEGINS.match(fold(text)))


def is_street(text: str) -> bool:
    """Whether `text` names a street or a house, and so neither a company nor a person."""
    folded = fold(text)
    has_number = any(character.isdigit() for character in text)
    return bool(_BEGINS.match(folded)) or (has_number and bool(STREET.search(folded)))
