"""The one place that renders a field: label, hint, error and control, tied together for everybody."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.template import engines

HOSTILE = "\"><script>alert('x')</script>&amp;"


class Sample(forms.Form):
    name = forms.CharField(label="Name")
    note = forms.CharField(label="Note", help_text="A hint.", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "–"), ("a", "A & B"), (HOSTILE, HOSTILE)])
    tick = forms.BooleanField(label="Tick", required=False)
    secret = forms.CharField(label="Secret", required=False, widget=forms.PasswordInput(render_value=False))


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = dict(attrs).get("id") or dict(attrs).get("value") or tag

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        self.text[self.inside] = self.text.get(self.inside, "") + data

    def one(self, tag: str) -> dict[str, str | None]:
        [attributes] = [attributes for name, attributes in self.tags if name == tag]
        return attributes


def render(name: str, data: dict | None = None, options: str = "") -> Page:
    template = engines["django"].from_string("{% load fields %}{% field form." + name + " " + options + " %}")
    return Page(template.render({"form": Sample(data)}))


def test_label_and_control_belong_together():
    page = render("name")

    assert page.one("label")["for"] == page.one("input")["id"] == "id_name"
    assert "required" in page.one("input")


def test_what_was_typed_comes_back_exactly_and_harmless():
    page = render("name", {"name": HOSTILE})

    assert page.one("input")["value"] == HOSTILE
    assert "script" not in [tag for tag, _ in page.tags]


def test_a_textarea_keeps_the_line_break_it_begins_with():
    page = render("note", {"note": "\nfirst " + HOSTILE})

    # Browsers drop one line break right after the tag; this parser keeps it.
    assert page.text["id_note"] == "\n\nfirst " + HOSTILE


def test_the_chosen_option_is_selected_and_options_are_escaped():
    page = render("kind", {"kind": HOSTILE})

    chosen = [attributes["value"] for tag, attributes in page.tags if tag == "option" and "selected" in attributes]
    assert chosen == [HOSTILE]
    assert "script" not in [tag for tag, _ in page.tags]


@pytest.mark.parametrize(("data", "is_ticked"), [({"tick": "on"}, True), ({}, False)])
def test_a_tick_is_shown_as_it_was_set(data, is_ticked):
    assert ("checked" in render("tick", data).one("input")) is is_ticked


def test_a_password_is_never_sent_back():
    assert not render("secret", {"secret": "lantern"}).one("input").get("value")


def test_hint_and_error_are_read_with_the_control():
    page = render("name", {"name": ""})

    assert page.one("input")["aria-invalid"] == "true"
    assert page.one("input")["aria-describedby"] == "id_name-error"
    assert page.one("p")["id"] == "id_name-error"
    assert render("note").one("textarea")["aria-describedby"] == "id_note-hint"


def test_browsers_do_not_offer_the_recruiters_own_data():
    assert render("name").one("input")["autocomplete"] == "off"
