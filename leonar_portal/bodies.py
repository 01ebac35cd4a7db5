"""No request's body is endless or a riddle, whatever stands in front of the portal."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import parse_header_parameters

# What browsers write, whether or not they say so.
CHARSETS = ("utf-8", "utf8")
REFUSED = "leonar_portal.content_type_refused"


def readable(application: WSGIApplication) -> WSGIApplication:
    """Takes from a request's Content-Type what Django would stumble over before any middleware is asked.

    Django takes anything that Python knows for a way of writing text, and reads the address by it at once: some are
    none (zlib, hex), which no page survives, and some take the square of a text's length (punycode).
    """

    def wrapped(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            kind, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
        except ValueError:
            kind, parameters = "", {"charset": "unreadable"}
        charset = parameters.pop("charset", None)
        if charset is not None:
            is_utf8 = charset.lower() in CHARSETS
            environ["CONTENT_TYPE"] = _written(kind, parameters) if is_utf8 else ""
            environ[REFUSED] = not is_utf8
        return application(environ, start_response)

    return wrapped


def bounded(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware that refuses what is too large by its length, before any of it is read, and what says to be no UTF-8.

    Django bounds the fields of a form, and writes a file of any size to the disk. A body without a length is none.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.REQUEST_BODY_MOST:
            raise RequestDataTooBig("a body over REQUEST_BODY_MOST")
        if request.META.get(REFUSED):
            raise BadRequest("another charset than UTF-8")
        return get_response(request)

    return middleware


def _written(kind: str, parameters: dict[str, Any]) -> str:
    quoted = (value.replace("\\", r"\\").replace('"', r"\"") for value in parameters.values())
    return "; ".join([kind, *(f'{name}="{value}"' for name, value in zip(parameters, quoted, strict=True))])
