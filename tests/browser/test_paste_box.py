"""The paste box with scripts: read at once, in place, with nothing lost and a way back."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import chosen_type, control, expect_state, fill, measured, open_form

SIGNATURE = """KARIM HADDAD
Head of data | Initech
T. +33 4 91 00 00 00 | M. 06 12 34 56 78
karim.haddad@initech.example
Building C, 2nd floor
"""
CLIPBOARD = ["clipboard-read", "clipboard-write"]
CARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lefèvre;Zoé\r\nFN:Zoé Lefèvre\r\nEMAIL;TYPE=WORK:zoe@acme.example\r\nEND:VCARD\r\n"
)
# Whoever gives up after a time does so when the test calls `giveUp`.
GIVE_UP_WHEN_TOLD = """
const patience = new AbortController();
AbortSignal.timeout = () => patience.signal;
window.giveUp = () => patience.abort();
"""


@pytest.fixture
def page(windows) -> Page:
    """A window that may use the clipboard."""
    return windows.open(permissions=CLIPBOARD)


def paste(page: Page, text: str) -> None:
    """By the keys that a person uses."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Alt+p")
    page.keyboard.press("Control+v")


def said(page: Page) -> Locator:
    return page.locator("[data-said]")


def marks(page: Page) -> Locator:
    return page.locator(".entry-form .is-filled")


def test_a_pasted_signature_is_a_contact_in_three_presses_and_no_click(page, leonar):
    open_form(page)

    paste(page, SIGNATURE)
    page.keyboard.press("Control+Enter")

    expect_state(page, "created")
    sent = leonar.ledger()[0]["body"]
    assert (sent["first_name"], sent["last_name"], sent["title"]) == ("Karim", "Haddad", "Head of data")
    assert [row["phone"] for row in sent["phones"]] == ["+33491000000", "+33612345678"]


def test_what_was_pasted_is_marked_until_it_is_touched(page):
    open_form(page)
    paste(page, SIGNATURE)
    expect(control(page, "title")).to_have_value("Head of data")
    expect(control(page, "phones-1-phone")).to_be_visible()
    expect(page.locator("#id_last_name-mark")).to_contain_text("From “HADDAD”")
    before = marks(page).count()

    control(page, "title").press_sequentially("!")

    expect(marks(page)).to_have_count(before - 1)
    expect(control(page, "title")).not_to_have_attribute("aria-describedby", "id_title-mark")


def test_a_second_text_behind_the_first_is_a_text_of_its_own(page):
    open_form(page)
    paste(page, "Karim Haddad\n+33 6 12 34 56 78")
    expect(control(page, "phones-0-phone")).to_have_value("+33612345678")
    page.evaluate("text => navigator.clipboard.writeText(text)", "karim@initech.example")

    page.keyboard.press("Control+v")

    expect(control(page, "emails-0-email")).to_have_value("karim@initech.example")
    expect(control(page, "phones-1-phone")).to_have_value("")
    expect(control(page, "paste")).to_have_value("Karim Haddad\n+33 6 12 34 56 78\nkarim@initech.example")


def test_what_is_pasted_behind_a_label_is_what_that_names(page):
    open_form(page)
    page.evaluate("text => navigator.clipboard.writeText(text)", "Rust, Go")
    control(page, "paste").press_sequentially("skills:")

    page.keyboard.press("Control+v")

    expect(page.locator("[name=skills]")).to_have_value("Rust, Go")


def test_the_key_of_the_box_is_no_part_of_its_name(page):
    open_form(page)

    expect(control(page, "paste")).to_have_accessible_name("Paste a signature, vCard, row or link")
    expect(control(page, "paste")).to_have_attribute("aria-keyshortcuts", "Alt+P")


def test_a_press_waits_no_longer_than_the_reading_for_an_answer_that_does_not_come(page):
    page.add_init_script(GIVE_UP_WHEN_TOLD)
    open_form(page)
    page.route(
        "**/contacts/new/",
        lambda route: None if "multipart" in route.request.headers["content-type"] else route.continue_(),
    )
    fill(page, first_name="Karim")
    paste(page, "karim@initech.example")
    expect(said(page)).to_contain_text("Reading")
    page.keyboard.press("Control+Enter")

    page.evaluate("giveUp()")

    expect(page.get_by_role("alert")).to_contain_text("Paste")


def test_nothing_that_was_typed_meanwhile_is_overwritten(page):
    open_form(page)
    waiting = []
    page.route("**/contacts/new/", lambda route: waiting.append(route))
    paste(page, SIGNATURE)
    expect(said(page)).to_contain_text("Reading")

    control(page, "first_name").fill("Samir")
    page.wait_for_timeout(100)
    waiting[0].continue_()

    expect(control(page, "title")).to_have_value("Head of data")
    expect(control(page, "first_name")).to_have_value("Samir")


