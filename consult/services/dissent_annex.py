"""The dissenting opinions at the end of an exported text, as one more section every format can print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from consult.domain.text.numbering import printed_title
from consult.ports.exports import Captions, ExportedSection, captions_for
from consult.storage.queries import documents as document_queries
from consult.storage.queries import section_statuses as queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.section_statuses import DissentRow

_MARKS = re.compile(r"([\\`*_{}\[\]<>#+!|~-])")


def dissent_annex(
    document: DocumentRow, sections: Sequence[SectionRow], version_no: int | None
) -> tuple[ExportedSection, ...]:
    """One section with the opinions on these sections, in their order; none where nobody holds any.

    Of a version those its authors want published, of the working draft all.
    """
    if version_no is None:
        rows = queries.list_dissents(document.id)
    else:
        version = document_queries.get_version(document.id, version_no)
        rows = queries.list_public_dissents(document.id, until_change=version.change_no)
    captions = captions_for(document.language)
    found = [
        (printed_title(section.label, section.heading), row)
        for section in sections
        for row in rows
        if row.section_id == section.section_id
    ]
    if not found:
        return ()
    source = [f"## {captions.dissents}\n"]
    html = [f"<h2>{escape(captions.dissents)}</h2>"]
    for title, row in found:
        on = captions.dissent_on.format(part=title)
        by = _by(row, captions)
        source += [f"### {_plain(on)}\n", f"{_plain(by)}\n", f"{_plain(row.text)}\n"]
        html += [f"<h3>{escape(on)}</h3>", f"<p><strong>{escape(by)}</strong></p>"]
        html += [f"<p>{escape(words)}</p>" for words in _paragraphs(row.text)]
    return (ExportedSection("", 1, 2, "\n" + "\n".join(source), "".join(html)),)


def _by(row: DissentRow, captions: Captions) -> str:
    who = row.organisation_name or row.person_name or captions.no_name
    return f"{who}, {captions.moment_of(row.at)}"


def _paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.split("\n\n") if each.strip()]


def _plain(words: str) -> str:
    """Words of people, so that no sign in them is taken for Markdown."""
    return "\n\n".join(_MARKS.sub(r"\\\1", each) for each in _paragraphs(words))
