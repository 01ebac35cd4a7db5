"""What was typed into a form whose sign-in had expired: kept in the session, and given back after signing in."""

from django.http import HttpRequest

SESSION_KEY = "typed_before_sign_in"
# A form with every documented field is a few kilobytes; strangers may post here, so no more than this is kept.
SIZE_MOST = 64 * 1024


def keep(request: HttpRequest) -> bool:
    """Keeps the posted form for after sign-in. False where it is too large to keep."""
    typed = {name: values for name, values in request.POST.lists() if name not in ("csrfmiddlewaretoken", "form_token")}
    if sum(len(name) + sum(map(len, values)) for name, values in typed.items()) > SIZE_MOST:
        return False
    request.session[SESSION_KEY] = typed
    return True


def take(request: HttpRequest) -> dict[str, list[str]] | None:
    """What was kept, once."""
    return request.session.pop(SESSION_KEY, None)
