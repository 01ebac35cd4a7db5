"""What a page shows of people goes from the screen when the sign-in it was shown to ends."""

from playwright.sync_api import Page, expect

from tests.browser.acts import open_form, sign_in


def expect_the_sign_in_page(page: Page) -> None:
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_signing_out_in_one_tab_empties_the_others(windows):
    here = windows.open(None)
    sign_in(here, "recruiter")
    there = here.context.new_page()
    there.goto("/submissions/")
    expect(there.get_by_role("heading", name="History")).to_be_visible()
    # However long signing out takes, the other tab's wait for it is not over.
    there.evaluate("globalThis.setTimeout = (act, after) => { if (after === 5000) globalThis.comesBack = act; }")

    here.locator(".person summary").press("Enter")
    here.get_by_role("button", name="Sign out").click()

    expect(there.get_by_role("heading", name="History")).to_be_hidden()
    expect_the_sign_in_page(here)
    there.evaluate("comesBack()")
    expect_the_sign_in_page(there)


def test_so_does_the_end_of_the_time_without_use(windows):
    page = windows.open(fresh=True)
    page.clock.install()
    open_form(page)
    page.context.clear_cookies()

    page.clock.fast_forward("08:02:00")

    expect_the_sign_in_page(page)


def test_a_tab_that_was_used_since_keeps_the_others(windows):
    page = windows.open(fresh=True)
    page.clock.install()
    open_form(page)
    page.clock.fast_forward("07:00:00")

    page.evaluate("new BroadcastChannel('portal-session').postMessage(Date.now() + 8 * 3600 * 1000)")
    page.wait_for_function("document.querySelector('session-end').endsAt > Date.now() + 7 * 3600 * 1000")
    page.clock.fast_forward("02:00:00")

    expect(page.get_by_label("Last name")).to_be_visible()
