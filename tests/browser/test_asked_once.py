"""What may be right all the same is asked about once, in the person's way and no longer."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import control, expect_state, fill, open_form, press_create
from tests.portal import wait_for

# The moment in which nobody has read a question lasts until the test calls `letGo`.
HOLD_THE_MOMENT = """
const later = setTimeout;
window.setTimeout = (act, ms, ...given) => ms === 500 ? void (window.letGo = act) : later(act, ms, ...given);
"""


def press_and_be_asked(page: Page, keys: str) -> None:
    open_form(page)
    fill(page, first_name="Sophie", **{"phones-0-phone": "06 12 34"})
    page.keyboard.press(keys)
    expect(page.get_by_role("alert")).to_be_focused()


def main_button(page: Page) -> Locator:
    return page.locator("[data-main]")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_next_press_sends_it_as_it_stands(windows, leonar, scripts):
    page = windows.open(java_script_enabled=scripts)
    open_form(page)
    fill(page, first_name="Sophie", **{"phones-0-phone": "06 12 34"})

    press_create(page)

    question = page.get_by_role("alert")
    expect(question).to_contain_text("Phone 1: “06 12 34” does not look like a complete phone number.")
    expect(question).to_be_focused()
    expect(page).not_to_have_title("Error")
    press_create(page)
    expect_state(page, "created")
    assert leonar.ledger()[0]["body"]["phone"] == "06 12 34"


def test_its_link_leads_to_the_control_and_another_number_is_asked_about_anew(page, leonar):
    open_form(page)
    fill(page, first_name="Sophie", **{"phones-0-phone": "06 12 34"})
    press_create(page)

    page.get_by_role("alert").get_by_role("link").click()

    expect(control(page, "phones-0-phone")).to_be_focused()
    fill(page, **{"phones-0-phone": "06 12 35"})
    press_create(page)
    expect(page.get_by_role("alert")).to_contain_text("06 12 35")
    assert leonar.ledger() == []


def test_what_was_pasted_fills_the_form_without_scripts(windows, leonar):
    page = windows.open(java_script_enabled=False)
    open_form(page)
    fill(page, title="Engineer")
    page.get_by_label("Paste a signature").fill("Sophie MARTIN\nsophie@acme.example\n06 12 34 56 78")

    page.get_by_role("button", name="Fill in blank fields").click()

    expect(control(page, "first_name")).to_have_value("Sophie")
    expect(control(page, "emails-0-email")).to_have_value("sophie@acme.example")
    expect(page.locator(".is-filled .mark")).to_have_count(4)
    press_create(page)
    expect_state(page, "created")
    assert leonar.ledger()[0]["body"]["title"] == "Engineer"


@pytest.mark.parametrize("keys", ["Control+Enter", "Control+Shift+Enter"])
def test_the_keys_that_sent_it_answer_the_question_as_well(page, leonar, keys):
    press_and_be_asked(page, keys)
    expect(main_button(page)).not_to_have_attribute("aria-disabled", "true")

    page.keyboard.press(keys)

    expect(page.get_by_text("Created in Leonar").first).to_be_visible()
    wait_for(leonar.ledger, what="the contact")
    assert [sent["body"]["phone"] for sent in leonar.ledger()] == ["06 12 34"]


@pytest.mark.parametrize("keys", ["Control+Enter", "Control+Shift+Enter"])
def test_a_press_that_comes_before_a_question_can_be_read_is_no_answer(page, leonar, keys):
    page.add_init_script(HOLD_THE_MOMENT)
    press_and_be_asked(page, keys)
    expect(main_button(page)).to_have_attribute("aria-disabled", "true")

    page.keyboard.press(keys)
    page.evaluate("letGo()")

    expect(main_button(page)).not_to_have_attribute("aria-disabled", "true")
    expect(page.get_by_role("alert")).to_be_focused()
    assert leonar.ledger() == []
    press_create(page)
    expect_state(page, "created")
    assert len(leonar.ledger()) == 1


def test_nor_is_a_click_where_no_script_holds_it(windows, leonar):
    page = windows.open(java_script_enabled=False)
    # The moment in which nobody has read a question does not pass.
    clock = page.context.new_cdp_session(page)
    clock.send("Animation.enable")
    clock.send("Animation.setPlaybackRate", {"playbackRate": 0})
    open_form(page)
    fill(page, first_name="Sophie", **{"phones-0-phone": "06 12 34"})
    press_create(page)
    expect(page.get_by_role("alert")).to_be_focused()
    place = main_button(page).bounding_box()

    page.mouse.click(place["x"] + 5, place["y"] + 5)

    expect(page.get_by_role("alert")).to_be_visible()
    assert leonar.ledger() == []
    clock.send("Animation.setPlaybackRate", {"playbackRate": 1})
    press_create(page)
    expect_state(page, "created")
