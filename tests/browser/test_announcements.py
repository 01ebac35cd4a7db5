"""What changes without taking the focus is said to those who can't see it, by a region that is there from the start."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import control, create, expect_state, fill, open_form

# Keeps what the page's live region says, in order, beyond the page itself.
LISTEN = """() => {
  const region = document.querySelector("live-region");
  new MutationObserver(() => { sessionStorage.heard = [sessionStorage.heard ?? "", region.textContent].join("|"); })
    .observe(region, { childList: true, characterData: true, subtree: true });
}"""


def listen(page: Page) -> None:
    page.evaluate(LISTEN)


def expect_heard(page: Page, words: str) -> None:
    page.wait_for_function("words => sessionStorage.heard?.includes(words)", arg=words)


@pytest.fixture
def form(page) -> Page:
    open_form(page)
    listen(page)
    return page


def test_the_region_is_polite_and_in_the_page_as_it_comes(windows):
    page = windows.open(java_script_enabled=False)
    page.goto("/contacts/new/")

    region = page.locator("live-region")

    expect(region).to_have_attribute("role", "status")
    expect(region).to_have_text("")


def test_a_word_added_to_a_list_is_said_and_one_removed_too(form):
    control(form, "skills").press_sequentially("Rust,Go,")
    expect_heard(form, "Rust added")
    expect_heard(form, "Go added")

    form.get_by_role("button", name="Remove Rust").click()

    expect_heard(form, "Rust removed")


def test_words_that_came_with_the_page_are_not_said(page):
    page.goto("/contacts/new/?skills=Rust,Go")
    listen(page)
    expect(page.locator(".chip")).to_have_count(2)

    control(page, "skills").press_sequentially("SQL,")

    expect_heard(page, "SQL added")
    assert "Rust" not in page.evaluate("sessionStorage.heard")


def test_sending_is_said_and_what_became_of_it(form, leonar):
    form.add_init_script(f"addEventListener('DOMContentLoaded', {LISTEN})")
    fill(form, first_name="Sophie")
    leonar.misbehave(mode="delay", seconds=1, only="POST /contacts")

    form.get_by_role("button", name="Create contact").click()

    expect_state(form, "created")
    expect_heard(form, "Sending …")
    expect_heard(form, "Created in Leonar.")


def test_what_a_reload_brings_back_is_said(form):
    form.add_init_script(f"addEventListener('DOMContentLoaded', {LISTEN})")
    with form.expect_response("**/drafts/keep/"):
        fill(form, first_name="Sophie")

    form.reload()

    expect(control(form, "first_name")).to_have_value("Sophie")
    expect_heard(form, "This is what you typed before. It has not been sent.")


def test_what_became_of_the_last_one_is_said_on_the_next_form(page, leonar):
    create(page, first_name="Sophie")
    open_form(page)
    fill(page, first_name="Karim")

    page.get_by_role("button", name="Create and add another").click()

    expect(page.locator("live-region")).to_contain_text("Created in Leonar Karim")


def test_a_corrected_error_is_said_with_how_many_are_left(page):
    open_form(page)
    control(page, "years_experience").fill("seven")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    listen(page)

    fill(page, first_name="Sophie")
    expect_heard(page, "Corrected. 1 left.")
    control(page, "years_experience").fill("7")

    expect_heard(page, "All corrected.")


def test_a_draft_that_can_not_be_saved_is_said(windows):
    page = windows.open()
    open_form(page)
    listen(page)
    page.route("**/drafts/keep/", lambda route: route.abort())

    fill(page, first_name="Sophie")

    expect_heard(page, "The draft could not be saved.")
    # The browser tells of the calls that found nobody.
    windows.complaints.clear()
