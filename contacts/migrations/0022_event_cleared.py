"""One more thing on record: that what was erased has gone from the database's files too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0021_letters_folded"),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("entered", "entered it"),
                    ("corrected", "corrected it"),
                    ("twin_asked", "was asked whether to enter somebody again"),
                    ("sent_again", "had it sent again"),
                    ("checked_again", "had it checked again"),
                    ("matched", "picked the contact in Leonar"),
                    ("discarded", "discarded it"),
                    ("restored", "had it checked after a restored backup"),
                    ("reopened", "reopened the way to Leonar"),
                    ("gate_closed", "closed the way to Leonar"),
                    ("gate_opened", "opened the way to Leonar again"),
                    ("settings_changed", "started with other settings"),
                    ("role_changed", "changed a role"),
                    ("erased", "erased personal data"),
                    ("cleared", "took what was erased out of the database's files"),
                    ("person_exported", "exported one person's data"),
                    ("denied", "was denied a page"),
                    ("told", "noted that the person was told"),
                    ("viewed", "looked at somebody else's entry"),
                    ("export_begun", "began an export"),
                    ("exported", "exported entries"),
                    ("signed_in", "signed in"),
                    ("sign_in_failed", "gave a wrong password or code"),
                    ("locked_out", "has to wait after too many wrong passwords or codes"),
                    ("password_changed", "set a password"),
                    ("factor_added", "set up a second factor"),
                    ("factor_removed", "removed a second factor"),
                    ("invited", "made a link to set a password"),
                    ("session_ended", "ended sessions"),
                ],
                max_length=20,
                verbose_name="what",
            ),
        ),
    ]
