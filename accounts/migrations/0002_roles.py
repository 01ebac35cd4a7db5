"""The two roles: groups with their permissions. Everything stands here in full: a migration never changes."""

from django.db import migrations

ROLES = {
    "recruiter": [("contacts", "submission", "enter_contacts")],
    "admin": [
        ("contacts", "submission", "enter_contacts"),
        ("contacts", "submission", "review_all_submissions"),
        ("contacts", "submission", "reopen_gate"),
        ("accounts", "user", "view_user"),
        ("accounts", "user", "add_user"),
        ("accounts", "user", "change_user"),
    ],
}
# As Django itself writes them after the last migration, when it finds them there already.
NAMES = {
    "enter_contacts": "Can enter contacts",
    "review_all_submissions": "Can see and settle everybody's submissions",
    "reopen_gate": "Can reopen the way to Leonar",
    "view_user": "Can view user",
    "add_user": "Can add user",
    "change_user": "Can change user",
}


def make_roles(apps, schema_editor):
    alias = schema_editor.connection.alias
    groups, types, permissions = (
        apps.get_model(*name).objects.using(alias)
        for name in (("auth", "Group"), ("contenttypes", "ContentType"), ("auth", "Permission"))
    )
    for role, wanted in ROLES.items():
        group, _ = groups.get_or_create(name=role)
        for app, model, codename in wanted:
            content_type, _ = types.get_or_create(app_label=app, model=model)
            permission, _ = permissions.get_or_create(
                content_type=content_type, codename=codename, defaults={"name": NAMES[codename]}
            )
            group.permissions.add(permission)


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("contacts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_roles, remove_roles)]
