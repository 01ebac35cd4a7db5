"""Everybody can see, reach and read it: WCAG 2.2 AA where it can be measured, motion, and the bytes to be fetched."""

import gzip
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import (
    ADD,
    control,
    create,
    expect_state,
    fill,
    measured,
    open_form,
    press_create,
    sideways_scrolling,
)
from tests.browser.conftest import PHONE, WIDE
from tests.portal import submission_id

TARGET_PX = 24
CONTRAST = 4.5
MOTION_SECONDS = 0.15
FORM_BYTES = 25 * 1024
UNBROKEN = "Wolfeschlegelsteinhausenbergerdorff" * 2


Survey = dict[str, list[str]]


@pytest.fixture(scope="module")
def addresses(sophie, _leonar) -> list[str]:
    """One page of each kind, with texts that don't break: both kinds of form, records, lists, and what is not there."""
    _leonar.reset()
    everything = {
        "last_name": UNBROKEN,
        "title": UNBROKEN,
        "current_company": UNBROKEN,
        "emails-0-email": f"{'x' * 60}@acme.example",
        "emails-1-email": "sophie@acme.example",
        "tags": UNBROKEN[:60] + ", Lyon",
        "custom_data-0-key": UNBROKEN,
        "custom_data-0-value": UNBROKEN,
    }
    created = submission_id(sophie.submit(**everything))
    _leonar.misbehave(mode="status", status=400, message=f"title: {UNBROKEN}", only="POST /contacts")
    rejected = submission_id(sophie.submit(**everything))
    pages = ["/contacts/new/", "/submissions/", "/submissions/?q=nobody", "/accounts/password/", "/no/such/page/"]
    return [*pages, f"/submissions/{created}/", f"/submissions/{rejected}/"]


def survey(page: Page, addresses: list[str]) -> Survey:
    """Looks at each page once and tells everything that is wrong with it, by kind."""
    found: Survey = {"sideways": [], "targets": [], "nameless": [], "light": [], "dark": []}
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")
        found["sideways"] += sideways_scrolling(page)
        found["nameless"] += nameless_controls(page)
        found["targets"] += [f"{address}: {target}" for target in measured(page, "smallTargets", TARGET_PX)]
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found[scheme] += [f"{address}: {text}" for text in measured(page, "faintTexts", CONTRAST)]
    return found


def nameless_controls(page: Page) -> list[str]:
    """The roles of controls that assistive technology has no name for."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [f"{page.url}: {node['role']['value']}" for node in nodes if is_nameless_control(node)]


def is_nameless_control(node: dict[str, Any]) -> bool:
    properties = {entry["name"]: entry["value"].get("value") for entry in node.get("properties", [])}
    is_control = properties.get("focusable") and node["role"]["value"] not in ("RootWebArea", "main", "generic")
    return bool(is_control) and not node.get("name", {}).get("value")


@pytest.fixture(scope="module", params=["wide", "phone"])
def seen(request: pytest.FixtureRequest, _windows, addresses) -> Survey:
    """What is wrong in a window of that size, for the admin, who sees most, the recruiter and a visitor."""
    # Without motion, because colours on their way from one scheme to the other are of neither.
    options = {"viewport": PHONE if request.param == "phone" else WIDE, "reduced_motion": "reduce"}
    surveys = [
        survey(_windows.open("admin", **options), addresses),
        survey(_windows.open(**options), ["/contacts/new/"]),
        survey(_windows.open(None, **options), ["/accounts/login/"]),
    ]
    assert _windows.close() == []
    return {kind: [text for one in surveys for text in one[kind]] for kind in surveys[0]}


def test_no_page_scrolls_sideways(seen):
    assert seen["sideways"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_enough_contrast(seen, scheme):
    assert seen[scheme] == []


def test_every_target_is_large_enough(seen):
    assert seen["targets"] == []


def test_every_control_has_a_name(seen):
    assert seen["nameless"] == []


def test_the_dark_scheme_is_dark(page):
    open_form(page)
    grounds = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        grounds.append(sum(colour[:3]) / 3)

    assert grounds[0] > 200
    assert grounds[1] < 60


def walk(page: Page, key: str, *, until: str) -> list[str]:
    """Moves the focus until it is where it shall end, and looks at each control on the way."""
    complaints: list[str] = []
    for _ in range(100):
        page.keyboard.press(key)
        complaints += measured(page, "lostFocus")
        if page.evaluate("end => document.activeElement.matches(end)", until):
            return complaints
    raise AssertionError(f"{until} was not reached")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 700}, PHONE], ids=["wide", "phone"])
def test_the_focus_is_always_seen_and_never_under_the_submit_bar(windows, size):
    page = windows.open(viewport=size)
    open_form(page)
    for name in ADD.values():
        page.get_by_role("button", name=name).click()
    control(page, "tags").fill("Lyon, speaker,")
    control(page, "first_name").focus()

    complaints = walk(page, "Tab", until=".submit-bar button") + walk(page, "Shift+Tab", until="#id_first_name")

    assert complaints == []


def test_nothing_moves_for_those_who_asked_for_it(windows):
    page = windows.open(reduced_motion="reduce")

    open_form(page)

    assert measured(page, "longMotions", 0) == []


def test_nothing_moves_for_long(page):
    open_form(page)

    assert measured(page, "longMotions", MOTION_SECONDS) == []


def test_the_error_clears_as_soon_as_the_field_is_right_and_never_comes_while_typing(page):
    open_form(page)
    years = control(page, "years_experience")
    years.fill("seven")
    control(page, "title").focus()
    expect(page.locator(".error")).to_have_count(0)
    fill(page, first_name="Sophie")
    press_create(page)
    expect(years).to_have_attribute("aria-invalid", "true")

    years.fill("7")

    expect(years).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_years_experience-error")).to_have_count(0)


def test_the_form_page_needs_no_more_than_25_kb_of_scripts_and_styles(page):
    sizes: dict[str, int] = {}
    answers = []
    page.on("response", lambda answer: answers.append(answer))

    open_form(page)

    for answer in answers:
        if answer.request.resource_type in ("script", "stylesheet"):
            sizes[urlsplit(answer.url).path] = len(gzip.compress(answer.body(), compresslevel=6))
    assert len(sizes) >= 8
    assert sum(sizes.values()) <= FORM_BYTES, sizes


def test_create_and_add_another_opens_the_next_form_with_what_was_said_of_the_last(page, leonar):
    create(page, first_name="Sophie")
    open_form(page)
    fill(page, first_name="Karim", source="meetup")

    page.get_by_role("button", name="Create and add another").click()

    expect(page.get_by_role("link", name="Karim").first).to_be_visible()
    expect(page.locator(".notice-slim")).to_contain_text("Created in Leonar")
    expect(control(page, "first_name")).to_be_focused()
    expect(control(page, "source")).to_have_value("meetup")
    assert [sent["body"]["first_name"] for sent in leonar.ledger()] == ["Sophie", "Karim"]


def test_edit_as_new_opens_the_form_with_the_contact_in_it(page, leonar):
    create(page, first_name="Sophie", last_name="Martin", tags="Lyon, speaker")

    page.get_by_role("link", name="Edit as new").click()

    expect(control(page, "last_name")).to_have_value("Martin")
    expect(page.locator(".chip")).to_have_text(["Lyon", "speaker"])
    press_create(page)
    expect_state(page, "created")
    assert len(leonar.contacts()) == 2
