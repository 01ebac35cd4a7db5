"""Which request what is done now was asked for by, and from which address it came; or which command."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """A request's own id, and whose address it came from; "" where that is not known."""

    request: str
    address: str


# Set by whoever takes the request, until its answer has left.
current: ContextVar[Origin | None] = ContextVar("origin", default=None)

_command: ContextVar[str] = ContextVar("command", default="")


@contextmanager
def on_the_command_line(command: str) -> Iterator[None]:
    """What is done within was asked for by this command of `manage.py`, by whoever holds the machine.

    Not as which account of the machine's: that may be a person's name.
    """
    before = _command.set(command)
    try:
        yield
    finally:
        _command.reset(before)


def command_facts() -> dict[str, str]:
    """What an event says of the command that it was done by; nothing where there is none."""
    command = _command.get()
    return {"command": command} if command else {}
