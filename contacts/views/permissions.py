"""What a view asks of the account that opens it; 403 where it lacks the permission."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest

enters_contacts = permission_required("contacts.enter_contacts", raise_exception=True)
reviews_all = permission_required("contacts.review_all_submissions", raise_exception=True)
reopens_gate = permission_required("contacts.reopen_gate", raise_exception=True)


def account_of(request: HttpRequest) -> Any:
    """The account that opens it, for what is kept as its own: never nobody, where a permission was asked for."""
    return request.user
