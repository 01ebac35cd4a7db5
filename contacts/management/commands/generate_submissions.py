"""`manage.py generate_submissions N`: invented submissions, for benchmarks and for looking at long lists."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from contacts.models import Submission
from contacts.operations.invention import invent


class Command(BaseCommand):
    """Fills a database that holds nothing real."""

    help = "Fills the database with N invented submissions in every state, spread over two years. Nothing is sent."

    def add_arguments(self, parser: CommandParser) -> None:
        """Reads how many."""
        parser.add_argument("number", type=int, metavar="N")

    def handle(self, *, number: int, **options: object) -> None:
        """Refuses where people's real contacts may be."""
        if settings.LEONAR_API_KEY:
            raise CommandError("LEONAR_API_KEY is set, so this is no place for invented submissions. Nothing was made.")
        if number < 1:
            raise CommandError("N must be 1 or more.")
        invent(number=number, seed=Submission.objects.count())
        self.stdout.write(f"{number} invented submissions were made.")
