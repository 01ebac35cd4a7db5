"""Why a call to Leonar did not succeed: what is known, and what may happen next.

LeonarError
├── NotSent            Leonar has seen nothing: may be sent again
│   ├── Unreachable      refused, unknown host, connect timeout, TLS handshake not completed
│   ├── Untrusted        the server's certificate could not be verified
│   └── Abandoned        the lease or the deadline had run out before anything was sent
├── Refused            Leonar answered and created nothing
│   ├── Invalid          a mistake in the contact: a person corrects it
│   │   └── NotAccepted    any other refusal of this request
│   ├── KeyRefused       nothing can be sent until an admin acts
│   ├── AddressWrong     nothing can be sent until an admin acts
│   └── RateLimited      may be sent again after the window's reset
└── OutcomeUnknown     may have been created: never sent again by itself, but looked up
    ├── NoAnswer         nothing came in time
    ├── ConnectionLost   the connection broke, or what came was not HTTP
    ├── ServerError      Leonar, or something in front of it, failed while it had the request
    └── CreatedUnseen    created, but the answer gives no id that can be read

Calls that only read raise the same errors. Repeating a read is always safe, so there OutcomeUnknown means no more than
"no result", and CreatedUnseen that the answer could not be read.

The classes are named after what is known, not after the mishap, so they don't end in Error.
"""

from typing import ClassVar

from contacts.leonar.answers import Answer


class LeonarError(Exception):
    """A call that did not succeed.

    `reason` comes from a closed list; it is the portal that has words for each. `detail` is for the log and the record:
    no key, no payload, no personal data, nothing of the answer's body but documented codes. `answer` holds the facts of
    the HTTP answer if there was one. `str` and `repr` show reason and detail only.
    """

    reason: ClassVar[str] = ""

    def __init__(self, detail: str = "", *, answer: Answer | None = None) -> None:
        super().__init__()
        self.detail = detail
        self.answer = answer

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else self.reason

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"


class NotSent(LeonarError):
    """Provably not one byte of the request has left: may be sent again."""


class Unreachable(NotSent):
    """Refused, unknown host, no connection in time, or a TLS handshake that was not completed."""

    reason = "unreachable"


class Untrusted(NotSent):
    """The server's certificate could not be verified; an admin must look."""

    reason = "untrusted"


class Abandoned(NotSent):
    """The lease or the deadline had run out before anything was sent."""

    reason = "abandoned"


class Refused(LeonarError):
    """Leonar answered, and nothing was created.

    `code` is Leonar's own error code, one of the documented ones; "" where the answer has none: it may come from
    something in front of Leonar, or be about this request alone.
    """

    def __init__(self, detail: str = "", *, code: str = "", answer: Answer | None = None) -> None:
        super().__init__(detail, answer=answer)
        self.code = code


class Invalid(Refused):
    """Leonar found a mistake: `field` is the path it named, such as `emails.1.email`; `message` is what it said.

    `message` is the server's text, which may quote the contact: show it escaped, never log it.
    """

    reason = "invalid"

    def __init__(
        self,
        field: str | None = None,
        message: str = "",
        *,
        detail: str = "",
        code: str = "",
        answer: Answer | None = None,
    ) -> None:
        super().__init__(detail, code=code, answer=answer)
        self.field = field
        self.message = message


class NotAccepted(Invalid):
    """Refused for a reason that is not documented (413, 415, 422 …): a person decides."""

    reason = "refused"


class KeyRefused(Refused):
    """401, 402, or 403 with Leonar's code: nothing can be sent until the key, its scope or the account is put right.

    Unless other requests succeed with it: then an answer without a `code` is about this request.
    """

    reason = "key_refused"


class AddressWrong(Refused):
    """404, 405, 410, 3xx, or 403 without Leonar's code: this is not where Leonar lives.

    Unless other requests succeed there: then an answer without a `code` is about this request.
    """

    reason = "address_wrong"


class RateLimited(Refused):
    """429. `retry_after` is the seconds to the window's reset, between 1 and 3,660.

    None where Leonar did not say, or named a moment that had passed: then the caller waits longer each time.
    """

    reason = "rate_limited"

    def __init__(
        self, retry_after: float | None = None, *, detail: str = "", code: str = "", answer: Answer | None = None
    ) -> None:
        super().__init__(detail, code=code, answer=answer)
        self.retry_after = retry_after


class OutcomeUnknown(LeonarError):
    """The request may have been carried out: never sent again by itself."""


class NoAnswer(OutcomeUnknown):
    """No answer within the read timeout or the total deadline."""

    reason = "no_answer"


class ConnectionLost(OutcomeUnknown):
    """Reset or closed after sending began, a TLS error after that, or something that is not HTTP."""

    reason = "connection_lost"


class ServerError(OutcomeUnknown):
    """408, 409, 425, 5xx, or a 2xx other than 201 without JSON, such as a maintenance page.

    It leaves open whether the request was carried out.
    """

    reason = "server_error"


class CreatedUnseen(OutcomeUnknown):
    """201, or another 2xx with JSON, so it was created; but the answer gives no id.

    It is unreadable, cut off, too large, of another shape or without one.
    """

    reason = "answer_unreadable"
