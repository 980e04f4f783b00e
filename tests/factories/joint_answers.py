"""An organisation at work on its answer: its lead, a board member, a member with a code, another organisation."""

from __future__ import annotations

import io
import zipfile

from consult.domain.policy.actors import ANONYMOUS, MEMBER, REPRESENTATIVE, SYSTEM, Actor
from consult.services import joint_answers, organisations, quotations
from consult.services.comments import Receipt, Remark
from consult.services.joint_answers import NewRemark, Settlement
from consult.storage.queries import joint_answers as queries
from consult.storage.queries import organisations as organisation_queries
from tests.factories import records
from tests.factories.apps import Store

PLACE = "w ciągu siedmiu dni roboczych"
OTHER_PLACE = "pod obrady rady gminy"

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
"""A letter that is what its name says."""


def word_file(*, further: tuple[tuple[str, bytes], ...] = ()) -> bytes:
    """The least a DOCX file holds."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return _package(
        ("[Content_Types].xml", f"<Types>{kind}</Types>".encode()), ("word/document.xml", b"<w/>"), *further
    )


def open_text_file(mimetype: bytes = b"application/vnd.oasis.opendocument.text") -> bytes:
    """The least an ODT file holds."""
    return _package(("mimetype", mimetype), ("content.xml", b"<office/>"))


def _package(*parts: tuple[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            package.writestr(name, content)
    return written.getvalue()


class AnswerAtWork:
    """An answer begun by an organisation in an open consultation, with everybody who has a part in it."""

    def __init__(self, store: Store, *, days: float = 21, is_verified: bool = True, slug: str = "") -> None:
        self.store = store
        self.slug = slug or records.new_document(store)
        self.consultation_id = records.open_consultation(store, self.slug, days=days)
        self.organisation_id = records.new_organisation(store)
        self.organisation_slug = slug_of(self.organisation_id)
        if is_verified:
            organisations.verify_organisation(SYSTEM, self.organisation_slug, now=store.now)
        self.lead = records.new_person(store, (self.organisation_id, REPRESENTATIVE))
        self.board = records.new_person(store, (self.organisation_id, MEMBER))
        self.member = records.new_person(store, (self.organisation_id, MEMBER))
        self.id = joint_answers.begin_answer(
            self.lead, self.consultation_id, self.organisation_id, now=store.now
        )
        self.code = joint_answers.make_code(self.lead, self.id, now=store.now)

    @property
    def row(self) -> queries.AnswerRow:
        return queries.get_answer(self.id)

    def pointing(self, quote: str = PLACE) -> Remark:
        found = quotations.find_quote(SYSTEM, self.slug, quote, nth=1, now=self.store.now)
        assert found is not None
        return Remark("Za krótko.", pointings=(found,))

    def remark(
        self,
        text: str = "Za krótko.",
        *,
        quote: str | None = PLACE,
        name: str = "A. B.",
        actor: Actor = ANONYMOUS,
        code: str | None = None,
        key: str = "",
        proposed: str | None = None,
    ) -> int:
        """Something a member said."""
        pointings = self.pointing(quote).pointings if quote else ()
        return joint_answers.write_remark(
            actor,
            self.id,
            NewRemark(Remark(text, proposed=proposed, pointings=pointings), name=name, key=key),
            code=self.code if code is None else code,
            now=self.store.now,
        )

    def settle(self, *approvers: Actor, **changed: object) -> None:
        """Ask for approval: of the board member unless others are named."""
        people = approvers or (self.board,)
        given: dict[str, object] = {
            "rule": "named",
            "signed_by": "Prezeska zarządu",
            "authority": "statut, § 12",
            "approvers": [(person.id or 0, "członkini zarządu") for person in people],
        }
        joint_answers.ask_approval(
            self.lead,
            self.id,
            Settlement(**(given | changed)),
            now=self.store.now,  # type: ignore[arg-type]
        )

    def approve(self, *people: Actor) -> None:
        for person in people or (self.board,):
            joint_answers.approve_answer(person, self.id, revision=self.row.revision, now=self.store.now)

    def ready(self) -> AnswerAtWork:
        """With one point, approved."""
        joint_answers.adopt_remarks(self.lead, self.id, [self.remark()], now=self.store.now)
        self.settle()
        self.approve()
        return self

    def send(self) -> Receipt:
        return joint_answers.send_answer(self.lead, self.id, revision=self.row.revision, now=self.store.now)

    def other_organisation(
        self, name: str = "Stowarzyszenie B", *, is_verified: bool = True
    ) -> tuple[int, str, Actor]:
        """Another organisation with its representative."""
        organisation_id = records.new_organisation(self.store, name)
        slug = slug_of(organisation_id)
        if is_verified:
            organisations.verify_organisation(SYSTEM, slug, now=self.store.now)
        return organisation_id, slug, records.new_person(self.store, (organisation_id, REPRESENTATIVE))


def slug_of(organisation_id: int) -> str:
    return organisation_queries.get_organisation_by_id(organisation_id).slug


def at_work_everywhere(store: Store, slug: str = "") -> AnswerAtWork:
    """An answer with a row in every table: one sent, with a letter, and what is waited for."""
    work = AnswerAtWork(store, slug=slug)
    organisation_id, other, representative = work.other_organisation()
    joint_answers.invite_party(work.lead, work.id, other, now=store.now)
    joint_answers.adopt_remarks(work.lead, work.id, [work.remark()], now=store.now)
    joint_answers.attach_letter(work.lead, work.id, PDF, "pismo.pdf", now=store.now)
    work.settle()
    work.approve()
    joint_answers.approve_for_party(
        representative, work.id, organisation_id, revision=work.row.revision, now=store.now
    )
    work.send()
    return work


__all__ = ["OTHER_PLACE", "PDF", "PLACE", "AnswerAtWork", "at_work_everywhere", "open_text_file", "word_file"]
