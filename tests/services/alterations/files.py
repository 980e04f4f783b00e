"""Pictures and attached files."""

from __future__ import annotations

from tests.services.alterations.altering import Alteration

ALTERATIONS: dict[str, Alteration] = {
    "a picture": Alteration(
        "UPDATE kept_file SET content = x'00' WHERE digest = (SELECT digest FROM picture)",
        ("picture", "*", "digest"),
        "picture_faults",
    ),
    "the name of a picture": Alteration(
        "UPDATE picture SET name = 'abababababababababababababababab'",
        ("picture", "*", "digest"),
        "picture_faults",
    ),
    "which pictures a text shows": Alteration(
        "INSERT INTO picture_use (text_id, name) SELECT 1, name FROM picture",
        ("picture", "1", "use"),
        "picture_use_faults",
    ),
    "an attached file": Alteration(
        "UPDATE kept_file SET content = x'00' WHERE digest = (SELECT digest FROM attachment_state)",
        ("attachment", "*", "digest"),
        "attachment_faults",
    ),
    "what an attached file is called": Alteration(
        "UPDATE attachment_state SET title = 'Inny'",
        ("attachment", "*", "altered"),
        "act_row_faults",
    ),
}
