"""The whole stand-in apart from HTTP: who answers a request, and how a rule of misbehaviour spoils the answer."""

import json
import time
from pathlib import Path
from typing import Any

from leonar_sandbox.answer import Answer, error_answer, html_answer, no_answer
from leonar_sandbox.api import Api
from leonar_sandbox.contract import ContractError
from leonar_sandbox.control import CONTROL_ROOT, Control
from leonar_sandbox.ledger import Ledger
from leonar_sandbox.misbehaviour import Misbehaviour, Rule
from leonar_sandbox.pages import Pages
from leonar_sandbox.rate import RateLimit
from leonar_sandbox.request import Request
from leonar_sandbox.store import Store


class Sandbox:
    """The contacts and everything that is told or asked about them. Raises OSError for an unusable data directory."""

    def __init__(self, *, data_dir: Path, rate_limit: int) -> None:
        self._store = Store(data_dir)
        self._ledger = Ledger(data_dir)
        self._misbehaviour = Misbehaviour()
        rate = RateLimit(rate_limit)
        self._api = Api(self._store, rate)
        self._control = Control(store=self._store, rate=rate, ledger=self._ledger, misbehaviour=self._misbehaviour)
        self._pages = Pages(self._store)

    def rule_for(self, request: Request) -> Rule | None:
        """The rule that takes this request, before its body is read."""
        return self._misbehaviour.take(request.call) if request.is_api else None

    def answer(self, request: Request, rule: Rule | None) -> Answer:
        """The answer to a request whose body was read."""
        if request.path.startswith(CONTROL_ROOT):
            return self._control.answer(request)
        if not request.is_api:
            return self._pages.answer(request)
        if request.call != "POST /contacts":
            return self._api_answer(request, rule)
        try:
            return self._recorded_answer(request, rule)
        except OSError:
            return self.with_standing(request, error_answer(500, "The contact could not be stored"))

    def with_standing(self, request: Request | None, answer: Answer) -> Answer:
        """An answer of the HTTP layer, with the headers that every answer of the API carries."""
        return self._api.with_standing(request, answer)

    def _recorded_answer(self, request: Request, rule: Rule | None) -> Answer:
        number = self._ledger.seen(body=_readable(request), key_suffix=_key_suffix(request))
        answer = self._api_answer(request, rule)
        self._ledger.outcome(number, created_id=answer.created_id, status=answer.status or None)
        return answer

    def _api_answer(self, request: Request, rule: Rule | None) -> Answer:
        if rule is None:
            return self._api.answer(request)
        match rule.mode:
            case "delay":
                time.sleep(rule.seconds)
                return self._api.answer(request)
            case "drop_after_reading":
                return no_answer()
            case "drop_after_creating":
                return no_answer(created_id=self._api.answer(request).created_id)
            case "hang":
                return no_answer(created_id=self._created_on_the_way(request, rule), wait=rule.seconds)
            case "status" | "rate_limited":
                created_id = self._created_on_the_way(request, rule)
                answer = self._answer_in_its_place(request, rule)
                answer.created_id = created_id
                return answer
            case _:
                return _spoilt(self._api.answer(request), rule.mode)

    def _created_on_the_way(self, request: Request, rule: Rule) -> str | None:
        return self._api.answer(request).created_id if rule.create else None

    def _answer_in_its_place(self, request: Request, rule: Rule) -> Answer:
        if rule.mode == "rate_limited":
            return self._api.rate_limited(request, headers=rule.headers, reset_in=rule.reset_in)
        if rule.body == "empty":
            return self._api.with_standing(request, Answer(rule.status))
        if rule.body == "html":
            heading = f"<!doctype html><title>{rule.status}</title><h1>{rule.status}</h1><p>Answered by a proxy.</p>"
            return self._api.with_standing(request, html_answer(rule.status, heading))
        message = rule.message or "The sandbox was told to answer this"
        return self._api.with_standing(request, error_answer(rule.status, message, code=rule.code))


def _spoilt(answer: Answer, mode: str) -> Answer:
    """A successful answer as it should not be. A refusal is delivered as it is."""
    if answer.status >= 400:
        return answer
    if mode == "truncated":
        answer.delivery = "half"
    elif mode == "malformed":
        answer.body = answer.body[: len(answer.body) // 2]
    elif mode == "no_id":
        answer.body = _without_id(answer.body)
    return answer


def _without_id(body: bytes) -> bytes:
    value = json.loads(body)
    if isinstance(value["data"], dict):
        value["data"].pop("id", None)
    return json.dumps(value).encode()


def _readable(request: Request) -> Any:
    try:
        return request.json()
    except ContractError:
        return request.body.decode(errors="replace")


def _key_suffix(request: Request) -> str:
    """Enough to tell two keys of a test apart, and too little to use one."""
    return (request.key or "").removeprefix("leo_")[-4:]
