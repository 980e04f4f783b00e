"""What people decided or said beside the changes."""

from __future__ import annotations

from sqlalchemy import text

from consult.domain.history.acts import act_hash
from consult.domain.history.chain import sealed
from consult.storage.database import db
from tests.services.alterations.altering import Alteration, run


def forge_link() -> None:
    """Let an act follow another one than it did, with a hash that fits."""
    act = db.session.execute(
        text("SELECT slug, digest FROM recorded_act, document WHERE number = 3 AND id = document_id")
    ).one()
    forged = act_hash(document=act.slug, number=3, digest=act.digest, prev="ab")
    run("UPDATE recorded_act SET prev_hash = 'ab', hash = :hash WHERE number = 3", hash=forged)


def forge_reason() -> None:
    """Give a cause said afterwards other reasons, with a seal that fits."""
    salt = b"s" * 16
    run(
        "UPDATE seal SET value = 'Nic', salt = :salt, digest = :digest WHERE id = "
        "(SELECT reason_seal_id FROM change_attribution WHERE no = 2)",
        salt=salt,
        digest=sealed("Nic", salt),
    )


ALTERATIONS: dict[str, Alteration] = {
    "a cause said afterwards, for another that can be": Alteration(
        "UPDATE change_attribution SET cause_kind = 'editorial' WHERE no = 2",
        ("attribution", "2", "altered"),
        "act_row_faults",
    ),
    "the reason of a cause, seal and all": Alteration(
        forge_reason,
        ("attribution", "2", "altered"),
        "act_row_faults",
    ),
    "the moment a cause was said": Alteration(
        "UPDATE change_attribution SET at = '2020-01-01 00:00:00+00' WHERE no = 2",
        ("attribution", "2", "altered"),
        "act_row_faults",
    ),
    "who said a cause": Alteration(
        "INSERT INTO person (id, email, name, password_hash, session_stamp, language, created_at, "
        "is_administrator, is_name_public, is_language_chosen) VALUES (77, 'x', 'X', '', '', 'pl', "
        "'2020-01-01 00:00:00+00', false, false, false); "
        "UPDATE change_attribution SET person_id = 77 WHERE no = 2",
        ("attribution", "2", "altered"),
        "act_row_faults",
    ),
    "what a meeting decided": Alteration(
        "UPDATE meeting_decision SET text = 'Krótszy nabór.'",
        ("decision", "1", "altered"),
        "act_row_faults",
    ),
    "what became of a proposal": Alteration(
        "UPDATE proposal_turn SET state = 'taken' WHERE state = 'declined'",
        ("proposal", "1", "altered"),
        "act_row_faults",
    ),
    "why a proposal was declined": Alteration(
        "UPDATE proposal_turn SET reason = '' WHERE state = 'declined'",
        ("proposal", "1", "altered"),
        "act_row_faults",
    ),
    "the note of a status": Alteration(
        "UPDATE section_status SET note = 'Zgoda'",
        ("section_status", "*", "altered"),
        "act_row_faults",
    ),
    "a status taken out": Alteration(
        "DELETE FROM section_status",
        ("section_status", "1", "missing"),
        "lost_act_faults",
    ),
    "a status put in": Alteration(
        "INSERT INTO section_status (document_id, section_id, status, text_id, note, change_no, at, "
        "person_id) SELECT document_id, section_id, 'agreed', text_id, '', NULL, at, NULL FROM section_status",
        ("section_status", "*", "unrecorded"),
        "unkept_act_faults",
    ),
    "the digest of an act": Alteration(
        "UPDATE recorded_act SET digest = 'ab' WHERE number = 3",
        ("act", "3", "altered"),
        "act_hash_faults",
    ),
    "the order of acts": Alteration(
        "UPDATE recorded_act SET number = 30 WHERE number = 3; UPDATE recorded_act SET number = 3 WHERE "
        "number = 4; UPDATE recorded_act SET number = 4 WHERE number = 30",
        ("act", "3", "altered"),
        "act_hash_faults",
    ),
    "the link to the act before": Alteration(
        forge_link,
        ("act", "3", "broken_link"),
        "act_link_faults",
    ),
    "an act taken out": Alteration(
        "DELETE FROM recorded_act WHERE number = 3",
        ("act", "3", "missing"),
        "act_order_faults",
    ),
    "the last act taken out": Alteration(
        "DELETE FROM recorded_act WHERE number = 8",
        ("act", "8", "missing"),
        "act_tail_faults",
    ),
    "the last act dropped from the count": Alteration(
        "UPDATE document SET last_act_no = 7",
        ("act", "8", "missing"),
        "act_tail_faults",
    ),
    "the head of the acts": Alteration(
        "UPDATE document SET act_head = 'ab'",
        ("act", "8", "missing"),
        "act_tail_faults",
    ),
}
