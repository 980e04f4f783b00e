"""Changes, texts, where they stood and versions."""

from __future__ import annotations

from tests.services.alterations.altering import Alteration, forge, forge_text

ALTERATIONS: dict[str, Alteration] = {
    "the words of a text": Alteration(
        "UPDATE section_text SET source = replace(source, 'siedmiu', 'ośmiu') WHERE id = 2",
        ("text", "2", "altered"),
        "source_faults",
    ),
    "how a text is shown": Alteration(
        "UPDATE section_text SET html = replace(html, 'siedmiu', 'ośmiu') WHERE id = 2",
        ("text", "2", "rendering"),
        "rendering_faults",
    ),
    "the plain words comments stand on": Alteration(
        "UPDATE section_text SET plain = replace(plain, 'siedmiu', 'ośmiu') WHERE id = 2",
        ("text", "2", "rendering"),
        "rendering_faults",
    ),
    "a heading in the outline": Alteration(
        "UPDATE section_text SET heading = 'Inny' WHERE id = 2",
        ("text", "2", "rendering"),
        "rendering_faults",
    ),
    "the level of a heading": Alteration(
        "UPDATE section_text SET level = 3 WHERE id = 2",
        ("text", "2", "rendering"),
        "rendering_faults",
    ),
    "the author of a change": Alteration(
        "UPDATE seal SET value = 'Ktoś inny' WHERE id = (SELECT actor_seal_id FROM change WHERE number = 2)",
        ("seal", "2", "altered"),
        "seal_faults",
    ),
    "the note of a change": Alteration(
        "UPDATE seal SET value = 'Nic' WHERE id = (SELECT note_seal_id FROM change WHERE number = 2)",
        ("seal", "2", "altered"),
        "seal_faults",
    ),
    "a note with its salt thrown away": Alteration(
        "UPDATE seal SET value = 'Nic', salt = NULL WHERE id = (SELECT note_seal_id FROM change "
        "WHERE number = 2)",
        ("seal", "2", "altered"),
        "seal_faults",
    ),
    "a note taken out without saying so": Alteration(
        "UPDATE seal SET value = NULL, salt = NULL WHERE id = (SELECT note_seal_id FROM change "
        "WHERE number = 2)",
        ("seal", "2", "altered"),
        "seal_faults",
    ),
    "a salt cut short": Alteration(
        "UPDATE seal SET salt = CAST('x' AS {bytes}) WHERE id = (SELECT note_seal_id FROM change "
        "WHERE number = 2)",
        ("seal", "2", "altered"),
        "seal_faults",
    ),
    "the digest of a note": Alteration(
        "UPDATE seal SET digest = 'ab' WHERE id = (SELECT note_seal_id FROM change WHERE number = 2)",
        ("seal", "2", "altered"),
        "seal_faults",
    ),
    "the hash of a change": Alteration(
        "UPDATE change SET hash = 'ab' WHERE number = 2",
        ("change", "2", "altered"),
        "altered",
    ),
    "the body of a change": Alteration(
        'UPDATE change SET body = replace(body, \'"op":"text"\', \'"op":"remove"\') WHERE number = 2',
        ("change", "2", "altered"),
        "altered",
    ),
    "the body of a change made unreadable": Alteration(
        "UPDATE change SET body = 'nothing' WHERE number = 2",
        ("change", "2", "unreadable"),
        "unreadable",
    ),
    "the body of a change emptied": Alteration(
        "UPDATE change SET body = '{{}}' WHERE number = 2",
        ("change", "2", "unreadable"),
        "unreadable",
    ),
    "the moment of a change": Alteration(
        "UPDATE change SET at = '2020-01-01 00:00:00+00' WHERE number = 2",
        ("change", "2", "altered"),
        "row_faults",
    ),
    "the cause of a change": Alteration(
        "UPDATE change SET cause_kind = 'comment', cause_ref = 1 WHERE number = 2",
        ("change", "2", "altered"),
        "row_faults",
    ),
    "the link to the change before": Alteration(
        "UPDATE change SET prev_hash = 'ab' WHERE number = 2",
        ("change", "2", "altered"),
        "row_faults",
    ),
    "the order of changes": Alteration(
        "UPDATE change SET number = number + 10 WHERE number = 2; UPDATE change SET number = 2 "
        "WHERE number = 3; UPDATE change SET number = 3 WHERE number = 12",
        ("change", "2", "out_of_order"),
        "out_of_order",
    ),
    "the head of the document": Alteration(
        "UPDATE document SET head_hash = 'ab'",
        ("change", "4", "head"),
        "head_faults",
    ),
    "the last change dropped from the count": Alteration(
        "UPDATE document SET last_change_no = 2",
        ("change", "4", "missing"),
        "tail_faults",
    ),
    "a text that stood longer than it did": Alteration(
        "UPDATE occupancy SET until_no = 3 WHERE until_no = 2",
        ("occupancy", "*", "altered"),
        "standing_faults",
    ),
    "a removed section put back": Alteration(
        "INSERT INTO occupancy (document_id, section_id, text_id, parent_id, rank, from_no, "
        "until_no) SELECT document_id, section_id, text_id, parent_id, rank, 5, NULL FROM "
        "occupancy WHERE until_no = 3",
        ("occupancy", "*", "altered"),
        "standing_faults",
    ),
    "a section put elsewhere": Alteration(
        "UPDATE occupancy SET rank = 'zz' WHERE section_id = (SELECT section_id FROM section_text "
        "WHERE id = 2)",
        ("occupancy", "*", "altered"),
        "standing_faults",
    ),
    "a section standing with another's text": Alteration(
        "UPDATE occupancy SET text_id = 1 WHERE text_id = 2",
        ("occupancy", "*", "altered"),
        "standing_faults",
    ),
    "a section under another": Alteration(
        "UPDATE occupancy SET parent_id = NULL WHERE text_id = 2",
        ("occupancy", "*", "parent"),
        "parent_faults",
    ),
    "a section gone from the draft": Alteration(
        "DELETE FROM occupancy WHERE text_id = 2",
        ("occupancy", "*", "altered"),
        "standing_faults",
    ),
    "the checksum of a version": Alteration(
        "UPDATE version SET checksum = 'ab' WHERE number = 2",
        ("version", "2", "altered"),
        "manifest_faults",
    ),
    "a label in a version": Alteration(
        "UPDATE version_section SET label = '9.9' WHERE version_id = 2 AND ordinal = 1",
        ("version", "2", "altered"),
        "manifest_faults",
    ),
    "a leaf of a version": Alteration(
        "UPDATE version_section SET hash = 'ab' WHERE version_id = 2 AND ordinal = 1",
        ("version", "2", "altered"),
        "manifest_faults",
    ),
    "the depth of a section in a version": Alteration(
        "UPDATE version_section SET depth = 5 WHERE version_id = 2 AND ordinal = 1",
        ("version", "2", "altered"),
        "manifest_faults",
    ),
    "a section taken out of a version": Alteration(
        "DELETE FROM version_section WHERE version_id = 2 AND ordinal = 3",
        ("version", "2", "altered"),
        "manifest_faults",
    ),
    "the change a version was made at": Alteration(
        "UPDATE version SET change_no = 1 WHERE number = 2",
        ("version", "2", "broken_link"),
        "anchor_faults",
    ),
    "a version dropped from the count": Alteration(
        "UPDATE document SET last_version_no = 3",
        ("version", "3", "missing"),
        "order_faults",
    ),
    "a change said to take back another": Alteration(
        "UPDATE change SET of_no = 1 WHERE number = 4",
        ("change", "4", "other_return"),
        "return_faults",
    ),
    "a taking back that is hidden": Alteration(
        "UPDATE change SET of_no = NULL WHERE number = 4",
        ("change", "4", "other_return"),
        "return_faults",
    ),
    "a change that takes back nothing said to do so": Alteration(
        "UPDATE change SET of_no = 2 WHERE number = 3",
        ("change", "3", "other_return"),
        "return_faults",
    ),
    "a change taken out with all that follows numbered anew": Alteration(
        lambda: forge(3, {"number": 2}),
        ("change", "3", "out_of_order"),
        "out_of_order",
    ),
    "a change of another document": Alteration(
        lambda: forge(3, {"document": "inny"}),
        ("change", "3", "other_document"),
        "other_document",
    ),
    "a change forged with a fitting hash": Alteration(
        lambda: forge(2, {"operations": []}),
        ("change", "3", "broken_link"),
        "broken_link",
    ),
    "a text altered together with its digest": Alteration(
        lambda: forge_text("Gmina nie współpracuje z nikim.\n"),
        ("text", "2", "unrecorded"),
        "recording_faults",
    ),
    "a text added that nobody wrote": Alteration(
        "INSERT INTO section_text (section_id, change_id, source, level, heading, html, plain, definitions, "
        "fell_back, digest) SELECT section_id, change_id, source, level, heading, html, plain, definitions, "
        "fell_back, digest FROM section_text WHERE id = 2",
        ("text", "*", "missing"),
        "lost_text_faults",
    ),
    "the definitions of a version": Alteration(
        "UPDATE version SET definitions = '[^1]: Nic.' WHERE number = 2",
        ("version", "2", "definitions"),
        "definition_faults",
    ),
    "the number of a version": Alteration(
        "UPDATE version SET number = 5 WHERE number = 2",
        ("version", "2", "missing"),
        "order_faults",
    ),
    "a version forged with a fitting checksum": Alteration(
        "DELETE FROM version_section WHERE version_id = 2; "
        "INSERT INTO version_section (version_id, ordinal, section_id, text_id, depth, label, hash) "
        "SELECT 2, ordinal, section_id, text_id, depth, label, hash FROM version_section WHERE version_id = 1; "
        "UPDATE version SET checksum = (SELECT checksum FROM version AS o WHERE o.number = 1) WHERE number = 2",
        ("version", "2", "other_text"),
        "content_faults",
    ),
    "the first cause said of a change dropped": Alteration(
        "DELETE FROM change_attribution WHERE no = 1",
        ("attribution", "2", "missing"),
        "attribution_order_faults",
    ),
    "the reason given for a change": Alteration(
        "UPDATE seal SET value = 'Bez powodu' WHERE id = "
        "(SELECT reason_seal_id FROM change_attribution WHERE no = 1)",
        ("attribution", "2", "altered"),
        "attribution_seal_faults",
    ),
    "a cause said to be of a kind there is not": Alteration(
        "UPDATE change_attribution SET cause_kind = 'proposal' WHERE no = 2",
        ("attribution", "2", "unfounded"),
        "attribution_kind_faults",
    ),
    "where the words of a text come from": Alteration(
        "UPDATE provenance SET runs = replace(runs, ',1', ',2') WHERE text_id = 2",
        ("provenance", "2", "altered"),
        "origin_faults",
    ),
}
