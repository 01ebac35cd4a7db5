"""What a few words say of somebody's work, in the usual orders: "CTO, Acme", "CTO at Acme", "Acme, CTO", "CTO"."""

import re

from contacts.reading.evidence import Evidence
from contacts.reading.kinds import (
    could_be_company,
    has_legal_form,
    is_company,
    is_department,
    is_institution,
    is_speciality,
    is_title,
    words_of,
)
from contacts.reading.name_words import is_name_like
from contacts.reading.page import Piece
from contacts.reading.title_and_company import split_title, without_town
from contacts.reading.words import companies, jobs
from contacts.text.folding import fold

AHEAD = re.compile(
    r"(?:for and )?on behalf of\s+|for\s+(?=[A-Z])|pour le compte de\s+|im auftrag (?:der|des|von)\s+|namens\s+"
    r"|en nombre de\s+"
    # What a profile on Xing has before the title.
    r"|(?:angestellte?r?|selbst(?:st)?ändig|freiberufler(?:in)?|beamte?r?(?:in)?|employee|self-employed)\s*,\s+(?=\w)",
    re.IGNORECASE,
)
# The branch that somebody works at: Intertalent Agence de Valence.
_BRANCH = re.compile(
    r"(?<=\w)\s+(?:agence|succursale|antenne|niederlassung|zweigstelle|vestiging|filiaal|sucursal|delegación)\s+(?:de\s|d['’]|in\s)?\s*[A-ZÀ-Þ][^|]{1,40}$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s\([^()]*\s[^()]*\)$")
_AND = re.compile(r"^\S+ (?:&|and|et|und|y|en) \S")
_COMMA = re.compile(r"\s*,\s*")


def title_and_company(piece: Piece, known: Evidence, *, elsewhere: bool) -> dict[str, Piece]:
    """What `piece` says of the work, in the usual orders: "CTO, Acme", "CTO at Acme", "Acme, CTO", "CTO"."""
    ahead = AHEAD.match(piece.text)
    piece = piece.part(ahead.end()) if ahead else piece
    cut = piece.split(_COMMA)
    both = split_title(piece, known, elsewhere=elsewhere)
    is_firm = len(cut) == 1 and (
        has_legal_form(piece.text) or is_institution(piece.text) or _is_named_by_domain(piece.text, known)
    )
    if both is not None and both[1] is None and _is_behind_a_name(cut, known):
        # The name that stands before the title on this line was not sure enough to be read.
        return {"title": piece.part(cut[1].start - piece.start)} if is_title(cut[1].text) else {}
    if (
        both is not None
        and both[1] is not None
        and "," in piece.text[both[0].span.end - piece.start : both[1].start - piece.start]
    ):
        both = _sure_pair(piece, both[0], both[1], known, elsewhere=elsewhere)
    is_title_alone = both is not None and both[1] is None and is_title(cut[0].text) and not is_firm
    if is_company(piece.text, known) and (both is None or both[1] is None) and not is_title_alone:
        return {"current_company": _firm_of(piece, cut, known)}
    if both is not None:
        title, company = both
        return {"title": title} | ({"current_company": company} if company else {})
    if len(cut) == 2 and could_be_company(cut[0].text) and is_title(cut[1].text):
        return {"current_company": cut[0], "title": cut[1]}
    if len(cut) > 1 and is_company(cut[0].text, known):
        return {"current_company": cut[0]}
    return {}


def _sure_pair(
    piece: Piece, title: Piece, company: Piece, known: Evidence, *, elsewhere: bool
) -> tuple[Piece, Piece | None] | None:
    """What "title, company" says for sure; with nothing to confirm the company, it may be the title's speciality.

    `elsewhere`: a company that a domain or a legal form confirms stands on another line.
    """
    if set(words_of(title.text)) <= jobs.WITHOUT_SPECIALITY | jobs.SMALL and could_be_company(company.text):
        return (title, company) if not is_department(company.text) else (piece, None)
    if elsewhere and not (known.for_company(company.text) or has_legal_form(company.text)):
        return piece, None
    if is_company(company.text, known):
        return title, company
    if " " not in company.text or is_speciality(company.text):
        return piece, None
    return None


def _firm_of(piece: Piece, cut: list[Piece], known: Evidence) -> Piece:
    """The company among the parts of `piece`: the one that a domain or a legal form confirms, else the first.

    Without what brackets say of it: Fincherry (by Oldbridge Bank).
    """
    piece = without_town(piece) if len(cut) == 1 else piece
    aside = _ASIDE.search(piece.text) or _BRANCH.search(piece.text)
    if aside and is_company(piece.text[: aside.start()], known):
        return piece.part(0, aside.start()).strip()
    if len(cut) == 1 or _is_form(cut[1].text) or _are_partners(cut, piece.text):
        return piece
    for part in cut:
        if known.for_company(part.text) or has_legal_form(part.text):
            return part
    return cut[0] if is_company(cut[0].text, known) else piece


def _are_partners(cut: list[Piece], text: str) -> bool:
    """Whether a firm is called by several last names: Vance, Lindley & Moore LLP."""
    are_names = all(" " not in one.text and one.text[:1].isupper() and not is_title(one.text) for one in cut[:-1])
    return are_names and bool(_AND.search(cut[-1].text)) and has_legal_form(text)


def _is_behind_a_name(cut: list[Piece], known: Evidence) -> bool:
    """Whether what is before the comma may be a name: Dwayne Tuttle, Owner."""
    first = cut[0].text
    return len(cut) > 1 and " " in first and is_name_like(first) and not (is_title(first) or is_company(first, known))


def _is_named_by_domain(text: str, known: Evidence) -> bool:
    """Whether a domain has this name, although a word in it is one of jobs: Wachsmuth Executive Search."""
    words = text.split()
    is_job = is_title(words[0]) or (is_title(words[-1]) and "&" not in words)
    # Consultora Andes Talento, andestalento.cl
    return known.is_domain(text) or known.is_domain(" ".join(words[1:])) or (known.for_company(text) and not is_job)


def _is_form(text: str) -> bool:
    return fold(text).replace(".", "").split(" ")[0] in companies.LEGAL_FORMS
