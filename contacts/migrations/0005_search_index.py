"""The index over the filled entries, made at once in PostgreSQL; the column that was searched before goes."""

from django.db import migrations

INDEX = """
    CREATE INDEX contacts_search ON contacts_searchentry USING gin (contacts_document(number, words, facts, standing))
    WITH (fastupdate = off)
"""


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX contacts_search")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0004_search_entries_filled")]

    operations = [
        migrations.RunPython(make, unmake),
        migrations.RemoveField(model_name="submission", name="search_text"),
    ]
