"""Every submission that is there already is found as well. In batches, so that nothing is locked for long."""

from django.conf import settings
from django.db import migrations
from django.db.models import Exists, OuterRef

from contacts import document

BATCH = 2000
ADDRESSES = ("email", "phone", "linkedin")


def fill(apps, schema_editor):
    submissions = apps.get_model("contacts", "Submission").objects
    entries = apps.get_model("contacts", "SearchEntry").objects
    keys, events = apps.get_model("contacts", "ContactKey").objects, apps.get_model("contacts", "Event").objects
    # Of each key, the one that was there before.
    earlier = keys.filter(workspace=OuterRef("workspace"), kind=OuterRef("kind"), value=OuterRef("value")).filter(
        pk__lt=OuterRef("pk")
    )
    own = keys.filter(submission=OuterRef("pk"), kind__in=ADDRESSES)
    rows = (
        submissions.filter(search_entry=None)
        .annotate(
            has_twin=Exists(own.filter(Exists(earlier.exclude(submission=OuterRef("submission"))))),
            is_corrected=Exists(events.filter(submission=OuterRef("pk"), kind="corrected")),
        )
        .defer("typed", "contact", "search_text")
        .order_by("created_at", "id")
    )
    place = None
    while batch := list(_after(rows, place)[:BATCH]):
        place = batch[-1]
        taken = set()
        made = [_entry(entries.model, row, taken) for row in batch]
        known = set(entries.filter(pk__in=taken).values_list("pk", flat=True))
        for each in made:
            while each.number in known:
                each.number += 1
        entries.bulk_create(made)


def _after(rows, place):
    if place is None:
        return rows
    from django.db.models import Q

    later = Q(created_at__gt=place.created_at) | Q(created_at=place.created_at, id__gt=place.id)
    return rows.filter(later, created_at__gte=place.created_at)


def _entry(model, row, taken):
    number = document.number(row.created_at, row.pk)
    while number in taken:
        number += 1
    taken.add(number)
    space = document.space(row.workspace_id)
    return model(
        number=number,
        submission_id=row.pk,
        space=space,
        words=document.words(row.payload, region=settings.DEFAULT_PHONE_REGION),
        facts=document.facts(
            row.payload,
            workspace=row.workspace_id,
            by=row.created_by_id,
            has_twin=row.has_twin,
            is_corrected=row.is_corrected,
        ),
        standing=document.standing(
            state=row.state, waits_for_person=bool(row.waits_for_person), settled_by=row.settled_by, space=space
        ),
    )


def leave(apps, schema_editor):
    """The entries go with their table."""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("contacts", "0003_search_entries")]

    operations = [migrations.RunPython(fill, leave)]
