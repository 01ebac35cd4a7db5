"""The tag that renders the history's rows.

Fifty rows are most of what the page costs, so the tag writes their HTML itself; everything that is not its own text
goes through `escape`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from html import escape
from uuid import UUID

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contacts.delivery.gate import Standing
from contacts.history.columns import COLUMNS
from contacts.models import Submission
from contacts.wording import states, times, worklist

register = template.Library()

# A key that no submission has, to be replaced.
_ANY = UUID(int=0)


@register.simple_tag
def submission_rows(
    rows: Iterable[Submission], standing: Standing, ticked: Collection[UUID], viewer_is_admin: bool
) -> SafeString:
    """A row for each submission; those of an admin can be ticked and say who entered them."""
    now = timezone.now()
    of = _List(
        standing,
        now,
        ticked,
        bool(viewer_is_admin),
        times=times.Teller(now),
        record=reverse("submission", args=[_ANY]).partition(str(_ANY)),
        anew=_act(worklist.entered_anew(_ANY), 0).partition(str(_ANY)),
        both=worklist.title_at_company(),
        select=escape(_("Select %(name)s")),
        more=escape(_("More for %(name)s")),
    )
    return SafeString("".join([_row(row, of) for row in rows]))


@register.simple_tag
def column_ticks(chosen: Collection[str]) -> SafeString:
    """A tick for each column that a file may have."""
    return SafeString("".join([_column_tick(name, words, name in chosen) for name, (words, _of) in COLUMNS.items()]))


def _column_tick(name: str, words: object, is_chosen: bool) -> str:
    checked = " checked" if is_chosen else ""
    return f'<label><input type="checkbox" name="column" value="{name}"{checked}> {escape(str(words))}</label>\n'


@dataclass(frozen=True, slots=True)
class _List:
    """What all rows have in common, made once: addresses of which only the key differs, words, states met so far."""

    standing: Standing
    now: datetime
    ticked: Collection[UUID]
    is_admin: bool
    times: times.Teller
    record: tuple[str, str, str]
    anew: tuple[str, str, str]
    both: str
    select: str
    more: str
    states: dict[tuple[str, bool], str] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)


def _row(row: Submission, of: _List) -> str:
    id_, name = str(row.pk), escape(row.shown_name)
    before, _any, after = of.record
    address = f"{before}{id_}{after}"
    tick = by = ""
    if of.is_admin:
        checked = " checked" if row.pk in of.ticked else ""
        words = of.select % {"name": name}
        tick = (
            f'<td class="tick"><label class="tick-target"><input type="checkbox" name="ids"'
            f' value="{id_}:{row.revision}"{checked}><span class="unseen">{words}</span></label></td>'
        )
        by = f'<td class="by">{_by(row, of)}</td>'
    what = escape(worklist.who_it_is(row, of.both))
    headline = f' <span class="company">{what}</span>' if what else ""
    return (
        f'<tr data-submission="{id_}">{tick}'
        f'<td class="who"><a href="{address}">{name}</a>{headline}</td>'
        f'<td class="mail">{_mail(row)}</td><td class="what">{_state(row, of)}</td>{by}'
        f'<td class="when">{_time(row.created_at, of)}</td>'
        f'<td class="acts">{_acts(row, id_, name, address, of)}</td></tr>\n'
    )


def _by(row: Submission, of: _List) -> str:
    if row.created_by_id not in of.people:
        of.people[row.created_by_id] = escape(row.created_by.shown_name)
    return of.people[row.created_by_id]


def _mail(row: Submission) -> str:
    address, more = worklist.mail(row)
    said = f' <span class="more-of">{escape(_("+%(count)d more") % {"count": more})}</span>' if more else ""
    # Too long for its column, it is parted where people part it.
    return f"{escape(address).replace('@', '<wbr>@', 1)}{said}"


def _state(row: Submission, of: _List) -> str:
    kind = row.state, row.needs_person
    if kind not in of.states:
        label = states.state_label(row)
        icon = _icon(label.icon)
        of.states[kind] = f'<span class="state state-{label.meaning}">{icon}{escape(label.word)}</span>'
    why = escape(worklist.why(row, of.standing, of.now))
    return of.states[kind] + (f'<span class="why">{why}</span>' if why else "")


def _time(moment: datetime, of: _List) -> str:
    exactly = escape(of.times.exactly(moment))
    return (
        f'<time datetime="{of.times.here(moment).isoformat()}" title="{exactly}">'
        f'<span class="on-screen">{escape(of.times.ago(moment))}</span>'
        f'<span class="on-paper">{exactly}</span></time>'
    )


def _acts(row: Submission, id_: str, name: str, address: str, of: _List) -> str:
    title = of.more % {"name": name}
    before, _any, after = of.anew
    items = "".join([_act(act, row.revision) for act in worklist.acts(row, record=address)]) + f"{before}{id_}{after}"
    return (
        f'<details class="row-menu"><summary title="{title}"><span class="unseen">{title}</span></summary>'
        f'<div class="row-menu-items">{items}</div></details>'
    )


def _act(act: worklist.RowAct, revision: int) -> str:
    if not act.is_post:
        return f'<a href="{escape(act.address)}">{escape(act.word)}</a>'
    # The form stands beside the table: a row's buttons are no part of the act on many.
    return (
        f'<button class="plain" form="row-act" formaction="{escape(act.address)}" name="revision"'
        f' value="{revision}">{escape(act.word)}</button>'
    )


@lru_cache(maxsize=20)
def _icon(name: str) -> str:
    return render_to_string("elements/icon.html", {"name": name}).strip()
