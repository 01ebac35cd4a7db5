"""What the portal no longer reads, and what says who was signed in from where: django-axes' tables, Django's sessions."""

from django.db import migrations

TABLES = ("axes_accessattempt", "axes_accesslog", "axes_accessfailurelog", "axes_accessattemptexpiration")


def remove(apps, schema_editor):
    present = set(schema_editor.connection.introspection.table_names())
    # The expirations refer to the attempts.
    for table in reversed(TABLES):
        if table in present:
            schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(table)}")
    apps.get_model("sessions", "Session").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sessions"), ("sessions", "0001_initial")]

    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
