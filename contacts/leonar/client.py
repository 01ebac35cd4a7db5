"""The one way to Leonar: its documented calls, each made once, with the facts of the answer.

Nothing here sends anything twice. There is no `requests.Session`: without one no environment is read (proxies, a
`.netrc` that would replace the key), no redirect is followed and no cookie is kept, so none has to be turned off. Every
call has a connection of its own, because a kept one may be closed by the other side just as a POST is written to it.
"""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from ssl import SSLContext
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

import certifi
import requests.adapters
from urllib3 import HTTPConnectionPool

from contacts.leonar import answers, errors, parse, transport
from contacts.leonar.answers import Answer
from contacts.leonar.classify import classify_answer

USER_AGENT = "leonar-portal/0.1.0"

_T = TypeVar("_T")
_KEY = re.compile(r"[\x21-\x7e]+")


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
        self.base_url = _checked_url(base_url)
        if not _KEY.fullmatch(api_key):
            raise ValueError("the API key holds characters that no key has")
        self._api_key = api_key
        self._timeouts = (connect_timeout, read_timeout)
        self.deadline = deadline
        self._trust = transport.trust_in(ca_bundle or certifi.where()) if self.base_url.startswith("https:") else None

    def __repr__(self) -> str:
        return f"<LeonarClient {self.base_url}>"

    def create_contact(self, payload: Mapping[str, Any], *, may_send: Callable[[], bool] = always) -> Reply:
        """Creates a contact. `data` is the contact as Leonar returned it, with an `id`.

        `may_send` is asked before connecting, and again when the connection stands and nothing has been written yet. If
        it says no, nothing is sent and errors.Abandoned is raised. Raises errors.LeonarError; ValueError or TypeError,
        with nothing sent, for a payload that is not JSON.
        """
        # Reference: Contacts, POST /contacts
        answer, body, is_complete = self._call("POST", "/contacts", content=payload, may_send=may_send)
        return Reply(_parsed(parse.contact, body, is_complete, answer), answer)

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
        answer, body, is_complete = self._call(method, path, **request)
        items, has_more = _parsed(parse.listing, body, is_complete, answer)
        return Reply(items, answer, has_more)

    def _call(
        self,
        method: str,
        path: str,
        *,
        content: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
        may_send: Callable[[], bool] = always,
    ) -> tuple[Answer, bytes, bool]:
        """Makes one call. Returns the facts, the body and whether that is complete; raises for anything but a 2xx."""
        request = self._prepare(method, path, content, params)
        attempt = transport.Attempt(deadline=self.deadline, may_send=may_send)
        try:
            seen = self._exchange(request, attempt)
        finally:
            attempt.finish()
        # Raised here, not where it was caught: the original holds the request, and with it the key and the contact.
        if isinstance(seen, errors.LeonarError):
            raise seen
        answer, body, is_complete = seen
        failure = classify_answer(answer, body)
        if failure is not None:
            raise failure
        return answer, body, is_complete

    def _exchange(
        self, request: requests.PreparedRequest, attempt: transport.Attempt
    ) -> tuple[Answer, bytes, bool] | errors.LeonarError:
        with closing(_Adapter(attempt, self._trust)) as adapter:
            try:
                response = adapter.send(request, stream=True, timeout=self._timeouts)
            except errors.Abandoned as error:
                return error.with_traceback(None)
            except transport.TRANSPORT_ERRORS as error:
                return attempt.judge(error)
            with response.raw as raw:
                # A head that the deadline cut off looks like one that has ended.
                if attempt.was_cut:
                    return errors.NoAnswer("deadline: half a head")
                body, is_complete = transport.read_body(raw, attempt)
        # A server that quotes the key must not get it into the record.
        body = body.replace(self._api_key.encode("ascii"), b"leo_***")
        answer = Answer(
            status=raw.status,
            content_type=answers.content_type(raw.headers),
            excerpt=answers.excerpt(body),
            rate_limit=answers.read_rate_limit(raw.headers),
            duration=attempt.duration,
        )
        return answer, body, is_complete

    def _prepare(
        self, method: str, path: str, content: Mapping[str, Any] | None, params: Mapping[str, Any] | None
    ) -> requests.PreparedRequest:
        headers = {
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


class _Adapter(requests.adapters.HTTPAdapter):
    """Takes `requests` to one attempt's own connection. Its retries are 0, and nothing is asked of the environment."""

    def __init__(self, attempt: transport.Attempt, trust: SSLContext | None) -> None:
        super().__init__(max_retries=0)
        self._attempt = attempt
        self._trust = trust
        self._pool: HTTPConnectionPool | None = None

    def get_connection_with_tls_context(
        self, request: requests.PreparedRequest, verify: Any, proxies: Any = None, cert: Any = None
    ) -> HTTPConnectionPool:
        parts = urlsplit(str(request.url))
        self._pool = transport.pool_for(
            parts.scheme, str(parts.hostname), parts.port, attempt=self._attempt, trust=self._trust
        )
        return self._pool

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Adds nothing: the pool's own context already says whom to trust, and more must not be added to it."""

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()
        super().close()


def _parsed(parser: Callable[[bytes], _T], body: bytes, is_complete: bool, answer: Answer) -> _T:
    failure = "cut off"
    if is_complete:
        try:
            return parser(body)
        except ValueError:
            # Not raised from here: the original quotes the body.
            failure = "unreadable"
    raise errors.CreatedUnseen(f"HTTP {answer.status} {failure}", answer=answer)


def _checked_url(base_url: str) -> str:
    parts = urlsplit(base_url)
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain:
        raise ValueError("the base URL must be a plain http or https address")
    # Both raise ValueError for what no resolver could take.
    _ = parts.hostname.encode("idna"), parts.port
    return parts.geturl().rstrip("/")
