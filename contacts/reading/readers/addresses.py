"""E-mail and web addresses, which say themselves what they are."""

import re
from collections.abc import Iterator

from contacts.reading import values
from contacts.reading.page import Page, Piece
from contacts.reading.result import Aside, Certainty, Kind, Span, Value
from contacts.reading.words import companies, labels
from contacts.text.folding import fold

NAME = "addresses"

_LOCAL = r"(?<![\w.!#$%&'*+/=?^`{|}~-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}"
_DOMAIN = r"(?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24}(?![\w-])"
_EMAIL = re.compile(
    rf"(?:<\s*)?(?:mailto:)?(?P<address>{_LOCAL}(?:@|\s?[\[(]\s?(?:at|arobase|à)\s?[\])]\s?){_DOMAIN})(?:\s*<mailto:[^<>\s]{{3,200}}>|\?[\w=&%.+-]{{1,200}})?(?:\s*>)?",
    re.IGNORECASE,
)
# As people say it or keep it from machines: jo.quill at quillstone dot com; jo [at] quillstone [dot] com
_SAID_AT = r"(?:\s(?:@|at|arobase|arroba)\s|\s?[\[(]\s?(?:@|at|arobase|arroba)\s?[\])]\s?)"
_SAID_DOT = r"(?:\s(?:\.|dot|point|punkt|punto|punt)\s|\s?[\[(]\s?(?:\.|dot|point|punkt|punto|punt)\s?[\])]\s?)"
_SPOKEN = re.compile(
    rf"(?<![\w.])(?P<local>[\w.+-]{{1,64}}){_SAID_AT}(?P<domain>[\w-]{{2,63}}(?:{_SAID_DOT}[a-z]{{2,24}}){{1,3}})(?!\w)",
    re.IGNORECASE,
)
_DOT = re.compile(_SAID_DOT, re.IGNORECASE)
_LINKEDIN = re.compile(
    r"<?(?<![\w.@-])(?:https?://)?(?:[\w-]{1,20}\.){0,2}linkedin\.com/(?:(?:(?:comm|m|mwlite)/)?in|pub)/[^\s<>()|,;\"'\]]{2,200}>?|(?<![\w./-])/?in/[\w%.-]{3,100}/?(?=$|[\s|,;)])",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"(?<![\w.@-])(?:https?://[^\s<>|\"]{3,500}|(?:[\w-]{1,63}\.){1,4}(?:[a-z]{2,12})(?![\w@.-]*@)(?![\w-])(?:/[^\s<>|\"]{0,300})?)",
    re.IGNORECASE,
)
# Vue.js, ASP.NET, S.Coop. and files are called like addresses.
_TECHNOLOGY = re.compile(
    r"[\w-]+\.(?:js|ts|jsx|tsx|py|php|cs|cpp|rb|NET|docx?|pdf|xlsx?|pptx?|txt|csv|jpe?g|png|gif|zip|vcf|eml)"
    r"|[A-Z]\.[A-Z][a-z]+"
)
_AT = re.compile(r"\s?[\[(]\s?(?:at|arobase|à)\s?[\])]\s?", re.IGNORECASE)
_LABEL = re.compile(r"(?:^|[\s|•·,;/(–—-])([^\W\d_][\w.'()-]{0,20}(?:\s[\w.'()-]{1,14}){0,2})\s*[:.–-]?\s*$")
_BEHIND = re.compile(r"\s*(?:\(([^()]{2,20})\)|[•·]\s*(\w{2,12})(?=\s*(?:$|[|•·])))")
_BEFORE_MOST = 48


def fits(page: Page) -> bool:
    """Whether anything looks like an address."""
    return any(mark in page.near for mark in "@./[(")


def read(page: Page) -> Iterator[Value | Aside]:
    """Addresses in their order; web sites are set aside, since a contact has no field for them."""
    for _number, part in list(page.open_pieces()):
        for match in _LINKEDIN.finditer(part.text):
            yield from _profile(part, match)
    for _number, part in list(page.open_pieces()):
        for match in _SPOKEN.finditer(part.text):
            address = values.email(f"{match['local']}@{_DOT.sub('.', match['domain'])}")
            yield Value("emails", address, (part.part(*match.span()).span,), certainty=Certainty.LIKELY)
    found = [(part, match) for _number, part in list(page.open_pieces()) for match in _EMAIL.finditer(part.text)]
    personal = [one for one in found if not _is_generic(one[1]["address"])]
    for part, match in found:
        if not values.email(_AT.sub("@", match["address"])):
            yield Aside(part.part(*match.span()).span, Kind.TEXT)
    for number, (part, match) in enumerate(personal or found[:1]):
        if number == 0 or _may_be_theirs(page, match["address"]):
            yield from _email(part, match)
    for _number, part in list(page.open_pieces()):
        for match in _WEB.finditer(part.text):
            if "@" not in match[0] and not _TECHNOLOGY.fullmatch(match[0]):
                yield Aside(Span(part.start + match.start(), part.start + match.end()), Kind.TEXT)


def _profile(part: Piece, match: re.Match[str]) -> Iterator[Value]:
    piece = part.part(*match.span()).strip("<>.")
    address = values.linkedin(piece.text)
    if address:
        yield Value("linkedin_profile", address, (piece.span,), _label_before(part, match.start())[1])


def _email(part: Piece, match: re.Match[str]) -> Iterator[Value]:
    address = values.email(_AT.sub("@", match["address"]))
    if not address:
        return
    label, around = _label_before(part, match.start())
    behind = _BEHIND.match(part.text, match.end())
    said = (behind[1] or behind[2]) if behind else ""
    if behind and values.address_type(set(said.split())):
        label, around = said, (*around, part.part(behind.start(), behind.end()).strip().span)
    yield Value("emails", address, (part.part(*match.span()).span,), around, values.address_type(set(label.split())))


def _label_before(part: Piece, end: int) -> tuple[str, tuple[Span, ...]]:
    """The label right before an address and where it stands, if it is one."""
    start = max(0, end - _BEFORE_MOST)
    match = _LABEL.search(part.text[start:end])
    if match is None:
        return "", ()
    words = match[1].split()
    for count in range(len(words)):
        label = " ".join(words[count:])
        if labels.FIELD_OF.get(fold(label).strip(" .:()"), ("", ""))[0] in {"emails", "linkedin_profile"}:
            begin = start + match.start(1) + match[1].rindex(label)
            return label, (part.part(begin, end).strip().span,)
    return "", ()


def _is_generic(address: str) -> bool:
    return fold(address.partition("@")[0]) in companies.GENERIC_BOXES


def _may_be_theirs(page: Page, address: str) -> bool:
    """Whether a further address is the same person's: alike the first, or at a public provider."""
    first = page.all("emails")
    domain = address.rpartition("@")[2].casefold().split(".")[0]
    if not first or domain in companies.FREE_MAIL:
        return True
    known, other = _parts(str(first[0].value)), _parts(address)
    return any(a in b or b in a for a in known for b in other)


def _parts(address: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", fold(address.partition("@")[0])))
