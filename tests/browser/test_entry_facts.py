"""How a contact was entered is counted in the browser, and comes with it: numbers, and nothing of what was entered."""

import json
from urllib.parse import parse_qs

from playwright.sync_api import Page, expect

from tests.browser.acts import control, expect_state, fill, open_form, press_create

SIGNATURE = "Sophie Martin\nHead of Product\nAtelier Nord\nsophie@atelier.example\n+33 6 12 34 56 78"


def told(page: Page) -> list[dict[str, int]]:
    """Fills up with the facts of each form that is posted from now on."""
    facts: list[dict[str, int]] = []

    def note(request) -> None:
        if request.method == "POST" and request.is_navigation_request():
            facts.append(json.loads(parse_qs(request.post_data)["facts"][0]))

    page.on("request", note)
    return facts


def paste(page: Page, text: str) -> None:
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Alt+p")
    page.keyboard.press("Control+v")
    expect(page.locator("[data-said]")).to_contain_text("filled")


def test_keys_presses_and_time_are_counted_and_a_held_key_once(page, leonar):
    open_form(page)
    facts = told(page)
    page.keyboard.type("Sophie")
    page.keyboard.press("Tab")
    page.keyboard.down("a")
    page.keyboard.down("a")
    page.keyboard.up("a")

    press_create(page)

    expect_state(page, "created")
    [one] = facts
    assert (one["keys"], one["pastes"], one["presses"]) == (8, 0, 1)
    assert set(one) <= {"seconds", "keys", "pastes", "hints", "heeded", "twins", "presses"}


def test_a_form_that_comes_back_goes_on_counting(page, leonar):
    open_form(page)
    facts = told(page)
    page.keyboard.type("Sophie")
    fill(page, years_experience="seven")
    press_create(page)
    expect(page.locator(".error-summary")).to_be_focused()
    fill(page, years_experience="7")
    control(page, "years_experience").press("End")

    press_create(page)

    expect_state(page, "created")
    assert [(each["keys"], each["presses"]) for each in facts] == [(6, 1), (7, 2)]


def test_a_hint_that_is_followed_counts(page, leonar):
    open_form(page)
    facts = told(page)
    fill(page, first_name="Sophie", **{"emails-0-email": "sophie@gmial.com"})
    page.get_by_role("button", name="Change to gmail.com").click()
    expect(control(page, "emails-0-email")).to_have_value("sophie@gmail.com")
    expect(page.locator(".hints")).to_have_count(0)

    press_create(page)

    expect_state(page, "created")
    assert (facts[0]["heeded"], facts[0]["hints"]) == (1, 1)


def test_what_was_corrected_of_what_a_reader_read_is_told_by_reader(windows, leonar):
    page = windows.open(permissions=["clipboard-read", "clipboard-write"])
    open_form(page)
    facts = told(page)
    paste(page, SIGNATURE)
    fill(page, title="Head of Products", years_experience="seven")
    press_create(page)
    expect(page.locator(".error-summary")).to_be_focused()
    fill(page, title="Head of Produce", last_name="Martins", years_experience="7")

    press_create(page)

    expect_state(page, "created")
    sums = {
        what: sum(count for name, count in facts[-1].items() if name.startswith(what))
        for what in ("read_", "corrected_")
    }
    assert sums["read_"] >= 5
    # Each once, whether it was corrected before the first press or after it.
    assert sums["corrected_"] == 2
    assert facts[-1]["pastes"] == 1


def test_what_was_corrected_after_leonars_refusal_is_told_with_what_came_before(windows, leonar):
    page = windows.open(permissions=["clipboard-read", "clipboard-write"])
    leonar.misbehave(
        mode="status", status=400, code="validation_error", message="title: No such title", only="POST /contacts"
    )
    open_form(page)
    facts = told(page)
    paste(page, SIGNATURE)
    press_create(page)
    expect_state(page, "rejected")
    fill(page, title="Head of Produce")

    page.get_by_role("button", name="Correct and send again").click()

    expect_state(page, "created")
    first, second = facts
    assert not [name for name in first if name.startswith("corrected_")]
    assert {name: count for name, count in second.items() if name.startswith("read_")} == {
        name: count for name, count in first.items() if name.startswith("read_")
    }
    assert sum(count for name, count in second.items() if name.startswith("corrected_")) == 1
    assert (second["pastes"], second["presses"]) == (1, 2)
