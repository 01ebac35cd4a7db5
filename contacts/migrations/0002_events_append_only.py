"""The event log can only grow: the database itself refuses to change or delete an event."""

from django.db import migrations

SQLITE = {
    f"""
        CREATE TRIGGER event_no_{act.lower()} BEFORE {act} ON contacts_event
        BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
    """: f"DROP TRIGGER event_no_{act.lower()}"
    for act in ("UPDATE", "DELETE")
}
POSTGRES = {
    """
        CREATE FUNCTION events_are_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$
    """: "DROP FUNCTION events_are_append_only()",
    """
        CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON contacts_event
        FOR EACH ROW EXECUTE FUNCTION events_are_append_only()
    """: "DROP TRIGGER event_append_only ON contacts_event",
}


def protect(apps, schema_editor):
    for statement in _statements(schema_editor):
        schema_editor.execute(statement)


def unprotect(apps, schema_editor):
    for statement in reversed(_statements(schema_editor).values()):
        schema_editor.execute(statement)


def _statements(schema_editor):
    return SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
