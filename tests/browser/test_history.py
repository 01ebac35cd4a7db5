"""The history and the record."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import create, expect_no_sideways_scrolling, expect_state, fill, open_form, press_create
from tests.browser.windows import PHONE
from tests.portal import submission_id as id_in


def row(page: Page, submission: str):
    """A submission's row in the history."""
    return page.locator(f"[data-submission='{submission}']")


def test_a_row_opens_by_a_click_anywhere_in_it(page, portal, sophie, leonar):
    submission = id_in(sophie.submit(first_name="Karim", last_name="Haddad"))
    page.goto("/submissions/")

    row(page, submission).locator("td.when").click()

    expect(page).to_have_url(f"{portal.url}/submissions/{submission}/")


def test_rows_are_walked_and_opened_by_keyboard(page, portal, sophie, leonar):
    older, newer = (id_in(sophie.submit(first_name=name)) for name in ("Ana", "Karim"))
    page.goto("/submissions/")
    expect(page.locator(".row-keys")).to_be_hidden()

    row(page, newer).get_by_role("link").focus()
    expect(page.locator(".row-keys")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(row(page, older).get_by_role("link")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{portal.url}/submissions/{newer}/")


@pytest.mark.parametrize("key", ["j", "k", "ArrowDown", "Home"])
def test_no_key_moves_the_focus_while_it_is_on_no_row(page, sophie, leonar, key):
    sophie.submit(first_name="Ana")
    page.goto("/submissions/")

    page.keyboard.press(key)

    assert page.evaluate("document.activeElement === document.body")


def test_filters_read_as_a_sentence_and_are_left_in_one_step(page, sophie, leonar):
    created = id_in(sophie.submit(first_name="Filtered", last_name="Haddad", current_company="Umbrella"))
    leonar.misbehave(mode="status", status=400, message="title: No", only="POST /contacts")
    refused = id_in(sophie.submit(first_name="Filtered", last_name="Kowalska", current_company="Umbrella"))
    page.goto("/submissions/")

    page.get_by_label("Name, e-mail, phone").fill("umbrella")
    page.get_by_role("combobox", name="State").select_option("created")
    page.get_by_role("button", name="Show").click()

    expect(page.locator(".sentence")).to_contain_text("umbrella")
    expect(row(page, created)).to_be_visible()
    expect(row(page, refused)).to_have_count(0)
    page.get_by_role("link", name="Show all").click()
    expect(row(page, refused)).to_be_visible()


def test_what_needs_a_person_is_counted_in_the_header_and_leads_there(page, sophie, leonar):
    leonar.misbehave(mode="status", status=400, message="title: No", only="POST /contacts")
    refused = id_in(sophie.submit(first_name="Ana", last_name="Kowalska"))
    page.goto("/contacts/new/")

    page.get_by_role("link", name=re.compile(r"\d+ needs? attention")).click()

    expect(row(page, refused)).to_contain_text("Needs you")
    expect(page.locator("[data-submission]").filter(has_not_text="Needs you")).to_have_count(0)


def test_a_search_without_hits_says_so_and_offers_the_way_back(page):
    page.goto("/submissions/?q=nobody-has-this-name")

    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Show all").first).to_be_visible()


def test_on_a_phone_each_row_is_a_card(windows, sophie, leonar):
    long = "Wolfeschlegelsteinhausenbergerdorff"
    submission = id_in(sophie.submit(first_name="Ana", last_name=long, current_company=long + long))
    page = windows.open(viewport=PHONE)

    page.goto("/submissions/")

    expect_no_sideways_scrolling(page)
    card = row(page, submission)
    name, when = (card.locator(part).bounding_box() for part in (".who", "td.when"))
    assert when["y"] >= name["y"] + name["height"] - 1
    assert name["x"] + name["width"] <= PHONE["width"]


@pytest.mark.parametrize("name", ["recruiter", "admin"])
def test_a_name_that_does_not_break_leaves_the_other_columns_where_they_are(windows, sophie, leonar, name):
    sophie.submit(first_name="Ana", last_name="Kowalska")
    page = windows.open(name, viewport={"width": 1000, "height": 800})
    page.goto("/submissions/")
    before = page.locator("[data-submission] td.what").first.bounding_box()

    sophie.submit(first_name="Ana", last_name="Wolfe" * 20, current_company="Acme" * 25)
    page.reload()

    after = page.locator("[data-submission] td.what").first.bounding_box()
    assert (after["x"], after["width"]) == (before["x"], before["width"])
    expect_no_sideways_scrolling(page)


def test_the_list_is_downloaded_as_csv(page, sophie, leonar):
    sophie.submit(first_name="Csv", last_name="Haddad")
    page.goto("/submissions/?q=Csv")

    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()

    expect(page.get_by_text("Done: 1 rows.")).to_be_visible()

    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Haddad" in lines[1]


def test_the_leonar_id_is_copied_by_its_button(windows, leonar):
    page = windows.open(permissions=["clipboard-read", "clipboard-write"])
    create(page, first_name="Sophie")

    page.locator(".origin copy-button button").click()

    expect(page.locator(".origin copy-button")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == leonar.contacts()[0]["id"]


def test_the_leonar_id_can_be_taken_without_scripts(windows, leonar):
    page = windows.open(java_script_enabled=False)
    create(page, first_name="Sophie")

    expect(page.locator(".origin copy-button code")).to_have_text(leonar.contacts()[0]["id"])
    expect(page.locator(".origin copy-button button")).to_be_hidden()


def test_a_record_being_checked_turns_into_created_by_itself(page, leonar):
    leonar.misbehave(mode="drop_after_creating", only="POST /contacts")
    open_form(page)
    fill(page, first_name="Sophie", last_name="Checked", **{"emails-0-email": "checked@acme.example"})
    press_create(page)
    expect_state(page, "unconfirmed")
    expect(page.locator(".story")).to_contain_text("there is no need to type it again")

    expect_state(page, "created")

    expect(page.locator(".story")).to_contain_text("found by checking")
    assert len(leonar.ledger()) == 1


def test_escape_leaves_all_filters_at_once(page, portal, sophie, leonar):
    sophie.submit(first_name="Ana")
    page.goto("/submissions/?state=created")
    expect(page.locator(".sentence")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page).to_have_url(f"{portal.url}/submissions/")
    expect(page.locator(".sentence")).to_have_count(0)


def test_escape_loses_nothing_that_is_being_typed(page, sophie, leonar):
    sophie.submit(first_name="Ana")
    page.goto("/submissions/?state=created")

    page.get_by_label("Name, e-mail, phone").fill("kow")
    page.keyboard.press("Escape")

    expect(page.locator(".sentence")).to_be_visible()


def test_words_searched_for_stay_out_of_the_address(page, sophie, leonar):
    wanted = id_in(sophie.submit(first_name="Hidden", last_name="Zielinska"))
    page.goto("/submissions/")

    page.get_by_label("Name, e-mail, phone").fill("zielin")
    page.keyboard.press("Enter")

    expect(page.locator(".sentence")).to_contain_text("zielin")
    expect(row(page, wanted)).to_be_visible()
    assert "zielin" not in page.url


def test_a_view_is_saved_opened_and_removed(page, sophie, leonar):
    sophie.submit(first_name="Ana")
    page.goto("/submissions/?state=created")

    page.get_by_text("Save this view").click()
    page.get_by_label("Name of the view").fill("What was created")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/submissions/")
    page.get_by_role("link", name="What was created", exact=True).click()

    expect(page.locator(".sentence")).to_contain_text("Created in Leonar")
    page.get_by_role("button", name="Remove the view What was created").click()
    expect(page.get_by_role("link", name="What was created", exact=True)).to_have_count(0)


def test_a_row_is_acted_on_from_its_menu(page, portal, sophie, leonar):
    submission = id_in(sophie.submit(first_name="Ana", last_name="Kowalska"))
    page.goto("/submissions/")

    row(page, submission).locator("summary").click()
    row(page, submission).get_by_role("link", name="Use for a new entry").click()

    expect(page).to_have_url(f"{portal.url}/contacts/new/?from={submission}")
    expect(page.locator("#id_last_name")).to_have_value("Kowalska")


@pytest.mark.parametrize("name", ["recruiter", "admin"])
def test_nothing_however_long_widens_the_page_of_a_phone(windows, sophie, leonar, name):
    long = "Wolfeschlegelsteinhausenbergerdorff" * 4
    leonar.misbehave(mode="status", status=400, message=f"title: {long}", only="POST /contacts", calls=1)
    sophie.submit(
        first_name="Ana", last_name=long[:90], title=long, **{"emails-0-email": f"{long[:60]}@{long[:60]}.example"}
    )
    page = windows.open(name, viewport=PHONE)

    page.goto("/submissions/?state=needs&tag=" + long)
    expect_no_sideways_scrolling(page)
    page.goto("/submissions/")
    page.locator(".row-menu summary").first.click()

    expect_no_sideways_scrolling(page)
