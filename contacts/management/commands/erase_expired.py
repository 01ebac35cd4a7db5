"""`manage.py erase_expired`: does at once what the deliverer does little by little."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from contacts import origin
from contacts.history.clearing import Clearing
from contacts.privacy import retention


class Command(BaseCommand):
    """Empties what is older than RETENTION_DAYS, in batches that others can write between."""

    help = "Erases the personal data of submissions that finished more than RETENTION_DAYS ago."

    def add_arguments(self, parser: CommandParser) -> None:
        """Reads --dry-run."""
        parser.add_argument("--dry-run", action="store_true", help="say how many there are, and change nothing")

    @origin.on_the_command_line("erase_expired")
    def handle(self, *, dry_run: bool, **options: object) -> None:
        """Says how many it will erase and, every batch, how many are left."""
        now = timezone.now()
        since = retention.limit(now)
        if since is None:
            self.stdout.write("RETENTION_DAYS is 0: everything is kept for ever.")
            return
        total = retention.overdue(now).count()
        self.stdout.write(f"{total} submissions finished before {since:%Y-%m-%d} hold personal data.")
        if dry_run or not total:
            return
        done = 0
        while retention.sweep():
            done += retention.BATCH
            self.stdout.write(f"{done} of {total} erased.")
            self.stdout.flush()
        self.stdout.write("Taking it out of the database's files.")
        self.stdout.flush()
        clearing = Clearing()
        while not clearing.go_on():
            pass
        self.stdout.write("Done.")
