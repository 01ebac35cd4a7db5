"""The control addresses under /_sandbox: for tests and for curious people, on this machine only."""

from typing import Any

from leonar_sandbox.answer import Answer, error_answer, json_answer
from leonar_sandbox.contract import ContractError
from leonar_sandbox.ledger import Ledger
from leonar_sandbox.misbehaviour import (
    DEFAULT_LAG,
    Misbehaviour,
    RuleError,
    read_alteration,
    read_rule,
    read_seconds,
)
from leonar_sandbox.rate import RateLimit
from leonar_sandbox.request import Request
from leonar_sandbox.store import Store

CONTROL_ROOT = "/_sandbox/"


class Control:
    """Tells the stand-in what to do, and what it has seen. Needs no key and counts towards no limit."""

    def __init__(self, *, store: Store, rate: RateLimit, ledger: Ledger, misbehaviour: Misbehaviour) -> None:
        self._store = store
        self._rate = rate
        self._ledger = ledger
        self._misbehaviour = misbehaviour

    def answer(self, request: Request) -> Answer:
        """The answer to a request below /_sandbox/ whose body was read."""
        if "Origin" in request.headers and request.method == "POST":
            # A page that a browser happens to show must not be able to empty the sandbox; browsers always tell.
            return error_answer(403, "Not from a web page", code="forbidden")
        try:
            return self._act(request)
        except (RuleError, ContractError) as refusal:
            return error_answer(400, str(refusal))

    def _act(self, request: Request) -> Answer:
        match request.method, request.path.removeprefix(CONTROL_ROOT):
            case "GET", "state":
                return json_answer(200, self._state())
            case "GET", "contacts":
                return json_answer(200, {"data": [entry.contact for entry in self._store.entries()]})
            case "GET", "ledger":
                return json_answer(200, {"data": self._ledger.lines()})
            case "POST", "misbehave":
                self._misbehave(_options(request))
            case "POST", "rate":
                self._change_rate(_options(request))
            case "POST", "reset":
                self._reset()
            case _:
                return error_answer(404, "There is nothing at this address")
        return json_answer(200, self._state())

    def _state(self) -> dict[str, Any]:
        return {
            "contacts": self._store.count(),
            "ledger": self._ledger.count(),
            "rules": self._misbehaviour.waiting(),
            "search_lag": self._store.search_lag,
            "rate": {"limit": self._rate.limit, "window_seconds": self._rate.window_seconds},
        }

    def _misbehave(self, options: dict[str, Any]) -> None:
        match options.get("mode"):
            case "search_lag":
                self._store.set_search_lag(read_seconds(options, "seconds", DEFAULT_LAG))
            case "altered":
                self._store.set_alteration(read_alteration(options))
            case "normal":
                self._misbehaviour.clear()
                self._store.set_search_lag(0.0)
                self._store.set_alteration("none")
            case _:
                self._misbehaviour.add(read_rule(options))

    def _change_rate(self, options: dict[str, Any]) -> None:
        limit = options.get("limit")
        if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 0):
            raise RuleError("limit must be a whole number of requests.")
        window = read_seconds(options, "window_seconds", self._rate.window_seconds)
        self._rate.change(limit=limit, window_seconds=window)

    def _reset(self) -> None:
        self._misbehaviour.clear()
        self._store.clear()
        self._ledger.clear()
        self._rate.reset()


def _options(request: Request) -> dict[str, Any]:
    options = request.json()
    if not isinstance(options, dict):
        raise RuleError("The body must be a JSON object.")
    return options
