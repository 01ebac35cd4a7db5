"""The rows for several addresses, numbers and custom values: folded with scripts, all there without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import ADD, control, expect_state, fill, fill_rows, open_form, press_create, unfold_for


def shown_rows(page: Page, decisive: str) -> list[str]:
    """The values of the rows that can be seen, such as of "email"."""
    shown = page.locator(f"[data-row] [name$='-{decisive}']:visible")
    return [field.input_value() for field in shown.all()]


def addresses(*numbers: int) -> list[dict[str, str]]:
    return [{"email": f"sophie{number}@acme.example"} for number in numbers]


@pytest.mark.parametrize(("prefix", "decisive"), [("emails", "email"), ("phones", "phone"), ("custom_data", "key")])
def test_unused_rows_are_folded_away_until_they_are_asked_for(page, prefix, decisive):
    open_form(page)
    unfold_for(page, prefix)
    more = page.get_by_role("button", name=ADD[prefix])

    for number in range(1, 5):
        assert len(shown_rows(page, decisive)) == number
        more.click()
        expect(control(page, f"{prefix}-{number}-{decisive}")).to_be_focused()

    assert len(shown_rows(page, decisive)) == 5
    expect(more).to_be_hidden()


def test_without_scripts_all_five_rows_can_be_used(windows, leonar):
    page = windows.open(java_script_enabled=False)
    open_form(page)
    fill(page, first_name="Sophie")
    fill_rows(page, "emails", addresses(1, 2, 3, 4, 5))
    fill(page, **{"phones-4-phone": "06 12 34 56 78", "custom_data-4-key": "k", "custom_data-4-value": "v"})

    press_create(page)

    expect_state(page, "created")
    sent = leonar.ledger()[0]["body"]
    assert [row["email"] for row in sent["emails"]] == [row["email"] for row in addresses(1, 2, 3, 4, 5)]
    assert sent["phone"] == "+33612345678"
    assert sent["custom_data"] == {"k": "v"}


def test_removing_a_row_keeps_the_others(page, leonar):
    open_form(page)
    fill(page, first_name="Sophie")
    fill_rows(page, "emails", addresses(1, 2, 3))

    page.get_by_role("button", name="Remove e-mail 2").click()

    assert shown_rows(page, "email") == ["sophie1@acme.example", "sophie3@acme.example"]
    expect(page.locator("[name^=emails-]:focus")).to_have_count(1)
    press_create(page)
    expect_state(page, "created")
    assert leonar.ledger()[0]["body"]["emails"] == addresses(1, 3)


def test_a_row_that_was_refused_is_shown_again_with_its_error(page, leonar):
    open_form(page)
    fill(page, first_name="Sophie")
    fill_rows(page, "emails", [*addresses(1), {"email": "sophie@"}])

    press_create(page)

    field = control(page, "emails-1-email")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert shown_rows(page, "email") == ["sophie1@acme.example", "sophie@"]
    field.fill("sophie2@acme.example")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    press_create(page)
    expect_state(page, "created")
    assert leonar.ledger()[0]["body"]["emails"] == addresses(1, 2)
