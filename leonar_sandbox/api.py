"""The documented calls."""

from typing import Any

from leonar_sandbox.answer import Answer, error_answer, json_answer
from leonar_sandbox.contract import ContractError, read_contact, read_list_parameters, read_search
from leonar_sandbox.rate import RateLimit
from leonar_sandbox.request import API_ROOT, Request
from leonar_sandbox.samples import COMPANIES, CUSTOM_FIELDS
from leonar_sandbox.search import Page, find, fold
from leonar_sandbox.store import Store

# Scopes cannot be told from a real key. Here a key says it in its name, so that a test can have one without a scope.
_LACKS_WRITE = "readonly"
_LACKS_READ = "writeonly"

_METHODS = {
    "/contacts": ("GET", "POST"),
    "/contacts/search": ("POST",),
    "/contacts/custom-fields": ("GET",),
    "/companies": ("GET",),
    "/tags": ("GET",),
}


class Api:
    """Answers the calls below /api/v1 as the contract says."""

    def __init__(self, store: Store, rate: RateLimit) -> None:
        self._store = store
        self._rate = rate

    def answer(self, request: Request) -> Answer:
        """The answer to a request whose body was read."""
        key = request.key
        if key is None:
            refusal = error_answer(401, "The API key is missing or wrong")
            refusal.headers["WWW-Authenticate"] = "Bearer"
            return self.with_standing(request, refusal)
        standing = self._rate.count(key)
        answer = self._within_limit(request, key) if standing.within else _rate_limit_exceeded()
        answer.headers |= standing.headers()
        return answer

    def with_standing(self, request: Request | None, answer: Answer) -> Answer:
        """An answer that is not the API's own, with the headers that every answer carries. Counts nothing."""
        answer.headers |= self._rate.look(request.key if request else None).headers()
        return answer

    def rate_limited(self, request: Request, *, headers: bool | str, reset_in: float) -> Answer:
        """A 429 before its time: with true headers, with garbage in them, or with none."""
        answer = _rate_limit_exceeded()
        standing = self._rate.look(request.key).exhausted_for(reset_in)
        if headers == "garbage":
            answer.headers |= dict.fromkeys(standing.headers(), "soon")
        elif headers:
            answer.headers |= standing.headers()
        return answer

    def _within_limit(self, request: Request, key: str) -> Answer:
        path = request.path.removeprefix(API_ROOT)
        methods = _METHODS.get(path)
        contact = self._contact_at(path) if methods is None else None
        if methods is None and contact is None:
            return error_answer(404, "There is nothing at this address")
        if request.method not in (methods or ("GET",)):
            refusal = error_answer(405, f"{request.method} is not possible here", code="method_not_allowed")
            refusal.headers["Allow"] = ", ".join(methods or ("GET",))
            return refusal
        scope = _missing_scope(request.call, key)
        if scope:
            return error_answer(403, f"The API key lacks the scope {scope}")
        if contact is not None:
            return json_answer(200, {"data": contact})
        try:
            return self._act(request)
        except ContractError as violation:
            return error_answer(400, str(violation))

    def _contact_at(self, path: str) -> dict[str, Any] | None:
        if not path.startswith("/contacts/"):
            return None
        return self._store.find(path.removeprefix("/contacts/").lower())

    def _act(self, request: Request) -> Answer:
        match request.call:
            case "POST /contacts":
                contact = self._store.create(read_contact(request.json()))
                created = json_answer(201, {"data": contact})
                created.created_id = contact["id"]
                return created
            case "GET /contacts":
                search = read_list_parameters(request.parameters())
                return _list(find(self._store.searchable(), search))
            case "POST /contacts/search":
                search = read_search(request.json())
                return _list(find(self._store.searchable(), search))
            case "GET /companies":
                return _list(_companies(request.parameters()))
            case "GET /tags":
                return _list(_all(self._store.tags()))
            case _:
                return _list(_all(CUSTOM_FIELDS))


def _missing_scope(call: str, key: str) -> str | None:
    if call == "POST /contacts":
        return "contacts:write" if _LACKS_WRITE in key else None
    return "contacts:read" if _LACKS_READ in key else None


def _companies(parameters: dict[str, str]) -> Page:
    search = read_list_parameters({**parameters, "sort": ""})
    text = fold(search.get("query"))
    found = [company for company in COMPANIES if text in fold(company["name"])]
    limit, offset = search.get("limit", 50), search.get("offset", 0)
    return Page(found[offset : offset + limit], len(found), limit, offset)


def _all(items: list[dict[str, Any]]) -> Page:
    return Page(items, len(items), len(items), 0)


def _list(page: Page) -> Answer:
    meta = {
        "total": page.total,
        "limit": page.limit,
        "offset": page.offset,
        "has_more": page.offset + len(page.contacts) < page.total,
    }
    return json_answer(200, {"data": page.contacts, "meta": meta})


def _rate_limit_exceeded() -> Answer:
    return error_answer(429, "The hourly limit of requests is used up")
