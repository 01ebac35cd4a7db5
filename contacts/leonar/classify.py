"""From what was seen of a call to what is known about it: pure functions, the failure table of docs/delivery.md."""

import http.client
import re
import ssl

from urllib3.exceptions import HTTPError

from contacts.leonar import errors, parse
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
# How fields are named; which there are, contact.py knows.
_FIELD = re.compile("[a-z][a-z_]*")

KEY_STATUSES = (401, 402)
# What a 403 says when it is Leonar that says it; without, something in front of it has taken offence.
KEY_CODES = ("insufficient_scope", "invalid_api_key")
ADDRESS_STATUSES = (403, 404, 405, 410)
# Something gave up while it had the request; 409 and 425 say nothing about what became of it before.
UNCERTAIN_STATUSES = (408, 409, 425)

# What a connection can raise. Those of urllib3 come while a body is read.
TRANSPORT_ERRORS = (OSError, http.client.HTTPException, HTTPError)


def classify_answer(answer: Answer, body: str) -> errors.LeonarError | None:
    """What the status of an answer says about the request. None for a 2xx: its body remains to be parsed."""
    status = answer.status
    if 200 <= status < 300:
        return None
    if status < 200:
        # An interim answer where the final one belongs; the final one may have been a 201.
        return errors.ConnectionLost(f"HTTP {status}", answer=answer)
    if status >= 500 or status in UNCERTAIN_STATUSES:
        return errors.ServerError(_detail(status, parse.error_body(body)[0]), answer=answer)
    return _refusal(answer, *parse.error_body(body))


def classify_success(answer: Answer, *, is_complete: bool) -> errors.LeonarError:
    """What a 2xx says whose body is cut off or could not be parsed.

    Leonar's own answer, and thereby created, if it is a 201 or JSON; otherwise some page in its place.
    """
    if answer.status == 201 or answer.is_json:
        return errors.CreatedUnseen(f"HTTP {answer.status} {'unreadable' if is_complete else 'cut off'}", answer=answer)
    return errors.ServerError(f"HTTP {answer.status} without JSON", answer=answer)


def classify_exception(error: BaseException, *, began: bool) -> errors.LeonarError:
    """What an exception of the transport says about the request.

    Whether anything was sent is known by `began`, whether the first byte may have been written, and never guessed from
    the exception, which only tells more about it.
    """
    detail = _name(error)
    if not began and isinstance(error, ssl.SSLCertVerificationError):
        return errors.Untrusted(detail)
    if not began:
        return errors.Unreachable(detail)
    if isinstance(error, TimeoutError):
        return errors.NoAnswer(detail)
    return errors.ConnectionLost(detail)


def _refusal(answer: Answer, said_code: str, message: str) -> errors.LeonarError:
    status = answer.status
    code = said_code if said_code in CODES else ""
    detail = _detail(status, code)
    if status == 400:
        return errors.Invalid(*_split(message), detail=detail, code=code, answer=answer)
    if status == 429:
        return errors.RateLimited(answer.rate_limit.reset_in, detail=detail, code=code, answer=answer)
    if status in KEY_STATUSES or (status == 403 and code in KEY_CODES):
        return errors.KeyRefused(detail, code=code, answer=answer)
    if status in ADDRESS_STATUSES or status < 400:
        return errors.AddressWrong(detail, code=code, answer=answer)
    return errors.NotAccepted(*_split(message), detail=detail, code=code, answer=answer)


def _detail(status: int, code: str) -> str:
    return f"HTTP {status} {code}" if code in CODES else f"HTTP {status}"


def _name(error: BaseException) -> str:
    """The class and the system's own word for what went wrong; other texts of exceptions can hold anything."""
    name = type(error).__name__
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"{name} {getattr(error, 'verify_message', '')}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name} {error.errno}"
    return name


def _split(message: str) -> tuple[str | None, str]:
    """The path of a field that a message names first, and the rest; None where it begins with no such path."""
    message = message[:MESSAGE_CHARACTERS]
    path, colon, said = message.partition(":")
    field = path.partition(".")[0].partition("[")[0]
    if not colon or not _FIELD.fullmatch(field) or any(map(str.isspace, path)):
        return None, message
    return path, said.lstrip()
