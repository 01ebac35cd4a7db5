"""Whoever is faster than the portal: what is typed before the next form is there is in that form, and nowhere else."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import chosen_type, control, expect_state, fill, fill_rows, open_form, press_create
from tests.browser.test_list_fields import words
from tests.portal import wait_for

MANY = 8


def slow_down(page: Page) -> None:
    """Each answer takes its time from now on."""
    slow = {"offline": False, "latency": 700, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)


def open_with(page: Page, **fields: str) -> None:
    open_form(page)
    fill(page, **fields)
    control(page, "first_name").focus()


def test_it_is_typed_into_the_next_form_and_not_into_the_one_that_is_on_its_way(page, leonar):
    open_with(page, first_name="Karim", tags="Lyon")
    slow_down(page)
    page.keyboard.press("Control+Shift+Enter")

    page.keyboard.type("Prixya", delay=20)
    for _ in "xya":
        page.keyboard.press("Backspace")
    page.keyboard.type("ya")
    for text in ("Raman", "priya@acme.example", "w"):
        page.keyboard.press("Tab")
        page.keyboard.type(text)

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "last_name")).to_have_value("Raman")
    expect(control(page, "first_name")).to_have_value("Priya")
    expect(control(page, "emails-0-email")).to_have_value("priya@acme.example")
    expect(chosen_type(page, "emails-0-type")).to_have_value("work")
    wait_for(leonar.ledger, what="the contact")
    assert [sent["body"] for sent in leonar.ledger()] == [{"first_name": "Karim", "tags": ["Lyon"]}]


def test_words_of_a_list_and_what_is_pasted_come_along(windows, leonar):
    page = windows.open(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/contacts/new/?years_experience=7")
    fill(page, first_name="Karim")
    page.evaluate("navigator.clipboard.writeText('Priya Raman <priya@acme.example>')")
    slow_down(page)
    page.keyboard.press("Control+Shift+Enter")

    page.keyboard.press("Alt+p")
    page.keyboard.press("Control+v")

    expect(control(page, "last_name")).to_have_value("Raman")
    expect(control(page, "emails-0-email")).to_have_value("priya@acme.example")


def test_contacts_typed_without_looking_up_are_all_created_as_they_were_typed(page, leonar):
    people = [(f"Karim{letter}", f"Haddad{uuid4().hex[:6]}") for letter in "abcdefghijklmnopqrst"[:MANY]]
    open_form(page)

    for first, last in people:
        page.keyboard.type(first)
        page.keyboard.press("Tab")
        page.keyboard.type(last)
        page.keyboard.press("Control+Shift+Enter")

    # One answer after the other, each of which takes its time on a machine that does other work as well.
    expect(page.locator(".notice-slim")).to_contain_text(people[-1][0], timeout=60_000)
    wait_for(lambda: len(leonar.ledger()) == MANY, what="all of them")
    assert sorted((sent["body"]["first_name"], sent["body"]["last_name"]) for sent in leonar.ledger()) == people
    expect(control(page, "first_name")).to_have_value("")


def test_where_the_form_comes_back_it_waits_for_the_next_one(page, leonar):
    open_with(page, first_name="Karim", years_experience="seven")
    slow_down(page)
    page.keyboard.press("Control+Shift+Enter")
    page.keyboard.type("Priya")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(control(page, "first_name")).to_have_value("Karim")
    fill(page, years_experience="7")

    page.keyboard.press("Control+Shift+Enter")

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "first_name")).to_have_value("Priya")


def test_a_blank_that_was_typed_first_comes_along(page, leonar):
    open_with(page, first_name="Karim")
    hold_back(page)
    page.keyboard.press("Control+Shift+Enter")
    page.keyboard.type(" Priya")

    page.evaluate("letGo()")

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "first_name")).to_have_value(" Priya")


def test_a_key_that_is_held_down_sends_one_contact_and_leaves_the_next_form_alone(page, leonar):
    open_with(page, first_name="Karim")
    page.keyboard.down("Control")
    page.keyboard.down("Shift")
    page.keyboard.down("Enter")
    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "first_name")).to_have_value("")

    page.keyboard.down("Enter")
    for key in ("Enter", "Shift", "Control"):
        page.keyboard.up(key)
    page.keyboard.type("Priya")

    expect(control(page, "first_name")).to_have_value("Priya")
    expect(page.locator(".error-summary")).to_have_count(0)


def test_back_shows_what_was_sent_and_forward_the_next_form(page, leonar):
    open_with(page, first_name="Karim", last_name="Haddad")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    page.keyboard.type("Priya")

    page.go_back()
    expect(control(page, "last_name")).to_have_value("Haddad")
    press_create(page)

    expect(page.get_by_role("main").get_by_role("heading", name="Karim Haddad")).to_be_visible()
    wait_for(leonar.ledger, what="the contact")
    assert len(leonar.ledger()) == 1


def test_a_press_that_finds_nobody_says_so_and_can_be_repeated(windows, leonar):
    page = windows.open()
    open_with(page, first_name="Karim")
    page.route("**/contacts/new/", lambda route: route.abort())
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("[data-kept]")).to_contain_text("The portal did not answer")
    expect(control(page, "first_name")).to_have_value("Karim")
    page.unroute("**/contacts/new/")
    windows.complaints.clear()

    page.keyboard.press("Control+Shift+Enter")

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "first_name")).to_have_value("")


def test_the_next_form_suggests_and_keeps_words_as_the_first_did(page, leonar, sophie):
    sophie.submit(first_name="Ana", skills="Kubernetes", tags="speaker")
    leonar.reset()
    open_with(page, first_name="Karim")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator(".notice-slim")).to_contain_text("Karim")

    fill(page, first_name="Priya", location="Lyon")
    control(page, "skills").press_sequentially("kub")
    page.get_by_role("option", name="Kubernetes").click()
    control(page, "tags").press_sequentially("speakers,")
    page.locator("[data-similar]").get_by_role("button", name="Use").click()
    press_create(page)

    expect_state(page, "created")
    assert leonar.ledger()[-1]["body"] == {
        "first_name": "Priya",
        "location": "Lyon",
        "skills": ["Kubernetes"],
        "tags": ["speaker"],
    }


def test_the_words_of_a_list_are_asked_for_once_for_several_forms_and_again_where_they_did_not_come(windows, leonar):
    page = windows.open()
    asked: list[str] = []
    came: list[str] = []
    of_tags = re.compile("field=tags$")
    page.on("request", lambda request: asked.append(request.url) if of_tags.search(request.url) else None)
    page.on("response", lambda answer: came.append(answer.url) if of_tags.search(answer.url) and answer.ok else None)
    page.route(of_tags, lambda route: route.fulfill(status=503))
    open_with(page, first_name="Karim")
    with page.expect_response(of_tags):
        control(page, "tags").focus()
    page.unroute(of_tags)

    # Whoever comes back asks again, once the first answer has been understood.
    wait_for(lambda: control(page, "source").focus() or control(page, "tags").focus() or came)
    windows.complaints.clear()
    asked.clear()
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    control(page, "tags").press_sequentially("x")
    control(page, "source").focus()

    assert asked == []


def test_a_list_takes_it_as_words(page, leonar):
    open_with(page, first_name="Karim")
    fill_rows(page, "emails", [{"email": "karim@acme.example"}])
    slow_down(page)
    page.keyboard.press("Control+Shift+Enter")
    page.keyboard.type("Priya")
    # To the skills: past names, two rows with their types and "add", LinkedIn, place, title, company and years.
    for _ in range(13):
        page.keyboard.press("Tab")
    page.keyboard.type("Rust, Go")
    page.keyboard.press("Enter")
    page.keyboard.type("SQL")

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "skills")).to_have_value("SQL")
    assert words(page, "skills") == ["Rust", "Go"]


def hold_back(page: Page) -> None:
    """The next answer waits until it is let go: `page.evaluate("letGo()")`."""
    page.evaluate(
        """() => {
            const ask = window.fetch;
            const wait = new Promise((resolve) => { window.letGo = resolve; });
            window.fetch = async (address, options) => {
                if (options?.signal) await wait;
                return ask(address, options);
            };
        }"""
    )


def test_what_is_typed_before_a_press_fails_waits_for_the_next_form(windows, leonar):
    page = windows.open()
    open_with(page, first_name="Karim")
    hold_back(page)
    page.route("**/contacts/new/", lambda route: route.abort())
    page.keyboard.press("Control+Shift+Enter")
    page.keyboard.type("Priya")
    page.evaluate("letGo()")
    expect(page.locator("[data-kept]")).to_contain_text("press again")

    expect(control(page, "first_name")).to_have_value("Karim")
    page.unroute("**/contacts/new/")
    windows.complaints.clear()
    page.keyboard.press("Control+Shift+Enter")

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "first_name")).to_have_value("Priya")


def test_text_that_comes_without_a_key_of_its_own_is_kept_as_well(page, leonar):
    """As dictation, a panel of emojis, a phone's keyboard and AltGr on some systems write it."""
    open_with(page, first_name="Karim")
    hold_back(page)
    page.keyboard.press("Control+Shift+Enter")
    page.keyboard.type("Priya")

    page.keyboard.insert_text("@Ω")
    page.evaluate("letGo()")

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "first_name")).to_have_value("Priya@Ω")


