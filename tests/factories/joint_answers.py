"""An organisation at work on its answer: its lead, a board member, a member with a code, another organisation."""

from __future__ import annotations

import io
import zipfile

from consult.domain.policy.actors import ANONYMOUS, MEMBER, REPRESENTATIVE, SYSTEM, Actor
from consult.services import joint_answers, organisations, quotations
from consult.services.accounts import actor_of
from consult.services.comments import Receipt, Remark
from consult.services.joint_answers import NewRemark, Settlement
from consult.storage.queries import accounts as account_queries
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
        self.organisation_id = _entered(store, "Fundacja A", is_verified=is_verified)
        self.organisation_slug = slug_of(self.organisation_id)
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
        organisation_id = _entered(self.store, name, is_verified=is_verified)
        slug = slug_of(organisation_id)
        return organisation_id, slug, records.new_person(self.store, (organisation_id, REPRESENTATIVE))


def _entered(store: Store, name: str, *, is_verified: bool) -> int:
    """An organisation known here, or one that somebody entered and nobody has verified yet."""
    if is_verified:
        return records.new_organisation(store, name)
    profile = organisations.Profile(name=name, kind="ngo")
    slug = organisations.register_organisation(records.new_person(store), profile, now=store.now)
    found = organisation_queries.find_organisation(slug)
    assert found
    return found.id


def slug_of(organisation_id: int) -> str:
    return organisation_queries.get_organisation_by_id(organisation_id).slug


def answer_being_approved(
    store: Store, slug: str, consultation_id: int, organisation_id: int, lead: Actor, *, is_asked: bool = True
) -> dict[str, object]:
    """An answer with a row in every table it has before it is sent: its words are being approved by the lead, somebody
    said no, one organisation was asked and another withdrew. Not `is_asked`, it is still put together. What names it
    in addresses."""
    now = store.now
    answer_id = joint_answers.begin_answer(lead, consultation_id, organisation_id, now=now)
    code = joint_answers.make_code(lead, answer_id, now=now)
    found = quotations.find_quote(SYSTEM, slug, PLACE, nth=1, now=now)
    assert found is not None
    said = Remark("Za krótko.", justification="Tak.", proposed="w ciągu czternastu dni", pointings=(found,))
    first, second, third = (
        joint_answers.write_remark(
            ANONYMOUS, answer_id, NewRemark(said, name="A. B.", key="klucz"), code=code, now=now
        )
        for _ in range(3)
    )
    point_id = joint_answers.adopt_remarks(lead, answer_id, [first], now=now)
    joint_answers.set_remark_aside(lead, answer_id, second, "Poza celem.", now=now)
    parties = []
    for name in ("Stowarzyszenie C", "Stowarzyszenie D"):
        party = _entered(store, name, is_verified=True)
        speaker = records.new_person(store, (party, REPRESENTATIVE))
        joint_answers.invite_party(lead, answer_id, slug_of(party), now=now)
        parties.append((party, speaker))
    joint_answers.attach_letter(lead, answer_id, PDF, "pismo.pdf", now=now)
    member = records.new_person(store, (organisation_id, MEMBER))
    settlement = Settlement(
        "named", "Prezeska zarządu", "statut", [(lead.id or 0, "prezeska"), (member.id or 0, "skarbniczka")]
    )
    if is_asked:
        joint_answers.ask_approval(lead, answer_id, settlement, now=now)
        joint_answers.refuse_answer(member, answer_id, "Za ostro.", now=now)
    joint_answers.withdraw_party(parties[1][1], answer_id, parties[1][0], "Inne zdanie.", now=now)
    return {
        "answer_id": answer_id,
        "point_id": point_id,
        "remark_id": third,
        "joint_party_id": parties[0][0],
        "joint_code": code,
    }


def in_addresses(named: dict[str, object]) -> dict[str, object]:
    """The same by feature, for tables in which other features have names alike."""
    return {
        "joint_answers.answer_id": named["answer_id"],
        "joint_answers.point_id": named["point_id"],
        "joint_answers.remark_id": named["remark_id"],
        "joint_answers.organisation_id": named["joint_party_id"],
        "joint_answers.token": named["joint_code"],
    }


def answered_by_an_ngo(
    store: Store, slug: str, consultation_id: int, *, lead: Actor | None = None, is_asked: bool = True
) -> dict[str, object]:
    """An organisation of its own with an answer being approved, and what names it in addresses. `lead` becomes its
    representative; somebody new where nobody is given."""
    organisation_id = _entered(store, "Fundacja E", is_verified=True)
    if lead is None:
        lead = records.new_person(store, (organisation_id, REPRESENTATIVE))
    else:
        address = slug_of(organisation_id)
        wish = organisations.ask_to_join(lead, address, now=store.now)
        organisations.accept_request(SYSTEM, address, wish, role=REPRESENTATIVE, now=store.now)
        person = account_queries.find_person(lead.id or 0)
        assert person
        lead = actor_of(person)
    named = answer_being_approved(store, slug, consultation_id, organisation_id, lead, is_asked=is_asked)
    return in_addresses(named)


def send_joint_answer(store: Store, slug: str, consultation_id: int) -> None:
    """A joint position of two organisations that was sent, so that the record names them."""
    organisation_id = _entered(store, "Fundacja F", is_verified=True)
    lead = records.new_person(store, (organisation_id, REPRESENTATIVE))
    answer_id = joint_answers.begin_answer(lead, consultation_id, organisation_id, now=store.now)
    joint_answers.add_point(lead, answer_id, Remark("Do całości.", kind="general"), now=store.now)
    settlement = Settlement("resolution", "Prezes", "statut", (), "1/2026", store.now.date())
    joint_answers.ask_approval(lead, answer_id, settlement, now=store.now)
    revision = queries.get_answer(answer_id).revision
    joint_answers.send_answer(lead, answer_id, revision=revision, now=store.now)


__all__ = [
    "OTHER_PLACE",
    "PDF",
    "PLACE",
    "AnswerAtWork",
    "answer_being_approved",
    "answered_by_an_ngo",
    "in_addresses",
    "open_text_file",
    "send_joint_answer",
    "word_file",
]
