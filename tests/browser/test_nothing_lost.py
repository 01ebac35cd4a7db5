"""Whatever a person does with the browser, what was typed is there again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import (
    chosen_type,
    control,
    expect_state,
    fill,
    fill_rows,
    open_form,
    press_create,
    sign_in,
    sign_in_here,
)

EMAILS = [{"email": "sophie@acme.example", "type": "work"}, {"email": "sophie@home.example", "type": "personal"}]


def type_contact(page: Page, **fields: str) -> None:
    """A contact that uses every kind of control."""
    fill(
        page, **{"first_name": "Sophie", "title": "Engineer", "tags": "Lyon, speaker", "global_status": "new"} | fields
    )
    fill_rows(page, "emails", EMAILS)
    control(page, "do_not_contact").check()


def expect_contact(page: Page, **fields: str) -> None:
    """What `type_contact` typed, to be seen in the form."""
    typed = {"first_name": "Sophie", "title": "Engineer", "tags": "Lyon, speaker", "global_status": "new"} | fields
    for name, value in typed.items():
        expect(page.locator(f"[name={name}]")).to_have_value(value)
    for place, row in enumerate(EMAILS):
        expect(control(page, f"emails-{place}-email")).to_be_visible()
        expect(control(page, f"emails-{place}-email")).to_have_value(row["email"])
        expect(chosen_type(page, f"emails-{place}-type")).to_have_value(row["type"])
    expect(control(page, "do_not_contact")).to_be_checked()


def test_back_after_creating_shows_what_was_typed(page):
    open_form(page)
    type_contact(page)
    press_create(page)
    expect_state(page, "created")

    page.go_back()

    expect_contact(page)


def test_back_after_a_mistake_shows_what_was_typed(page):
    open_form(page)
    type_contact(page, years_experience="seven")
    press_create(page)
    expect(page.locator(".error-summary")).to_be_focused()

    page.go_back()

    expect_contact(page, years_experience="seven")


def test_a_reload_keeps_what_was_typed(page):
    open_form(page)
    type_contact(page)

    page.reload()

    expect_contact(page)
    expect(page.locator(".chip")).to_have_text(["Lyon", "speaker"])


def test_leaving_by_a_link_and_coming_back_keeps_what_was_typed(page):
    open_form(page)
    type_contact(page)
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()

    page.go_back()

    expect_contact(page)


def test_what_was_typed_for_one_contact_is_not_in_the_next_form(page):
    open_form(page)
    type_contact(page)
    press_create(page)
    expect_state(page, "created")

    page.get_by_role("link", name="Add another").click()

    expect(control(page, "first_name")).to_be_focused()
    expect(control(page, "first_name")).to_have_value("")
    expect(control(page, "do_not_contact")).not_to_be_checked()


def test_a_reload_of_the_page_with_mistakes_keeps_what_was_typed_since(page, leonar):
    open_form(page)
    type_contact(page, years_experience="seven")
    press_create(page)
    expect(page.locator(".error-summary")).to_be_focused()
    fill(page, years_experience="7")

    page.reload()

    expect_contact(page, years_experience="7")
    press_create(page)
    expect_state(page, "created")
    assert leonar.ledger()[0]["body"]["years_experience"] == 7


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_expired_sign_in_keeps_what_was_typed(windows, leonar, scripts):
    page = windows.open(java_script_enabled=scripts)
    open_form(page)
    type_contact(page)
    page.context.clear_cookies(name="sessionid")

    press_create(page)

    expect(page.get_by_role("main").get_by_role("status")).to_contain_text("What you typed is kept")
    sign_in_here(page, "recruiter")
    expect_contact(page)
    press_create(page)
    expect_state(page, "created")
    assert len(leonar.ledger()) == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_correction_typed_into_an_expired_page_comes_back(windows, leonar, scripts):
    page = windows.open(java_script_enabled=scripts)
    leonar.misbehave(mode="status", status=400, message="title: Not like this", only="POST /contacts")
    open_form(page)
    fill(page, first_name="Sophie", title="x")
    press_create(page)
    expect_state(page, "rejected")
    page.context.clear_cookies(name="sessionid")
    fill(page, title="Engineer")

    page.get_by_role("button", name="Correct and send again").click()

    sign_in_here(page, "recruiter")
    expect(page.get_by_role("main").get_by_text("This is what you typed before")).to_be_visible()
    expect(control(page, "title")).to_have_value("Engineer")
    page.get_by_role("button", name="Correct and send again").click()
    expect_state(page, "created")
    assert [contact["title"] for contact in leonar.contacts()] == ["Engineer"]


def test_what_was_restored_can_be_cleared(page):
    open_form(page)
    type_contact(page)
    page.context.clear_cookies(name="sessionid")
    press_create(page)
    sign_in_here(page, "recruiter")
    expect_contact(page)

    page.get_by_role("button", name="Clear form").click()

    expect(control(page, "first_name")).to_have_value("")
    expect(control(page, "emails-0-email")).to_have_value("")


def test_the_next_person_on_that_browser_sees_nothing_of_it(page):
    open_form(page)
    type_contact(page)
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    page.context.clear_cookies(name="sessionid")
    sign_in(page, "admin")

    page.evaluate("history.go(-3)")

    expect(page).to_have_url(re.compile("/contacts/new/$"))
    expect(page.get_by_text("Signed in as admin")).to_be_attached()
    expect(control(page, "first_name")).to_have_value("")
    expect(control(page, "emails-0-email")).to_have_value("")
