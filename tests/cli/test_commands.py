"""The command line keeps its words: names, arguments, what is printed, and refusals in one sentence."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import text

from consult.cli import COMMANDS
from consult.domain.text.normalise import normalise
from consult.storage.database import db
from consult.storage.triggers import drop_statements
from tests.factories.apps import Store
from tests.factories.records import TEXT, open_consultation


class Shell:
    """Runs commands in this process, as `consult …` would."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.runner = store.app.test_cli_runner()
        self.commands = {command.name: command for command in COMMANDS}
        self.folder = folder

    def run(self, *words: str) -> Result:
        db.session.rollback()  # a command is a process of its own and has read nothing yet
        noun, *rest = words
        return self.runner.invoke(self.commands[noun], rest)

    def answer(self, *words: str) -> str:
        """What a command that succeeds prints on standard output."""
        done = self.run(*words)
        assert (done.exit_code, done.exception) == (0, None), done.output
        return done.stdout.rstrip("\n")

    def refusal(self, *words: str) -> str:
        """The one sentence of a command that refuses."""
        done = self.run(*words)
        assert done.exit_code == 1, done.output
        assert isinstance(done.exception, SystemExit), repr(done.exception)
        assert done.stdout == ""
        (line,) = done.stderr.splitlines()
        assert line.startswith("consult: ")
        return line.removeprefix("consult: ")

    def file(self, content: str | bytes, name: str = "projekt.md") -> str:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def imported(self, content: str | bytes = TEXT) -> str:
        return self.answer("documents", "import", self.file(content), "--title", "Plan", "--kind", "standard")


@pytest.fixture
def shell(store: Store, tmp_path: Path) -> Shell:
    return Shell(store, tmp_path)


def test_import_prints_the_slug_and_text_gives_the_file_back(shell: Shell) -> None:
    odd = "\ufeff# Tytuł\r\n\r\n" + unicodedata.normalize("NFD", "źdźbło") + "\r\n\r\n## Część"
    assert shell.imported(odd) == "plan"
    assert shell.run("documents", "text", "plan").stdout_bytes == normalise(odd).encode()


def test_revise_prints_the_change_and_what_became_of_the_sections(shell: Shell) -> None:
    slug = shell.imported()
    revised = TEXT.replace("siedmiu", "ośmiu").replace("## Konsultacje", "## Nowa\n\nx\n\n## Konsultacje")
    done = shell.answer("documents", "revise", slug, shell.file(revised), "--note", "Poprawki")
    assert done == "change 2: kept 3, changed 1, moved 0, added 1, removed 0"
    again = shell.answer("documents", "revise", slug, shell.file(revised), "--note", "Znowu")
    assert again == "unchanged: kept 5, changed 0, moved 0, added 0, removed 0"


def test_publish_prints_the_version_and_its_checksum(shell: Shell) -> None:
    slug = shell.imported()
    first = shell.answer("documents", "publish", slug, "--label", "projekt")
    second = shell.answer("documents", "publish", slug, "--label", "projekt")
    assert re.fullmatch(r"1 [0-9a-f]{64}", first)
    assert second == first.replace("1 ", "2 ", 1)


def test_text_gives_versions_and_changes(shell: Shell) -> None:
    slug = shell.imported()
    shell.answer("documents", "publish", slug, "--label", "projekt")
    revised = TEXT.replace("siedmiu", "ośmiu")
    shell.answer("documents", "revise", slug, shell.file(revised), "--note", "x")
    texts = {
        (): revised,
        ("--version", "1"): TEXT,
        ("--change", "1"): TEXT,
        ("--change", "2"): revised,
    }
    for options, expected in texts.items():
        assert shell.run("documents", "text", slug, *options).stdout == expected


def test_verify_names_the_first_bad_record_and_fails(shell: Shell) -> None:
    slug = shell.imported()
    assert shell.answer("documents", "verify", slug).startswith(f"{slug}: 1 changes, 4 texts")
    assert shell.answer("documents", "verify").startswith(f"{slug}: ")
    db.session.rollback()
    for statement in (*drop_statements("sqlite"), "UPDATE section_text SET source = 'x' WHERE id = 3"):
        db.session.execute(text(statement))
    db.session.commit()
    done = shell.run("documents", "verify")
    assert done.exit_code == 1
    assert done.stderr == f"{slug}: text 3 altered\n"


def test_a_comment_on_exact_words_prints_its_number(shell: Shell) -> None:
    slug = shell.imported()
    add = ("comments", "add", slug, "--text", "Dlaczego?", "--by", "Fundacja A", "--capacity", "ngo")
    assert shell.answer(*add, "--quote", "siedmiu dni") == "1"
    assert shell.answer(*add, "--quote", "dni", "--nth", "2", "--proposed", "tygodni") == "2"


