"""The one way to Leonar: its documented calls, each made once, with the facts of the answer.

Nothing here sends anything twice. `requests` prepares each call, but there is no session: no environment is read
(proxies, a `.netrc` that would replace the key), no redirect is followed, nothing is tried again and no cookie is kept,
so none of it has to be turned off. Every call has a connection of its own, because a kept one may be closed by the
other side just as a POST is written.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar
from urllib.parse import SplitResult, urlsplit

import certifi
import requests

from contacts.leonar import answers, errors, parse, transport
from contacts.leonar.answers import Answer
from contacts.leonar.classify import TRANSPORT_ERRORS, classify_answer, classify_exception, classify_success
from contacts.leonar.redaction import redactor

USER_AGENT = "leonar-portal/0.1.0"

_T = TypeVar("_T")
_KEY = re.compile(r"[\x21-\x7e]+")
_PATH = re.compile(r"[\x21-\x7e]*")


def always() -> bool:
    """For calls that no lease limits."""
    return True


@dataclass(frozen=True, slots=True)
class Reply:
    """A call that succeeded: what it returned, and the facts of the answer. `has_more` is for lists."""

    data: Any = field(repr=False)
    answer: Answer
    has_more: bool = False


class LeonarClient:
    """Calls Leonar with one key. Safe to share between threads.

    `connect_timeout` and `read_timeout` are seconds for a single wait, `deadline` for a whole call, from resolving the
    name to the answer's last byte. `ca_bundle` is a file of certificates to trust instead of the known authorities, for
    a company's proxy. Raises ValueError, without showing the key, for a key or an address that can't be used, and
    OSError for a `ca_bundle` that can't.
    """

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str,
        connect_timeout: float = 3,
        read_timeout: float = 10,
        deadline: float = 15,
        ca_bundle: str | None = None,
    ) -> None:
        self._base = _checked_url(base_url)
        self.base_url = self._base.geturl()
        if not _KEY.fullmatch(api_key):
            raise ValueError("the API key holds characters that no key has")
        self._api_key = api_key
        self._redact = redactor(api_key)
        self._timeouts = {"connect_timeout": connect_timeout, "read_timeout": read_timeout}
        self.deadline = deadline
        is_secure = self._base.scheme == "https"
        self._trust = transport.trust_in(ca_bundle or certifi.where()) if is_secure else None

    def __repr__(self) -> str:
        return f"<LeonarClient {self.base_url}>"

    def create_contact(self, payload: Mapping[str, Any], *, may_send: Callable[[], bool] = always) -> Reply:
        """Creates a contact. `data` is the contact as Leonar returned it, with an `id`.

        `may_send` is asked before connecting, and again when the connection stands and nothing has been written yet. If
        it says no, nothing is sent and errors.Abandoned is raised. Raises errors.LeonarError; ValueError or TypeError,
        with nothing sent, for a payload that is not JSON.
        """
        # Reference: Contacts, POST /contacts
        answer, contact = self._call("POST", "/contacts", parse.contact, content=payload, may_send=may_send)
        return Reply(contact, answer)

    def search_contacts(
        self,
        *,
        search: str,
        created_after: date | None = None,
        sort: Literal["-created_at", "created_at"] = "-created_at",
        limit: int = 50,
        offset: int = 0,
    ) -> Reply:
        """The contacts whose name, company, title or LinkedIn address matches. Raises errors.LeonarError."""
        # Reference: Contacts, POST /contacts/search. GET /contacts finds the same, but would write the name of a person
        # into the logs of everything between here and Leonar.
        content: dict[str, Any] = {
            "query": search,
            "sort_by": sort.removeprefix("-"),
            "sort_direction": "desc" if sort.startswith("-") else "asc",
            "limit": limit,
            "offset": offset,
        }
        if created_after is not None:
            content["created_after"] = created_after.isoformat()
        return self._list("POST", "/contacts/search", content=content)

    def tags(self) -> Reply:
        """All tags: id, name, colour and scope. Raises errors.LeonarError."""
        # Reference: Tags, GET /tags
        return self._list("GET", "/tags")

    def companies(self, *, search: str, limit: int = 20) -> Reply:
        """The companies whose name matches. Raises errors.LeonarError."""
        # Reference: Companies, GET /companies
        return self._list("GET", "/companies", params={"search": search, "limit": limit})

    def custom_fields(self) -> Reply:
        """The definitions of the workspace's custom fields. Raises errors.LeonarError."""
        # Reference: Contacts, GET /contacts/custom-fields
        return self._list("GET", "/contacts/custom-fields")

    def _list(self, method: str, path: str, **request: Any) -> Reply:
        answer, (items, has_more) = self._call(method, path, parse.listing, **request)
        return Reply(items, answer, has_more)

    def _call(
        self,
        method: str,
        path: str,
        parser: Callable[[str], _T],
        *,
        content: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
        may_send: Callable[[], bool] = always,
    ) -> tuple[Answer, _T]:
        """Makes one call. Returns the facts and what `parser` makes of the body; raises for anything but that."""
        request = self._prepare(method, path, content, params)
        attempt = transport.Attempt(deadline=self.deadline, may_send=may_send)
        seen = self._exchange(request, attempt)
        # Raised here, not where it was caught: the original holds the request, and with it the key and the contact.
        if isinstance(seen, errors.LeonarError):
            raise seen
        answer, body, is_complete = seen
        failure = classify_answer(answer, body)
        if failure is None and is_complete:
            # Not raised from here: the original quotes the body.
            with suppress(ValueError):
                return answer, parser(body)
        raise failure or classify_success(answer, is_complete=is_complete)

    def _prepare(
        self, method: str, path: str, content: Mapping[str, Any] | None, params: Mapping[str, Any] | None
    ) -> requests.PreparedRequest:
        headers = {
            "Host": self._base.netloc,
            "Authorization": f"Bearer {self._api_key}",
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            "User-Agent": USER_AGENT,
            "Connection": "close",
        }
        body = None
        if content is not None:
            headers["Content-Type"] = "application/json"
            # Escaped to ASCII, which is UTF-8 as well and has a spelling for whatever a string may hold.
            body = json.dumps(content, allow_nan=False).encode("ascii")
        return requests.Request(method, self.base_url + path, headers=headers, params=params, data=body).prepare()

    def _exchange(
        self, request: requests.PreparedRequest, attempt: transport.Attempt
    ) -> tuple[Answer, str, bool] | errors.LeonarError:
        with closing(self._connection(attempt)) as connection:
            try:
                response = connection.exchange(request)
            except errors.Abandoned as error:
                return error.with_traceback(None)
            except TRANSPORT_ERRORS as error:
                return classify_exception(error, began=attempt.began)
            answered_at = time.time()
            with response:
                raw, is_complete = transport.read_body(response, attempt)
        # A server that quotes the key must not get it into the record.
        body = self._redact(raw.decode("utf-8-sig", errors="replace"))
        answer = Answer(
            status=response.status,
            content_type=answers.content_type(self._redact(response.headers.get("Content-Type", ""))),
            excerpt=answers.excerpt(body),
            rate_limit=answers.read_rate_limit(response.headers, now=answered_at),
            duration=attempt.duration,
            skew=answers.read_skew(response.headers, now=answered_at),
        )
        return answer, body, is_complete

    def _connection(self, attempt: transport.Attempt) -> transport.Connection:
        host, port = str(self._base.hostname), self._base.port
        if self._trust is None:
            return transport.Connection(host, port, attempt=attempt, **self._timeouts)
        return transport.TLSConnection(host, port, attempt=attempt, trust=self._trust, **self._timeouts)


def _checked_url(base_url: str) -> SplitResult:
    """The parts of an address that can be used, its host as the resolver takes it; raises ValueError for any other."""
    parts = urlsplit(base_url)
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain or not _PATH.fullmatch(parts.path):
        raise ValueError("the base URL must be a plain http or https address")
    # Both raise ValueError for what no resolver could take.
    host, port = parts.hostname.encode("idna").decode("ascii"), parts.port
    host = f"[{host}]" if ":" in host else host
    return parts._replace(netloc=host if port is None else f"{host}:{port}", path=parts.path.rstrip("/"))
