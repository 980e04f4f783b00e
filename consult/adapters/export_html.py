"""HTML out: one page that needs nothing else, now or in ten years, on paper as well as on a screen.

No script and nothing from elsewhere, which a policy in the page itself also forbids. The title is the only
first-level heading; sections stand below it by their place in the outline, so that no level is skipped
whatever levels the text uses.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from consult.domain.text.outline import depths
from consult.domain.text.plain import plain_of
from consult.ports.exports import Captions, ExportedPicture, ExportedSection, ExportedText, captions_for

_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_IDENTIFIER = re.compile(r' id="([^"]*)"')
_PICTURE = re.compile(r'(?<=<img )src="#p-([0-9a-f]{32})"')
_DEEPEST = 6

_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 42rem; padding: 1.5rem; font: 1.0625rem/1.6 Georgia, "Times New Roman", serif;
  color: #1f2933; background: #fff; overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6, nav, dl, footer, .skip { font-family: system-ui, "Segoe UI", Arial, sans-serif; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2em 0 .6em; text-wrap: balance; }
h1 { font-size: 2rem; margin-top: .5em; } h2 { font-size: 1.5rem; } h3 { font-size: 1.25rem; } h4 { font-size: 1.1rem; }
h5, h6 { font-size: 1rem; }
a { color: #0b4f9e; } a:focus-visible { outline: 3px solid #0b4f9e; outline-offset: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { position: static; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; font-size: .9375rem; }
dt { color: #52606d; } dd { margin: 0; }
nav ol { list-style: none; padding-left: 1.25rem; } nav > ol { padding-left: 0; } nav li { margin: .2rem 0; }
.number { color: #52606d; margin-right: .4em; }
table { border-collapse: collapse; width: 100%; margin: 1em 0; font-size: .9375rem; }
th, td { border: 1px solid #7b8794; padding: .35rem .5rem; text-align: left; vertical-align: top; }
td[align=right], th[align=right] { text-align: right; } td[align=center], th[align=center] { text-align: center; }
blockquote { margin: 1em 0; padding-left: 1rem; border-left: 3px solid #9aa5b1; }
figure { margin: 1.5em 0; break-inside: avoid; } img { max-width: 100%; height: auto; } figcaption { font-size: .9375rem; color: #3e4c59; }
pre { white-space: pre-wrap; background: #f5f7fa; padding: .75rem; } .note { font-size: .9375rem; color: #3e4c59; }
footer { margin-top: 4rem; border-top: 1px solid #9aa5b1; font-size: .875rem; color: #52606d; }
@page { size: A4; margin: 2.2cm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; } .skip, nav a { text-decoration: none; } .skip { display: none; }
  nav { break-after: page; } h1, h2, h3, h4, h5, h6 { break-after: avoid; } tr, blockquote, .note { break-inside: avoid; }
  thead { display: table-header-group; } a { color: inherit; }
}
"""
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the table of contents; `words` and `number` are plain text, `depth` counts from 0."""

    depth: int
    number: str
    words: str
    target: str


class HtmlWriter:
    """Implements `ports.exports.TextWriter`."""

    media_type = "text/html; charset=utf-8"
    extension = "html"

    def write(self, text: ExportedText) -> bytes:
        captions = captions_for(text.language)
        entries, body = _typeset(text.sections)
        body = _with_pictures(body, text.pictures)
        title = escape(text.title)
        page = (
            f'<!DOCTYPE html>\n<html lang="{escape(text.language or "pl")}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
            f"<style>{_STYLE}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#text">{escape(captions.skip)}</a>\n'
            f"<header>\n<h1>{title}</h1>\n{_particulars(text, captions)}</header>\n"
            f"{_contents(entries, captions)}"
            f'<main id="text">\n{body}</main>\n'
            f"<footer>\n<p>{title} · {escape(text.state)}</p>\n"
            f"<p>{escape(captions.written)} {escape(captions.moment_of(text.written_at))}</p>\n"
            f"<p>{escape(captions.checksum)}: {escape(text.checksum)}</p>\n</footer>\n</body>\n</html>\n"
        )
        # a lone surrogate cannot be written
        return page.encode("utf-8", "replace")


def _with_pictures(body: str, pictures: Mapping[str, ExportedPicture]) -> str:
    """The pictures themselves in the page, so that it needs nothing else."""

    def written(found: re.Match[str]) -> str:
        picture = pictures.get(found[1])
        if picture is None:
            return found[0]
        return f'src="data:image/{picture.kind};base64,{base64.b64encode(picture.content).decode()}"'

    return _PICTURE.sub(written, body) if pictures else body


def _particulars(text: ExportedText, captions: Captions) -> str:
    address = escape(text.address)
    if text.address.startswith(("https://", "http://")):
        address = f'<a href="{address}">{address}</a>'
    lines = (
        (captions.host, escape(text.host)),
        (captions.state, escape(text.state)),
        (captions.written, escape(captions.moment_of(text.written_at))),
        (captions.checksum, escape(text.checksum)),
        (captions.address, address),
    )
    return (
        "<dl>\n"
        + "".join(f"<dt>{escape(name)}</dt><dd>{said}</dd>\n" for name, said in lines if said)
        + "</dl>\n"
    )


def _typeset(sections: Sequence[ExportedSection]) -> tuple[list[_Entry], str]:
    """The table of contents, and the sections one after another."""
    entries: list[_Entry] = []
    written: list[str] = []
    identifiers: set[str] = set()
    places = depths([section.level for section in sections])
    for number, (section, depth) in enumerate(zip(sections, places, strict=True), start=1):
        target = f"section-{number}"
        html = _with_unique_identifiers(section.html, identifiers)
        heading = _HEADING.search(html) if section.level else None
        if heading:
            words = plain_of(heading[2])
            label = "" if words.startswith(section.label) else section.label
            entries.append(_Entry(depth, label, words, target))
            html = (
                html[: heading.start()] + _heading(depth, label, heading[2], target) + html[heading.end() :]
            )
        anchor = f' id="{escape(section.anchor)}"' if section.anchor else ""
        written.append(f"<section{anchor}>\n{html}\n</section>\n")
    return entries, "".join(written)


def _heading(depth: int, label: str, content: str, target: str) -> str:
    level = depth + 2
    name = f"h{min(level, _DEEPEST)}"
    deeper = f' aria-level="{level}"' if level > _DEEPEST else ""
    return f'<{name} id="{target}"{deeper}>{_number(label)}{content}</{name}>'


def _number(label: str) -> str:
    return f'<span class="number" data-generated>{escape(label)}</span> ' if label else ""


def _with_unique_identifiers(html: str, known: set[str]) -> str:
    """The first bearer of an identifier keeps it; a page may hold it once."""

    def keep(found: re.Match[str]) -> str:
        if found[1] in known:
            return ""
        known.add(found[1])
        return found[0]

    return _IDENTIFIER.sub(keep, html) if ' id="' in html else html


def _contents(entries: Sequence[_Entry], captions: Captions) -> str:
    if len(entries) < 2:
        return ""
    title = escape(captions.contents)
    return f'<nav aria-label="{title}">\n<h2>{title}</h2>\n{"".join(_nested(entries))}</nav>\n'


def _nested(entries: Sequence[_Entry]) -> Iterator[str]:
    """Lists within lists as deep as the outline, which never steps down by more than one."""
    depth = -1
    for entry in entries:
        if entry.depth > depth:
            yield "<ol>\n"
        else:
            yield "</li>\n" + "</ol></li>\n" * (depth - entry.depth)
        depth = entry.depth
        yield f'<li><a href="#{entry.target}">{_number(entry.number)}{escape(entry.words)}</a>'
    yield "</li>\n" + "</ol></li>\n" * depth + "</ol>\n"
