"""`manage.py after_restore`: for a database that was put back from before some deliveries."""

import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from contacts import origin
from contacts.delivery import restore

SAYS = """\
This is for a database that was restored from a backup, or taken over from a replica that may lack the last commits.
Stop the web processes and the deliverers first.

Found: {queued} that wait to be sent and {sending} that was being sent; {unconfirmed} whose outcome was not known;
{rejected} that Leonar had refused.
{in_doubt} will be checked with Leonar before anything is sent: what was created since is linked, the rest waits for a
person. What was refused stays as it is; should it be corrected, it is checked first."""


class Command(BaseCommand):
    """Says what it will do and how many rows, and does it where standard input says yes."""

    help = "After a restored backup or a failover: whatever might have been sent since is checked before it is sent."

    @origin.on_the_command_line("after_restore")
    def handle(self, **options: object) -> None:
        """Raises CommandError where the answer is anything but yes."""
        found = restore.affected()
        if not found.in_doubt + found.rejected:
            self.stdout.write("Nothing waits to be sent, so there is nothing to check.")
            return
        self.stdout.write(SAYS.format(**asdict(found), in_doubt=found.in_doubt))
        self.stdout.write("Type yes to go on: ", ending="")
        self.stdout.flush()
        if sys.stdin.readline().strip() != "yes":
            raise CommandError("Nothing was changed.")
        restore.put_in_doubt()
        self.stdout.write("Done. Start the deliverers: the checks begin at once.")
