"""The small faults that a piece of Python could have, each on its own; pure."""

import ast
from dataclasses import dataclass

OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
NEIGHBOURS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
OTHERS: dict[type[ast.boolop], type[ast.boolop]] = {ast.And: ast.Or, ast.Or: ast.And}

# Of what is quoted.
CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """The `number`-th fault of a source, where it is, and what it does."""

    number: int
    line: int
    what: str


def faults(source: str) -> list[Fault]:
    """Every fault that `source` could have."""
    planter = _Planter(wanted=None)
    planter.visit(ast.parse(source))
    return planter.seen


def planted(source: str, number: int) -> ast.Module:
    """`source` with that fault alone."""
    planter = _Planter(wanted=number)
    tree = planter.visit(ast.parse(source))
    assert number < len(planter.seen)
    return ast.fix_missing_locations(tree)


class _Planter(ast.NodeTransformer):
    """Goes through a tree, counts the places for a fault, and plants the one that is wanted."""

    def __init__(self, wanted: int | None) -> None:
        self.seen: list[Fault] = []
        self._wanted = wanted

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """Flips each comparison, and moves the bound of each that has one."""
        for place, operator in enumerate(node.ops):
            for changes, what in ((OPPOSITES, "flipped"), (NEIGHBOURS, "bound moved")):
                other = changes.get(type(operator))
                if other is not None and self._is_turn(node, f"{what}: {ast.unparse(node)}"):
                    node.ops[place] = other()
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """And for or, or for and."""
        if self._is_turn(node, f"and for or: {ast.unparse(node)}"):
            node.op = OTHERS[type(node.op)]()
        return self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        """Drops a `not`."""
        if isinstance(node.op, ast.Not) and self._is_turn(node, f"not dropped: {ast.unparse(node)}"):
            return self.generic_visit(node.operand) if isinstance(node.operand, ast.BoolOp) else node.operand
        return self.generic_visit(node)

    def visit_If(self, node: ast.If) -> ast.AST:
        """A branch that is never taken, and one that always is."""
        self._spoil_test(node)
        return self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """The same of an expression."""
        self._spoil_test(node)
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """Drops a call that is made for what it does."""
        if isinstance(node.value, ast.Call) and self._is_turn(node, f"call dropped: {ast.unparse(node)}"):
            return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)

    def _spoil_test(self, node: ast.If | ast.IfExp) -> None:
        for value, what in ((False, "never taken"), (True, "always taken")):
            if self._is_turn(node, f"{what}: if {ast.unparse(node.test)}"):
                node.test = ast.copy_location(ast.Constant(value), node.test)

    def _is_turn(self, node: ast.stmt | ast.expr, what: str) -> bool:
        self.seen.append(Fault(len(self.seen), node.lineno, what.partition("\n")[0][:CHARACTERS]))
        return self._wanted == len(self.seen) - 1
