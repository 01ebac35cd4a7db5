"""Entry: the bundle of form and rows that a page binds, validates and shows."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from contacts.contact import Kind, names_of, to_api
from contacts.entry import custom_fields, pasted_rows, prefill
from contacts.entry.custom_fields import CustomForm, Definition
from contacts.entry.facts import read as read_facts
from contacts.entry.form import ContactForm
from contacts.entry.hints import hints
from contacts.entry.hints.base import Hint
from contacts.entry.merging import Mark, Merged, merge, put
from contacts.entry.problems import Parts, Problem, control_of, problems
from contacts.entry.questions import Question, about_paste, about_phones
from contacts.entry.rows import CustomDataRows, EmailRows, PhoneRows
from contacts.entry.typed_values import NO
from contacts.text.storable import storable_text

# What comes with a posted form and is not the contact.
_NOT_TYPED = {
    "csrfmiddlewaretoken",
    "form_token",
    "form_proof",
    "then",
    "revision",
    "asked",
    "paste",
    "dismissed",
    "marked",
    "pinned",
    "submission_id",
    "since_sent",
    "leftover",
    "leftover_to",
    "file",
    "facts",
}


class Entry:
    """Everything that one entry form holds.

    `data` is what was posted; `start`, for a form that has not been posted, what it begins with, as `prefill` has it. A
    form without a usable token gets a new one, so that the page it is shown on can be sent twice without harm.

    `dismissed` are the keys of the hints that were dismissed, with spaces.

    `marks` says of controls, by their names, where the value was merged from; `paste` is the text in the paste
    box, and `is_paste_read` whether the page that shows it has it read. `pinned` are the fields, of those that are
    PINNABLE, with which the next form begins. `definitions` are the workspace's own fields.
    """

    # What many people of one place or one employer have in common.
    PINNABLE = ("location", "title", "current_company", "company_id", "contact_type", "tags", "source")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        start: dict[str, Any] | None = None,
        token: uuid.UUID | None = None,
        definitions: Sequence[Definition] = (),
    ) -> None:
        self.definitions = definitions
        self.data = _usable(data) if data is not None else None
        self.paste = self.data.get("paste", "") if self.data is not None else ""
        self.dismissed = self.data.get("dismissed", "") if self.data is not None else ""
        self.is_paste_read = False
        self.pinned = self.pinnable(self.data.getlist("pinned")) if self.data is not None else []
        self.marks: dict[str, Mark] = {}
        self._refusal: Problem | None = None
        self._asked_besides: list[Question] = []
        self._build(start or {}, token=token or uuid.uuid4())

    @classmethod
    def pinnable(cls, names: Sequence[str]) -> list[str]:
        """Those of `names` that are PINNABLE, each once."""
        return [name for name in cls.PINNABLE if name in names]

    @classmethod
    def from_typed(cls, typed: Mapping[str, list[str]], *, definitions: Sequence[Definition] = ()) -> Self:
        """The form as it was typed, bound, with a new token."""
        data = QueryDict(mutable=True)
        for name, values in typed.items():
            data.setlist(name, values)
        data.pop("form_token", None)
        return cls(data, definitions=definitions)

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any], *, definitions: Sequence[Definition] = ()) -> Self:
        """An unposted form that would send `payload`, or a part of one."""
        return cls(start=prefill.from_payload(payload), definitions=definitions)

    @classmethod
    def from_query(cls, query: QueryDict, *, definitions: Sequence[Definition] = ()) -> Self:
        """An unposted form, prefilled from parameters named like its fields."""
        return cls(start=prefill.from_query(query), definitions=definitions)

    @classmethod
    def resumed(
        cls, typed: Mapping[str, list[str]], *, token: uuid.UUID, definitions: Sequence[Definition] = ()
    ) -> Self:
        """The form as somebody left it, under its own token: shown again, and not judged before it is posted."""
        form = cls(start=prefill.from_typed(typed), token=token, definitions=definitions)
        form.paste = "\n".join(typed.get("paste", []))
        form.dismissed = " ".join(typed.get("dismissed", []))
        return form

    def unposted(self) -> Self:
        """A posted form as it stands, to be shown again and not judged."""
        form = self.resumed(self.held(), token=self.token, definitions=self.definitions)
        form.pinned = self.pinned
        return form

    def without(self, names: Collection[str]) -> Self:
        """A posted form with nothing pinned and these fields blank, to be shown again."""
        held = {name: values for name, values in self.held().items() if name not in names}
        return self.resumed(held, token=self.token, definitions=self.definitions)

    def _build(self, start: dict[str, Any], *, token: uuid.UUID) -> None:
        self._start = start
        self.contact = ContactForm(self.data, initial=start | {"form_token": token})
        self.emails = EmailRows(self.data, initial=start.get("emails"))
        self.phones = PhoneRows(self.data, initial=start.get("phones"))
        self._build_custom(start)
        self._parts = Parts(self.contact, self.emails, self.phones, self.custom, self.custom_data)

    def _build_custom(self, start: Mapping[str, Any]) -> None:
        given = custom_fields.settle(self.data, self.definitions) if self.data is not None else frozenset()
        rows = start.get("custom_data") or []
        shown, left = custom_fields.held(self.definitions, rows, start.get("custom") or {})
        self.custom = CustomForm(self.definitions, self.data, initial=shown, given=given)
        self.custom_data = CustomDataRows(self.data, initial=left)

    def merge(self, values: Mapping[str, Any], *, source: str | Callable[[str, Any], str]) -> Merged:
        """Fills the blank controls of an unposted form with `values`, by the API's names, and says what became of them.

        Each control that took one is marked with the words for where its value comes from: `source`, or what it gives
        for the name of the field and the value. Raises ValueError where the form was posted.
        """
        return self._take(merge(self._start, values), source)

    def put(self, name: str, text: str, *, source: str) -> Merged:
        """Puts `text` where a person wants it: behind what the field `name` of an unposted form holds. See `merge`."""
        return self._take(put(self._start, name, text), source)

    def _take(self, merged: Merged, source: str | Callable[[str, Any], str]) -> Merged:
        if self.data is not None:
            raise ValueError("a posted form holds what was posted")
        for control, before in merged.filled.items():
            words = source if isinstance(source, str) else source(control.partition("-")[0], merged.value_of(control))
            self.marks[control] = Mark(words, before)
        self._build(merged.start, token=self.token)
        self._show_marks()
        return merged

    def mark(self, control: str, mark: Mark) -> None:
        """Marks one control of an unposted form."""
        self.marks[control] = mark
        self._show_marks()

    def _show_marks(self) -> None:
        for form in self._parts.forms:
            form.marks = {name: mark.source for name in form.fields if (mark := self.marks.get(form.add_prefix(name)))}

    def is_valid(self) -> bool:
        """Whether everything is as the API takes it."""
        # All are asked, so that all say what is wrong at once.
        singles = [self.contact.is_valid(), self.custom.is_valid()]
        rows = [rows.is_valid() for rows in self._parts.row_sets]
        return all([*singles, *rows]) and not self._has_key_twice()

    def _has_key_twice(self) -> bool:
        """Refuses a row whose key has a control that is filled."""
        twice = [place for place, (key, _value) in self.custom_data.sent.items() if key in self.custom.sent]
        for place in twice:
            row = self.custom_data.forms[place]
            row.add_error("key", _("The key “%(key)s” is used twice.") % {"key": row.cleaned_data["key"]})
        return bool(twice)

    @cached_property
    def payload(self) -> dict[str, Any]:
        """The body of POST /contacts. Raises ValueError where the form is not valid."""
        if not self.is_valid():
            raise ValueError("an invalid form has no payload")
        return self.shape

    @cached_property
    def shape(self) -> dict[str, Any]:
        """The payload so far of a posted form: what is not valid yet is left out of it."""
        self.is_valid()
        rows = {
            "emails": list(self.emails.sent.values()),
            "phones": list(self.phones.sent.values()),
            "custom_data": self.custom.sent | dict(self.custom_data.sent.values()),
        }
        return to_api(self.contact.cleaned_data | rows)

    @property
    def token(self) -> uuid.UUID:
        """The form's token."""
        return uuid.UUID(str(self.contact["form_token"].value()))

    def typed(self) -> dict[str, list[str]]:
        """What was typed into a posted form, to be kept, and typed again by `from_typed` or `resumed`."""
        if self.data is None:
            return {}
        return {name: values for name, values in self.data.lists() if name not in _NOT_TYPED and any(values)}

    def shown(self) -> dict[str, list[str]]:
        """What the controls of an unposted form hold, as they would be posted."""
        values = {form.add_prefix(name): form[name].value() for form in self._parts.forms for name in form.fields}
        return {name: [_posted(value)] for name, value in values.items() if value not in (None, "", False)}

    @property
    def facts(self) -> dict[str, int] | None:
        """How a posted form was entered; None where its page did not tell."""
        return read_facts(self.data.get("facts", "")) if self.data is not None else None

    def held(self) -> dict[str, list[str]]:
        """Everything that a posted form held, for `resumed`: what was typed, the paste box, the dismissed hints."""
        besides = {"paste": [self.paste], "dismissed": [self.dismissed]}
        return self.typed() | {name: values for name, values in besides.items() if any(values)}

    @property
    def hints(self) -> list[Hint]:
        """What may be a slip in the form as it stands."""
        return hints(self.typed() or self.shown(), dismissed=self.dismissed.split())

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the page; nothing before the form is posted."""
        if self.data is None:
            return []
        return [*([self._refusal] if self._refusal else []), *problems(self._parts)]

    @property
    def questions(self) -> list[Question]:
        """What is to be asked before the form is sent, and was not asked by the page that it was posted from."""
        asked = self.data.get("asked", "").split() if self.data is not None else []
        return [question for question in self._questions() if question.id not in asked]

    def ask(self, question: Question) -> None:
        """Adds a question that the form can't know of by itself."""
        self._asked_besides.append(question)

    def take_as_asked(self) -> None:
        """Of a posted form: its page says in other words what would be asked, so nothing is."""
        if self.data is not None:
            self.data["asked"] = self.asked

    @property
    def asked(self) -> str:
        """What the page that shows this form carries hidden: the ids of all that was asked of it, with spaces."""
        return " ".join(question.id for question in self._questions())

    def _questions(self) -> list[Question]:
        is_posted = self.data is not None
        about = []
        if self.paste.strip() and (is_posted or self.is_paste_read):
            about.append(about_paste(self.paste))
        if is_posted and self.phones.is_valid():
            about.extend(about_phones(self.phones))
        return about + self._asked_besides

    @property
    def uses_advanced(self) -> bool:
        """Whether one of the fields that the page folds away holds something, must do so, or is wrong."""
        folded = (self.contact["company_id"], *self.custom)
        return any(each.field.required or each.value() or each.errors for each in folded) or any(
            self.custom_data.filled()
        )

    def add_leonar_error(self, field: str | None, message: str) -> None:
        """Puts what Leonar said at the control that `field` (its path in the payload) is about, or else at the top."""
        self.is_valid()
        message = message or _("Leonar did not say what is wrong.")
        control = control_of(field or "", self._parts)
        if control is not None:
            form, name = control
            form.add_error(name, message)
            return
        text = f"{field}: {message}" if field else message
        self._refusal = Problem("", str(_("Leonar")), text, field or "")


def _posted(value: Any) -> str:
    """The value of a control as a browser posts it."""
    if value is True:
        return "on"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _usable(data: QueryDict) -> QueryDict:
    """A copy of what was posted that any database can store, with a token that is one, and one address a row."""
    own = QueryDict(mutable=True)
    for name, values in data.lists():
        own.setlist(storable_text(name), [storable_text(str(value)) for value in values])
    try:
        uuid.UUID(own.get("form_token", ""))
    except ValueError:
        own["form_token"] = str(uuid.uuid4())
    for name in names_of(Kind.BOOLEAN):
        # Django takes any other word than "false" for a tick, and a script may post a no.
        if own.get(name, "").strip().casefold() in NO:
            del own[name]
    pasted_rows.spread(own)
    return own
