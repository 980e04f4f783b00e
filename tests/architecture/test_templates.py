"""Templates parse, are used, hold no logic of their own and load nothing from elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, meta

from consult.app import create_app
from consult.settings import Settings
from tests.architecture.project import files, python, read

TEMPLATES = [
    str(path.relative_to("templates"))
    for path in files("templates/**/*")
    if path.parts[1]
    not in ("mail", "pdf")  # letters have rules of their own, and pages of print another language
]

FROM_ELSEWHERE = re.compile(
    r"""(?:src|srcset|poster|data|action)\s*=\s*["']?\s*(?:https?:)?//"""
    r"""|<link[^>]+href\s*=\s*["']?\s*(?:https?:)?//"""
    r"""|@import|url\(\s*["']?\s*(?:https?:)?//|(?:import|from|fetch)\s*\(?\s*["'](?:https?:)?//""",
    re.IGNORECASE,
)
INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)|<style|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:""", re.IGNORECASE
)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+false|Markup\(", re.IGNORECASE)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("store")
    return create_app(Settings(consult_data=folder, search_url="memory:", jobs_url="immediate:"))


def asked_for_by_views() -> Iterator[str]:
    """Patterns of the template names views render; a name put together matches any word in its gap."""
    for path, module in python("consult/**/*.py"):
        for node in ast.walk(module):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if re.fullmatch(r"[\w/.-]+\.(html|txt|xml)", node.value):
                    yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr) and str(path).startswith("consult/web"):
                parts = [
                    re.escape(part.value) if isinstance(part, ast.Constant) else r"\w+"
                    for part in node.values
                ]
                if parts[-1].endswith(re.escape(".html")):
                    yield "".join(parts)


def referenced(environment: Environment, name: str) -> set[str]:
    """Templates that a template extends, includes or imports."""
    source = read(Path("templates") / name)
    return {found for found in meta.find_referenced_templates(environment.parse(source)) if found}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_parses(app: Flask, name: str) -> None:
    app.jinja_env.get_template(name)


def test_every_template_is_reached_from_a_view(app: Flask) -> None:
    patterns = list(asked_for_by_views())
    reached = {name for name in TEMPLATES if any(re.fullmatch(pattern, name) for pattern in patterns)}
    assert len(reached) > 10
    frontier = set(reached)
    while frontier:
        frontier = {each for name in frontier for each in referenced(app.jinja_env, name)} - reached
        reached |= frontier
    assert sorted(set(TEMPLATES) - reached) == []


def test_nothing_a_view_or_template_asks_for_is_missing(app: Flask) -> None:
    constants = [
        node.args[0].value
        for _, module in python("consult/web/**/*.py")
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "render_template"
        and isinstance(node.args[0], ast.Constant)
    ]
    wanted = {str(name) for name in constants}.union(*(referenced(app.jinja_env, name) for name in TEMPLATES))
    assert sorted(wanted - set(TEMPLATES)) == []


@pytest.mark.parametrize(
    "path", files("templates/**/*", "static/**/*.css", "static/**/*.js", "static/**/*.svg"), ids=str
)
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    assert FROM_ELSEWHERE.findall(read(path)) == []


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.endswith(".html")])
def test_a_template_holds_no_inline_script_or_style_and_escapes_everything(name: str) -> None:
    source = read(Path("templates") / name)
    assert INLINE.findall(source) == []
    assert UNESCAPED.findall(source) == []


def test_safe_html_comes_from_the_rendering_port_only() -> None:
    """`Markup` is made where rendered sections are handed to templates and where words in letters are marked with
    their language, nowhere else."""
    making = {
        str(path)
        for path, module in python("consult/**/*.py")
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Markup"
    }
    elsewhere = {path for path in making if not path.startswith("consult/web/")}
    assert elsewhere == {"consult/adapters/mail_letters.py"}


def test_the_patterns_find_what_they_forbid() -> None:
    assert FROM_ELSEWHERE.search('<script src="https://cdn.example/x.js">')
    assert FROM_ELSEWHERE.search('<link rel="stylesheet" href="//cdn.example/x.css">')
    assert INLINE.search('<p style="color: red">')
    assert INLINE.search("<script>alert(1)</script>")
    assert UNESCAPED.search("{{ words | safe }}")
