"""From one contact to the next: pins, the last outcome, the bookmarklet and the list of keys."""

import json
from urllib.parse import quote, unquote

from playwright.sync_api import expect

from tests.browser.acts import control, expect_state, fill, open_form, sign_in_here

PROFILE = """<title>(3) Sophie Martin - Engineer - Acme | LinkedIn</title>
<link rel="canonical" href="https://www.linkedin.com/in/sophie-martin?trk=x">
<h1>Sophie Martin</h1><p id="said">sophie@acme.example</p>"""


def add_another(page) -> None:
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator(".notice-slim")).to_be_visible()


def test_the_field_one_is_in_is_pinned_by_a_key_and_comes_back_marked(page, leonar):
    open_form(page)
    fill(page, first_name="Karim", title="CTO")
    control(page, "source").press_sequentially("meetup")
    page.keyboard.press("Alt+j")
    control(page, "tags").press_sequentially("Lyon,")
    page.keyboard.press("Alt+j")
    expect(page.locator(".is-pinned")).to_have_count(2)

    add_another(page)

    expect(control(page, "source")).to_have_value("meetup")
    expect(page.locator("chip-list:has([name=tags]) .chip > span")).to_have_text(["Lyon"])
    expect(page.locator("#id_source-mark")).to_have_text("Pinned")
    expect(control(page, "title")).to_have_value("")
    page.get_by_role("button", name="Unpin and clear all").click()
    expect(control(page, "source")).to_have_value("")
    expect(page.locator("[name=pinned]:checked")).to_have_count(0)


def test_a_pin_at_the_label_is_clicked(page):
    open_form(page)
    label = page.locator("label[for=id_source]")

    label.hover()
    label.locator(".pin-mark").click()

    expect(page.locator("[name=pinned]:checked")).to_have_value("source")
    expect(page.get_by_role("status")).to_contain_text("Source is kept for the next contact")


def test_the_next_form_is_ready_and_the_last_outcome_appears_beside_it(page, leonar):
    open_form(page)
    fill(page, first_name="Karim", last_name="Haddad")

    add_another(page)

    expect(control(page, "first_name")).to_be_focused()
    page.keyboard.type("Priya")
    expect(page.locator(".notice-slim")).to_contain_text("Created in Leonar")
    expect(page.locator(".recent li").first).to_contain_text("Created in Leonar")
    expect(control(page, "first_name")).to_have_value("Priya")
    assert [sent["body"]["first_name"] for sent in leonar.ledger()] == ["Karim"]


def test_the_bookmarklet_brings_a_person_from_another_page(windows):
    page = windows.open(fresh=True)
    page.goto("/bookmarklet/")
    code = unquote(page.locator("a[href^='javascript:']").get_attribute("href")).removeprefix("javascript:")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.context.route(
        "https://profiles.example/**", lambda route: route.fulfill(body=PROFILE, content_type="text/html")
    )
    page.goto("https://profiles.example/sophie")
    page.evaluate("getSelection().selectAllChildren(document.getElementById('said'))")

    with page.expect_popup() as opened:
        page.evaluate(code)

    form = opened.value
    expect(control(form, "last_name")).to_have_value("Martin")
    expect(control(form, "first_name")).to_have_value("Sophie")
    expect(control(form, "title")).to_have_value("Engineer")
    expect(control(form, "current_company")).to_have_value("Acme")
    expect(control(form, "linkedin_profile")).to_have_value("https://www.linkedin.com/in/sophie-martin")
    expect(control(form, "emails-0-email")).to_have_value("sophie@acme.example")
    assert "#" not in form.url
    assert not [address for address in asked if "Sophie" in unquote(address.partition("#")[0])]


def test_what_the_bookmarklet_brings_outlives_a_sign_in_by_whatever_way(windows):
    page = windows.open(None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = quote(json.dumps({"title": "Sophie Martin | Engineer", "address": "https://www.linkedin.com/in/sophie"}))
    page.goto(f"/contacts/new/#page={found}")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert "#" not in page.url
    # As a passkey or the company's own sign-in does it, the address is left for another.
    page.goto("/accounts/login/?next=/contacts/new/")

    sign_in_here(page, "recruiter")

    expect(control(page, "last_name")).to_have_value("Martin")
    expect(control(page, "linkedin_profile")).to_have_value("https://www.linkedin.com/in/sophie")
    assert page.evaluate("sessionStorage.length") == 0
    assert not [address for address in asked if "Sophie" in unquote(address.partition("#")[0])]


def test_nothing_happens_where_what_comes_behind_the_sign_is_no_page(page):
    for junk in ("%", quote("[]"), quote("null"), quote(json.dumps({"title": {"x": 1}})), "x"):
        page.goto(f"/contacts/new/?blank=#page={junk}")
        expect(control(page, "first_name")).to_be_focused()


def test_the_list_of_keys_opens_over_the_page_and_gives_the_focus_back(page):
    open_form(page)
    page.keyboard.press("Alt+g")
    dialog = page.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_be_visible()

    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(control(page, "first_name")).to_be_focused()
    page.keyboard.type("Why?")
    expect(control(page, "first_name")).to_have_value("Why?")
    expect(dialog).to_be_hidden()


def test_the_question_mark_can_be_switched_off(page):
    page.goto("/submissions/")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_be_visible()
    dialog.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    page.keyboard.press("?")
    page.reload()
    page.keyboard.press("?")

    expect(dialog).to_be_hidden()
    page.keyboard.press("Alt+g")
    expect(dialog).to_be_visible()


def test_the_keys_of_every_page_lead_where_they_say(page):
    page.goto("/drafts/")
    page.keyboard.press("Alt+r")
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    page.keyboard.press("Alt+k")
    expect(control(page, "first_name")).to_be_focused()


def test_without_scripts_the_pins_are_boxes_and_the_keys_a_page(windows, leonar):
    page = windows.open(java_script_enabled=False)
    page.goto("/contacts/new/?blank=")
    fill(page, first_name="Noor", source="fair")
    page.get_by_role("group", name="Keep for the next contact").get_by_label("Source").check()
    page.get_by_role("button", name="Create contact").click()
    expect_state(page, "created")

    page.get_by_role("link", name="Add another").click()

    expect(control(page, "source")).to_have_value("fair")
    page.get_by_role("button", name="Unpin and clear all").click()
    expect(control(page, "source")).to_have_value("")
    page.goto("/keyboard/")
    expect(page.get_by_role("heading", name="Entering a contact")).to_be_visible()
