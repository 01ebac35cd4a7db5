"""The main job from sign-in to the history, as a new user would try it: wide, on a phone, and with scripts off."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import (
    control,
    expect_no_sideways_scrolling,
    expect_state,
    fill,
    fill_rows,
    open_form,
    press_create,
    unreachable,
)
from tests.browser.windows import PHONE

SOPHIE = {
    "last_name": "Martin",
    "linkedin_profile": "in/sophie-martin",
    "location": "Lyon",
    "title": "Engineer",
    "current_company": "Acme",
    "years_experience": "7",
    "skills": "Rust, Django",
    "languages": "French, English",
    "contact_type": "candidate",
    "tags": "Lyon 2025, speaker",
    "source": "meetup",
    "global_status": "qualified",
    "company_id": "123e4567-e89b-12d3-a456-426614174000",
}
EMAILS = [
    {"email": "sophie@acme.example", "type": "work"},
    {"email": "sophie.martin@home.example", "type": "personal"},
]
PHONES = [{"phone": "06 12 34 56 78", "type": "personal"}, {"phone": "+33 1 42 68 53 00", "type": "work"}]
CUSTOM_DATA = [
    {"key": "met_at", "type": "text", "value": "PyCon"},
    {"key": "day_rate", "type": "number", "value": "650"},
    {"key": "remote", "type": "boolean", "value": "yes"},
    {"key": "teams", "type": "json", "value": '["core", "infra"]'},
]
SENT = {
    "last_name": "Martin",
    "linkedin_profile": "https://www.linkedin.com/in/sophie-martin",
    "location": "Lyon",
    "title": "Engineer",
    "current_company": "Acme",
    "years_experience": 7,
    "skills": ["Rust", "Django"],
    "languages": ["French", "English"],
    "contact_type": ["candidate"],
    "tags": ["Lyon 2025", "speaker"],
    "source": "meetup",
    "global_status": "qualified",
    "company_id": "123e4567-e89b-12d3-a456-426614174000",
    "do_not_contact": True,
    "emails": EMAILS,
    "phones": [{"phone": "+33612345678", "type": "personal"}, {"phone": "+33142685300", "type": "work"}],
    "custom_data": {"met_at": "PyCon", "day_rate": 650, "remote": True, "teams": ["core", "infra"]},
}
WINDOWS = {
    "wide": {},
    "phone": {"viewport": PHONE, "has_touch": True},
    "without scripts": {"viewport": PHONE, "has_touch": True, "java_script_enabled": False},
}


@pytest.fixture(params=WINDOWS)
def screen(request: pytest.FixtureRequest) -> str:
    """The kind of window; it tells the people of one run from those of another too."""
    return request.param


@pytest.fixture
def page(windows, screen: str) -> Page:
    """A window of that kind with the recruiter signed in."""
    return windows.open(**WINDOWS[screen])


def fill_everything(page: Page, first_name: str) -> None:
    """Every field of the form."""
    fill(page, first_name=first_name, **SOPHIE)
    fill_rows(page, "emails", EMAILS)
    fill_rows(page, "phones", PHONES)
    fill_rows(page, "custom_data", CUSTOM_DATA)
    control(page, "do_not_contact").check()


def test_a_contact_pressed_twice_is_created_once_and_shown(page, leonar, screen):
    open_form(page)
    expect_no_sideways_scrolling(page)
    fill_everything(page, f"Sophie {screen}")

    page.get_by_role("button", name="Create contact").dblclick()
    expect_state(page, "created")

    sent = [line["body"] for line in leonar.ledger()]
    assert sent == [{"first_name": f"Sophie {screen}"} | SENT]
    expect(page.get_by_role("heading", name="Created in Leonar")).to_be_visible()
    for shown in (
        "Engineer at Acme",
        "sophie.martin@home.example",
        "+33 6 12 34 56 78",
        "Lyon 2025",
        "Django",
        "PyCon",
    ):
        expect(page.locator("article")).to_contain_text(shown)
    expect_no_sideways_scrolling(page)
    page.goto(leonar.url)
    expect(page.locator("[data-contact]")).to_have_count(1)
    expect(page.locator("[data-contact]")).to_contain_text(f"Sophie {screen} Martin")
    expect_no_sideways_scrolling(page)


def test_three_mistakes_are_listed_at_the_top_and_said_at_their_fields(page, leonar, screen):
    wrong = {"years_experience": "seven", "linkedin_profile": "not an address", "emails-0-email": "sophie@"}
    open_form(page)
    fill(page, first_name="Sophie", tags="kept", **wrong)

    press_create(page)

    summary = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary.get_by_role("link")).to_have_count(3)
    assert page.title().startswith("Error:")
    expect_no_sideways_scrolling(page)
    for name, value in wrong.items():
        field = control(page, name)
        expect(field).to_have_value(value)
        expect(field).to_have_attribute("aria-invalid", "true")
        message = page.locator(f"[id='id_{name}-error']")
        assert f"id_{name}-error" in (field.get_attribute("aria-describedby") or "").split()
        link = summary.locator(f"a[href='#id_{name}']")
        # Only the summary has to name the field.
        words = link.inner_text().partition(": ")[2]
        expect(message).to_contain_text(words[:1].upper() + words[1:])
        link.click()
        expect(field).to_be_focused()
    expect(page.locator("[name=first_name]")).to_have_value("Sophie")
    expect(page.locator("[name=tags]")).to_have_value("kept")
    assert leonar.ledger() == []


@pytest.mark.parametrize("screen", ["wide", "without scripts"], indirect=True)
def test_what_is_entered_while_leonar_is_down_goes_out_by_itself(page, leonar, screen):
    open_form(page)
    fill(page, first_name="Karim", last_name=screen)
    with unreachable(leonar):
        press_create(page)

        expect_state(page, "queued")
        story = page.locator(".story")
        expect(story).to_contain_text("Saved.")
        expect(story).to_contain_text("It will be sent automatically")
        expect_no_sideways_scrolling(page)

    expect_state(page, "created")
    assert [contact["last_name"] for contact in leonar.contacts()] == [screen]


def test_an_admin_finds_it_and_opens_the_attempts(windows, portal, sophie, screen):
    entered = sophie.submit(first_name="Ana", last_name=f"Kowalska {screen}", current_company="Initech")
    page = windows.open("admin", **WINDOWS[screen])

    page.goto("/")
    page.get_by_role("link", name="History", exact=True).click()
    page.get_by_label("Name, e-mail, phone").fill(f"kowalska {screen}")
    page.get_by_role("button", name="Show").click()
    rows = page.locator("[data-submission]")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("recruiter")
    expect_no_sideways_scrolling(page)
    page.get_by_role("link", name=f"Ana Kowalska {screen}").click()
    expect(page).to_have_url(f"{portal.url}{entered.headers['Location']}")
    attempt = page.locator("details.attempt")
    attempt.locator("summary").click()

    expect(attempt).to_contain_text("HTTP 201")
    expect(attempt.locator("pre").first).to_contain_text('"first_name":"Ana"')
    expect_no_sideways_scrolling(page)


@pytest.mark.parametrize("screen", ["wide"], indirect=True)
def test_the_summary_of_mistakes_has_the_focus(page):
    open_form(page)

    press_create(page)

    expect(page.locator(".error-summary")).to_be_focused()
