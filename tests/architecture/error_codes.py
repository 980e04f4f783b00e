"""Every error the core can raise, read from its source: the code, the facts that go with it, and where."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from consult.domain import errors
from consult.domain.policy.permissions import Permission
from tests.architecture.project import files, read, tree

FAMILIES = {kind.__name__: kind.family for kind in errors.ConsultError.__subclasses__()}


@dataclass(frozen=True, slots=True)
class Raised:
    """One place that raises an error; `facts` is None where they are not written out."""

    code: str
    facts: frozenset[str] | None
    place: str


def raised() -> list[Raised]:
    """All places; codes that follow a permission are expanded to every permission."""
    return [found for path, module in _naming("consult.domain.errors") for found in _raised_in(path, module)]


def _naming(words: str) -> Iterator[tuple[Path, ast.Module]]:
    """The files in which the words stand, parsed: the others need not be, and parsing all takes seconds."""
    return ((path, tree(path)) for path in files("consult/**/*.py") if words in read(path))


def _raised_in(path: Path, module: ast.Module) -> Iterator[Raised]:
    known = {
        alias.asname or alias.name: FAMILIES[alias.name]
        for node in _parts(module)
        if isinstance(node, ast.ImportFrom) and node.module == "consult.domain.errors"
        for alias in node.names
        if alias.name in FAMILIES
    }
    for call in (node for node in _parts(module) if isinstance(node, ast.Call)):
        if not isinstance(call.func, ast.Name) or call.func.id not in known:
            continue
        family = known[call.func.id]
        for case, facts in _cases(call, module):
            yield Raised(f"{family}.{case}", facts, f"{path}:{call.lineno}")


def _cases(call: ast.Call, module: ast.Module) -> Iterator[tuple[str, frozenset[str] | None]]:
    case = call.args[0]
    if ast.unparse(case) == "permission.name.lower()":
        yield from ((permission.name.lower(), _facts(call)) for permission in Permission)
    elif isinstance(case, ast.Name):  # a function that raises what its callers name
        yield from _cases_of_callers(call, case.id, module)
    else:
        yield from ((word, _facts(call)) for word in _words(case, module))


def _words(case: ast.expr, module: ast.Module) -> list[str]:
    """What an expression that names a case can be: a word, one of two, or what a function of the file returns."""
    if isinstance(case, ast.Constant):
        return [str(case.value)]
    if isinstance(case, ast.IfExp):
        return _words(case.body, module) + _words(case.orelse, module)
    if isinstance(case, ast.Call) and isinstance(case.func, ast.Name):
        returned = [
            node.value
            for function in _functions(module)
            if function.name == case.func.id
            for node in ast.walk(function)
            if isinstance(node, ast.Return) and node.value
        ]
        if returned:
            return [word for value in returned for word in _words(value, module)]
    raise AssertionError(f"a code that cannot be read: {ast.unparse(case)}")


def _cases_of_callers(
    call: ast.Call, parameter: str, module: ast.Module
) -> Iterator[tuple[str, frozenset[str] | None]]:
    raising = next(
        function for function in _functions(module) if any(inner is call for inner in ast.walk(function))
    )
    at = [argument.arg for argument in raising.args.args].index(parameter)
    callers = [
        (node, calling)
        for _, calling in _naming(raising.name)
        if calling is module or _imports(calling, raising.name)
        for node in _parts(calling)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == raising.name
    ]
    assert callers, f"nobody calls {raising.name}"
    own = _facts(call, without_stars=True) or frozenset()
    for caller, calling in callers:
        given = _facts(caller)
        for word in _words(caller.args[at], calling):
            yield word, None if given is None else own | given


def _functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in _parts(module) if isinstance(node, ast.FunctionDef))


def _imports(module: ast.Module, name: str) -> bool:
    return any(
        alias.name == name
        for node in _parts(module)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    )


@functools.cache
def _parts(module: ast.Module) -> tuple[ast.AST, ...]:
    """The calls, imports and functions of a file, in the order of a walk: each file is walked once."""
    return tuple(
        node for node in ast.walk(module) if isinstance(node, (ast.Call, ast.ImportFrom, ast.FunctionDef))
    )


def _facts(call: ast.Call, *, without_stars: bool = False) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    if None in names and not without_stars:
        return None
    return frozenset(name for name in names if name)