def test_a_click_in_the_form_that_is_on_its_way_leads_to_the_same_field_of_the_next(page, leonar):
    open_with(page, first_name="Karim")
    hold_back(page)
    page.keyboard.press("Control+Shift+Enter")
    control(page, "last_name").click()
    page.keyboard.type("Raman")
    page.evaluate("letGo()")

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "last_name")).to_have_value("Raman")
    expect(control(page, "first_name")).to_have_value("")


def test_a_second_press_with_nothing_typed_in_between_is_none(page, leonar):
    open_with(page, first_name="Karim")
    hold_back(page)
    page.keyboard.press("Control+Shift+Enter")

    page.keyboard.press("Control+Shift+Enter")
    page.evaluate("letGo()")

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "first_name")).to_be_focused()
    page.keyboard.type("Priya")
    expect(control(page, "first_name")).to_have_value("Priya")
    expect(page.locator(".error-summary")).to_have_count(0)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_second_press_of_the_button_by_its_key_is_none_either(page, leonar, key):
    open_with(page, first_name="Karim")
    hold_back(page)
    page.get_by_role("button", name="Create and add another").focus()
    page.keyboard.press(key)
    page.keyboard.press(key)
    page.keyboard.type("Priya")

    page.evaluate("letGo()")

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "first_name")).to_have_value("Priya")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_backspace_takes_away_one_letter_of_what_came_at_once(page, leonar):
    open_with(page, first_name="Karim")
    hold_back(page)
    page.keyboard.press("Control+Shift+Enter")
    page.keyboard.insert_text("Priyaa")
    page.keyboard.press("Backspace")
    page.evaluate("letGo()")

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "first_name")).to_have_value("Priya")


