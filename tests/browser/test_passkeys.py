"""Passkeys, with Chromium's own virtual authenticator; and what Back shows after signing out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.acts import control, open_form, sign_in_here
from tests.browser.windows import Windows
from tests.portal import PortalProcess
from tests.sandbox_process import SandboxProcess


@pytest.fixture(scope="module")
def named_portal(_leonar: SandboxProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PortalProcess]:
    """A portal that is reached by a name, because passkeys belong to names and not to addresses of machines."""
    settings = {"ALLOWED_HOSTS": "127.0.0.1,localhost", "SECOND_FACTOR_FOR_ADMINS": "true"}
    folder = tmp_path_factory.mktemp("named")
    with PortalProcess(folder, sandbox_url=_leonar.api_url, workers=1, environment=settings) as portal:
        yield portal


@pytest.fixture
def at_a_name(chromium: Browser, named_portal: PortalProcess) -> Iterator[Page]:
    """A window of somebody whose device makes passkeys."""
    windows = Windows(chromium, named_portal, named_portal.url.replace("127.0.0.1", "localhost"))
    page = windows.open(None)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    yield page
    assert windows.close() == []


def sign_out(page: Page) -> None:
    page.locator(".person summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_admin_is_led_to_a_passkey_and_then_signs_in_with_it_alone(at_a_name):
    page = at_a_name
    page.goto("/accounts/login/")
    sign_in_here(page, "admin")
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()

    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("button", name="Make ten codes").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_text("My laptop").first).to_be_visible()
    sign_out(page)

    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("navigation", name="Main")).to_be_visible()

    sign_out(page)
    sign_in_here(page, "admin")
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()

    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("navigation", name="Main")).to_be_visible()


def test_after_signing_out_back_shows_no_names_and_nothing_typed(windows):
    page = windows.open(None)
    page.goto("/accounts/login/")
    sign_in_here(page, "recruiter")
    open_form(page)
    control(page, "first_name").fill("Ottilie")
    page.goto("/submissions/")
    sign_out(page)

    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()

        shown = page.content() + "".join(page.locator("input").evaluate_all("(all) => all.map((one) => one.value)"))
        assert "Ottilie" not in shown
        assert "recruiter" not in page.locator("body").inner_text().replace("recruiters", "")
        assert "/accounts/login/" in page.url
