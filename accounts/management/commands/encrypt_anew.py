"""`manage.py encrypt_anew`: after another SECRET_KEY, so that the one before it can be forgotten."""

from django.core.management.base import BaseCommand

from accounts import factors


class Command(BaseCommand):
    """Has nothing in the database need an earlier SECRET_KEY any more."""

    help = "Encrypts second factors with the SECRET_KEY of now; those of SECRET_KEY_FALLBACKS can then be taken out."

    def handle(self, **options: object) -> None:
        """Says how many there were."""
        self.stdout.write(f"{factors.encrypt_anew()} second factors are encrypted with the SECRET_KEY of now.")
