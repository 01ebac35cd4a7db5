"""Several submissions settled at once, by an admin in the history."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import measured
from tests.browser.windows import PHONE
from tests.portal import submission_id as id_in


@pytest.fixture
def refused(sophie, leonar) -> list[str]:
    """Three submissions that wait for a person; found by the search for "Twice"."""
    leonar.misbehave(mode="status", status=400, message="title: No", only="POST /contacts", calls=3)
    return [id_in(sophie.submit(first_name="Twice", last_name=name)) for name in ("Haddad", "Martin", "Nair")]


@pytest.fixture
def page(windows, refused) -> Page:
    """Those three in the history of an admin."""
    page = windows.open("admin")
    page.goto("/submissions/?q=Twice&state=rejected")
    return page


def tick(page: Page, submission: str) -> Locator:
    return page.locator(f"[data-submission='{submission}'] [name=ids]")


def test_several_are_settled_at_once(page, refused):
    act = page.get_by_label("With those selected")
    expect(act).to_be_hidden()
    for submission in refused:
        tick(page, submission).check()
    expect(page.locator(".many")).to_contain_text("3 selected")

    act.select_option("discard")
    page.get_by_label("Why").fill("entered for a test")
    page.get_by_role("button", name="Apply").click()

    expect(page.get_by_role("status").filter(has_text="Done for 3")).to_be_visible()
    page.goto("/submissions/?q=Twice&state=discarded")
    for submission in refused:
        expect(page.locator(f"[data-submission='{submission}']")).to_contain_text("Discarded")


def test_a_reason_is_asked_for_only_where_one_is_needed(page, refused):
    tick(page, refused[0]).check()
    expect(page.get_by_label("Why")).to_be_hidden()

    page.get_by_label("With those selected").select_option("discard")

    expect(page.get_by_label("Why")).to_be_visible()


def test_without_a_reason_ticks_filters_and_act_stay_and_the_reason_is_asked_for(page, refused):
    for submission in refused[:2]:
        tick(page, submission).check()
    page.get_by_label("With those selected").select_option("discard")

    page.get_by_role("button", name="Apply").click()

    expect(page.get_by_role("alert")).to_contain_text("Say why they are discarded")
    expect(page.get_by_label("Why")).to_be_focused()
    expect(page.get_by_label("With those selected")).to_have_value("discard")
    expect(page.get_by_label("Name, e-mail, phone")).to_have_value("Twice")
    expect(page.locator("[name=ids]:checked")).to_have_count(2)
    page.get_by_label("Why").fill("entered for a test")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("status").filter(has_text="Done for 2")).to_be_visible()
    assert "words=" in page.url
    assert "state=rejected" in page.url


def test_select_all_is_seen_where_it_can_be_focused_on_a_phone(windows, refused):
    page = windows.open("admin", viewport=PHONE)
    page.goto("/submissions/?q=Twice")
    everything = page.get_by_label("Select all on this page")

    everything.focus()

    assert measured(page, "lostFocus") == []
    everything.check()
    expect(page.locator("[name=ids]:not(:checked)")).to_have_count(0)


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_bar_never_covers_what_has_the_focus_on_a_phone(windows, refused, key):
    page = windows.open("admin", viewport=PHONE)
    page.goto("/submissions/")
    page.get_by_label("Select all on this page").check()
    page.get_by_label("With those selected").select_option("discard")
    ticks = page.locator("[name=ids]")
    ticks.first.focus() if key == "Tab" else page.get_by_role("button", name="Apply").focus()

    complaints = []
    for _ in range(2 * ticks.count()):
        page.keyboard.press(key)
        complaints += measured(page, "lostFocus")

    assert complaints == []
