"""Fourteen failures while a contact is being typed, and no value lost: what waits is found again by its owner."""

import re
import signal
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import control, expect_state, fill, open_form, press_create, sign_in, sign_in_here
from tests.browser.test_nothing_lost import expect_contact, type_contact

pytestmark = pytest.mark.timeout(180)
KEEP = "**/drafts/keep/"


def expect_saved(page: Page) -> None:
    """The portal has what stands in the form."""
    expect(page.locator("[data-kept]")).to_have_text("Draft saved")


def type_and_save(page: Page, **fields: str) -> None:
    open_form(page)
    type_contact(page, **fields)
    expect_saved(page)


def open_waiting(page: Page, name: str = "Sophie") -> None:
    """Goes on with a draft from the list."""
    page.goto("/drafts/")
    page.get_by_role("main").get_by_role("link", name=name).click()
    expect(page.get_by_role("main").get_by_text("This is what you typed before")).to_be_visible()


@pytest.fixture
def second(windows) -> Page:
    """Another device of the same recruiter."""
    return windows.open()


def test_a_crash_and_another_device(windows, second):
    page = windows.open(fresh=True)
    type_and_save(page)
    page.context.close()

    open_waiting(second)

    expect_contact(second)


def test_a_tab_closed_right_after_the_last_key(page, second):
    open_form(page)
    type_contact(page)

    page.close(run_before_unload=True)

    second.wait_for_timeout(1000)
    open_waiting(second)
    expect_contact(second)


def test_a_sign_in_that_expires_while_typing(page):
    open_form(page)
    page.context.clear_cookies(name="sessionid")

    type_contact(page)

    expect(page.locator("[data-kept]")).to_contain_text("You were signed out meanwhile. What you typed is kept")
    press_create(page)
    sign_in_here(page, "recruiter")
    expect_contact(page)


def test_a_portal_that_is_killed_and_started_again(page, second, portal, windows):
    open_form(page)
    portal.stop_web(signal.SIGKILL)
    type_contact(page)
    expect(page.locator("[data-kept]")).to_contain_text("could not be saved")

    portal.start_web()

    expect_saved(page)
    open_waiting(second)
    expect_contact(second)
    # The browser tells of the calls that found nobody.
    windows.complaints.clear()


def test_a_database_that_is_locked(page, second, portal, windows):
    open_form(page)
    with closing(sqlite3.connect(portal.folder / "portal.sqlite3", timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        type_contact(page)
        page.wait_for_timeout(1500)
        other.execute("ROLLBACK")

    expect_saved(page)
    open_waiting(second)
    expect_contact(second)
    windows.complaints.clear()


def test_a_press_while_offline(windows, leonar):
    page = windows.open(fresh=True)
    open_form(page)
    type_contact(page)
    page.context.set_offline(True)

    press_create(page)

    expect(page.locator("[data-kept]")).to_contain_text("You are offline")
    expect_contact(page)
    page.context.set_offline(False)
    press_create(page)
    expect_state(page, "created")
    assert len(leonar.ledger()) == 1


def test_back_and_a_reload(page, second):
    type_and_save(page)
    page.get_by_role("link", name="History", exact=True).click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()

    page.go_back()
    expect_contact(page)
    page.reload()
    expect_contact(page)
    expect(page.get_by_text("Not sent yet")).to_be_hidden()
    expect(page.get_by_role("main").get_by_text("This is what you typed before")).to_be_visible()


def test_a_portal_that_answers_503(page, second, windows):
    answers = iter([503, 503])
    page.route(KEEP, lambda route: route.fulfill(status=code) if (code := next(answers, 0)) else route.continue_())

    type_and_save(page)

    open_waiting(second)
    expect_contact(second)
    windows.complaints.clear()


def test_an_answer_that_is_slow(page, second):
    held = []
    page.route(KEEP, lambda route: held.append(route) if not held else route.continue_())
    open_form(page)
    with page.expect_request(KEEP):
        fill(page, first_name="So")

    type_contact(page)
    held[0].continue_()

    expect_saved(page)
    page.wait_for_timeout(1500)
    open_waiting(second)
    expect_contact(second)


def test_two_tabs(page, second):
    other = page.context.new_page()
    type_and_save(page)

    type_and_save(other, first_name="Karim", title="Notary")

    expect_contact(page)
    for name, title in (("Sophie", "Engineer"), ("Karim", "Notary")):
        open_waiting(second, name)
        expect_contact(second, first_name=name, title=title)


def test_clear_and_undo(page, second):
    type_and_save(page)

    page.get_by_role("button", name="Clear form").click()
    expect(page.get_by_role("main").get_by_text("The form was cleared")).to_be_visible()
    expect(control(page, "first_name")).to_have_value("")
    expect(page.get_by_role("link", name="Drafts")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()

    expect_contact(page)
    expect_saved(page)
    open_waiting(second)
    expect_contact(second)


def test_another_person_signs_in_and_the_first_comes_back(page):
    type_and_save(page)
    page.context.clear_cookies(name="sessionid")
    sign_in(page, "admin")
    page.goto("/drafts/")
    expect(page.get_by_text("No drafts")).to_be_visible()

    page.context.clear_cookies(name="sessionid")
    sign_in(page, "recruiter")
    open_waiting(page)

    expect_contact(page)


def test_a_correction_in_a_tab_that_is_closed(page, second, leonar):
    leonar.misbehave(mode="status", status=400, message="title: Not like this", only="POST /contacts")
    open_form(page)
    fill(page, first_name="Sophie", title="x")
    press_create(page)
    expect_state(page, "rejected")
    fill(page, title="Engineer")
    expect_saved(page)
    page.close()

    open_waiting(second)

    expect(control(second, "title")).to_have_value("Engineer")
    expect(second).to_have_url(re.compile("/submissions/"))


def test_once_it_is_sent_nothing_waits(page):
    type_and_save(page)
    press_create(page)
    expect_state(page, "created")

    page.goto("/drafts/")

    expect(page.get_by_text("No drafts")).to_be_visible()


def test_a_form_that_nobody_typed_into_is_no_draft(page):
    page.goto("/contacts/new/?first_name=Sophie&tags=Lyon,speaker")
    page.wait_for_timeout(1500)

    page.goto("/drafts/")

    expect(page.get_by_text("No drafts")).to_be_visible()


def test_a_blank_form_that_is_loaded_again_is_not_called_saved(page):
    open_form(page)
    page.reload()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.post_data or "") if "/keep/" in request.url else None)
    page.reload()
    expect(control(page, "first_name")).to_be_focused()
    expect(page.locator("[data-kept]")).to_have_text("")

    fill(page, first_name="Sophie")

    expect_saved(page)
    assert ["first_name=Sophie" in each for each in asked] == [True]
