"""Indexes of what is to be erased and whom to tell that SQLite uses too: it went through the whole table before.

PostgreSQL makes them without locking the table.
"""

from django.db import migrations, models
from django.db.models import Q

UNTOLD = Q(state="created", told_at__isnull=True, erased_at__isnull=True)
FINISHED = Q(state__in=["created", "discarded"], erased_at__isnull=True)
BEFORE = (
    models.Index("changed_at", name="submission_kept_longest", condition=FINISHED),
    models.Index("workspace", "created_at", name="submission_untold", condition=UNTOLD),
)
AFTER = (
    models.Index("changed_at", name="submission_not_erased", condition=Q(erased_at__isnull=True)),
    models.Index("workspace", "state", "created_at", name="submission_to_tell", condition=UNTOLD),
)


def replace(apps, schema_editor, old, new):
    submission = apps.get_model("contacts", "Submission")
    options = {"concurrently": True} if schema_editor.connection.vendor == "postgresql" else {}
    for index in new:
        schema_editor.add_index(submission, index, **options)
    for index in old:
        schema_editor.remove_index(submission, index, **options)


def forwards(apps, schema_editor):
    replace(apps, schema_editor, BEFORE, AFTER)


def backwards(apps, schema_editor):
    replace(apps, schema_editor, AFTER, BEFORE)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("contacts", "0018_event_origins")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(forwards, backwards)],
            state_operations=[
                *(migrations.RemoveIndex("submission", index.name) for index in BEFORE),
                *(migrations.AddIndex("submission", index) for index in AFTER),
            ],
        )
    ]
