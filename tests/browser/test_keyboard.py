"""The entry form by keyboard alone, and the list fields, which must lose nothing on any way out of them."""

from playwright.sync_api import Page, expect

from tests.browser.acts import control, expect_state, fill, fill_rows, open_form, posted_bodies, press_create
from tests.browser.test_main_job import CUSTOM_DATA, EMAILS, PHONES, SENT, SOPHIE

TARGET_PX = 24


def focused(page: Page) -> str:
    """The id of what has the focus; a button without one is told by its name."""
    script = "(e => e.id || e.getAttribute('aria-label') || e.textContent.trim())(document.activeElement)"
    return page.evaluate(script)


def words(page: Page, name: str) -> list[str]:
    """The chips of a list field."""
    return page.locator(f"chip-list:has([name={name}]) .chip > span").all_inner_texts()


def type_in_turn(page: Page, *steps: tuple[str, str]) -> None:
    """Types into each control, which must have the focus in its turn, and goes on with Tab."""
    for expected, text in steps:
        assert focused(page) == expected
        page.keyboard.type(text)
        page.keyboard.press("Tab")


def test_a_whole_contact_is_entered_by_keyboard_alone(page, leonar):
    open_form(page)

    type_in_turn(page, ("id_first_name", "Sophie"), ("id_last_name", "Martin"))
    type_in_turn(page, ("id_emails-0-email", EMAILS[0]["email"]), ("id_emails-0-type", "Work"))
    page.keyboard.press("Enter")
    type_in_turn(page, ("id_emails-1-email", EMAILS[1]["email"]), ("id_emails-1-type", "Pers"))
    type_in_turn(page, ("Remove e-mail 2", ""), ("Add another e-mail", ""))
    type_in_turn(page, ("id_phones-0-phone", PHONES[0]["phone"]), ("id_phones-0-type", "Pers"))
    page.keyboard.press("Space")
    type_in_turn(page, ("id_phones-1-phone", PHONES[1]["phone"]), ("id_phones-1-type", "Work"))
    type_in_turn(page, ("Remove phone 2", ""), ("Add another phone", ""))
    for name in ("linkedin_profile", "location", "title", "current_company", "years_experience"):
        type_in_turn(page, (f"id_{name}", SOPHIE[name]))
    for name in ("skills", "languages", "contact_type", "tags"):
        type_in_turn(page, (f"id_{name}", SOPHIE[name]))
    type_in_turn(page, ("id_source", SOPHIE["source"]), ("id_global_status", "Qual"), ("id_do_not_contact", " "))
    assert focused(page).startswith("Advanced")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    type_in_turn(page, ("id_company_id", SOPHIE["company_id"]))
    type_in_turn(
        page, ("id_custom.notice_period", ""), ("id_custom.expected_salary", ""), ("id_custom.works_remotely", "")
    )
    while focused(page) == "id_custom.available_from":
        page.keyboard.press("Tab")
    type_in_turn(page, ("id_custom.referred_by", ""))
    for place, row in enumerate(CUSTOM_DATA):
        prefix = f"id_custom_data-{place}"
        chosen = {"text": "Text", "number": "Number", "boolean": "Yes", "json": "JSON"}[row["type"]]
        type_in_turn(page, (f"{prefix}-key", row["key"]), (f"{prefix}-type", chosen), (f"{prefix}-value", row["value"]))
        if place:
            type_in_turn(page, (f"Remove custom data {place + 1}", ""))
        assert focused(page) == "Add more custom data"
        page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")

    expect_state(page, "created")
    assert [line["body"] for line in leonar.ledger()] == [{"first_name": "Sophie"} | SENT]


def test_the_same_body_is_posted_with_scripts_and_without(windows, portal):
    bodies = []
    for scripts in (True, False):
        # Otherwise the second would be asked about as a twin of the first.
        portal.forget_people()
        page = windows.open(java_script_enabled=scripts)
        posted = posted_bodies(page)
        open_form(page)
        fill(page, first_name="Sophie", **SOPHIE)
        fill_rows(page, "emails", EMAILS)
        fill_rows(page, "phones", PHONES)
        fill_rows(page, "custom_data", CUSTOM_DATA)
        press_create(page)
        expect_state(page, "created")
        bodies += posted
        portal.forget_people()

    assert bodies[0] == bodies[1]
    assert len(bodies) == 2


def test_every_way_out_of_a_list_field_keeps_what_was_typed(windows, leonar):
    page = windows.open(permissions=["clipboard-read", "clipboard-write"])
    open_form(page)
    page.keyboard.type("Sophie")
    page.evaluate("navigator.clipboard.writeText('Jira; Rust\\nGo')")

    control(page, "tags").press_sequentially("Lyon")
    page.keyboard.press("Enter")
    assert words(page, "tags") == ["Lyon"]
    control(page, "languages").press_sequentially("French,Eng")
    page.keyboard.press("Tab")
    assert words(page, "languages") == ["French", "Eng"]
    control(page, "contact_type").press_sequentially("candidate")
    control(page, "title").click()
    assert words(page, "contact_type") == ["candidate"]
    control(page, "skills").press_sequentially("rust, C")
    page.keyboard.press("Control+v")
    assert words(page, "skills") == ["rust", "CJira", "Go"]
    control(page, "tags").press_sequentially("speaker")
    page.keyboard.press("Control+Enter")

    expect_state(page, "created")
    sent = leonar.ledger()[0]["body"]
    assert {name: sent[name] for name in ("tags", "languages", "contact_type", "skills")} == {
        "tags": ["Lyon", "speaker"],
        "languages": ["French", "Eng"],
        "contact_type": ["candidate"],
        "skills": ["rust", "CJira", "Go"],
    }


def test_a_word_of_a_list_is_removed_by_its_own_button(page):
    open_form(page)
    control(page, "skills").fill("Rust, Django, Go,")
    button = page.get_by_role("button", name="Remove Django")
    box = button.bounding_box()

    button.press("Enter")

    assert min(box["width"], box["height"]) >= TARGET_PX
    assert words(page, "skills") == ["Rust", "Go"]
    expect(page.locator("[name=skills]")).to_have_value("Rust, Go")
    assert focused(page) == "Remove Go"


def test_backspace_takes_the_last_word_back_into_the_field(page):
    open_form(page)
    control(page, "skills").fill("Rust, Djangp,")

    control(page, "skills").press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type("o")
    page.keyboard.press("Enter")

    assert words(page, "skills") == ["Rust", "Django"]
