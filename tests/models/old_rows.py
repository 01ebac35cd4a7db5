"""A database as it was at migration 0002, and what an upgrade has made of it: functions for `PortalProcess.call`."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import now

from accounts import roles
from accounts.account import give_role
from contacts.contact import full_name, keys
from contacts.delivery import outcomes
from contacts.history import search
from contacts.models import Submission, UsedValue

OLD = ("contacts", "0002_events_append_only")
ELSEWHERE = "another-account"
FIRST_DAY = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
# Every state with what belongs to it. Two of them are of one moment.
ROWS: dict[str, dict[str, Any]] = {
    "Léa": {"state": "created", "settled_by": "answer", "contact_id": uuid4()},
    "Karim": {"state": "created", "settled_by": "check", "contact_id": uuid4()},
    "Noor": {"state": "queued", "due_at": FIRST_DAY},
    "Jonas": {"state": "sending", "due_at": FIRST_DAY},
    "Priya": {"state": "rejected", "reason": "invalid"},
    "Marek": {"state": "unconfirmed", "reason": "no_answer", "due_at": FIRST_DAY},
    "Hugo": {"state": "unconfirmed", "reason": "no_answer"},
    "Aiko": {"state": "discarded", "discard_reason": "Entered twice"},
}
CORRECTED, TWIN = "Priya", "Aiko"
ONE_OF_MORE = "Ana"
Held = dict[str, list[list[str]]]
TABLES = ("submission", "attempt", "contactkey", "event")


@transaction.atomic
def fill(more: int) -> None:
    """Stores ROWS in two workspaces, and so many more in the first, as the portal wrote them then."""
    apps = MigrationExecutor(connection).loader.project_state(OLD).apps
    user = apps.get_model(settings.AUTH_USER_MODEL).objects.create(username="sophie")
    made: list[Any] = []
    for workspace in (settings.LEONAR_WORKSPACE, ELSEWHERE):
        apps.get_model("contacts", "Workspace").objects.create(name=workspace)
        for day, (name, columns) in enumerate(ROWS.items()):
            at = FIRST_DAY + timedelta(days=day // 2)
            payload = _payload("Léa" if name == TWIN else name, name)
            made += _rows(apps, user, workspace, at, payload, columns)
    for number in range(more):
        at = FIRST_DAY - timedelta(minutes=number // 3)
        made += _rows(apps, user, settings.LEONAR_WORKSPACE, at, _payload(f"Ana{number}", ONE_OF_MORE), ROWS["Aiko"])
    for table in TABLES:
        of_table = [row for row in made if row._meta.model_name == table]
        type(of_table[0]).objects.bulk_create(of_table, batch_size=500)


def upgraded(questions: list[dict[str, Any]]) -> dict[str, Any]:
    """What is there after the upgrade, and what each question finds."""
    return {
        "held": held(),
        "is as if entered now": _is_as_if_entered_now(),
        "uses of Éclair": UsedValue.objects.here().get(field="tags", value="Éclair").uses,
        "in all": _found_in_all(),
        "found": _found(questions),
    }


def settled(first_name: str, questions: list[dict[str, Any]]) -> list[list[str]]:
    """What each question finds once this one is given up, as by any act of the portal."""
    row = _row(first_name)
    Submission.objects.filter(pk=row.pk).update(state="discarded", due_at=None, changed_at=now())
    return _found(questions)


def _rows(
    apps: Any, user: Any, workspace: str, at: datetime, payload: dict[str, Any], columns: dict[str, Any]
) -> Iterator[Any]:
    if workspace == ELSEWHERE and "contact_id" in columns:
        columns = columns | {"contact_id": uuid4()}
    # As they were then: keys of chance, in no order of time.
    row = apps.get_model("contacts", "Submission")(
        id=uuid4(),
        workspace_id=workspace,
        created_by=user,
        token=uuid4(),
        created_at=at,
        changed_at=at,
        payload=payload,
        typed={name: [str(value)] for name, value in payload.items()},
        name=full_name(payload),
        search_text=full_name(payload).lower(),
        **columns,
    )
    yield row
    yield apps.get_model("contacts", "Attempt")(
        submission=row, number=1, worker="old", started_at=at, lease_until=at, payload=payload
    )
    key, event = apps.get_model("contacts", "ContactKey"), apps.get_model("contacts", "Event")
    for each in keys(payload, region="FR"):
        yield key(submission=row, workspace_id=workspace, kind=each.kind, value=each.value)
    for kind in ("entered", "corrected") if payload["first_name"] == CORRECTED else ("entered",):
        yield event(at=at, kind=kind, actor=user, submission=row, workspace_id=workspace)


def _payload(address: str, name: str) -> dict[str, Any]:
    return {
        "first_name": name,
        "last_name": "Lefèvre",
        "email": f"{address.lower()}@acme.example",
        "phone": "+33 6 39 98 00 01" if name == "Karim" else None,
        "current_company": f"{name} & Cie",
        "linkedin_profile": f"https://www.linkedin.com/in/{name.lower()}-l/" if name.isascii() else "",
        "tags": ["Éclair", name],
        "source": "Job fair",
    }


def held() -> Held:
    """Every row of TABLES, in the columns that it had then, but for what was searched before."""
    old = MigrationExecutor(connection).loader.project_state(OLD).apps
    found = {}
    for table in TABLES:
        model = old.get_model("contacts", table)
        columns = sorted(field.column for field in model._meta.local_fields if field.column != "search_text")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)} FROM {model._meta.db_table}")
            rows = [[str(value) for value in row] for row in cursor.fetchall()]
        found[table] = sorted(rows)
    return found


def _found(questions: list[dict[str, Any]]) -> list[list[str]]:
    """Of each question, which of ROWS are on the first page that an admin gets; in the order of the alphabet."""
    pages = [search.page(_admin(), _asked(**each)).rows for each in questions]
    names = [[row.payload["first_name"] for row in rows] for rows in pages]
    return [sorted(name for name in each if name != ONE_OF_MORE) for each in names]


def _asked(*, since: str = "", until: str = "", by: str = "", own_id_of: str = "", **asked: Any) -> search.Asked:
    """What is asked, of things that JSON can hold."""
    if by:
        asked["who"] = get_user_model().objects.get(username=by).pk
    if own_id_of:
        asked["text"] = str(_row(own_id_of).pk)
    days = {"since": since, "until": until}
    return search.Asked(**asked, **{name: date.fromisoformat(day) for name, day in days.items() if day})


def _found_in_all() -> int:
    """How many are found page by page."""
    count, cursor = 0, ""
    while True:
        page = search.page(_admin(), search.Asked(), cursor=cursor)
        count += len({row.pk for row in page.rows})
        if page.after is None:
            return count
        cursor = page.after


def _is_as_if_entered_now() -> bool:
    """Whether each is found by exactly what would be written of it today."""
    for row in Submission.objects.select_related("search_entry"):
        flags = {"has_twin": ".d:" in row.search_entry.facts, "is_corrected": ".e:" in row.search_entry.facts}
        anew = outcomes.search_entry(row, **flags)
        kept = row.search_entry
        if (kept.words, kept.facts, kept.standing) != (anew.words, anew.facts, anew.standing):
            return False
    return True


def _row(first_name: str) -> Submission:
    return Submission.objects.here().get(payload__first_name=first_name)


def _admin() -> Any:
    user, is_new = get_user_model().objects.get_or_create(username="ana")
    if is_new:
        give_role(user, roles.ADMIN)
    return get_user_model().objects.get(pk=user.pk)
