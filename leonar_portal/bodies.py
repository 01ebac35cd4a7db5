"""No request's body is endless, whatever stands in front of the portal."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.response import HttpResponseBase


def bounded(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware that refuses what is too large by its length, before any of it is read.

    Django bounds the fields of a form, and writes a file of any size to the disk. A body without a length is none.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.REQUEST_BODY_MOST:
            raise RequestDataTooBig("a body over REQUEST_BODY_MOST")
        return get_response(request)

    return middleware
