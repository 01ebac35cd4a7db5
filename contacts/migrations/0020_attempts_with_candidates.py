"""An index of the few attempts that an erasure looks through; PostgreSQL makes it without locking the table."""

from django.db import migrations, models
from django.db.models import Q

INDEX = models.Index("id", name="attempt_with_candidates", condition=Q(candidates__isnull=False))


def options(schema_editor):
    return {"concurrently": True} if schema_editor.connection.vendor == "postgresql" else {}


def forwards(apps, schema_editor):
    schema_editor.add_index(apps.get_model("contacts", "Attempt"), INDEX, **options(schema_editor))


def backwards(apps, schema_editor):
    schema_editor.remove_index(apps.get_model("contacts", "Attempt"), INDEX, **options(schema_editor))


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("contacts", "0019_indexes_for_privacy")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(forwards, backwards)],
            state_operations=[migrations.AddIndex("attempt", INDEX)],
        )
    ]
