"""Years of experience where a note says them in passing: "Backend developer, 9 years of experience"."""

import re
from collections.abc import Iterator

from contacts.reading.page import Page
from contacts.reading.result import Certainty, Value

NAME = "experience"

# A clause of its own: "requires 5 years of experience" speaks of a job.
_CLAUSE = re.compile(
    r"(?:^|[,;|•·(–—-]\s*|\b(?=(?:with|avec|mit|con|met)\s))(?P<all>(?:(?:with|avec|mit|con|met)\s)?"
    r"(?:over |more than |plus de |über |mehr als |más de |meer dan )?"
    r"(?P<years>\d{1,2})\s?\+?\s"
    r"(?:years?|yrs?|ans|années|jahren?|años|jaar)(?:[’']?\s(?:of |d['’]|de |an )?\s?|\s?d['’])"
    r"(?:experience|expérience|erfahrung|berufserfahrung|experiencia|ervaring|werkervaring)\b)\s*(?=$|[,;.|•·)–—-]|\s(?:in|en|dans|im|als|as|met|mit|avec|with)\b)",
    re.IGNORECASE,
)


def fits(page: Page) -> bool:
    """Whether the years are not said by a label."""
    return not page.has("years_experience")


def read(page: Page) -> Iterator[Value]:
    """The first."""
    for _number, part in page.open_pieces():
        match = _CLAUSE.search(part.text)
        if match:
            span = part.part(*match.span("all")).span
            yield Value("years_experience", int(match["years"]), (span,), certainty=Certainty.LIKELY)
            return
