"""The facts of an HTTP answer, taken down before anything in it is parsed."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import parsedate_to_datetime

# A reset further than this from the server's own clock is no reset: milliseconds, a duration, nonsense.
RESET_BELIEVED_WITHIN = 24 * 3600
RESET_MIN, RESET_MAX = 1.0, 3660.0
EXCERPT_BYTES = 2048
CONTENT_TYPE_CHARACTERS = 100

_COUNT = re.compile(r"[0-9]{1,9}")
_UNIX_SECONDS = re.compile(r"[0-9]{1,11}")


@dataclass(frozen=True, slots=True)
class RateLimit:
    """What the rate headers said; None for what was missing or made no sense.

    `reset_in` is seconds from when the answer came, between 1 and 3,660.
    """

    limit: int | None = None
    remaining: int | None = None
    reset_in: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it came. `duration` is the seconds from the start of the call to the end of the answer.

    `excerpt` is the start of the body as text, without NULs. It may hold personal data, so it is not in the repr.
    """

    status: int
    content_type: str
    excerpt: str = field(repr=False)
    rate_limit: RateLimit
    duration: float


def read_rate_limit(headers: Mapping[str, str], *, now: float | None = None) -> RateLimit:
    """The rate headers of an answer. Never raises, whatever they hold. `now` is our clock in Unix seconds.

    Reference: Rate limits. `X-RateLimit-Reset` is in the server's clock, so it is measured against its `Date`.
    """
    now = time.time() if now is None else now
    return RateLimit(
        limit=_whole(headers.get("X-RateLimit-Limit"), _COUNT),
        remaining=_whole(headers.get("X-RateLimit-Remaining"), _COUNT),
        reset_in=_reset_in(headers, now),
    )


def excerpt(body: bytes) -> str:
    """The first 2 KB as text. NULs go: PostgreSQL can't store them."""
    return body[:EXCERPT_BYTES].decode("utf-8", errors="replace").replace("\0", "")


def content_type(headers: Mapping[str, str]) -> str:
    """The content type as the server wrote it, shortened."""
    return headers.get("Content-Type", "").replace("\0", "")[:CONTENT_TYPE_CHARACTERS]


def _reset_in(headers: Mapping[str, str], now: float) -> float | None:
    reset = _whole(headers.get("X-RateLimit-Reset"), _UNIX_SECONDS)
    if reset is None:
        return None
    seconds = reset - (_server_clock(headers.get("Date")) or now)
    if abs(seconds) > RESET_BELIEVED_WITHIN:
        return None
    return min(max(seconds, RESET_MIN), RESET_MAX)


def _whole(value: str | None, shape: re.Pattern[str]) -> int | None:
    if value is None or not shape.fullmatch(value.strip()):
        return None
    return int(value)


def _server_clock(date: str | None) -> float | None:
    if not date:
        return None
    try:
        moment = parsedate_to_datetime(date)
        return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
