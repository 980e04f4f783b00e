"""Receipts, comments and answers."""

from __future__ import annotations

from tests.services.alterations.altering import Alteration

ALTERATIONS: dict[str, Alteration] = {
    "what a comment says": Alteration(
        "UPDATE seal SET value = 'Popieram.' WHERE id = (SELECT text_seal_id FROM "
        "comment_revision WHERE comment_id = 1)",
        ("comment", "*/1", "altered"),
        "comment_word_faults",
    ),
    "the wording a comment proposes": Alteration(
        "UPDATE seal SET value = 'roku' WHERE id = (SELECT proposed_seal_id FROM comment_revision "
        "WHERE comment_id = 1)",
        ("comment", "*/1", "altered"),
        "comment_word_faults",
    ),
    "a proposal hidden": Alteration(
        "UPDATE comment_revision SET proposed_seal_id = NULL WHERE comment_id = 1",
        ("comment", "*/1", "altered"),
        "comment_word_faults",
    ),
    "one comment's words under another": Alteration(
        "UPDATE comment_revision SET text_seal_id = (SELECT text_seal_id FROM comment_revision AS "
        "o WHERE o.comment_id = 2) WHERE comment_id = 1",
        ("comment", "*/1", "altered"),
        "comment_word_faults",
    ),
    "the kind of a comment": Alteration(
        "UPDATE comment SET kind = 'support' WHERE id = 1",
        ("comment", "*/1", "altered"),
        "comment_row_faults",
    ),
    "where a comment points": Alteration(
        "UPDATE comment_target SET start = start - 1 WHERE comment_id = 1",
        ("comment", "*/1", "altered"),
        "comment_place_faults",
    ),
    "the words a comment is shown to point at": Alteration(
        "UPDATE comment_target SET exact = 'roku' WHERE comment_id = 1",
        ("comment", "*/1", "altered"),
        "comment_place_faults",
    ),
    "a comment that points nowhere any more": Alteration(
        "DELETE FROM placement WHERE target_id = 1; DELETE FROM comment_target WHERE comment_id = 1",
        ("comment", "*/1", "altered"),
        "comment_place_faults",
    ),
    "the number of a comment": Alteration(
        "UPDATE comment SET number = 7 WHERE id = 2",
        ("comment", "*/7", "altered"),
        "comment_row_faults",
    ),
    "the hash of a receipt": Alteration(
        "UPDATE submission SET receipt_hash = 'ab' WHERE receipt_no = 1",
        ("receipt", "*/1", "altered"),
        "receipt_hash_faults",
    ),
    "what a receipt was given for": Alteration(
        "UPDATE submission SET body = replace(body, 'substantive', 'support') WHERE receipt_no = 1",
        ("receipt", "*/1", "altered"),
        "receipt_hash_faults",
    ),
    "a receipt made unreadable": Alteration(
        "UPDATE submission SET body = '[' WHERE receipt_no = 1",
        ("receipt", "*/1", "altered"),
        "receipt_link_faults",
    ),
    "when a submission came": Alteration(
        "UPDATE submission SET received_at = '2020-01-01 00:00:00+00' WHERE receipt_no = 1",
        ("receipt", "*/1", "altered"),
        "receipt_hash_faults",
    ),
    "in whose name it came": Alteration(
        "UPDATE submission SET capacity = 'office' WHERE receipt_no = 1",
        ("receipt", "*/1", "altered"),
        "receipt_hash_faults",
    ),
    "whose organisation it came from": Alteration(
        "UPDATE submission SET organisation_name_then = 'Fundacja B' WHERE receipt_no = 1",
        ("receipt", "*/1", "altered"),
        "receipt_hash_faults",
    ),
    "the last submission dropped": Alteration(
        "UPDATE register SET last_receipt = 3",
        ("receipt", "*/3", "missing"),
        "receipt_tail_faults",
    ),
    "a number given to nobody": Alteration(
        "UPDATE register SET last_number = 3",
        ("comment", "*/3", "missing"),
        "number_faults",
    ),
    "the reasons of an answer": Alteration(
        "UPDATE seal SET value = 'Nie.' WHERE id = (SELECT justification_seal_id FROM disposition_revision)",
        ("answer", "*/1", "altered"),
        "answer_word_faults",
    ),
    "the outcome that is counted": Alteration(
        "UPDATE disposition SET outcome = 'accepted'",
        ("answer", "*/1", "altered"),
        "holding_answer_faults",
    ),
    "the outcome of an answer, wherever it stands": Alteration(
        "UPDATE disposition_revision SET outcome = 'accepted'; UPDATE disposition SET outcome = 'accepted'",
        ("answer", "*/1", "altered"),
        "act_row_faults",
    ),
    "the number of a receipt": Alteration(
        "UPDATE submission SET receipt_no = 5 WHERE receipt_no = 2",
        ("receipt", "*/2", "missing"),
        "receipt_order_faults",
    ),
    "the link to the receipt before": Alteration(
        "UPDATE submission SET prev_hash = 'ab' WHERE receipt_no = 2",
        ("receipt", "*/2", "altered"),
        "receipt_link_faults",
    ),
    "the head of a register": Alteration(
        "UPDATE register SET head_hash = 'ab'",
        ("receipt", "*/2", "missing"),
        "receipt_tail_faults",
    ),
    "a comment taken out": Alteration(
        "DELETE FROM placement WHERE target_id = 2; DELETE FROM comment_target WHERE comment_id = 2; "
        "DELETE FROM comment_revision WHERE comment_id = 2; DELETE FROM comment WHERE id = 2",
        ("comment", "*/2", "missing"),
        "lost_comment_faults",
    ),
    "the first answer passed off as the second": Alteration(
        "UPDATE disposition_revision SET no = 2; UPDATE disposition SET revision_no = 2",
        ("answer", "*/1", "missing"),
        "lost_act_faults",
    ),
}
