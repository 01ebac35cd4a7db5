"""Which request what is done now was asked for by, and from which address it came; of other work there is none."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """A request's own id, and whose address it came from; "" where that is not known."""

    request: str
    address: str


# Set by whoever takes the request, until its answer has left.
current: ContextVar[Origin | None] = ContextVar("origin", default=None)
