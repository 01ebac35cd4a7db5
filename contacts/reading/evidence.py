"""What the addresses on a page say about the person and the company: s.martin@acme.example."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from contacts.reading.name_words import bare_words, spelt
from contacts.reading.page import Page
from contacts.reading.words import companies, jobs, people
from contacts.reading.words.world import COUNTRY_OF_CITY
from contacts.text.folding import fold

_PARTS = re.compile(r"[^a-z]+")
_DOMAIN = re.compile(
    r"(?:@|\bwww\.|://(?:www\.)?)((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12})\b"
    # A site without anything before it; not each word with a stop in it.
    r"|(?<![\w@./-])([a-z0-9-]{3,63}\.(?:com|org|net|eu|co\.uk|fr|de|es|nl|be|ch|at|it|ie|pt))\b(?![.@])"
)
_SLUG = re.compile(r"/in/([^/?#]+)")
_SMALL = jobs.SMALL | people.PARTICLES
_LEAST = 3
_WORDS_LEAST = 2
_BEGINNING_LEAST = 5
# One word of several in a domain that has so many letters is a name, not a trade.
_TELLING_LEAST = 6
_INITIALS_LEAST = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """`people` are the parts of each address that names the person, `domains` the names of companies' domains.

    `domain_words` are the words of each.
    `lines` are those on which an address or a number stands, `region` the country that most speaks for.
    """

    people: tuple[tuple[str, ...], ...]
    domains: frozenset[str]
    lines: frozenset[int]
    region: str = ""
    domain_words: frozenset[frozenset[str]] = frozenset()

    @property
    def known(self) -> frozenset[str]:
        """Every word by which the person is known."""
        return frozenset(part for parts in self.people for part in parts)

    def for_person(self, text: str) -> int:
        """How much the addresses say that `text` is the person's name: 4 for both names, 3 for one, 0."""
        words = [spelt(word) for word in bare_words(text)]
        words = [word for word in words if word]
        return max((_match(words, parts) for parts in self.people), default=0) if words else 0

    def is_ordered(self, first: str, last: str) -> bool:
        """Whether an address has these two names in this order."""
        one, other = spelt(first), spelt(last)
        return (one, other) in self.people or (one[:1], other) in self.people

    def is_domain(self, text: str) -> bool:
        """Whether a domain is these words and nothing else: Vindkraft Partners, vindkraftpartners.se."""
        words = [word for word in map(spelt, text.split()) if word]
        return len(words) > 1 and spelt("".join(words)) in self.domains

    def for_company(self, text: str) -> bool:
        """Whether a domain has the name of this company."""
        words = [word for word in map(spelt, text.split()) if word]
        bare = [word for word in words if word not in companies.LEGAL_FORMS] or words
        # Spelt once more: the letters of two vowels meet where the words do, as in mandarinaestudio.es.
        joined = spelt("".join(bare))
        # GBF and gbfulfillment for Great Basin Fulfillment.
        shortened = {"".join([*(word[0] for word in bare[:count]), *bare[count:]]) for count in range(2, len(bare) + 1)}
        if len(joined) < 2 or (text.islower() and len(words) == 1 and joined not in self.domains):
            # A name that somebody has on a site is no firm's: lesandvik, sandvik.example.
            return False
        if spelt("".join(word for word in bare if word not in _SMALL)) in self.domains:
            return True
        spoken = {spelt(word) for word in text.split()}
        return any(_is_spoken(parts, spoken) for parts in self.domain_words if len(parts) > 1) or any(
            domain == joined
            or (len(joined) >= _LEAST and domain.startswith(joined))
            or (len(domain) >= _LEAST and joined.startswith(domain))
            or (len(domain) >= _INITIALS_LEAST and domain in shortened)
            or (len(bare[0]) > _LEAST and domain == bare[0])
            or (len(bare) > 1 and len(bare[0]) >= _BEGINNING_LEAST and domain.startswith(bare[0]))
            or (len(domain) > _LEAST + 1 and domain in joined)
            for domain in self.domains
        )


def _is_spoken(parts: frozenset[str], spoken: set[str]) -> bool:
    """Whether the words of a domain begin words of a text, or its longest one is a word of it: meerhout-choco.be."""
    if len(spoken) < _WORDS_LEAST:
        return False
    starts = all(len(part) >= _LEAST and any(word.startswith(part) for word in spoken) for part in parts)
    return starts or parts <= spoken or any(len(part) >= _TELLING_LEAST and part in spoken for part in parts)


def evidence(page: Page) -> Evidence:
    """What is known once the addresses are placed."""
    found = [_parts(_local(str(value.value))) for value in page.all("emails")]
    for value in page.all("linkedin_profile"):
        slug = _SLUG.search(fold(str(value.value)))
        found += [_parts(slug[1])] if slug else []
    sites = [match[1] or match[2] for match in _DOMAIN.finditer(page.near.casefold())]
    domains = {_name(site) for site in sites}
    return Evidence(
        tuple(parts for parts in found if parts),
        frozenset(filter(None, domains)),
        _lines(page),
        page.country,
        frozenset(_words(site) for site in sites),
    )


def _parts(words: str) -> tuple[str, ...]:
    return tuple(spelt(part) for part in _PARTS.split(words) if part)


def _lines(page: Page) -> frozenset[int]:
    starts = [line.start for line in page.lines]
    reached = [value for field in ("emails", "phones") for value in page.all(field)]
    return frozenset(bisect_right(starts, value.spans[0].start) - 1 for value in reached)


def _local(address: str) -> str:
    local = fold(address.partition("@")[0].partition("+")[0])
    # The branch of a town: quimper@, but not florence@.
    is_place = local in COUNTRY_OF_CITY and local not in people.GIVEN
    return "" if is_place or local in companies.GENERIC_BOXES or local in jobs.HEADS else local


def _words(domain: str) -> frozenset[str]:
    """The words of a domain's name: wachsmuth-search.de."""
    name = domain.rsplit(".", 2)[-2]
    return frozenset(spelt(word) for word in name.split("-") if len(word) > 1)


def _name(domain: str) -> str:
    labels = domain.split(".")
    name = labels[-3] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2]
    return "" if name in companies.FREE_MAIL | companies.SERVICES or name == "linkedin" else spelt(name)


def _match(words: list[str], parts: tuple[str, ...]) -> int:
    joined, whole = spelt("".join(parts)), "".join(words)
    ends = {
        spelt(written)
        for written in (
            words[0][0] + words[-1],
            words[-1] + words[0][0],
            words[0] + words[-1],
            words[-1] + words[0],
            whole,
            words[0] + words[-1][0],
        )
    }
    if len(words) > 1 and (joined in ends or (set(parts) & set(words[1:]) and (set(parts) & {words[0], words[0][0]}))):
        return 4
    if len(words) > 1 and spelt("".join(words[1:])) in (parts[1:] or parts):
        return 4
    if len(words) > 1 and words[0] in parts and any(len(p) >= _LEAST and words[-1].startswith(p) for p in parts[1:]):
        # nadir.bel@: Nadir Belkhir
        return 4
    if any(len(word) >= _LEAST and (word in parts or (len(word) > _LEAST + 1 and word in joined)) for word in words):
        return 3
    return 0
