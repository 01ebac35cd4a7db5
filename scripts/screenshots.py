"""Takes the screenshots of docs/screenshots from a portal of its own, with invented people in every state."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.browser.acts import fill, fill_rows, open_form, sign_in
from tests.browser.chromium import launch
from tests.portal import Person, PortalProcess, submission_id
from tests.sandbox_process import SandboxProcess

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
WIDE: ViewportSize = {"width": 1280, "height": 900}
TALL: ViewportSize = {"width": 1280, "height": 1360}
PHONE: ViewportSize = {"width": 390, "height": 844}
# A picture in a README that takes longer to load than to read is not looked at.
BYTES_MOST = 200_000

SOPHIE = {
    "last_name": "Martin",
    "title": "Staff engineer",
    "current_company": "Acme",
    "location": "Lyon, France",
    "linkedin_profile": "in/sophie-martin-example",
    "years_experience": "11",
    "skills": "Rust, Django, PostgreSQL",
    "languages": "French, English",
    "contact_type": "candidate",
    "tags": "Lyon 2025, speaker",
    "source": "conference",
    "emails-0-email": "sophie.martin@acme.example",
    "emails-0-type": "work",
    "emails-1-email": "sophie@home.example",
    "emails-1-type": "personal",
    "phones-0-phone": "06 12 34 56 78",
    "phones-0-type": "personal",
    "custom_data-0-key": "met_at",
    "custom_data-0-value": "PyCon",
}
KARIM = {
    "first_name": "Karim",
    "last_name": "Haddad",
    "title": "Head of data",
    "current_company": "Initech",
    "location": "Marseille",
    "skills": "Spark, SQL, dbt",
    "languages": "Arabic, French, English",
}
KARIM_EMAILS = [
    {"email": "karim.haddad@initech.example", "type": "work"},
    {"email": "karim@haddad.example", "type": "personal"},
]
COLLEAGUES = [
    ("Inès", "Moreau", "Globex"),
    ("Jonas", "Weber", "Umbrella"),
    ("Lucía", "Ortega", "Initech"),
    ("Noor", "de Vries", "Hooli"),
]


def main() -> int:
    """The exit status; what was taken is told."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    # What the portal's empty database is made of is told by its apps.
    os.environ |= {"DJANGO_SETTINGS_MODULE": "leonar_portal.settings", "PLAIN_HTTP": "true"}
    django.setup()
    with (
        tempfile.TemporaryDirectory() as folder,
        SandboxProcess(Path(folder) / "sandbox") as leonar,
        PortalProcess(Path(folder) / "portal", sandbox_url=leonar.api_url) as portal,
        sync_playwright() as playwright,
    ):
        records = _enter_people(portal, leonar)
        _take_all(launch(playwright), portal.url, records)
    pictures = sorted(FOLDER.glob("*.png"))
    for picture in pictures:
        print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1000} kB")
    too_large = [picture.name for picture in pictures if picture.stat().st_size > BYTES_MOST]
    if too_large:
        print(f"Larger than {BYTES_MOST // 1000} kB: {', '.join(too_large)}", file=sys.stderr)
    return 1 if too_large else 0


def _enter_people(portal: PortalProcess, leonar: SandboxProcess) -> dict[str, str]:
    """Contacts in every state, none of which moves on by itself: no deliverer runs. Ids by state."""
    recruiter, admin = portal.sign_in(), portal.sign_in("admin")
    for first_name, last_name, company in COLLEAGUES:
        admin.submit(first_name=first_name, last_name=last_name, current_company=company)
    # Left to the deliverer, so that the next form is ready at once.
    recruiter.submit(first_name="Mateo", last_name="Rossi", current_company="Globex", then="another")
    leonar.misbehave(mode="drop_after_reading", only="POST /contacts")
    leonar.misbehave(
        mode="status", status=400, message="emails.0.email: This address bounced before", only="POST /contacts"
    )
    return {
        "unconfirmed": _enter(admin, first_name="Priya", last_name="Nair", current_company="Hooli"),
        "rejected": _enter(
            recruiter,
            first_name="Ana",
            last_name="Kowalska",
            current_company="Umbrella",
            title="Designer",
            **{"emails-0-email": "ana.kowalska@umbrella.example"},
        ),
        "created": _enter(recruiter, **SOPHIE),
    }


def _enter(person: Person, **fields: str) -> str:
    return submission_id(person.submit(**fields))


def _take_all(browser: Browser, url: str, records: dict[str, str]) -> None:
    page = _window(browser, url, viewport=TALL)
    _half_filled(page)
    _take(page, "entry")
    page.set_viewport_size(WIDE)
    page.goto(f"/submissions/{records['created']}/")
    _take(page, "created")
    page.goto(f"/submissions/{records['rejected']}/")
    _take(page, "needs-you")
    page = _window(browser, url, name="admin")
    page.goto("/submissions/")
    _take(page, "history")
    page = _window(browser, url, color_scheme="dark")
    page.goto(f"/submissions/{records['created']}/")
    _take(page, "dark")
    page = _window(browser, url, viewport=PHONE)
    _half_filled(page)
    _take(page, "phone")


def _window(browser: Browser, url: str, *, name: str = "recruiter", **options: Any) -> Page:
    wanted: dict[str, Any] = {"base_url": url, "viewport": WIDE, "locale": "en-GB"} | options
    page = browser.new_context(**wanted).new_page()
    sign_in(page, name)
    return page


def _half_filled(page: Page) -> None:
    open_form(page)
    fill(page, **KARIM)
    fill_rows(page, "emails", KARIM_EMAILS)
    fill_rows(page, "phones", [{"phone": "+33 4 91 00 00 00", "type": "work"}])
    # Leaving the last list field turns its words into chips.
    page.locator("h1").click()
    expect(page.locator("live-entry .card")).to_contain_text("+33 4 91 00 00 00")
    page.evaluate("scrollTo(0, 0)")


def _take(page: Page, name: str) -> None:
    expect(page.locator("h1")).to_be_visible()
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled", caret="hide")


if __name__ == "__main__":
    sys.exit(main())