def test_placements_say_where_the_words_are_now(shell: Shell) -> None:
    slug = shell.imported()
    shell.answer(
        "comments",
        "add",
        slug,
        "--quote",
        "siedmiu dni",
        "--text",
        "A",
        "--by",
        "Ktoś",
        "--capacity",
        "resident",
    )
    shell.answer("documents", "revise", slug, shell.file(TEXT.replace("siedmiu", "siedmiu lub ośmiu")))
    (row,) = json.loads(shell.answer("comments", "placements", slug, "--json"))
    assert set(row) == {"number", "state", "similarity", "section", "start", "end", "words"}
    assert (row["number"], row["state"], row["words"]) == (1, "changed", "siedmiu lub ośmiu dni")
    assert row["end"] - row["start"] == len(row["words"])
    line = shell.answer("comments", "placements", slug)
    assert line.split("\t")[:2] == ["1", "changed"]
    assert line.endswith("\tsiedmiu lub ośmiu dni")


def test_comments_of_a_consultation_are_made_on_the_consulted_version(shell: Shell, store: Store) -> None:
    slug = shell.imported()
    db.session.rollback()
    open_consultation(store, slug)
    shell.answer("documents", "revise", slug, shell.file(TEXT.replace("siedmiu dni", "tygodnia")))
    add = ("comments", "add", slug, "--text", "A", "--by", "Ktoś", "--capacity", "resident", "--quote")
    assert shell.answer(*add, "siedmiu dni") == "1"
    assert "stand" in shell.refusal(*add, "tygodnia")


def test_search_finds_inflected_words_now_and_as_of_a_day(shell: Shell, store: Store) -> None:
    slug = shell.imported()
    store.clock.advance(days=2)
    shell.answer("documents", "revise", slug, shell.file(TEXT.replace("rady gminy", "sejmiku")))
    found = json.loads(shell.answer("search", "query", "sejmik", "--json"))
    assert found["total"] == 1
    assert {"document", "kind", "ref", "section", "snippet", "versions"} <= set(found["results"][0])
    yesterday = (store.now - timedelta(days=1)).date().isoformat()
    assert json.loads(shell.answer("search", "query", "sejmik", "--as-of", yesterday, "--json"))["total"] == 0
    assert (
        json.loads(shell.answer("search", "query", "rada", "gmina", "--as-of", yesterday, "--json"))["total"]
        == 1
    )
    assert f"{slug}\tsection_text\tKonsultacje" in shell.answer("search", "query", "sejmik")


def test_reindex_shows_how_far_it_is(shell: Shell) -> None:
    shell.imported()
    done = shell.run("search", "reindex")
    assert done.exit_code == 0
    assert "of about 7 records" in done.stderr
    assert done.stdout == "6 records indexed\n"  # the change without a note holds no words


@pytest.mark.parametrize(
    ("format_name", "begins"), [("md", b"# "), ("html", b"<!"), ("docx", b"PK"), ("xlsx", b"PK")]
)
def test_exports_write_a_file(shell: Shell, format_name: str, begins: bytes) -> None:
    slug = shell.imported()
    path = shell.folder / f"out.{format_name}"
    assert shell.answer("exports", "write", slug, "--format", format_name, "--output", str(path)) == str(path)
    assert path.read_bytes().lstrip().lower().startswith(begins.lower())


REFUSALS = {
    ("documents", "text", "nope"): "There is no document of that name.",
    ("documents", "verify", "nope"): "There is no document of that name.",
    ("documents", "publish", "nope", "--label", "x"): "There is no document of that name.",
    ("documents", "text", "plan", "--version", "1"): "There is no version of that number.",
    ("documents", "text", "plan", "--change", "2"): "There is no change of that number.",
    ("documents", "text", "plan", "--change", "-1"): "There is no change of that number.",
    ("documents", "publish", "plan", "--label", " "): "A version needs a label.",
    ("comments", "placements", "nope"): "There is no document of that name.",
    ("exports", "write", "nope", "--format", "md", "--output", "x.md"): "There is no document of that name.",
    ("exports", "write", "plan", "--format", "md", "--output", "/nowhere/x.md"): "No such file or directory",
    (
        *("comments", "add", "plan", "--quote", "czegoś takiego nie ma"),
        *("--text", "x", "--by", "x", "--capacity", "ngo"),
    ): "These words do not stand in the text",
}


@pytest.mark.parametrize("words", REFUSALS, ids=" ".join)
def test_a_refusal_is_one_sentence_and_no_traceback(shell: Shell, words: tuple[str, ...]) -> None:
    shell.imported()
    assert shell.refusal(*words).startswith(REFUSALS[words])


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.md", "There is no text in the file."),
        (b"x", "a.exe", "Files of this kind are not read here"),
        ("Zażółć".encode("cp1250"), "a.md", "The file is neither UTF-8 nor UTF-16."),
        (b"a\x00b", "a.md", "The text holds a character that cannot be kept"),
        (b"PK\x03\x04rubbish", "a.docx", "The file is damaged or incomplete."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    shell: Shell, content: bytes, name: str, sentence: str
) -> None:
    assert shell.refusal("documents", "import", shell.file(content, name)).startswith(sentence)


def test_every_known_sentence_can_be_worded_with_the_facts_it_gets() -> None:
    from string import Formatter

    from consult.cli.answers import SENTENCES

    for code, sentence in SENTENCES.items():
        named = {name for _, name, _, _ in Formatter().parse(sentence) if name}
        assert named <= {"limit", "position", "taken", "shortest"}, code
