"""Every address of the portal, who gets in, and what they meet there: a new page has a line here, or a test fails."""

from dataclasses import dataclass

ANONYMOUS, DISABLED, NO_ROLE, STAFF_ONLY = "anonymous", "disabled", "no role", "staff only"
OWNER, OTHER, ADMIN = "recruiter", "other recruiter", "admin"
PEOPLE = (ANONYMOUS, DISABLED, NO_ROLE, STAFF_ONLY, OWNER, OTHER, ADMIN)

SIGN_IN, DENIED, NOT_THERE = "sign in", 403, 404
_OUT = {ANONYMOUS: SIGN_IN, DISABLED: SIGN_IN}
_WITHOUT_ROLE = {NO_ROLE: DENIED, STAFF_ONLY: DENIED}
_NOT_STAFF = dict.fromkeys((NO_ROLE, OWNER, OTHER), SIGN_IN)

# What those meet who may not; whoever is not named gets in.
REFUSED: dict[str, dict[str, str | int]] = {
    "anybody": {},
    "an account": _OUT,
    "who enters contacts": _OUT | _WITHOUT_ROLE,
    "its owner": _OUT | _WITHOUT_ROLE | {OTHER: NOT_THERE},
    "an admin": _OUT | _WITHOUT_ROLE | {OWNER: DENIED, OTHER: DENIED},
    "Django admin": _OUT | _NOT_STAFF,
    "an admin in Django admin": _OUT | _NOT_STAFF | {STAFF_ONLY: DENIED},
}


@dataclass(frozen=True, slots=True)
class Line:
    """Who gets in, and how GET and POST (with nothing in it) are answered then; 405 where there is no such method."""

    who: str
    get: set[int]
    post: set[int]


def line(who: str, get: int | set[int], post: int | set[int]) -> Line:
    """A line of the matrix."""
    return Line(who, {get} if isinstance(get, int) else get, {post} if isinstance(post, int) else post)


def _records(model: str, *, history: int, change: int) -> dict[str, Line]:
    """What Django admin has of records that are only looked at."""
    who = "an admin in Django admin"
    return {
        f"admin/{model}/": line(who, 200, 200),
        f"admin/{model}/add/": line(who, 403, 403),
        f"admin/{model}/<path:object_id>/history/": line(who, history, history),
        f"admin/{model}/<path:object_id>/delete/": line(who, 403, 403),
        f"admin/{model}/<path:object_id>/change/": line(who, change, 403),
        f"admin/{model}/<path:object_id>/": line("Django admin", 302, 302),
    }


