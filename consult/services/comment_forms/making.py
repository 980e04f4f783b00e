"""The form of a consultation: its facts, where to send it, a row for each part, the host's information clause."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import InvalidInput
from consult.domain.process.comment_forms import FormCode
from consult.domain.process.fields import Decides
from consult.domain.process.legal_bases import LEGAL_BASES
from consult.domain.process.windows import last_moment
from consult.domain.text.numbering import printed_title
from consult.ports.comment_forms import CommentForm, FormPart
from consult.ports.exports import captions_for
from consult.ports.form_captions import FormCaptions, form_captions
from consult.services.exports import File
from consult.services.hosts.standing_texts import CLAUSE
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.viewers import EVERYTHING
from consult.storage.unit_of_work import current_ports

FORMATS = ("docx", "pdf", "xlsx")
"""In the order they are offered."""


def write_comment_form(consultation_id: int, format_name: str, *, address: str = "", now: datetime) -> File:
    """The form of an announced consultation, for everybody; `address` is that of its page.

    Raises NotFound, and InvalidInput for a format nobody writes.
    """
    writer = current_ports().form_writers.get(format_name)
    if writer is None:
        raise InvalidInput("export_format", field="format", taken=", ".join(FORMATS))
    consultation = consultation_queries.get_consultation(consultation_id)
    form = comment_form(consultation, address=address, now=now)
    stem = "formularz-uwag" if form.language.startswith("pl") else "comment-form"
    name = f"{stem}-{consultation.slug}-v{consultation.version_no}.{writer.extension}"
    return File(writer.write(form), writer.media_type, name)


def code_of(consultation: ConsultationRow) -> FormCode:
    """The code the forms of a consultation bear."""
    version = document_queries.get_version_by_id(consultation.version_id)
    return FormCode.of(consultation.id, version.number, consultation.slug, version.checksum)


def comment_form(consultation: ConsultationRow, *, address: str = "", now: datetime) -> CommentForm:
    """The form as every format prints it."""
    document = document_queries.get_document(consultation.slug, EVERYTHING)
    said = form_captions(document.language)
    sections = document_queries.list_version_sections(consultation.version_id)
    return CommentForm(
        code=str(code_of(consultation)),
        title=consultation.title,
        host=consultation.host_name,
        language=document.language or "pl",
        facts=(
            (
                said.facts["document"],
                said.version.format(title=consultation.document_title, number=consultation.version_no),
            ),
            (said.facts["host"], consultation.host_name),
            *(((said.facts["contact"], _line(consultation.contact)),) if consultation.contact else ()),
        ),
        ways=_ways(consultation, said, document.language, address),
        parts=tuple(
            FormPart(one.section_id, printed_title(one.label, one.heading), one.depth) for one in sections
        ),
        clause=_clause(consultation.host_id),
        written_at=now,
        address=address,
    )


def _ways(
    consultation: ConsultationRow, said: FormCaptions, language: str, address: str
) -> tuple[tuple[str, str], ...]:
    """Until when, and where to; the website last: whoever holds a form does not need it."""
    term = said.until.format(moment=captions_for(language).moment_of(last_moment(consultation.closes_at)))
    if LEGAL_BASES[consultation.legal_basis].decides(consultation.decides) == Decides.POSTMARK:
        term = f"{term}; {said.postmark}"
    ways = [(said.facts["term"], term)]
    ways += [
        (said.channels[code], _line(words))
        for code, words in consultation.channels
        if code in said.channels and words.strip()
    ]
    return (*ways, *(((said.facts["site"], address),) if address else ()))


def _clause(host_id: int) -> tuple[str, ...]:
    """The paragraphs of the information clause in force; none where the host has published none."""
    clause = organisation_queries.find_text_in_force(host_id, CLAUSE)
    if clause is None:
        return ()
    plain = current_ports().renderer.render(clause.source).plain
    return tuple(line.replace("\t", " ") for line in plain.split("\n") if line.strip())


def _line(words: str) -> str:
    return " · ".join(line.strip() for line in words.split("\n") if line.strip())
