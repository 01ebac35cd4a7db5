"""The person's menu in the top bar."""

from playwright.sync_api import Page, expect

from tests.browser.acts import open_form


def open_menu(page: Page) -> None:
    page.locator(".person summary").press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_escape_closes_the_menu_and_gives_the_focus_back(page):
    open_form(page)
    open_menu(page)
    page.get_by_role("link", name="Change password").focus()

    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(page.locator(".person summary")).to_be_focused()


def test_a_click_elsewhere_closes_the_menu(page):
    open_form(page)
    open_menu(page)

    page.get_by_label("Last name").click()

    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(page.get_by_label("Last name")).to_be_focused()


def test_the_menu_opens_and_signs_out_without_scripts(windows):
    page = windows.open(java_script_enabled=False)
    page.goto("/contacts/new/")

    page.locator(".person summary").click()

    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
