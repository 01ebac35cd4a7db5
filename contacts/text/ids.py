"""Ids of submissions, drafts and contacts, as somebody else names them; pure."""

from uuid import UUID


def read_id(value: object) -> UUID | None:
    """The id that a text is; None where it is none, or `value` no text."""
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
