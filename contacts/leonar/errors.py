"""Why a call to Leonar did not succeed: what is known, and what may happen next.

LeonarError
├── NotSent            Leonar has seen nothing: may be sent again
│   ├── Unreachable      refused, unknown host, connect timeout
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


def gettext_noop(text: str) -> str:
    """Marks `text` for translation where it is shown; this package knows nothing of Django."""
    return text


class LeonarError(Exception):
    """A call that did not succeed.

    `reason` comes from a closed list. `sentence` is for the recruiter, in English, marked for translation. `detail` is
    for the log and the record: no key, no payload, no personal data, nothing of the answer's body but documented
    codes. `answer` holds the facts of the HTTP answer if there was one. `str` and `repr` show reason and detail only.
    """

    reason: ClassVar[str] = ""
    sentence: str = ""

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
    """Refused, unknown host, or no connection in time."""

    reason = "unreachable"
    sentence = gettext_noop("Saved. Leonar can't be reached at the moment; this will be sent by itself.")


class Untrusted(NotSent):
    """The server's certificate could not be verified; an admin must look."""

    reason = "untrusted"
    sentence = gettext_noop("Saved. The connection to Leonar is not trusted; an admin is told, and it is tried again.")


class Abandoned(NotSent):
    """The lease or the deadline had run out before anything was sent."""

    reason = "abandoned"
    sentence = gettext_noop("Saved. Nothing has been sent yet; this will be sent by itself.")


class Refused(LeonarError):
    """Leonar answered, and nothing was created."""


class Invalid(Refused):
    """Leonar found a mistake: `field` is the path it named, such as `emails.1.email`; `message` is what it said.

    `message` is the server's text, which may quote the contact: show it escaped, never log it.
    """

    reason = "invalid"
    sentence = gettext_noop("Leonar found a mistake in this contact. Correct it and send it again.")

    def __init__(
        self, field: str | None = None, message: str = "", *, detail: str = "", answer: Answer | None = None
    ) -> None:
        super().__init__(detail, answer=answer)
        self.field = field
        self.message = message


class NotAccepted(Invalid):
    """Refused for a reason that is not documented (413, 415, 422 …): a person decides."""

    reason = "refused"
    sentence = gettext_noop("Leonar did not accept this contact.")


class KeyRefused(Refused):
    """401, 402, 403: nothing can be sent until the key, its scope or the account is mended."""

    reason = "key_refused"
    sentence = gettext_noop("Saved. Leonar refused the portal's key; an admin is told.")


class AddressWrong(Refused):
    """404, 405, 410, 3xx: this is not where Leonar lives."""

    reason = "address_wrong"
    sentence = gettext_noop("Saved. Leonar's address looks wrong; an admin is told.")


class RateLimited(Refused):
    """429. `retry_after` is the seconds to the window's reset, between 1 and 3,660; None if Leonar did not say."""

    reason = "rate_limited"
    sentence = gettext_noop("Saved. Leonar's hourly limit is reached; this will be sent by itself.")

    def __init__(self, retry_after: float | None = None, *, detail: str = "", answer: Answer | None = None) -> None:
        super().__init__(detail, answer=answer)
        self.retry_after = retry_after


class OutcomeUnknown(LeonarError):
    """The request may have been carried out: never sent again by itself."""

    sentence = gettext_noop(
        "Sent, but no answer came. The portal is checking whether the contact exists; no need to type it again."
    )


class NoAnswer(OutcomeUnknown):
    """No answer within the read timeout or the total deadline."""

    reason = "no_answer"


class ConnectionLost(OutcomeUnknown):
    """Reset or closed after sending began, a TLS error that is not about trust, or something that is not HTTP."""

    reason = "connection_lost"


class ServerError(OutcomeUnknown):
    """408, 409, 425 or 5xx: whether it was carried out before that is not known."""

    reason = "server_error"


class CreatedUnseen(OutcomeUnknown):
    """2xx, so it was created, but the answer is unreadable, cut off, too large, of another shape or without an id."""

    reason = "answer_unreadable"
    sentence = gettext_noop("Created, but Leonar's answer was unreadable. The portal is looking it up.")
