"""The one place that renders a field: label, hint, error and control, tied together for everybody."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.template import engines
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, override

from contacts.entry.form import ContactForm
from contacts.entry.rows import EmailRow, EmailRows, PhoneRows
from contacts.templatetags import fields
from tests.entry_form import received

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


def raw(template: str, form: forms.Form, **context: object) -> str:
    return engines["django"].from_string("{% load fields %}" + template).render({"form": form} | context)


def assert_html_holds(html: str, control: str) -> None:
    """The control that Django itself renders is in the HTML, whatever else its tag says of hint and error."""
    pairs = [
        (tag, attributes.get("value"), "selected" in attributes, "checked" in attributes)
        for tag, attributes in Page(control).tags
    ]
    found = [
        (tag, attributes.get("value"), "selected" in attributes, "checked" in attributes)
        for tag, attributes in Page(html).tags
    ]
    assert any(found[start : start + len(pairs)] == pairs for start in range(len(found)))


def test_label_and_control_belong_together():
    page = render("name")

    assert page.one("label")["for"] == page.one("input")["id"] == "id_name"
    assert "required" in page.one("input")


def test_that_a_field_is_required_is_seen_at_its_label_and_heard_at_its_control():
    page = render("name")

    assert page.one("span") == {"class": "required", "aria-hidden": "true"}
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


def test_help_label_and_errors_are_harmless():
    class Hostile(forms.Form):
        name = forms.CharField(label=HOSTILE, help_text=HOSTILE, error_messages={"required": HOSTILE})

    html = raw("{% field form.name hint=said mark=said %}", Hostile({"name": ""}), said=HOSTILE)

    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 5


def test_text_that_is_html_already_stays_so():
    class Listed(forms.Form):
        name = forms.CharField(help_text=SafeString("<ul><li>One rule</li></ul>"))

    assert "<li>One rule</li>" in raw("{% field form.name %}", Listed())


def test_a_hint_and_a_mark_belong_to_the_control():
    page = render("note", options="hint='Sent as it is.' mark='from the pasted text'")

    assert page.one("textarea")["aria-describedby"] == "id_note-hint id_note-said id_note-mark"
    assert page.text["id_note-said"] == "Sent as it is."
    assert page.text["id_note-mark"] == "from the pasted text"
    assert "is-filled" in page.tags[0][1]["class"]


def test_an_empty_hint_keeps_its_place_for_a_script():
    assert render("name", options="hint=''").one("input")["aria-describedby"] == "id_name-said"
    assert "aria-describedby" not in render("name").one("input")


def test_words_are_suggested_where_the_form_says_that_they_are_shared():
    class Shared(Sample):
        shared = frozenset({"name"})

    page = Page(raw("{% field form.name is_list=True %}", Shared()))

    assert page.one("suggest-values")["data-url"] == "/suggestions/?field=name"
    assert [tag for tag, _ in page.tags if "-" in tag] == ["suggest-values", "chip-list"]
    assert "suggest-values" not in raw("{% field form.name %}", Sample())


class Others(forms.Form):
    """Fields whose widgets this tag does not know, one that draws itself among them."""

    one = forms.ChoiceField(label="One", help_text="Pick.", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    some = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=[("a", "A"), ("b", "B")])
    several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], help_text="Pick.")
    grouped = forms.ChoiceField(choices=[("Letters", [("a", "A")]), ("b", "B")])
    file = forms.FileField()
    own = forms.CharField(widget=type("Own", (forms.TextInput,), {"render": lambda *_, **__: SafeString("<b>own</b>")}))


@pytest.mark.parametrize(("name", "value"), [("one", "b"), ("some", ["b"]), ("several", ["b"]), ("grouped", "b")])
def test_a_widget_of_another_kind_renders_itself_with_what_was_chosen(name, value):
    form = Others({name: value})

    html = raw("{% field form." + name + " %}", form)

    assert_html_holds(html, str(form[name]))


@pytest.mark.parametrize("name", ["one", "some"])
def test_a_group_of_controls_has_a_legend_and_no_label_of_its_own(name):
    html = raw("{% field form." + name + " %}", Others({}))

    assert html.startswith("<fieldset")
    assert f"<legend>{Others()[name].label}" in html
    assert f'id="id_{name}-error"' in html
    assert f'aria-describedby="{"id_one-hint " if name == "one" else ""}id_{name}-error"' in html


def test_a_file_and_a_widget_that_draws_itself_are_left_as_they_are():
    assert 'type="file"' in raw("{% field form.file %}", Others())
    assert "<b>own</b>" in raw("{% field form.own %}", Others())


def test_a_field_that_one_form_changes_is_changed_in_that_form_alone():
    before = raw("{% field form.name %}", Sample())
    changed = Sample()
    changed.fields["name"].label = "Another name"
    changed.fields["name"].widget.attrs["inputmode"] = "url"
    changed.fields["kind"].choices = [("z", "Z")]

    html = raw("{% field form.name %}{% field form.kind %}", changed)

    assert "Another name" in html
    assert 'inputmode="url"' in html
    assert '<option value="z">Z</option>' in html
    assert raw("{% field form.name %}", Sample()) == before


def test_texts_are_in_the_language_of_the_page():
    class Translated(forms.Form):
        name = forms.CharField(label=gettext_lazy("Password"))

    english = raw("{% field form.name %}", Translated())
    with override("fr"):
        french = raw("{% field form.name %}", Translated())

    assert "Password" in english
    assert "Mot de passe" in french


def test_of_two_choices_that_are_alike_one_is_selected():
    class Twice(forms.Form):
        kind = forms.ChoiceField(choices=[("", "–"), (None, "None"), ("a", "A"), ("a", "A again")])

    assert raw("{% field form.kind %}", Twice({"kind": "a"})).count(" selected") == 1
    assert raw("{% field form.kind %}", Twice()).count(" selected") == 1


class TestABlankField:
    """What is the same in every form of its kind is made once, and never shown for anything else."""

    @pytest.fixture
    def made(self, monkeypatch) -> list[str]:
        names: list[str] = []
        render = fields._rendered
        monkeypatch.setattr(fields, "_blank", {})
        monkeypatch.setattr(fields, "_rendered", lambda bound, how: (names.append(bound.name), render(bound, how))[1])
        return names

    def test_is_made_once_for_all_forms(self, made):
        first, second = (raw("{% field form.title %}", ContactForm(initial={})) for _ in range(2))

        assert first == second
        assert made == ["title"]

    @pytest.mark.parametrize(
        "form",
        [
            ContactForm(initial={"title": "Engineer"}),
            ContactForm(received({"title": "Engineer"})),
            ContactForm(received({"first_name": ""})),
        ],
        ids=["prefilled", "posted", "wrong"],
    )
    def test_is_not_shown_for_one_that_holds_something_or_is_wrong(self, made, form):
        name = "first_name" if "first_name" in form.data else "title"
        blank = raw("{% field form." + name + " %}", ContactForm())

        assert raw("{% field form." + name + " %}", form) != blank

    def test_is_not_shown_for_one_with_a_mark_or_with_other_words(self, made):
        marked = ContactForm()
        marked.marks = {"title": "Pinned"}
        plain = raw("{% field form.title %}", ContactForm())

        assert "Pinned" in raw("{% field form.title %}", marked)
        assert "a word" in raw("{% field form.title hint='a word' %}", ContactForm())
        assert raw("{% field form.title width='id' %}", ContactForm()) != plain
        with override("fr"):
            raw("{% field form.title %}", ContactForm())
        assert made == ["title"] * 5

    def test_of_a_row_knows_its_place(self, made):
        one, other = (raw("{% field form.email %}", EmailRow(prefix=f"emails-{place}")) for place in (0, 1))

        assert 'name="emails-0-email"' in one
        assert 'name="emails-1-email"' in other

    def test_there_are_not_more_than_fit(self, made, monkeypatch):
        monkeypatch.setattr(fields, "BLANK_MOST", 2)

        for place in range(5):
            raw("{% field form.email %}", EmailRow(prefix=f"emails-{place}"))

        assert len(fields._blank) <= 2


class TestBlankRows:
    """Rows that nobody has filled in are made once."""

    ROWS = "{% rows form legend='E-mail' drop='Remove' more='Add' %}"

    @pytest.fixture(autouse=True)
    def nothing_made_yet(self, monkeypatch):
        monkeypatch.setattr(fields, "_blank", {})

    def test_are_the_same_on_every_page(self):
        first, second = (raw(self.ROWS, EmailRows()) for _ in range(2))

        assert first == second

    @pytest.mark.parametrize(
        "rows",
        [EmailRows(initial=[{"email": "jo@acme.example"}]), EmailRows({"emails-1-email": "jo@acme.example"})],
        ids=["prefilled", "posted"],
    )
    def test_are_not_shown_for_rows_that_hold_something(self, rows):
        raw(self.ROWS, EmailRows())

        assert "jo@acme.example" in raw(self.ROWS, rows)

    def test_differ_by_their_words_and_their_language(self):
        raw(self.ROWS, EmailRows())

        assert "Telephone" in raw("{% rows form legend='Telephone' drop='Remove' more='Add' %}", EmailRows())
        assert "emails-0-email" not in raw(self.ROWS, PhoneRows())
