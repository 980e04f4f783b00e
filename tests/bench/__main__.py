"""Runs the benchmarks: ``python -m tests.bench [name …]`` prints a table and writes var/bench.json.

A benchmark is a module of this package with a function ``figures()``. What is not run keeps its last figures in
the file.
"""

from __future__ import annotations

import json
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module
from types import ModuleType

import pytest

import tests.bench
from tests.bench.figures import Amount, Figure
from tests.real_data import REPOSITORY

TABLE = REPOSITORY / "var" / "bench.json"


def benchmarks() -> list[str]:
    """The names of the modules that measure something."""
    names = sorted(module.name for module in pkgutil.iter_modules(tests.bench.__path__))
    return [name for name in names if name != "__main__" and hasattr(_module(name), "figures")]


def _module(name: str) -> ModuleType:
    return import_module(f"tests.bench.{name}")


def measured(name: str) -> Iterator[Figure]:
    """The figures of one benchmark; a figure that says so when the real data it needs is absent."""
    try:
        yield from _module(name).figures()
    except pytest.skip.Exception as absent:
        yield Figure(
            name=name,
            what=f"not measured: {absent.msg}",
            ours=None,
            yardstick=None,
            ratio=None,
            target="",
            met=None,
        )


def row(figure: Figure) -> str:
    mark = {True: "met", False: "MISSED", None: ""}[figure.met]
    ratio = f"{figure.ratio:.4g}×" if figure.ratio is not None else ""
    return (
        f"{figure.name:42} {_shown(figure.ours):>10} {figure.target:>12} {mark:7}"
        f"{_shown(figure.yardstick):>12} {ratio:>8}  {figure.what}"
    )


def _shown(amount: Amount) -> str:
    if amount is None:
        return "–"
    return amount if isinstance(amount, str) else f"{amount:.4g}"


def written(fresh: list[Figure], ran: list[str]) -> None:
    """Write the fresh figures, and those of earlier runs for what was not run this time."""
    earlier = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else []
    kept = [entry for entry in earlier if entry["name"].split(".")[0] not in ran]
    TABLE.parent.mkdir(exist_ok=True)
    entries = kept + [asdict(figure) for figure in fresh]
    TABLE.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main(wanted: list[str]) -> int:
    known = benchmarks()
    if unknown := [name for name in wanted if name not in known]:
        print(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    names = wanted or known
    fresh: list[Figure] = []
    print(f"{'figure':42} {'ours':>10} {'target':>12} {'':7}{'yardstick':>12} {'ratio':>8}  what")
    for name in names:
        for figure in measured(name):
            fresh.append(figure)
            print(row(figure), flush=True)
    written(fresh, names)
    missed = [figure.name for figure in fresh if figure.met is False]
    print(f"\n{len(fresh)} figures, {len(missed)} missed{': ' if missed else ''}{', '.join(missed)}")
    print(f"written to {TABLE.relative_to(REPOSITORY)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
