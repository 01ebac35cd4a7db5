"""`manage.py portal_user`: makes or changes an account, and lets an only admin in again."""

import sys
from getpass import getpass

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import roles
from accounts.account import rescue, save_account
from accounts.models import User
from contacts.origin import on_the_command_line


class Command(BaseCommand):
    """An account of either role; its password comes from standard input, or from a prompt at a terminal.

    Whoever runs it holds the machine, so it is the way back in: it ends waits after wrong passwords, and takes away
    second factors, which may be lost; their owner sets up new ones.
    """

    help = "Makes an account, or changes its role and password. The password is asked for, or read from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        """Reads the name and the role."""
        parser.add_argument("name", help="what the person signs in with")
        parser.add_argument("--role", choices=roles.ROLES, required=True)

    @on_the_command_line("portal_user")
    def handle(self, *, name: str, role: str, **options: object) -> None:
        """Checks what was given as the pages do, and saves it."""
        account = get_user_model()(username=name)
        try:
            account.full_clean(exclude=["password"], validate_unique=False)
            password = _read_password(name)
            validate_password(password, account)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        # As signing in reads it, where one letter may be written in several ways.
        name = account.get_username()
        is_new = save_account(name=name, role=role, password=password)
        removed = rescue(User.objects.get(username=name))
        self.stdout.write(f"{name} was {'made' if is_new else 'changed'}; role: {role}.")
        if removed:
            self.stdout.write("The second factors were removed.")


def _read_password(name: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass(f"Password for {name}: ")
    if getpass("Once more: ") != password:
        raise CommandError("The two passwords differ; nothing was changed.")
    return password
