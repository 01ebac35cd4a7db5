"""What axe-core finds wrong with the main pages, WCAG 2.2 A and AA: wide and on a phone, in every scheme of colours."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, ViewportSize, expect

from accounts import roles
from accounts.account import give_role
from tests.browser.acts import (
    ADD,
    control,
    fill,
    fill_rows,
    open_form,
    press_create,
    sideways_scrolling,
    sign_in_here,
    wait_two_frames,
)
from tests.browser.windows import PHONE, WIDE
from tests.portal import PASSWORD, PROJECT_ROOT, submission_id

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
# What holds is not described element by element, and no stylesheet is read a second time for rules of orientation
# and sound, none of which applies: each takes longer than to look.
SHORTLY = {"resultTypes": ["violations"], "preload": False}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}
# One after the other on the same page, because no script of the portal's asks how wide its window is.
SIZES = {"wide": WIDE, "phone": PHONE}
TINY_BUTTONS = """for (const word of ["a", "b"]) {
  const button = document.createElement("button");
  button.textContent = word;
  button.style.cssText = "width: 9px; height: 9px; padding: 0";
  document.querySelector("main .column").prepend(button);
}"""
# The search field of Django admin is labelled by a picture with a text of its own, which this rule does not count.
DJANGOS_OWN = "light: label-title-only: #searchbar"
GUARDED = "guarded"
UNBROKEN = "Wolfeschlegelsteinhausenbergerdorff" * 2


@dataclass(frozen=True)
class Place:
    """A state of a page, and who sees it."""

    go: Callable[[Page, dict[str, str]], object]
    who: str | None = "recruiter"


def _blank(page: Page, _records: dict[str, str]) -> None:
    open_form(page)


def _filled(page: Page, _records: dict[str, str]) -> None:
    open_form(page)
    control(page, "skills").fill("Rust, Django,")
    fill_rows(page, "emails", [{"email": "sophie@acme.example"}, {"email": "sophie@home.example"}])


def _with_errors(page: Page, _records: dict[str, str]) -> None:
    open_form(page)
    fill(page, years_experience="seven", first_name=UNBROKEN * 5)
    fill_rows(page, "emails", [{"email": "sophie@"}])
    fill(page, **{"custom_data-0-value": "x"})
    press_create(page)
    expect(page.locator(".error-summary")).to_be_focused()
    fill(page, years_experience="7")
    expect(page.locator(".is-corrected")).to_have_count(1)


def _all_corrected(page: Page, _records: dict[str, str]) -> None:
    open_form(page)
    fill(page, first_name="Sophie", years_experience="seven")
    press_create(page)
    expect(page.locator(".error-summary")).to_be_focused()
    fill(page, years_experience="7")
    expect(page.locator(".is-corrected")).to_have_count(1)


def _paste_reviewed(page: Page, _records: dict[str, str]) -> None:
    open_form(page)
    control(page, "paste").fill("KARIM HADDAD\nHead of data | Initech\nT. +33 4 91 00 00 00\nBuilding C, 2nd floor")
    page.get_by_role("button", name="Fill in blank fields").click()
    expect(page.locator(".not-placed li").first).to_be_visible()
    page.locator("[name=pinned]").last.check()


def _all_rows(page: Page, _records: dict[str, str]) -> None:
    open_form(page)
    page.locator("details.part").evaluate("folded => { folded.open = true; }")
    for name in ADD.values():
        while (more := page.get_by_role("button", name=name)).is_visible():
            more.click()


def _suggestions(page: Page, _records: dict[str, str]) -> None:
    open_form(page)
    control(page, "tags").press_sequentially("Ly")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")


def _duplicate(page: Page, _records: dict[str, str]) -> None:
    open_form(page)
    fill(page, first_name="Sophie", last_name="Nobody")
    fill_rows(page, "emails", [{"email": "sophie@acme.example"}])
    control(page, "title").focus()
    expect(page.locator(".likenesses").first).to_be_visible()


def _keys_over_the_form(page: Page, _records: dict[str, str]) -> None:
    open_form(page)
    page.keyboard.press("Alt+g")
    expect(page.get_by_role("dialog")).to_be_visible()


def _drafts(page: Page, _records: dict[str, str]) -> None:
    open_form(page)
    fill(page, first_name="Priya", last_name=UNBROKEN)
    # A phone has no room for it, but it is there.
    expect(page.locator("[data-kept]")).to_have_text("Draft saved")
    page.goto("/drafts/")
    expect(page.get_by_role("button", name="Discard").first).to_be_visible()


def _at(path: str) -> Callable[[Page, dict[str, str]], object]:
    return lambda page, _records: page.goto(path)


def _record(state: str) -> Callable[[Page, dict[str, str]], None]:
    def go(page: Page, records: dict[str, str]) -> None:
        page.goto(f"/submissions/{records[state]}/")
        page.evaluate("document.querySelectorAll('details').forEach((folded) => { folded.open = true; })")

    return go


def _ticked(page: Page, records: dict[str, str]) -> None:
    page.goto("/submissions/")
    page.locator(f"[data-submission='{records['rejected']}'] [name=ids]").check()
    page.get_by_label("With those selected").select_option("discard")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_label("Why")).to_be_focused()


def _refused_sign_in(page: Page, _records: dict[str, str]) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".error-summary")).to_be_visible()


def _asked_for_second_factor(page: Page, _records: dict[str, str]) -> None:
    page.goto("/accounts/login/")
    sign_in_here(page, GUARDED)
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".error-summary")).to_be_visible()


def _refused_password(page: Page, _records: dict[str, str]) -> None:
    page.goto("/accounts/password/")
    page.get_by_role("button", name="Change password").click()
    expect(page.locator(".error-summary")).to_be_visible()


def _menu(page: Page, _records: dict[str, str]) -> None:
    # Where it covers no half of another target, however many are counted in the history's tabs.
    page.goto("/keyboard/")
    page.locator(".person summary").click()


PLACES = {
    "blank form": Place(_blank),
    "filled form": Place(_filled),
    "form with errors": Place(_with_errors),
    "errors corrected": Place(_all_corrected),
    "paste reviewed": Place(_paste_reviewed),
    "all rows": Place(_all_rows),
    "suggestions": Place(_suggestions),
    "duplicate": Place(_duplicate),
    "keys over the form": Place(_keys_over_the_form),
    "keys": Place(_at("/keyboard/")),
    "bookmarklet": Place(_at("/bookmarklet/")),
    "drafts": Place(_drafts),
    "security": Place(_at("/accounts/security/")),
    "second factor": Place(_at("/accounts/security/app/")),
    "privacy": Place(_at("/privacy/"), "admin"),
    "Django admin": Place(_at("/admin/contacts/submission/"), "admin"),
    "created": Place(_record("created"), "admin"),
    "differing": Place(_record("differing"), "admin"),
    "rejected": Place(_record("rejected")),
    "unconfirmed": Place(_record("unconfirmed"), "admin"),
    "history": Place(lambda page, _records: page.goto("/submissions/"), "admin"),
    "many": Place(_ticked, "admin"),
    "nothing found": Place(_at("/submissions/?q=nobody")),
    "menu open": Place(_menu),
    "sign-in": Place(_refused_sign_in, None),
    "second factor asked": Place(_asked_for_second_factor, None),
    "password": Place(_refused_password),
    "405": Place(lambda page, records: page.goto(f"/submissions/{records['created']}/discard/")),
}


def make_guarded() -> None:
    """An account whose password alone does not let anybody in."""
    user, is_new = get_user_model().objects.get_or_create(username=GUARDED)
    if is_new:
        user.set_password(PASSWORD)
        user.save()
        give_role(user, roles.RECRUITER)
        TOTP.activate(user, generate_totp_secret())


@pytest.fixture(scope="module")
def records(sophie, portal, _leonar) -> dict[str, str]:
    """Submissions by their state, with texts that don't break."""
    _leonar.reset()
    portal.call("tests.browser.test_axe.make_guarded")
    everything = {
        "last_name": UNBROKEN,
        "title": UNBROKEN,
        "current_company": UNBROKEN,
        "emails-0-email": f"{'x' * 60}@acme.example",
        "emails-1-email": "sophie@acme.example",
        "phones-0-phone": "06 12 34 56 78",
        "tags": UNBROKEN[:60] + ", Lyon",
        "custom_data-0-key": UNBROKEN,
        "custom_data-0-value": UNBROKEN,
    }
    created = submission_id(sophie.submit(**everything))
    _leonar.misbehave(mode="altered", how="capitals")
    differing = submission_id(sophie.submit(first_name="Ana", last_name="Kowalska"))
    _leonar.misbehave(mode="normal")
    _leonar.misbehave(mode="status", status=400, message=f"title: {UNBROKEN}", only="POST /contacts")
    rejected = submission_id(sophie.submit(**everything))
    _leonar.misbehave(mode="drop_after_reading", only="POST /contacts")
    unconfirmed = submission_id(sophie.submit(**everything | {"first_name": "Priya"}))
    return {"created": created, "differing": differing, "rejected": rejected, "unconfirmed": unconfirmed}


