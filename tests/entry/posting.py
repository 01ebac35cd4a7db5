"""The entry form posted with a few fields: what it sends, and what it says is wrong."""

from contacts.entry.entry import Entry
from tests.entry_form import received, typed_form


def entry(**fields: str) -> Entry:
    """A posted form with a first name and `fields`; `__` stands for `-`, as in `emails__0__email`."""
    return Entry(received(typed_form(**{name.replace("__", "-"): value for name, value in fields.items()})))


def payload(**fields: str) -> dict:
    """What such a form sends."""
    form = entry(**fields)
    assert form.is_valid(), form.problems
    return form.payload


def said(form: Entry) -> list[tuple[str, str]]:
    """The paths and the words of what is wrong."""
    form.is_valid()
    return [(problem.field_path, problem.message) for problem in form.problems]
