"""From what was seen of a call to what is known about it: pure functions, the failure table of docs/delivery.md."""

import re
import ssl
from collections.abc import Iterator

from urllib3 import exceptions as urllib3_errors

from contacts.leonar import errors, limits, parse
from contacts.leonar.answers import Answer

# Reference: Errors. Of an error body, only these codes go into a log.
CODES = frozenset(
    {
        "validation_error",
        "invalid_api_key",
        "insufficient_scope",
        "not_found",
        "rate_limit_exceeded",
        "internal_error",
    }
)
MESSAGE_CHARACTERS = 500

KEY_STATUSES = (401, 402, 403)
ADDRESS_STATUSES = (404, 405, 410)
# Something gave up while it had the request; 409 and 425 say nothing about what became of it before.
UNCERTAIN_STATUSES = (408, 409, 425)

_NAMES_FIELD = re.compile(r"(?P<path>(?P<field>[a-z_]+)(\.[^:\s]+)*):\s*(?P<said>.*)", re.DOTALL)

# The first of these on the way from the outermost exception to its root decides. Anything else leaves the outcome open.
_VERDICTS: tuple[tuple[type[BaseException], type[errors.LeonarError]], ...] = (
    (urllib3_errors.NewConnectionError, errors.Unreachable),
    (urllib3_errors.ConnectTimeoutError, errors.Unreachable),
    (ssl.SSLCertVerificationError, errors.Untrusted),
    (urllib3_errors.ReadTimeoutError, errors.NoAnswer),
    (TimeoutError, errors.NoAnswer),
)


def classify_answer(answer: Answer, body: bytes) -> errors.LeonarError | None:
    """What the status of an answer says about the request. None for a 2xx: its body remains to be parsed."""
    status = answer.status
    if 200 <= status < 300:
        return None
    code, message = parse.error_body(body)
    detail = f"HTTP {status} {code}" if code in CODES else f"HTTP {status}"
    if status == 400:
        return errors.Invalid(*_split(message), detail=detail, answer=answer)
    if status in KEY_STATUSES:
        return errors.KeyRefused(detail, answer=answer)
    if status == 429:
        return errors.RateLimited(answer.rate_limit.reset_in, detail=detail, answer=answer)
    if status in ADDRESS_STATUSES or 300 <= status < 400:
        return errors.AddressWrong(detail, answer=answer)
    if 400 <= status < 500 and status not in UNCERTAIN_STATUSES:
        return errors.NotAccepted(*_split(message), detail=detail, answer=answer)
    if status < 200:
        # An interim answer where the final one belongs; the final one may have been a 201.
        return errors.ConnectionLost(detail, answer=answer)
    return errors.ServerError(detail, answer=answer)


def classify_exception(error: BaseException) -> errors.LeonarError:
    """What an exception of the transport says about the request, decided on its chain of causes.

    Never on the outermost class: `requests` wraps a refused connection and one that was reset after sending alike.
    """
    chain = list(_causes(error))
    detail = " < ".join(_name(cause) for cause in chain)
    for cause in chain:
        for seen, verdict in _VERDICTS:
            if isinstance(cause, seen):
                return verdict(detail)
    return errors.ConnectionLost(detail)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """`error`, what it wraps, and so on down to the root.

    `__context__` is left out on purpose: it holds whatever was being handled at the time, by callers too, and a refused
    connection from before would make a later reset look as if nothing had been sent.
    """
    current: BaseException | None = error
    seen: set[int] = set()
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        inner = (getattr(current, "reason", None), *current.args, current.__cause__)
        current = next((found for found in inner if isinstance(found, BaseException)), None)


def _name(error: BaseException) -> str:
    """The class and the system's own word for what went wrong; other texts of exceptions can hold anything."""
    name = type(error).__name__
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"{name} {getattr(error, 'verify_message', '')}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name} {error.errno}"
    return name


def _split(message: str) -> tuple[str | None, str]:
    """The field that a message names first, and the rest; None where it names none that we send."""
    message = message[:MESSAGE_CHARACTERS]
    named = _NAMES_FIELD.fullmatch(message)
    if named is None or named["field"] not in limits.BODY_FIELDS:
        return None, message
    return named["path"], named["said"]
