"""What people do in the portal, as verbs on a page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from playwright.sync_api import Locator, Page, expect

from tests.portal import PASSWORD
from tests.sandbox_process import SandboxProcess

MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")
ADD = {"emails": "Add another e-mail", "phones": "Add another phone", "custom_data": "Add more custom data"}
SELECTS = ("-type", "global_status")
# Not the contact: they differ from one opening of the form to the next.
OWN_TO_EACH_FORM = {"csrfmiddlewaretoken", "form_token", "form_proof", "facts"}


def sign_in(page: Page, name: str) -> None:
    """Through the sign-in page, as a person does it."""
    page.goto("/accounts/login/")
    sign_in_here(page, name)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def sign_in_here(page: Page, name: str) -> None:
    """On the sign-in page, where that is already open."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def open_form(page: Page) -> None:
    """The entry form, ready to be typed into."""
    page.goto("/contacts/new/")
    expect(control(page, "first_name")).to_be_focused()


def control(page: Page, name: str) -> Locator:
    """The control that a person uses for the field of this name, whatever holds its value."""
    return page.locator(f"[id='id_{name}']")


def fill(page: Page, **fields: str) -> None:
    """Types into single fields, or chooses in them."""
    for name, value in fields.items():
        unfold_for(page, name)
        if name.endswith("-type") and not name.startswith("custom_data"):
            page.locator(f"[name='{name}'][value='{value}']").check()
        elif name.endswith(SELECTS):
            control(page, name).select_option(value)
        else:
            control(page, name).fill(value)


def fill_rows(page: Page, prefix: str, rows: Sequence[Mapping[str, str]]) -> None:
    """Types into the rows from the first one on; unfolds those that are folded away."""
    for place, row in enumerate(rows):
        unfold_for(page, prefix)
        if not page.locator(f"[name^='{prefix}-{place}-']").first.is_visible():
            page.get_by_role("button", name=ADD[prefix]).click()
        fill(page, **{f"{prefix}-{place}-{name}": value for name, value in row.items()})


def unfold_for(page: Page, name: str) -> None:
    """Opens the part that folds away company id and custom data, where the control of this name is in it."""
    if name.startswith(("company_id", "custom_data")) and not page.locator(".part-advanced[open]").count():
        page.locator(".part-advanced > summary").click()


def chosen_type(page: Page, name: str) -> Locator:
    """What is chosen among the types of an address."""
    return page.locator(f"[name='{name}']:checked")


def press_create(page: Page) -> None:
    """Presses the form's main button once."""
    page.get_by_role("button", name="Create contact").click()


def expect_state(page: Page, state: str) -> None:
    """Waits until the submission's page shows this state."""
    expect(page.locator("main[data-state]")).to_have_attribute("data-state", state)


def create(page: Page, **fields: str) -> str:
    """Enters a contact from an empty form and sees it created. Returns the submission's id."""
    open_form(page)
    fill(page, **fields)
    press_create(page)
    expect_state(page, "created")
    return submission_id(page)


def submission_id(page: Page) -> str:
    """The id in the address of a submission's page."""
    found = re.search(r"/submissions/([0-9a-f-]{36})/", page.url)
    assert found, f"not a submission's page: {page.url}"
    return found[1]


@contextmanager
def unreachable(leonar: SandboxProcess) -> Iterator[None]:
    """Leonar is down within the block, and up again after it."""
    leonar.stop()
    try:
        yield
    finally:
        leonar.start()


def posted_bodies(page: Page) -> list[list[tuple[str, str]]]:
    """Fills up with what the entry form posts from now on, without what differs from form to form."""
    bodies: list[list[tuple[str, str]]] = []

    def note(request: Any) -> None:
        if request.method == "POST" and request.url.endswith("/contacts/new/"):
            pairs = parse_qsl(request.post_data or "", keep_blank_values=True)
            bodies.append([pair for pair in pairs if pair[0] not in OWN_TO_EACH_FORM])

    page.on("request", note)
    return bodies


def expect_no_sideways_scrolling(page: Page) -> None:
    """The page is no wider than its window."""
    assert sideways_scrolling(page) == []


def wait_two_frames(page: Page) -> None:
    """Until what was changed before has been laid out and painted."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def sideways_scrolling(page: Page) -> list[str]:
    """The complaint of a page that is wider than its window."""
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return [f"{page.url} is {size[0]} px wide in a window of {size[1]} px"] if size[0] > size[1] else []


def measured(page: Page, name: str, *arguments: Any) -> list[str]:
    """The complaints of one of the measures in measures.js."""
    return page.evaluate(f"(given) => {MEASURES}.{name}(...given)", list(arguments))
