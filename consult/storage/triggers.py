"""Triggers that refuse to alter the record.

Rows of the record are written once. The only exception is the redaction path: a seal may lose its
value and salt (never its digest), a kept file its content, and a person's data may be erased. Alembic's batch mode recreates
SQLite tables and silently drops their triggers, which is why a test lists them after every migration.
"""

from __future__ import annotations

RECORD_TABLES = (
    "section",
    "section_text",
    "change",
    "lineage",
    "change_attribution",
    "version",
    "version_section",
    "submission",
    "comment",
    "comment_revision",
    "comment_target",
    "disposition_revision",
    "event",
    "meeting_change",
    "opinion_change",
    "explanation",
    "explanation_withdrawal",
    "consultation_change",
    "announcement",
    "host_text",
    "submission_clause",
    "section_status",
    "stage_step",
    "section_note",
    "version_note",
    "submission_letter",
    "letter_passage",
    "late_decision",
    "picture",
    "attachment_state",
    "version_attachment",
    "recorded_act",
    "meeting_decision",
    "proposal_turn",
    "submission_party",
    "submission_flag",
    "submission_file",
    "submission_meeting",
    "contact_view",
    "redaction",
    "redacted_passage",
    "redaction_end",
    "moderation_act",
)

REFUSAL = "the record is not altered"


def expected_triggers() -> frozenset[str]:
    """Names of all triggers a database must have."""
    names = {f"record_{table}_{act}" for table in RECORD_TABLES for act in ("update", "delete")}
    return frozenset(
        names
        | {"record_seal_update", "record_seal_delete"}
        | {"record_kept_file_update", "record_kept_file_delete"}
    )


def statements(dialect: str, tables: tuple[str, ...] = RECORD_TABLES) -> list[str]:
    """DDL that creates the triggers on a database without them."""
    return _sqlite(tables) if dialect == "sqlite" else _postgresql(tables)


def guards(dialect: str, tables: tuple[str, ...]) -> list[str]:
    """DDL that guards further tables of a database that has the guards of the first."""
    guard = _refusing if dialect == "sqlite" else _executing
    return [guard(table, act) for table in tables for act in ("update", "delete")]


def file_guards(dialect: str) -> list[str]:
    """DDL that guards kept files: one may lose its content, and nothing else ever changes."""
    loses = "NEW.digest = OLD.digest AND NEW.size = OLD.size AND NEW.content IS NULL"
    if dialect == "sqlite":
        return [
            "CREATE TRIGGER record_kept_file_update BEFORE UPDATE ON kept_file "
            f"WHEN NOT ({loses}) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
            _refusing("kept_file", "delete"),
        ]
    return [
        "CREATE FUNCTION consult_kept_file() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NOT ({loses}) THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER record_kept_file_update BEFORE UPDATE ON kept_file "
        "FOR EACH ROW EXECUTE FUNCTION consult_kept_file()",
        _executing("kept_file", "delete"),
    ]


def drop_file_guards(dialect: str) -> list[str]:
    """DDL that removes what is left of them once the table is gone."""
    return [] if dialect == "sqlite" else ["DROP FUNCTION IF EXISTS consult_kept_file()"]


def drop_statements(dialect: str, tables: tuple[str, ...] = RECORD_TABLES) -> list[str]:
    """DDL that removes them."""
    names = [(f"record_{table}_{act}", table) for table in tables for act in ("update", "delete")]
    names += [("record_seal_update", "seal"), ("record_seal_delete", "seal")]
    if dialect == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name, _ in names]
    dropped = [f'DROP TRIGGER IF EXISTS {name} ON "{table}"' for name, table in names]
    return [*dropped, "DROP FUNCTION IF EXISTS consult_refuse()", "DROP FUNCTION IF EXISTS consult_seal()"]


def _refusing(table: str, act: str) -> str:
    return (
        f'CREATE TRIGGER record_{table}_{act} BEFORE {act.upper()} ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def _executing(table: str, act: str) -> str:
    return (
        f'CREATE TRIGGER record_{table}_{act} BEFORE {act.upper()} ON "{table}" '
        "FOR EACH ROW EXECUTE FUNCTION consult_refuse()"
    )


def _sqlite(tables: tuple[str, ...]) -> list[str]:
    refuse = f"SELECT RAISE(ABORT, '{REFUSAL}');"
    made = guards("sqlite", tables)
    made.append(
        "CREATE TRIGGER record_seal_update BEFORE UPDATE ON seal "
        "WHEN NOT (NEW.id = OLD.id AND NEW.digest = OLD.digest AND NEW.value IS NULL AND NEW.salt IS NULL "
        f"AND NEW.erased_at IS NOT NULL) BEGIN {refuse} END"
    )
    made.append(f"CREATE TRIGGER record_seal_delete BEFORE DELETE ON seal BEGIN {refuse} END")
    return made


def _postgresql(tables: tuple[str, ...]) -> list[str]:
    made = [
        "CREATE FUNCTION consult_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        "CREATE FUNCTION consult_seal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NOT (NEW.id = OLD.id AND NEW.digest = OLD.digest AND NEW.value IS NULL AND NEW.salt IS NULL "
        f"AND NEW.erased_at IS NOT NULL) THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN NEW; END $$",
    ]
    made += guards("postgresql", tables)
    made.append(
        "CREATE TRIGGER record_seal_update BEFORE UPDATE ON seal FOR EACH ROW EXECUTE FUNCTION consult_seal()"
    )
    made.append(
        "CREATE TRIGGER record_seal_delete BEFORE DELETE ON seal FOR EACH ROW EXECUTE FUNCTION consult_refuse()"
    )
    return made
