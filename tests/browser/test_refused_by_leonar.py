"""What Leonar refuses comes back to the field that caused it, in the form opened again."""

import pytest
from playwright.sync_api import expect

from tests.browser.acts import control, expect_state, fill, open_form, press_create


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_leonar_refuses_is_said_at_the_very_row_and_corrected_there(windows, leonar, scripts):
    page = windows.open(java_script_enabled=scripts)
    message = "emails.1.email: This domain takes no mail"
    leonar.misbehave(mode="status", status=400, code="validation_error", message=message, only="POST /contacts")
    open_form(page)
    fill(page, first_name="Sophie", tags="kept", **{"emails-0-email": "sophie@acme.example"})
    if scripts:
        page.get_by_role("button", name="Add another e-mail").click()
        page.get_by_role("button", name="Add another e-mail").click()
    # The second row stays blank, so Leonar's second address is the third row's.
    fill(page, **{"emails-2-email": "sophie@nowhere.example"})

    press_create(page)

    expect_state(page, "rejected")
    refused = control(page, "emails-2-email")
    expect(refused).to_be_visible()
    expect(refused).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[id='id_emails-2-email-error']")).to_contain_text("This domain takes no mail")
    assert page.title().startswith("Error:")
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    expect(page.locator("[name=tags]")).to_have_value("kept")
    if scripts:
        expect(page.locator(".error-summary")).to_be_focused()
    refused.fill("sophie@initech.example")
    page.get_by_role("button", name="Correct and send again").click()
    expect_state(page, "created")
    held = leonar.contacts()
    assert [[row["email"] for row in contact["emails"]] for contact in held] == [
        ["sophie@acme.example", "sophie@initech.example"]
    ]


def test_a_refusal_that_names_no_field_stands_at_the_top(page, leonar):
    message = "This workspace is archived"
    leonar.misbehave(mode="status", status=400, code="validation_error", message=message, only="POST /contacts")
    open_form(page)
    fill(page, first_name="Karim")

    press_create(page)

    expect_state(page, "rejected")
    expect(page.locator(".error-summary, .story").filter(has_text=message)).not_to_have_count(0)
    expect(control(page, "first_name")).to_have_value("Karim")