def test_a_composition_that_a_failed_press_overtakes_is_not_in_the_form_that_failed(windows, leonar):
    page = windows.open()
    open_with(page, first_name="Karim")
    hold_back(page)
    page.route("**/contacts/new/", lambda route: route.abort())
    keyboard = page.context.new_cdp_session(page)
    page.keyboard.press("Control+Shift+Enter")
    keyboard.send("Input.imeSetComposition", {"text": "プリ", "selectionStart": 2, "selectionEnd": 2})
    keyboard.send("Input.insertText", {"text": "プリヤ"})
    page.evaluate("letGo()")
    expect(page.locator("[data-kept]")).to_contain_text("press again")

    expect(control(page, "first_name")).to_have_value("Karim")
    page.unroute("**/contacts/new/")
    windows.complaints.clear()
    page.keyboard.press("Control+Shift+Enter")

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "first_name")).to_have_value("プリヤ")


def test_a_type_that_is_clicked_and_a_row_that_is_added_meanwhile_are_those_of_the_next_form(page, leonar):
    open_with(page, first_name="Karim")
    hold_back(page)
    page.keyboard.press("Control+Shift+Enter")
    page.keyboard.type("Priya")
    page.locator(".toggle:has([name='emails-0-type'][value='work'])").click()
    page.get_by_role("button", name="Add another e-mail").click()
    page.keyboard.type("priya@acme.example")
    page.evaluate("letGo()")

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(control(page, "first_name")).to_have_value("Priya")
    expect(chosen_type(page, "emails-0-type")).to_have_value("work")
    expect(control(page, "emails-1-email")).to_have_value("priya@acme.example")
    expect(control(page, "emails-1-email")).to_be_visible()


def test_it_comes_along_where_a_newer_portal_answers_with_a_page_of_its_own(page, leonar):
    open_with(page, first_name="Karim")
    # As if other scripts were linked since.
    page.locator("script[src*=pin-fields]").evaluate("script => script.remove()")
    hold_back(page)
    page.keyboard.press("Control+Shift+Enter")
    page.keyboard.type("Priya")
    page.keyboard.press("Tab")
    page.keyboard.type("Raman")
    page.evaluate("letGo()")

    expect(page.locator(".notice-slim")).to_contain_text("Karim")
    expect(page.locator("script[src*=pin-fields]")).to_have_count(1)
    expect(control(page, "last_name")).to_have_value("Raman")
    expect(control(page, "first_name")).to_have_value("Priya")
