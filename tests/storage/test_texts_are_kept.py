"""What comes in is what is kept, byte for byte, and what was kept once stays readable."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Iterator

import pytest

from consult.domain.errors import ConsultError, NotFound
from consult.domain.policy.actors import SYSTEM
from consult.domain.text import outline
from consult.domain.text.normalise import normalise
from consult.services import documents
from consult.services.texts import text_at
from consult.services.verification import verify_documents
from consult.storage.queries import documents as queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import TEXT, import_text, new_document, new_host, publish, sections
from tests.real_data import real_data
from tests.storage.surviving import Survivors

ODD_TEXTS = {
    "a byte-order mark": "\ufeff# Tytuł\n\nTreść.\n",
    "carriage returns": "# Tytuł\r\n\r\nTreść.\r\nDalej.\r\n",
    "old Mac line ends": "# Tytuł\r\rTreść.\r",
    "decomposed letters": unicodedata.normalize("NFD", "# Zażółć gęślą jaźń\n\nŁódź, źdźbło.\n"),
    "front matter": "---\ntitle: Plan\n# not a heading\n---\n\n# Tytuł\n\nTreść.\n",
    "no heading at all": "Tylko zdanie.\n\nI drugie.\n",
    "only headings": "# A\n## B\n### C\n## D\n",
    "skipped levels": "# A\n\n#### B\n\n## C\n\n###### D\n\n### E\n",
    "deep before shallow": "### A\n\n# B\n",
    "no line feed at the end": "# A\n\nx\n\n## B\n\ny",
    "blank lines at both ends": "\n\n\n# A\n\nx\n\n\n\n",
    "underlined headings": "Tytuł\n=====\n\nTreść.\n\nCzęść\n-----\n\nDalej.\n",
    "headings in code": "# A\n\n```\n# nie\n```\n\n    # też nie\n\n## B\n",
    "headings in a comment": "# A\n\n<!--\n## nie\n-->\n\n## B\n",
    "a fence never closed": "# A\n\n```\n## nie\n\nkod\n",
    "an empty heading": "#\n\nx\n\n## \n\ny\n",
    "trailing spaces and tabs": "# A \t \n\nx  \n\ty\t\n",
    "no-break and zero-width spaces": "# A\u00a0B\n\nz\u200bw \u2060 \u00ad\n",
    "right-to-left": "# שלום\n\nمرحبا \u202bעולם\u202c\n",
    "emoji with joiners": "# 👩‍👩‍👧‍👦 🏳️‍🌈\n\n🇵🇱 ❤️\n",
    "beyond the basic plane": "# 𝔄𝔅\n\n𠀀 𐍈\n",
    "the same heading twice": "# A\n\n## B\n\nx\n\n## B\n\ny\n",
    "footnotes and links": "# A\n\nx[^1] [y]\n\n[^1]: Nota.\n\n[y]: https://example.org\n\n## B\n\nz[^1]\n",
    "a table": "# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "raw HTML": "# A\n\n<script>alert(1)</script>\n\n<div>\n## nie\n</div>\n",
    "a form feed": "# A\n\nx\n\f\n## B\n",
}


@pytest.mark.parametrize("what", ODD_TEXTS)
def test_an_odd_text_is_kept_to_the_letter(store: Store, what: str) -> None:
    content = ODD_TEXTS[what].encode()
    slug = new_document(store, content)
    assert text_at(SYSTEM, slug) == normalise(ODD_TEXTS[what])
    assert verify_documents(SYSTEM, slug)[0].fault is None


@pytest.mark.parametrize("what", ODD_TEXTS)
def test_an_odd_text_can_be_published_revised_away_and_brought_back(store: Store, what: str) -> None:
    odd = ODD_TEXTS[what]
    slug = new_document(store, odd)
    publish(store, slug)
    _revise(store, slug, TEXT)
    _revise(store, slug, odd)
    assert text_at(SYSTEM, slug) == text_at(SYSTEM, slug, version_no=1) == normalise(odd)
    assert text_at(SYSTEM, slug, change_no=2) == TEXT
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_utf16_with_its_mark_is_read(store: Store) -> None:
    assert text_at(SYSTEM, new_document(store, TEXT.encode("utf-16"))) == TEXT


REFUSED = {
    "nothing": (b"", "invalid.file_empty"),
    "blank lines": (b"\n \n\t\n", "invalid.file_empty"),
    "a NUL": (b"# A\n\nx\x00y\n", "invalid.control_characters"),
    "an escape sequence": (b"# A\n\n\x1b[31mx\n", "invalid.control_characters"),
    "another encoding": ("# Zażółć\n".encode("cp1250"), "invalid.file_encoding"),
    "too many headings": (b"# a\n" * (documents.MOST_SECTIONS + 1), "invalid.too_many_sections"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_no_text_is_refused_and_leaves_nothing(store: Store, what: str) -> None:
    content, code = REFUSED[what]
    host_id = new_host(store)
    with pytest.raises(ConsultError) as refusal:
        import_text(store, content, host_id=host_id)
    assert refusal.value.code == code
    assert queries.count_documents() == 0


def test_a_file_of_an_unknown_kind_is_refused(store: Store) -> None:
    with pytest.raises(ConsultError) as refusal:
        documents.import_document(
            SYSTEM, content=b"x", filename="plan.exe", kind="other", host_id=new_host(store), now=store.now
        )
    assert refusal.value.code == "invalid.file_format"


def test_a_million_letters_pasted_into_one_section_are_kept(store: Store) -> None:
    text = "# A\n\n" + "Zdanie o współpracy gminy z organizacjami. " * 23_200 + "\n"
    slug = new_document(store, text)
    assert text_at(SYSTEM, slug) == text


def test_a_thousand_opening_brackets_are_kept_and_shown_as_typed(store: Store) -> None:
    text = "# A\n\n" + "[" * 5_000 + "\n"
    slug = new_document(store, text)
    assert text_at(SYSTEM, slug) == text
    (section,) = queries.list_draft_sections(queries.get_document(slug, EVERYTHING).id)
    assert "[" * 5_000 in section.plain


def test_two_documents_of_one_title_get_two_names(store: Store) -> None:
    host_id = new_host(store)
    slugs = [new_document(store, "# Żółw & Łoś\n", host_id=host_id) for _ in range(3)]
    assert slugs == ["zolw-los", "zolw-los-2", "zolw-los-3"]


def test_a_title_of_other_letters_still_gets_a_name(store: Store) -> None:
    assert new_document(store, "# 東京\n") == "dokument"


def test_there_is_no_text_before_the_first_change_or_after_the_last(store: Store) -> None:
    slug = new_document(store)
    for number in (0, 2, -1):
        with pytest.raises(NotFound):
            text_at(SYSTEM, slug, change_no=number)


def _revise(store: Store, slug: str, text: str) -> documents.Revised:
    return documents.revise_document(SYSTEM, slug, content=text.encode(), filename="a.md", now=store.now)


def test_a_revision_without_a_difference_is_not_a_change(store: Store) -> None:
    slug = new_document(store)
    revised = _revise(store, slug, TEXT)
    assert (revised.change_no, revised.kept, revised.changed) == (None, 4, 0)
    assert queries.get_document(slug, EVERYTHING).last_change_no == 1


# Real revisions


def _pairs(name: str, count: int) -> Iterator[dict[str, str]]:
    with gzip.open(real_data("revisions", f"{name}.sample.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for _, line in zip(range(count), lines, strict=False):
            yield json.loads(line)


def _back_and_forth(store: Store, pair: dict[str, str], survivors: Survivors) -> None:
    """old → new → old → new: every text exact, every earlier change still readable, everything verifying, and whatever
    section survived still itself."""
    old, new = normalise(pair["old"]), normalise(pair["new"])
    slug = new_document(store, old)
    stages = [old]
    for text in (new, old, new):
        before = sections(slug)
        if _revise(store, slug, text).change_no is not None:
            stages.append(text)
        assert text_at(SYSTEM, slug) == text
        survivors.compare(before, sections(slug))
    assert survivors.lost == []
    for number, text in enumerate(stages, start=1):
        assert text_at(SYSTEM, slug, change_no=number) == text
    sources = [row.source for row in queries.list_draft_sections(queries.get_document(slug, EVERYTHING).id)]
    assert sources == [piece.source for piece in outline.split(new)]
    assert verify_documents(SYSTEM, slug)[0].fault is None


@pytest.mark.parametrize("name", ["ee", "ch", "de_bundestag", "quic"])
def test_real_revisions_go_back_and_forth_exactly(store: Store, name: str) -> None:
    survivors = Survivors()
    for pair in _pairs(name, 3):
        _back_and_forth(store, pair, survivors)
    assert survivors.headings > 20


@pytest.mark.deep
@pytest.mark.parametrize("name", ["ee", "ch", "de_bundestag", "quic"])
def test_all_real_revisions_go_back_and_forth_exactly(store: Store, name: str) -> None:
    survivors = Survivors()
    for pair in _pairs(name, 10_000):
        _back_and_forth(store, pair, survivors)
    honest = survivors.went_on + survivors.took_over
    assert len(honest) * 200 < survivors.headings, honest


def test_the_constitution_comes_in_and_out_whole(any_store: Store) -> None:
    articles = json.loads(real_data("polish", "konstytucja.articles.json").read_text())
    text = "# Konstytucja\n\n" + "".join(
        f"### Art. {article['id']}\n\n{article['text']}\n\n" for article in articles
    )
    slug = new_document(any_store, text)
    assert text_at(SYSTEM, slug) == normalise(text)
    assert len(queries.list_draft_sections(queries.get_document(slug, EVERYTHING).id)) == 244
    assert verify_documents(SYSTEM, slug)[0].fault is None
