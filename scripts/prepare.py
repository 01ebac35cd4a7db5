"""Brings the database up to date for `make run`, and makes the demo accounts where a password for them is given."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leonar_portal.settings")

import django
from django.core.management import CommandError, call_command

DEMO_ACCOUNTS = ("recruiter", "admin")


def main() -> int:
    """The exit status; what is wrong is told in a sentence."""
    django.setup()
    from accounts.account import save_account
    from contacts.origin import on_the_command_line

    try:
        call_command("migrate", verbosity=0, skip_checks=False)
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    password = os.environ.get("PORTAL_DEMO_PASSWORD")
    with on_the_command_line("make run"):
        for name in DEMO_ACCOUNTS if password else ():
            save_account(name=name, role=name, password=password or "", is_demo=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
