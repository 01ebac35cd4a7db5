"""What the history may be narrowed by, as a form and as a sentence."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.history.search import Asked
from contacts.wording import states

# Days that exist in every time zone.
DAYS = [MinValueValidator(date(1970, 1, 1)), MaxValueValidator(date(9000, 1, 1))]
OLDEST = "oldest"
# What a tag and a source may hold.
TEXT_MOST = 200


def _states(asked: str = "") -> list[tuple[str, Any]]:
    """The states that are offered, and the one that is asked for."""
    return [choice for choice in states.FILTERS.items() if choice[0] not in states.UNOFFERED - {asked}]


# In SQL, as each page of the history asks it: having it composed anew would cost more than asking it.
_ACCOUNTS = f"SELECT id, username FROM {get_user_model()._meta.db_table} ORDER BY username"  # noqa: S608


class Accounts(forms.models.ModelChoiceIterator):
    """The accounts to choose from: their keys and names, without the rest that is known of each."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        yield "", self.field.empty_label
        with connection.cursor() as cursor:
            cursor.execute(_ACCOUNTS)
            yield from cursor.fetchall()


class AccountField(forms.ModelChoiceField):
    """One of the accounts."""

    iterator = Accounts


class WhoAndWhen(forms.Form):
    """A person and a period, by which every list is narrowed alike."""

    who = AccountField(
        label=gettext_lazy("Who"),
        required=False,
        queryset=get_user_model().objects.order_by("username"),
        empty_label=gettext_lazy("Anybody"),
    )
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput({"type": "date"}), validators=DAYS
    )
    until = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput({"type": "date"}), validators=DAYS
    )


class Filters(WhoAndWhen):
    """What the history may be narrowed by; anything that can't be read is left out with a message."""

    q = forms.CharField(
        label=gettext_lazy("Name, e-mail, phone, company, tag or Leonar id"),
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=_states())
    tag = forms.CharField(label=gettext_lazy("Tag"), required=False, max_length=TEXT_MOST)
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=TEXT_MOST)
    twin = forms.BooleanField(label=gettext_lazy("Had been entered before"), required=False)
    check = forms.BooleanField(label=gettext_lazy("Found by checking"), required=False)
    corrected = forms.BooleanField(label=gettext_lazy("Corrected"), required=False)
    sort = forms.ChoiceField(
        label=gettext_lazy("Order"),
        required=False,
        choices=[("", gettext_lazy("Newest first")), (OLDEST, gettext_lazy("Oldest first"))],
    )

    MORE = ("tag", "source", "twin", "check", "corrected", "sort")

    def __init__(self, data: Any, *, viewer: Any, words: str | None = None) -> None:
        """`words` are those searched for where the address does not hold them."""
        if words is not None:
            data = data.copy()
            data["q"] = words
        super().__init__(data)
        self.fields["who"].label = gettext_lazy("Entered by")
        if self.data.get("state") in states.UNOFFERED:
            # Offered by no name of its own: an address may ask for it all the same.
            state: Any = self.fields["state"]
            state.choices = _states(self.data["state"])
        if not viewer.has_perm("contacts.review_all_submissions"):
            del self.fields["who"]

    @property
    def more_are_used(self) -> bool:
        """Whether one of the filters that are folded away is active."""
        return any(self.data.get(name) for name in self.MORE)

    def asked(self) -> Asked:
        """What the active filters ask for; one that can't be read asks for nothing."""
        self.is_valid()
        given = self.cleaned_data
        who = given.get("who")
        return Asked(
            text=given.get("q", ""),
            state=given.get("state", ""),
            who=who and who.pk,
            since=given.get("since"),
            until=given.get("until"),
            tag=given.get("tag", ""),
            source=given.get("source", ""),
            has_twin=given.get("twin", False),
            by_check=given.get("check", False),
            is_corrected=given.get("corrected", False),
            is_oldest_first=given.get("sort") == OLDEST,
        )

    def active(self) -> list[str]:
        """The names of the filters that narrow something down."""
        self.is_valid()
        return [name for name, value in self.cleaned_data.items() if value and name != "sort"]

    def query(self) -> str:
        """The active filters but the words, as an address has them."""
        self.is_valid()
        return urlencode(
            [(name, self.data[name]) for name, value in self.cleaned_data.items() if value and name != "q"]
        )

    def sentence(self) -> str:
        """The active filters as a person would say them; empty where there are none."""
        asked = self.cleaned_data
        words = {
            "q": _("matching “%(text)s”"),
            "state": _("in state “%(text)s”"),
            "who": _("entered by %(text)s"),
            "since": _("from %(text)s"),
            "until": _("to %(text)s"),
            "tag": _("tagged “%(text)s”"),
            "source": _("from the source “%(text)s”"),
            "twin": _("that had been entered before"),
            "check": _("found by checking"),
            "corrected": _("that were corrected"),
        }
        return ", ".join(said % {"text": _said(name, asked[name])} for name, said in words.items() if asked.get(name))


def _said(name: str, value: Any) -> str:
    if name == "state":
        return str(states.FILTERS[value])
    return value.isoformat() if isinstance(value, date) else str(value)