MATRIX: dict[str, Line] = {
    # Contacts
    "": line("who enters contacts", 302, 405),
    "contacts/new/": line("who enters contacts", 200, 422),
    "contacts/new/live/": line("who enters contacts", 405, 200),
    "contacts/new/recent/": line("who enters contacts", 200, 405),
    "bookmarklet/": line("who enters contacts", 200, 405),
    "keyboard/": line("who enters contacts", 200, 405),
    "contacts/new/in-leonar/": line("who enters contacts", 405, 200),
    "drafts/": line("who enters contacts", 200, 405),
    "drafts/keep/": line("who enters contacts", 405, 204),
    "drafts/<uuid:draft_id>/discard/": line("its owner", 405, {302, 404}),
    "submissions/": line("who enters contacts", 200, 302),
    "submissions/export.csv": line("who enters contacts", 200, 405),
    "submissions/export.xlsx": line("who enters contacts", 200, 405),
    "submissions/export.json": line("who enters contacts", 200, 405),
    "submissions/views/": line("who enters contacts", 405, 302),
    "submissions/views/<int:view_id>/remove/": line("who enters contacts", 405, 302),
    "submissions/act/": line("an admin", 405, 422),
    "submissions/<uuid:submission_id>/": line("its owner", 200, 405),
    "submissions/<uuid:submission_id>/status.json": line("its owner", 200, 405),
    "submissions/<uuid:submission_id>/correct/": line("its owner", 405, 422),
    "submissions/<uuid:submission_id>/send-again/": line("its owner", 405, 302),
    "submissions/<uuid:submission_id>/check-again/": line("its owner", 405, 302),
    "submissions/<uuid:submission_id>/pick/": line("its owner", 405, 422),
    "submissions/<uuid:submission_id>/discard/": line("its owner", 405, 422),
    "submissions/<uuid:submission_id>/told/": line("its owner", 405, 302),
    "suggestions/": line("who enters contacts", 404, 405),
    "events/": line("an admin", 200, 405),
    "events/export.csv": line("an admin", 200, 405),
    "insights/": line("who enters contacts", 200, 405),
    "privacy/": line("an admin", 200, 405),
    "privacy/person/": line("an admin", 405, {200, 302, 422}),
    "privacy/person/data/": line("an admin", 405, 200),
    "privacy/person/erase/": line("an admin", 405, {302, 400, 404, 422}),
    "privacy/receipts/<int:event_id>/": line("an admin", 404, 405),
    "gate/reopen/": line("an admin", 405, 302),
    "healthz": line("anybody", 200, 405),
    "readyz": line("anybody", 200, 405),
    # Signing in
    "accounts/login/": line("anybody", {200, 302}, {200, 302}),
    "accounts/login/factor/": line("anybody", 302, 302),
    "accounts/login/passkey/": line("anybody", 302, 302),
    "accounts/login/company/": line("anybody", 404, 404),
    "accounts/login/company/back/": line("anybody", 404, 404),
    "accounts/logout/": line("an account", 405, 302),
    "accounts/inactive/": line("anybody", 403, 403),
    "accounts/invitation/<uidb64>/<token>/": line("anybody", 200, 200),
    # One's own account
    "accounts/again/password/": line("an account", 200, 200),
    "accounts/again/code/": line("an account", 302, 302),
    "accounts/again/sign-in/": line("an account", 200, 405),
    "accounts/again/passkey/": line("an account", 302, 302),
    "accounts/password/": line("an account", 200, 200),
    "accounts/password/done/": line("an account", 200, 405),
    "accounts/security/": line("an account", 200, 405),
    "accounts/security/start/": line("an account", 200, 405),
    "accounts/security/end-session/": line("an account", 405, 302),
    "accounts/security/factors/": line("an account", 302, 302),
    "accounts/security/passkeys/": line("an account", 302, 302),
    "accounts/security/app/": line("an account", 200, 200),
    "accounts/security/app/remove/": line("an account", 404, 404),
    "accounts/security/codes/": line("an account", 404, 404),
    "accounts/security/passkeys/add/": line("an account", 200, 200),
    "accounts/security/passkeys/<int:pk>/remove/": line("an account", 404, 404),
    # Others' accounts
    "accounts/people/invite/": line("an admin", 200, 200),
    "accounts/people/<int:account_id>/": line("an admin", 200, 405),
    "accounts/people/<int:account_id>/end-sessions/": line("an admin", 405, 302),
    "accounts/people/<int:account_id>/link/": line("an admin", 405, 200),
    "accounts/people/<int:account_id>/remove-factors/": line("an admin", 405, 302),
    # Django admin
    "admin/r/<path:record>": line("an account", 404, 404),
    "admin/": line("Django admin", 200, 200),
    "admin/login/": line("anybody", {200, 302}, {200, 302}),
    "admin/logout/": line("an account", {302, 405}, 302),
    "admin/password_change/": line("Django admin", 302, 302),
    "admin/password_change/done/": line("Django admin", 200, 405),
    "admin/autocomplete/": line("Django admin", 403, 405),
    "admin/jsi18n/": line("Django admin", 200, 405),
    "admin/r/<path:content_type_id>/<path:object_id>/": line("an account", 404, 404),
    "admin/accounts/user/<id>/password/": line("an admin in Django admin", 200, 200),
    "admin/accounts/user/": line("an admin in Django admin", 200, 200),
    "admin/accounts/user/add/": line("an admin in Django admin", 200, 200),
    "admin/accounts/user/<path:object_id>/history/": line("an admin in Django admin", 200, 200),
    "admin/accounts/user/<path:object_id>/delete/": line("an admin in Django admin", 403, 403),
    "admin/accounts/user/<path:object_id>/change/": line("an admin in Django admin", 200, 200),
    "admin/accounts/user/<path:object_id>/": line("Django admin", 302, 302),
    **_records("contacts/submission", history=200, change=200),
    **_records("contacts/attempt", history=200, change=200),
    **_records("contacts/event", history=200, change=200),
    **_records("contacts/gate", history=200, change=200),
    "admin/^(?P<app_label>accounts|contacts)/$": line("Django admin", {200, 404}, {200, 404}),
    "admin/(?P<url>.*)$": line("Django admin", 404, 404),
}
