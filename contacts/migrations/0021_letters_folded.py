"""Who was entered with a letter that is folded since (ø, ł, æ …) stays findable. In batches, so that nothing is locked for long.

Reads every submission, about half a minute for a million, and writes those with such a letter.
"""

import json
import re

from django.conf import settings
from django.db import migrations, transaction

from contacts import document
from contacts.contact import keys
from contacts.text.folding import fold
from contacts.text.identity import shortened

BATCH = 2000
# Capitals by themselves: to a pattern that ignores case, every "i" is a dotless one.
LETTERS = re.compile("[øłđðþıħŧæœǿǽǣØŁĐÐÞĦŦÆŒǾǼǢẞ]")


def fold_again(apps, schema_editor):
    submissions = apps.get_model("contacts", "Submission").objects.order_by("pk")
    last = None
    while batch := list(_after(submissions, last).only("pk", "payload", "workspace_id", "created_by_id")[:BATCH]):
        last = batch[-1].pk
        rows = [row for row in batch if LETTERS.search(json.dumps(row.payload, ensure_ascii=False))]
        if rows:
            with transaction.atomic():
                _rewrite_keys(apps.get_model("contacts", "ContactKey"), rows)
                _rewrite_entries(apps.get_model("contacts", "SearchEntry"), rows)
    _rewrite_words(apps.get_model("contacts", "UsedValue"))


def _after(rows, last):
    return rows if last is None else rows.filter(pk__gt=last)


def _rewrite_keys(model, rows):
    """What was folded; addresses and numbers are as they were."""
    kinds = ("name", "name_company")
    model.objects.filter(submission__in=[row.pk for row in rows], kind__in=kinds).delete()
    model.objects.bulk_create(
        (
            model(submission_id=row.pk, workspace_id=row.workspace_id, kind=key.kind, value=key.value)
            for row in rows
            for key in keys(row.payload, region=settings.DEFAULT_PHONE_REGION)
            if key.kind in kinds
        ),
        batch_size=500,
    )


def _rewrite_entries(model, rows):
    payloads = {row.pk: row for row in rows}
    entries = list(model.objects.filter(submission__in=list(payloads)))
    for entry in entries:
        row = payloads[entry.submission_id]
        entry.words = document.words(row.payload, region=settings.DEFAULT_PHONE_REGION)
        entry.facts = document.facts(
            row.payload,
            workspace=row.workspace_id,
            by=row.created_by_id,
            has_twin=".d:" in entry.facts,
            is_corrected=".e:" in entry.facts,
        )
    model.objects.bulk_update(entries, ["words", "facts"], batch_size=200)


def _rewrite_words(model):
    last = 0
    while batch := list(model.objects.order_by("pk").filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        changed = [word for word in batch if LETTERS.search(word.value)]
        for word in changed:
            word.key = shortened(fold(word.value))
        model.objects.bulk_update(changed, ["key"], batch_size=200)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("contacts", "0020_attempts_with_candidates")]

    operations = [migrations.RunPython(fold_again, migrations.RunPython.noop)]
