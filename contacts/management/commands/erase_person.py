"""`manage.py erase_person`: one person's data, everywhere, for an administrator of the machine."""

import sys

from django.core.management.base import BaseCommand, CommandError

from contacts import origin
from contacts.history import erasure
from contacts.privacy.person import Person


class Command(BaseCommand):
    """Reads what the person is known by from standard input, because arguments are seen by everybody on the machine."""

    help = "Erases one person everywhere. Reads from standard input: their e-mail, phone, LinkedIn address; then yes."

    @origin.on_the_command_line("erase_person")
    def handle(self, **options: object) -> None:
        """Says what it found, and erases it where the second line of standard input says yes. Raises CommandError."""
        known_by = sys.stdin.readline().strip()
        person = Person.known_by(known_by)
        if not person.asked or all(key.kind == "name" for key in person.asked):
            raise CommandError("A name may be several people's: give an e-mail address, a phone number or a profile.")
        self.stdout.write(f"Found: {len(person.submissions)} submissions. Type yes to erase them: ", ending="")
        self.stdout.flush()
        if sys.stdin.readline().strip() != "yes":
            raise CommandError("Nothing was changed.")
        event = erasure.erase_person(person, by=None, chosen=[each.pk for each in person.submissions])
        self.stdout.write(f"Done. Receipt {event.pk}: {event.details}")
