"""What the reference contact costs by keyboard alone: 18 values of 267 characters, every key counted."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import expect_state, open_form
from tests.browser.test_keyboard import focused

VALUES = {
    "first_name": "Sophie",
    "last_name": "Martin-Delacroix",
    "emails-0-email": "sophie.martin-delacroix@acme.example",
    "emails-1-email": "sophie.m@home.example",
    "phones-0-phone": "+33 6 12 34 56 78",
    "phones-1-phone": "+33 1 42 68 53 00",
    "linkedin_profile": "in/sophie-martin-delacroix",
    "location": "Lyon, France",
    "title": "Senior backend engineer",
    "current_company": "Acme Robots",
    "years_experience": "8",
    "skills": "Python, Django, Rust, SQL",
    "languages": "French, English",
    "contact_type": "candidate",
    "tags": "Lyon 2026, speaker, remote",
    "source": "meetup",
}
# The types of the two e-mail addresses are the other two values.
TYPES = {"emails-0": "w", "emails-1": "p"}
LISTS = ("skills", "languages", "contact_type", "tags")
SENT = {
    "first_name": "Sophie",
    "last_name": "Martin-Delacroix",
    "emails": [
        {"email": "sophie.martin-delacroix@acme.example", "type": "work"},
        {"email": "sophie.m@home.example", "type": "personal"},
    ],
    "phones": [{"phone": "+33612345678"}, {"phone": "+33142685300"}],
    "linkedin_profile": "https://www.linkedin.com/in/sophie-martin-delacroix",
    "location": "Lyon, France",
    "title": "Senior backend engineer",
    "current_company": "Acme Robots",
    "years_experience": 8,
    "skills": ["Python", "Django", "Rust", "SQL"],
    "languages": ["French", "English"],
    "contact_type": ["candidate"],
    "tags": ["Lyon 2026", "speaker", "remote"],
    "source": "meetup",
}


class Keys:
    """A keyboard that counts; a chord is one press."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.count += len(text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.count += 1

    def go(self, control_id: str) -> None:
        """Tab, as often as it takes to get there."""
        for _ in range(5):
            if focused(self.page) == control_id:
                return
            self.press("Tab")
        raise AssertionError(f"{control_id} is not reached from {focused(self.page)}")

    def choose(self, word: str) -> None:
        """A suggested word by its first letters; typed whole where that takes fewer keys."""
        if len(word) <= 4:
            self.type(word)
            self.press("Enter")
            return
        self.type(word[:2])
        options = self.page.get_by_role("option")
        expect(options.filter(has_text=word).first).to_be_visible()
        for _ in range(options.all_inner_texts().index(word) + 1):
            self.press("ArrowDown")
        self.press("Enter")


def rows(keys: Keys, prefix: str, one: str, more: str) -> None:
    """Two addresses, each with its type if it has one."""
    for place in (0, 1):
        keys.go(f"id_{prefix}-{place}-{one}")
        keys.type(VALUES[f"{prefix}-{place}-{one}"])
        if letter := TYPES.get(f"{prefix}-{place}"):
            keys.go(f"id_{prefix}-{place}-type")
            keys.type(letter)
        if place == 0:
            keys.go(more)
            keys.press("Enter")


def enter(keys: Keys, *, is_suggested: bool) -> None:
    """The whole contact, from an open form to the press that creates it."""
    keys.type(VALUES["first_name"])
    keys.go("id_last_name")
    keys.type(VALUES["last_name"])
    rows(keys, "emails", "email", "Add another e-mail")
    rows(keys, "phones", "phone", "Add another phone")
    for name in list(VALUES)[6:]:
        keys.go(f"id_{name}")
        if not is_suggested or name in ("linkedin_profile", "years_experience"):
            keys.type(VALUES[name])
            continue
        for word in VALUES[name].split(", ") if name in LISTS else [VALUES[name]]:
            keys.choose(word)
    keys.press("Control+Enter")


def test_it_is_the_contact_that_is_counted_with():
    assert len(VALUES) + len(TYPES) == 18
    assert sum(map(len, VALUES.values())) == 267


@pytest.mark.parametrize(("is_suggested", "most"), [(False, 300), (True, 262)], ids=["typed", "suggested"])
def test_it_takes_no_more_keys_than_that_and_no_pointer(page, leonar, sophie, is_suggested, most):
    if is_suggested:
        known = {name: VALUES[name] for name in (*LISTS, "location", "title", "current_company", "source")}
        sophie.submit(first_name="Priya", last_name="Raman", **known)
        leonar.reset()
    open_form(page)
    keys = Keys(page)

    enter(keys, is_suggested=is_suggested)

    expect_state(page, "created")
    assert leonar.ledger()[0]["body"] == SENT
    assert keys.count <= most, keys.count
