"""What every answer carries, whoever gives it: a page, an error, a static file, a redirect, Django admin."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Beside these, Django adds nosniff, the referrer and opener policies, X-Frame-Options and HSTS, django-csp its policy.
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    # Nothing of a device but its screen and keyboard; passkeys and copying are the portal's own.
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation"),
            *("gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment"),
            *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
        )
    ),
}


def every_answer(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware, the outermost one: what the others answer by themselves has the headers too."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        answer = get_response(request)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    return middleware
