"""The facts of an HTTP answer, taken down before anything in it is parsed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime

from contacts.leonar.parse import storable_text

# A reset further than this from the server's own clock is no reset, and a clock further than this from ours is none:
# milliseconds, a duration, nonsense.
BELIEVED_WITHIN = 24 * 3600
RESET_MIN, RESET_MAX = 1.0, 3660.0
EXCERPT_BYTES = 2048
CONTENT_TYPE_CHARACTERS = 100

_COUNT = re.compile(r"[0-9]{1,9}")
_UNIX_SECONDS = re.compile(r"[0-9]{1,11}")


@dataclass(frozen=True, slots=True)
class RateLimit:
    """What the rate headers said; None for what was missing or made no sense.

    `reset_in` is seconds from when the answer came, between 1 and 3,660; None also where the reset had passed.
    """

    limit: int | None = None
    remaining: int | None = None
    reset_in: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it came. `duration` is the seconds from the start of the call to the end of the answer.

    `excerpt` is the start of the body as text that any database takes. It may hold personal data, so it is not in the
    repr. `skew` is what the server's clock read when its answer began to come, less what ours did, in seconds and to
    within a second; None where it did not say, or nothing that can be believed.
    """

    status: int
    content_type: str
    excerpt: str = field(repr=False)
    rate_limit: RateLimit
    duration: float
    skew: float | None = None

    @property
    def is_json(self) -> bool:
        """Whether the body is meant to be JSON, by its own look or its type. Nothing at all is not."""
        start = self.excerpt.lstrip()
        return start.startswith(("{", "[")) or bool(start and "json" in self.content_type.lower())


def read_rate_limit(headers: Mapping[str, str], *, now: float) -> RateLimit:
    """The rate headers of an answer. Never raises, whatever they hold. `now` is our clock in Unix seconds.

    Reference: Rate limits. `X-RateLimit-Reset` is in the server's clock, so it is measured against its `Date`.
    """
    return RateLimit(
        limit=_whole(headers.get("X-RateLimit-Limit"), _COUNT),
        remaining=_whole(headers.get("X-RateLimit-Remaining"), _COUNT),
        reset_in=_reset_in(headers, now),
    )


def read_skew(headers: Mapping[str, str], *, now: float) -> float | None:
    """What `Date` says of the server's clock, less `now`; see Answer. Never raises, whatever it holds."""
    clock = _server_clock(headers)
    if clock is None or abs(clock - now) > BELIEVED_WITHIN:
        return None
    return clock - now


def excerpt(body: str) -> str:
    """The first 2 KB or so."""
    return storable_text(body[:EXCERPT_BYTES])


def content_type(value: str) -> str:
    """The content type as the server wrote it, shortened."""
    return storable_text(value[:CONTENT_TYPE_CHARACTERS])


def _reset_in(headers: Mapping[str, str], now: float) -> float | None:
    reset = _whole(headers.get("X-RateLimit-Reset"), _UNIX_SECONDS)
    if reset is None:
        return None
    seconds = reset - (_server_clock(headers) or now)
    # A reset that has passed says nothing about when to come back.
    if not 0 < seconds <= BELIEVED_WITHIN:
        return None
    return min(max(seconds, RESET_MIN), RESET_MAX)


def _whole(value: str | None, shape: re.Pattern[str]) -> int | None:
    if value is None or not shape.fullmatch(value.strip()):
        return None
    return int(value)


def _server_clock(headers: Mapping[str, str]) -> float | None:
    try:
        moment = parsedate_to_datetime(headers.get("Date", ""))
        return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
