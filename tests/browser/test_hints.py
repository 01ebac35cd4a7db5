"""What is pointed out beside the form while somebody types on: slips, and people who were entered before."""

from playwright.sync_api import Page, expect

from tests.browser.acts import control, create, expect_state, fill, open_form, press_create


def hint(page: Page):
    """The part of the rail with hints."""
    return page.get_by_role("region", name="Worth a look")


def test_a_slip_is_mended_by_one_key_and_put_back_by_another(page):
    open_form(page)
    fill(page, first_name="Sophie", **{"emails-0-email": "sophie@gmial.com"})
    expect(hint(page)).to_contain_text("may be a slip for gmail.com")
    expect(control(page, "emails-0-email")).to_be_focused()

    page.get_by_role("button", name="Change to gmail.com").press("Enter")
    expect(control(page, "emails-0-email")).to_have_value("sophie@gmail.com")
    expect(control(page, "emails-0-email")).to_be_focused()
    expect(hint(page)).to_have_count(0)

    page.get_by_role("button", name="Undo").press("Enter")
    expect(control(page, "emails-0-email")).to_have_value("sophie@gmial.com")
    page.wait_for_timeout(800)
    expect(hint(page)).to_have_count(0)


def test_a_dismissed_hint_does_not_come_back_with_the_form(page):
    open_form(page)
    fill(page, first_name="Kowalska", last_name="Anna")
    hint(page).get_by_role("button", name="It is right").click()
    expect(hint(page)).to_have_count(0)

    fill(page, years_experience="seven")
    press_create(page)
    expect(page.locator(".error-summary")).to_be_focused()

    expect(hint(page)).to_have_count(0)


def test_without_scripts_a_slip_is_mended_by_one_press(windows, leonar):
    page = windows.open(java_script_enabled=False)
    page.goto("/contacts/new/")
    fill(page, first_name="Sophie", years_experience="seven", **{"emails-0-email": "sophie@gmial.com"})
    press_create(page)

    page.get_by_role("button", name="Change to gmail.com").click()
    expect(control(page, "emails-0-email")).to_have_value("sophie@gmail.com")
    fill(page, years_experience="7")
    press_create(page)

    expect_state(page, "created")
    assert leonar.contacts()[0]["emails"][0]["email"] == "sophie@gmail.com"


def test_somebody_entered_before_is_told_while_the_focus_stays_and_asked_about_once(page, leonar):
    create(page, first_name="Karim", last_name="Haddad", **{"emails-0-email": "karim@acme.example"})
    open_form(page)
    fill(page, first_name="Haddad", last_name="Karim", **{"emails-0-email": "KARIM@acme.example"})
    page.keyboard.press("Tab")

    before = page.get_by_role("region", name="Entered before")
    expect(before).to_contain_text("Same e-mail and name")
    expect(before).to_contain_text("entered by recruiter, just now")
    expect(control(page, "emails-0-type")).to_be_focused()

    press_create(page)
    expect(page.get_by_role("alert")).to_contain_text("was entered by recruiter, just now")
    press_create(page)
    expect_state(page, "created")
    assert len(leonar.ledger()) == 2


def test_a_slip_is_pointed_out_beside_a_correction_too(page, leonar):
    leonar.misbehave(mode="status", status=400, message="title: Not like this", only="POST /contacts")
    open_form(page)
    fill(page, first_name="Sophie", title="x")
    press_create(page)
    expect_state(page, "rejected")

    fill(page, **{"emails-0-email": "sophie@gmial.com"})
    expect(hint(page)).to_contain_text("may be a slip for gmail.com")
    page.get_by_role("button", name="Change to gmail.com").press("Enter")

    expect(control(page, "emails-0-email")).to_have_value("sophie@gmail.com")
    expect(control(page, "emails-0-email")).to_be_focused()
    expect(hint(page)).to_have_count(0)
