"""Templates in which what is the same on every page is made once: texts, translations, addresses of pages and files.

Of a page's tags most are `translate`, `url` and `static` with nothing to fill in. What stands between two that do have
something to fill in becomes one piece of text in each language, and takes as long as a text.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.template import Context, Template
from django.template.base import Node, NodeList, TextNode
from django.template.defaulttags import IfNode, URLNode
from django.template.loaders import cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix
from django.utils.translation import get_language


class Loader(cached.Loader):
    """Django's own, which keeps the templates that it has read; the first time it makes them so."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """The template of this name."""
        template: Any = super().get_template(template_name, skip)
        if not hasattr(template, "is_joined"):
            _join(template.nodelist)
            template.is_joined = True
        return template


class FixedText(Node):
    """Neighbours whose text depends on nothing but the language and where the portal lies on its host."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.token, self.origin = nodes[0].token, nodes[0].origin
        self._made: dict[tuple[str | None, str], str] = {}

    def render(self, context: Context) -> str:
        """Their text, made the first time."""
        del context
        key = get_language(), get_script_prefix()
        if key not in self._made:
            self._made[key] = "".join(node.render(Context()) for node in self.nodes)
        return self._made[key]


def _join(nodes: NodeList) -> None:
    """Puts one text in the place of neighbours that are fixed, in this list and in those within it."""
    for node in nodes:
        for within in _lists_of(node):
            _join(within)
    nodes[:] = _joined(nodes)


def _joined(nodes: Iterable[Node]) -> Iterator[Node]:
    fixed: list[Node] = []
    for node in nodes:
        if _is_fixed(node):
            fixed.append(node)
            continue
        yield from _as_one(fixed)
        yield node
        fixed = []
    yield from _as_one(fixed)


def _as_one(fixed: list[Node]) -> list[Node]:
    return fixed if all(isinstance(node, TextNode) for node in fixed) else [FixedText(fixed)]


def _lists_of(node: Any) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (nodes for _condition, nodes in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        nodes = getattr(node, name, None)
        if isinstance(nodes, NodeList):
            yield nodes


def _is_fixed(node: Any) -> bool:
    # By their own classes: what another one adds is not known here.
    if type(node) is URLNode:
        is_named = isinstance(node.view_name.var, str) and not node.view_name.filters
        # What is before a colon may depend on the page.
        return is_named and ":" not in node.view_name.var and not (node.args or node.kwargs or node.asvar)
    if type(node) is TranslateNode:
        said = node.filter_expression
        return said.var.literal is not None and not (said.filters or node.asvar or node.message_context)
    if type(node) is StaticNode:
        return isinstance(node.path.var, str) and not (node.path.filters or node.varname)
    return type(node) is TextNode
