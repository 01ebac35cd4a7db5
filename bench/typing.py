"""Typing into the form in a real Chromium: from the key to the paint, and what moves meanwhile."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.report import p95, tell
from contacts.models import UsedValue, current_workspace
from tests.browser.acts import ADD, control, open_form, sign_in, unfold_for
from tests.browser.chromium import launch
from tests.portal import PortalProcess
from tests.sandbox_process import SandboxProcess

KNOWN = 500
# Chromium tells of no event that took less, see Event Timing.
LEAST_MS = 16
# A key of each kind of control; what is typed into lists has suggestions under every key.
TYPED = {
    "first_name": "Anneliese",
    "emails-0-email": "anneliese@acme.example",
    "phones-4-phone": "0612345678",
    "current_company": "Known company 12",
    "skills": "known skills 7, other, known",
    "tags": "known tags 9, speaker, known",
}
WATCH = """() => {
  window.events = new Map();
  window.shifted = 0;
  const watch = (options, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ ...options, buffered: false });
  watch({ type: "event", durationThreshold: 16 }, ({ interactionId: id, duration }) => {
    if (id) events.set(id, Math.max(duration, events.get(id) ?? 0));
  });
  watch({ type: "layout-shift" }, ({ hadRecentInput, value }) => {
    if (!hadRecentInput) shifted += value;
  });
}"""


def run() -> None:
    """Measures with a portal and a sandbox of its own, all rows shown and 500 known words a list."""
    with tempfile.TemporaryDirectory() as name, SandboxProcess(Path(name) / "leonar") as leonar:
        portal = PortalProcess(Path(name) / "portal", sandbox_url=leonar.api_url, workers=1)
        portal.run("manage.py", "collectstatic", "--noinput", "--verbosity=0")
        with portal, sync_playwright() as playwright:
            portal.call("bench.typing.know")
            browser = launch(playwright)
            page = browser.new_context(base_url=portal.url, viewport={"width": 1280, "height": 900}).new_page()
            _measure(page)
            browser.close()


def know() -> None:
    """What the workspace's people used before, for `PortalProcess.call`."""
    words = {name: [f"Known {name} {place}" for place in range(KNOWN)] for name in ("skills", "tags", "languages")}
    companies = [{"current_company": f"Known company {place}"} for place in range(KNOWN)]
    UsedValue.objects.count_in(current_workspace().pk, [words, *companies])


def _measure(page: Page) -> None:
    sign_in(page, "recruiter")
    open_form(page)
    for prefix, words in ADD.items():
        unfold_for(page, prefix)
        while (more := page.get_by_role("button", name=words)).is_visible():
            more.click()
    page.evaluate(WATCH)
    for name, text in TYPED.items():
        control(page, name).focus()
        page.keyboard.type(text, delay=60)
    # Until the last of them is told, and what they called for has come.
    page.wait_for_timeout(1500)
    seconds, shifted = page.evaluate("[[...events.values()], shifted]")
    keys = sum(map(len, TYPED.values()))
    durations = [float(each) for each in seconds] + [float(LEAST_MS)] * max(0, keys - len(seconds))
    tell("from the key to the paint, all rows, 500 suggestions, p95", p95(durations), aim=50, unit=" ms")
    tell("layout shift without a key, while notices come", shifted, aim=0, unit="")