def test_undo_takes_back_what_was_filled_and_not_touched_since(page):
    open_form(page)
    fill(page, source="meetup")
    paste(page, SIGNATURE)
    expect(control(page, "title")).to_have_value("Head of data")
    fill(page, title="CTO")

    page.get_by_role("button", name="Undo").click()

    expect(control(page, "first_name")).to_have_value("")
    expect(control(page, "phones-1-phone")).to_have_value("")
    expect(control(page, "title")).to_have_value("CTO")
    expect(control(page, "source")).to_have_value("meetup")
    expect(marks(page)).to_have_count(0)
    expect(control(page, "paste")).to_have_value(SIGNATURE)


def test_lists_and_types_are_filled_as_words_and_toggles(page):
    open_form(page)

    paste(page, "skills: Rust, Go\nemail (work): karim@initech.example\n")

    expect(page.locator("[name=skills]")).to_have_value("Rust, Go")
    expect(page.locator("chip-list:has([name=skills]) .chip")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("chip-list:has([name=skills]) .chip")).to_have_count(0)


def test_a_piece_that_found_no_field_is_put_somewhere_by_keyboard(page):
    open_form(page)
    paste(page, SIGNATURE)
    piece = page.get_by_role("listitem").filter(has_text="Building C, 2nd floor")
    expect(piece).to_be_visible()

    piece.get_by_role("combobox").focus()
    page.keyboard.type("Loc")
    page.get_by_role("button", name="Put them there").press("Enter")

    expect(control(page, "location")).to_have_value("Building C, 2nd floor")
    expect(piece).to_have_count(0)
    expect(control(page, "first_name")).to_have_value("Karim")


def test_a_name_gets_its_capitals_back(page):
    open_form(page)
    paste(page, SIGNATURE)

    page.locator("#id_last_name-mark").get_by_role("button", name="Restore").click()

    expect(control(page, "last_name")).to_have_value("HADDAD")
    expect(control(page, "last_name")).to_be_focused()


def test_a_file_is_read_when_it_is_chosen_and_when_it_is_dropped(page):
    open_form(page)
    card = {"name": "zoe.vcf", "mimeType": "text/vcard", "buffer": CARD.encode()}
    page.locator("input[type=file]").set_input_files(card)
    expect(control(page, "last_name")).to_have_value("Lefèvre")
    expect(chosen_type(page, "emails-0-type")).to_have_value("work")
    page.get_by_role("button", name="Undo").click()
    expect(chosen_type(page, "emails-0-type")).to_have_value("")

    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], "zoe.vcf", { type: "text/vcard" }));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        CARD,
    )

    expect(control(page, "last_name")).to_have_value("Lefèvre")


def test_while_the_portal_can_not_be_reached_the_text_stays_in_the_box(windows):
    page = windows.open(permissions=CLIPBOARD, fresh=True)
    open_form(page)
    page.context.set_offline(True)

    paste(page, SIGNATURE)

    expect(said(page)).to_contain_text("still in the box")
    expect(control(page, "paste")).to_have_value(SIGNATURE)
    page.context.set_offline(False)
    page.get_by_role("button", name="Fill in blank fields").click()
    expect(control(page, "first_name")).to_have_value("Karim")


def test_the_first_control_does_not_move_when_what_was_read_is_said(page):
    open_form(page)
    before = control(page, "first_name").bounding_box()

    paste(page, SIGNATURE)
    expect(said(page)).to_contain_text("filled")

    assert control(page, "first_name").bounding_box() == before
    assert measured(page, "lostFocus") == []


def test_the_everyday_part_fits_one_screen(page):
    open_form(page)
    # A draft that waits is said above.
    page.evaluate("document.querySelectorAll('.notice').forEach((notice) => notice.remove())")

    work = page.get_by_role("region", name="Work").bounding_box()
    bar = page.locator(".submit-bar").bounding_box()

    assert work["y"] + work["height"] <= bar["y"]
    assert 36 <= control(page, "title").bounding_box()["height"] <= 40


def test_enter_in_a_control_creates_and_does_not_read_or_clear(page):
    open_form(page)
    page.keyboard.type("Sophie")

    page.keyboard.press("Enter")

    expect_state(page, "created")


def test_clear_form_gives_a_blank_one(page):
    open_form(page)
    fill(page, first_name="Sophie", title="CTO")

    page.get_by_role("button", name="Clear form").click()

    expect(control(page, "first_name")).to_have_value("")
    expect(control(page, "title")).to_have_value("")


def test_a_letter_chooses_a_type_and_the_dash_none(page):
    open_form(page)
    control(page, "emails-0-email").focus()
    page.keyboard.press("Tab")

    page.keyboard.press("p")
    expect(chosen_type(page, "emails-0-type")).to_have_value("personal")
    control(page, "emails-0-type").check()

    expect(chosen_type(page, "emails-0-type")).to_have_value("")