@pytest.mark.parametrize("name", PLACES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(windows_as_is, records, name):
    place = PLACES[name]
    # Without motion, because colours on their way from one scheme to the other are of neither.
    page = windows_as_is.open(place.who, reduced_motion="reduce")
    place.go(page, records)

    complaints = [
        f"{size}, {found}"
        for size, schemes in schemes_at(name).items()
        for found in _complaints(page, SIZES[size], schemes)
    ]

    assert [each for each in complaints if DJANGOS_OWN not in each] == []


def schemes_at(name: str) -> dict[str, tuple[str, str]]:
    """Light at each size; dark at one and forced at the other, from place to place in turn.

    What has a colour has it at each size; to look at all contrasts takes longer than everything else.
    """
    one, other = ("dark", "forced") if list(PLACES).index(name) % 2 else ("forced", "dark")
    return {"wide": ("light", one), "phone": ("light", other)}


def _complaints(page: Page, size: ViewportSize, schemes: tuple[str, ...]) -> list[str]:
    page.set_viewport_size(size)
    # What lies over the page takes up the new width later than the page.
    wait_two_frames(page)
    # Where the bar that stays in sight stands in its own place, and covers no half of a control.
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    found = sideways_scrolling(page)
    for scheme in schemes:
        page.emulate_media(**SCHEMES[scheme])
        rules = EVERYTHING if scheme == "light" else CONTRAST
        found += [f"{scheme}: {violation}" for violation in violations(page, rules)]
    return found


def test_no_script_asks_how_wide_its_window_is():
    scripts = [*(PROJECT_ROOT / "static" / "js").rglob("*.js")]

    assert scripts
    assert not [each for each in scripts if re.search(r"matchMedia|innerWidth|ResizeObserver|resize", each.read_text())]


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("document.querySelector('h1').style.opacity = 0.3", "color-contrast"),
        (TINY_BUTTONS, "target-size"),
        ("document.querySelector('label[for=id_title]').remove()", "label"),
    ],
)
def test_axe_would_find_it(windows_as_is, fault, rule):
    page = windows_as_is.open(reduced_motion="reduce")
    open_form(page)

    page.evaluate(f"() => {{ {fault} }}")

    assert any(found.startswith(rule) for found in violations(page, EVERYTHING))


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """The rules that axe-core finds broken, each with the elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("(options) => axe.run(options).then((results) => results.violations)", options | SHORTLY)
    return [
        f"{rule['id']}: {node['target'][0]} {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found
        for node in rule["nodes"]
    ]
