"""The rail beside the form: the contact taking shape while it is typed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import control, create, fill, open_form, press_create, wait_two_frames
from tests.browser.windows import PHONE, WIDE

# Every shift counts, those just after a key as well.
WATCH_SHIFTS = """() => {
  window.shifts = [];
  const about = ({ node }) => node?.outerHTML?.slice(0, 60);
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) window.shifts.push([shift.value, shift.sources.map(about)]);
  }).observe({ type: "layout-shift" });
}"""


def moved(page: Page) -> list:
    """What moved since it is watched."""
    wait_two_frames(page)
    return page.evaluate("shifts")


def card(page):
    return page.locator("live-entry .card")


def test_the_contact_takes_shape_beside_the_form_while_the_focus_stays_where_it_is(page):
    open_form(page)
    expect(card(page)).to_contain_text("takes shape here")

    page.keyboard.type("Sophie")
    page.keyboard.press("Tab")
    page.keyboard.type("Martin")

    expect(card(page).get_by_role("heading")).to_have_text("Sophie Martin")
    expect(page.locator(".initials")).to_have_text("SM")
    expect(control(page, "last_name")).to_be_focused()


def test_nothing_is_asked_of_a_form_in_which_nothing_was_entered(page):
    asked = []
    page.on("request", lambda request: asked.append(request.post_data) if "/live/" in request.url else None)
    open_form(page)

    fill(page, first_name="Sophie")

    expect(card(page).get_by_role("heading")).to_have_text("Sophie")
    assert [body for body in asked if "first_name=Sophie" not in body] == []


def test_nothing_in_the_rail_moves_when_notices_come(page, leonar):
    create(page, first_name="Karim", last_name="Haddad", **{"emails-0-email": "karim@gmial.com"})
    page.goto("/contacts/new/?blank=")
    expect(control(page, "first_name")).to_be_focused()
    page.evaluate(WATCH_SHIFTS)

    fill(page, first_name="Karim", last_name="Haddad", **{"emails-0-email": "karim@gmial.com"})
    control(page, "location").focus()
    expect(page.get_by_role("heading", name="Entered before")).to_be_visible()
    expect(page.get_by_role("heading", name="Worth a look")).to_be_visible()

    assert moved(page) == []


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_nothing_moves_on_a_form_that_came_back_with_something_to_look_at(windows, leonar, viewport):
    page = windows.open(viewport=viewport)
    open_form(page)
    page.add_init_script(f"({WATCH_SHIFTS})()")
    fill(page, first_name="Ada", title="CTO", **{"emails-0-email": "ada@gmial.com", "phones-0-phone": "06 12 34"})
    with page.expect_response("**/contacts/new/live/"):
        press_create(page)
        expect(page.locator("#questions")).to_be_focused()

    expect(page.get_by_role("heading", name="Worth a look")).to_be_visible()
    expect(card(page).get_by_role("heading")).to_have_text("Ada")
    expect(page.locator("[data-notes]")).to_have_text("To look at below: 1")
    assert moved(page) == []


def test_on_a_phone_a_line_above_the_buttons_leads_to_what_is_to_be_looked_at(windows):
    page = windows.open(viewport=PHONE)
    open_form(page)
    line = page.locator("[data-notes]")
    expect(line).to_be_hidden()
    buttons = page.get_by_role("button", name="Create contact").bounding_box()

    fill(page, first_name="Sophie", **{"emails-0-email": "sophie@gmial.com"})

    expect(line).to_have_text("To look at below: 1")
    assert page.get_by_role("button", name="Create contact").bounding_box() == buttons
    line.click()
    expect(page.get_by_role("heading", name="Worth a look")).to_be_in_viewport()
    fill(page, **{"emails-0-email": "sophie@gmail.com"})
    expect(line).to_be_hidden()


def test_a_prefilled_form_comes_with_its_card(page):
    page.goto("/contacts/new/?first_name=Sophie&title=CTO&current_company=Acme")

    expect(card(page)).to_contain_text("CTO at Acme")


def test_an_answer_that_was_overtaken_is_not_shown(page):
    open_form(page)
    waiting = []
    page.route("**/contacts/new/live/", lambda route: route.continue_() if waiting else waiting.append(route))
    with page.expect_request("**/contacts/new/live/"):
        fill(page, first_name="Sophie")

    fill(page, first_name="Karim")

    expect(card(page).get_by_role("heading")).to_have_text("Karim")


def test_it_is_silent_while_offline_and_goes_on_afterwards(windows):
    page = windows.open(fresh=True)
    open_form(page)
    fill(page, first_name="Sophie")
    expect(card(page).get_by_role("heading")).to_have_text("Sophie")

    page.context.set_offline(True)
    fill(page, last_name="Martin")
    page.wait_for_timeout(500)
    page.context.set_offline(False)
    fill(page, title="CTO")

    expect(card(page)).to_contain_text("Sophie Martin")
    expect(card(page)).to_contain_text("CTO")


def test_without_scripts_there_is_no_card_to_wait_for(windows):
    page = windows.open(java_script_enabled=False)

    page.goto("/contacts/new/")

    expect(page.locator("live-entry .card")).to_be_hidden()


def test_leonar_is_asked_once_there_is_somebody_to_look_for(page):
    found = "<ul><li><p data-announce>Same e-mail</p></li></ul>"
    page.route("**/contacts/new/in-leonar/", lambda route: route.fulfill(body=found, content_type="text/html"))
    open_form(page)

    fill(page, first_name="Zofia", **{"emails-0-email": "zofia@wisla.example"})
    control(page, "title").focus()

    expect(page.locator("in-leonar li")).to_have_text("Same e-mail")
