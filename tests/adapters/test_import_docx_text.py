"""What a Word document says comes into the product word for word."""

from __future__ import annotations

import pytest

from consult.adapters.import_files import DocxReader
from consult.adapters.markdown_html import MarkdownHtml
from consult.ports.imports import ImportedText, Remark
from tests.adapters.word_files import (
    STRICT_W,
    abstract_list,
    level,
    list_of,
    numbered,
    paragraph,
    part,
    row,
    run,
    style,
    table,
    tabled,
    word_file,
)


def read(body: str, **parts) -> ImportedText:
    return DocxReader().read(word_file(body, **parts), filename="projekt.docx")


def source(body: str, **parts) -> str:
    return read(body, **parts).source


def plain(text: ImportedText) -> str:
    """The words as a reader of our pages gets them."""
    return MarkdownHtml().render(text.source).plain


def remark(text: ImportedText, code: str) -> Remark | None:
    return next((each for each in text.remarks if each.code == code), None)


class TestHeadings:
    @pytest.mark.parametrize(
        "name",
        ["heading 2", "Heading 2", "Nagłówek 2", "nagłówek 2", "Überschrift 2", "Titre 2", "Заголовок 2"],
    )
    def test_are_known_by_their_style_in_many_languages(self, name):
        assert source(paragraph("Cele", style="x"), styles=style("x", name)) == "## Cele\n"

    def test_are_known_by_their_identifier_where_the_style_is_not_defined(self):
        assert source(paragraph("Cele", style="Nagwek3")) == "### Cele\n"
        assert source(paragraph("Cele", style="Heading3")) == "### Cele\n"

    def test_are_known_by_the_style_that_their_style_is_based_on(self):
        styles = style("Heading1", "heading 1") + style("own", "Rozdział urzędowy", based_on="Heading1")
        assert source(paragraph("Cele", style="own"), styles=styles) == "# Cele\n"

    def test_are_known_by_outline_level_of_the_style_or_the_paragraph(self):
        styles = style("own", "Rozdział", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
        assert source(paragraph("Cele", style="own"), styles=styles) == "### Cele\n"
        assert source(paragraph("Cele", properties='<w:outlineLvl w:val="3"/>')) == "#### Cele\n"

    def test_become_plain_where_the_paragraph_says_that_it_is_body_text(self):
        assert source(paragraph("Cele", style="Heading1", properties='<w:outlineLvl w:val="9"/>')) == "Cele\n"

    def test_keep_skipped_levels(self):
        body = paragraph("Jeden", style="Heading1") + paragraph("Cztery", style="Heading4")
        assert source(body) == "# Jeden\n\n#### Cztery\n"

    def test_below_the_sixth_level_are_written_at_the_sixth_and_reported(self):
        text = read(paragraph("Głęboko", style="Heading8"))
        assert text.source == "###### Głęboko\n"
        assert remark(text, "deep_headings") == Remark("deep_headings", 1, "Głęboko")

    def test_without_words_are_left_out_and_reported(self):
        text = read(paragraph("", style="Heading1") + paragraph("Słowa"))
        assert text.source == "Słowa\n"
        assert remark(text, "empty_headings")

    def test_are_not_bold_on_top_of_being_headings_but_keep_their_links_and_lines(self):
        body = paragraph(
            run("Cel", "<w:b/>"), "<w:r><w:br/></w:r>", run("pierwszy", "<w:i/>"), style="Heading1"
        )
        assert source(body) == "# Cel *pierwszy*\n"

    def test_ending_in_number_signs_keep_them(self):
        assert source(paragraph("Język C #", style="Heading1")) == "# Język C \\#\n"

    def test_a_title_is_a_first_level_heading_and_the_title_of_the_text(self):
        text = read(paragraph("Standard dostępności", style="Title") + paragraph("Cele", style="Heading1"))
        assert (text.title, text.source) == ("Standard dostępności", "# Standard dostępności\n\n# Cele\n")

    def test_without_a_title_the_first_heading_names_the_text(self):
        assert read(paragraph("Wstęp") + paragraph("Cele *", style="Heading2")).title == "Cele *"

    def test_styles_in_a_circle_are_survived(self):
        styles = style("a", "Jeden", based_on="b") + style("b", "Dwa", based_on="a")
        assert source(paragraph("Słowa", style="a"), styles=styles) == "Słowa\n"


class TestWords:
    @pytest.mark.parametrize(
        ("words", "written"),
        [
            ("2 * 3 = 6", "2 \\* 3 = 6"),
            ("nazwa_pliku_a i _b_", "nazwa_pliku_a i \\_b\\_"),
            ("# nie nagłówek", "\\# nie nagłówek"),
            ("1. nie lista", "1\\. nie lista"),
            ("2024. rok", "2024\\. rok"),
            ("1) lub 1.1. zostają", "1) lub 1.1. zostają"),
            ("- myślnik", "\\- myślnik"),
            ("– półpauza", "– półpauza"),
            ("+ plus", "\\+ plus"),
            ("-5 stopni", "-5 stopni"),
            ("---", "\\---"),
            ("> cytat", "\\> cytat"),
            ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
            ("a < b, c <- d", "a < b, c <- d"),
            ("AT&T, &amp; i &copy;", "AT&T, &amp;amp; i &amp;copy;"),
            ("[przypis](adres)", "\\[przypis](adres)"),
            ("`kod` i \\ ukośnik", "\\`kod\\` i \\\\ ukośnik"),
            ("~~~", "\\~~~"),
        ],
    )
    def test_that_look_like_markup_are_escaped_and_no_others(self, words, written):
        assert source(paragraph(run(words))) == f"{written}\n"

    @pytest.mark.parametrize(
        "words",
        [
            "שלום עולם",
            "a\u200bb\u200dc",
            "👩‍👩‍👧 i 🏳️‍🌈",
            "\u202eodwrócone\u202c",
            "środek\ufeffwyrazu",
            "nie\u00a0łam",
            "dzie\u00adlę",
        ],
    )
    def test_in_any_script_and_with_invisible_signs_survive(self, words):
        assert source(paragraph(f"x {words} x")) == f"x {words} x\n"

    def test_are_composed_even_across_runs(self):
        assert source(paragraph(run("zaz\u0301"), run("o"), run("\u0301l"))) == "zaźól\n"

    def test_keep_single_spaces_where_the_file_has_many(self):
        body = paragraph(run("  dużo   miejsca "), "<w:r><w:tab/></w:r>", run("i tabulator\nw wierszu  "))
        assert source(body) == "dużo miejsca i tabulator w wierszu\n"

    def test_keep_their_line_breaks(self):
        body = paragraph(run("jeden"), "<w:r><w:br/></w:r>", run("1. dwa"), "<w:r><w:br/></w:r>", run("===="))
        assert source(body) == "jeden\\\n1\\. dwa\\\n\\====\n"

    def test_keep_soft_and_firm_hyphens(self):
        body = paragraph(
            run("Bielsko"),
            "<w:r><w:noBreakHyphen/></w:r>",
            run("Biała roz"),
            "<w:r><w:softHyphen/></w:r>",
            run("dział"),
        )
        assert source(body) == "Bielsko\u2011Biała roz\u00addział\n"

    def test_raised_figures_stay_raised(self):
        text = read(
            paragraph(
                "art. 15",
                run("1", '<w:vertAlign w:val="superscript"/>'),
                " i CO",
                run("2", '<w:vertAlign w:val="subscript"/>'),
            )
        )
        assert text.source == "art. 15¹ i CO₂\n"
        assert not text.remarks

    def test_raised_and_struck_words_keep_their_look_in_a_tag(self):
        body = paragraph(
            "1", run("szy", '<w:vertAlign w:val="superscript"/>'), " ", run("stary", "<w:strike/>"), " rok"
        )
        assert source(body) == "1<sup>szy</sup> <s>stary</s> rok\n"

    def test_of_the_strict_format_are_read_too(self):
        document = part("document", f"<w:body>{paragraph('Cele', style='Heading1')}</w:body>")
        transitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        parts = {"word/document.xml": document.replace(transitional, STRICT_W)}
        assert source("", parts=parts) == "# Cele\n"


class TestEmphasis:
    def test_is_kept_and_leaves_spaces_outside(self):
        body = paragraph(
            run("Ten "),
            run("ważny ", "<w:b/>"),
            run("i "),
            run("lekki", "<w:i/>"),
            run(" oraz "),
            run("oba", "<w:b/><w:i/>"),
        )
        assert source(body) == "Ten **ważny** i *lekki* oraz ***oba***\n"

    def test_of_split_runs_is_one(self):
        assert (
            source(paragraph(*(run(each, "<w:b/>") for each in ("jed", "no", " ", "słowo"))))
            == "**jedno słowo**\n"
        )

    def test_bridges_a_plain_space(self):
        assert source(paragraph(run("18", "<w:b/>"), run(" "), run("%", "<w:b/>"))) == "**18 %**\n"

    def test_switched_off_is_no_emphasis(self):
        assert source(paragraph(run("zwykłe", '<w:b w:val="0"/>'))) == "zwykłe\n"

    def test_comes_from_character_styles(self):
        styles = style("Strong", "Strong", "<w:rPr><w:b/></w:rPr>", kind="character")
        assert source(paragraph(run("mocne", '<w:rStyle w:val="Strong"/>')), styles=styles) == "**mocne**\n"

    def test_yields_to_the_words_where_markers_would_touch(self):
        text = read(paragraph(run("pro", "<w:b/>"), run("gram", "<w:i/>")))
        assert text.source == "**pro**gram\n"
        assert remark(text, "emphasis_simplified")

    def test_yields_where_a_marker_would_stand_between_a_letter_and_a_quotation_mark(self):
        assert source(paragraph(run("„tak”", "<w:b/>"), run("nie"))) == "„tak”nie\n"

    def test_by_underlining_is_reported(self):
        text = read(paragraph(run("słowo", '<w:u w:val="single"/>')))
        assert (text.source, text.remarks) == ("słowo\n", (Remark("underline", 1, "słowo"),))

    def test_hidden_words_are_left_out_and_reported(self):
        text = read(paragraph(run("jawne"), run(" ukryte", "<w:vanish/>")))
        assert text.source == "jawne\n"
        assert remark(text, "hidden_text") == Remark("hidden_text", 1, "ukryte")


BULLETS = level(0, "bullet", "") + level(1, "bullet", "o") + level(2, "bullet", "▪")
FIGURES = level(0, "decimal", "%1.") + level(1, "decimal", "%2.") + level(2, "decimal", "%3.")
LEGAL = (
    level(0, "decimal", "§ %1.")
    + level(1, "decimal", "%2)")
    + level(2, "lowerLetter", "%3)")
    + level(3, "decimal", "%1.%2.%4")
)


class TestLists:
    def test_with_bullets_nest(self):
        body = numbered("raz", number=1) + numbered("w środku", number=1, level=1) + numbered("dwa", number=1)
        assert (
            source(body, numbering=abstract_list(0, BULLETS) + list_of(1, 0))
            == "- raz\n    - w środku\n- dwa\n"
        )

    def test_keep_their_numbers_across_an_interruption(self):
        body = numbered("raz", number=1) + paragraph("Przerwa.") + numbered("dwa", number=1)
        assert (
            source(body, numbering=abstract_list(0, FIGURES) + list_of(1, 0))
            == "1. raz\n\nPrzerwa.\n\n2. dwa\n"
        )

    def test_keep_where_they_start(self):
        numbering = abstract_list(0, level(0, "decimal", "%1.", start=7)) + list_of(1, 0)
        assert (
            source(numbered("raz", number=1) + numbered("dwa", number=1), numbering=numbering)
            == "7. raz\n8. dwa\n"
        )

    def test_start_again_where_the_list_says_so(self):
        override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
        numbering = abstract_list(0, FIGURES) + list_of(1, 0) + list_of(2, 0, override)
        body = (
            numbered("raz", number=1)
            + paragraph("Przerwa.")
            + numbered("pięć", number=2)
            + numbered("sześć", number=2)
        )
        assert source(body, numbering=numbering) == "1. raz\n\nPrzerwa.\n\n5. pięć\n6. sześć\n"

    def test_of_two_kinds_are_kept_apart(self):
        numbering = abstract_list(0, FIGURES) + abstract_list(1, BULLETS) + list_of(1, 0) + list_of(2, 1)
        body = "".join(
            numbered(words, number=number) for words, number in (("a", 1), ("b", 1), ("c", 2), ("d", 2))
        )
        assert source(body, numbering=numbering) == "1. a\n2. b\n\n- c\n- d\n"

    def test_that_follow_each_other_keep_their_own_numbers(self):
        numbering = abstract_list(0, FIGURES) + abstract_list(1, FIGURES) + list_of(1, 0) + list_of(2, 1)
        body = "".join(
            numbered(words, number=number) for words, number in (("a", 1), ("b", 1), ("c", 2), ("d", 2))
        )
        text = read(body, numbering=numbering)
        assert text.source == "1. a\n2. b\n1. c\n2. d\n"
        assert plain(text) == "a\nb\nc\nd"

    def test_of_law_keep_their_numbers_as_text_and_are_reported(self):
        numbering = abstract_list(0, LEGAL) + list_of(1, 0)
        body = "".join(
            numbered(words, number=1, level=depth)
            for words, depth in (
                ("Zakres", 0),
                ("gmina", 1),
                ("urząd", 1),
                ("miejski", 2),
                ("powiatowy", 2),
                ("Cele", 0),
                ("zdrowie", 1),
                ("nisko", 3),
            )
        )
        text = read(body, numbering=numbering)
        lines = [line for line in text.source.split("\n") if line]
        assert lines == [
            "§ 1. Zakres",
            "1) gmina",
            "2) urząd",
            "a) miejski",
            "b) powiatowy",
            "§ 2. Cele",
            "1) zdrowie",
            "2.1.1 nisko",
        ]
        assert remark(text, "numbering_as_text").count == 8

    def test_of_letters_stand_inside_the_numbered_entry_they_belong_to(self):
        levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)")
        body = numbered("raz", number=1) + numbered("jeden", number=1, level=1) + numbered("dwa", number=1)
        assert (
            source(body, numbering=abstract_list(0, levels) + list_of(1, 0))
            == "1. raz\n\n    a) jeden\n\n2. dwa\n"
        )

    def test_number_headings_with_text(self):
        levels = level(0, "decimal", "%1.", more='<w:pStyle w:val="Heading1"/>') + level(
            1, "decimal", "%1.%2.", more='<w:pStyle w:val="Heading2"/>'
        )
        styles = "".join(
            style(
                f"Heading{depth}",
                f"heading {depth}",
                '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
            )
            for depth in (1, 2)
        )
        body = (
            paragraph("Cele", style="Heading1")
            + paragraph("Zdrowie", style="Heading2")
            + paragraph("Szkoła", style="Heading2")
        )
        written = source(body, styles=styles, numbering=abstract_list(0, levels) + list_of(1, 0))
        assert written == "# 1. Cele\n\n## 1.1. Zdrowie\n\n## 1.2. Szkoła\n"

    @pytest.mark.parametrize(
        ("form", "third"),
        [
            ("upperRoman", "III."),
            ("lowerRoman", "iii."),
            ("upperLetter", "C."),
            ("decimalZero", "03\\."),
            ("ordinal", "3.."),
        ],
    )
    def test_count_in_every_usual_format(self, form, third):
        numbering = abstract_list(0, level(0, form, "%1.")) + list_of(1, 0)
        body = "".join(numbered(words, number=1) for words in ("raz", "dwa", "trzy"))
        assert source(body, numbering=numbering).split("\n")[-2] == f"{third} trzy"

    def test_in_an_unknown_format_are_counted_in_figures_and_reported(self):
        text = read(
            numbered("raz", number=1), numbering=abstract_list(0, level(0, "hebrew1", "%1)")) + list_of(1, 0)
        )
        assert text.source == "1) raz\n"
        assert remark(text, "numbering_approximated")

    def test_over_several_lines_stay_one_entry(self):
        body = numbered(run("raz"), "<w:r><w:br/></w:r>", run("- dalej"), number=1)
        assert source(body, numbering=abstract_list(0, BULLETS) + list_of(1, 0)) == "- raz\\\n    \\- dalej\n"

    def test_of_absurd_numbers_do_no_harm(self):
        odd = level(0, "lowerRoman", "%1." * 1000, start=999999999) + level(1, "lowerLetter", "%2)", start=-7)
        body = numbered("raz", number=1) + numbered("dwa", number=1, level=1) + numbered("trzy", number=77)
        assert len(source(body, numbering=abstract_list(0, odd) + list_of(1, 0))) < 500


class TestTables:
    def test_become_pipe_tables(self):
        assert (
            source(table(("Zadanie", "Kwota"), ("Basen", "1 | 2")))
            == "| Zadanie | Kwota |\n| --- | --- |\n| Basen | 1 \\| 2 |\n"
        )

    def test_with_merged_cells_keep_every_word_and_are_reported(self):
        wide = tabled("Razem", '<w:gridSpan w:val="2"/>')
        tall = [tabled("Wysoka", '<w:vMerge w:val="restart"/>'), tabled("", "<w:vMerge/>")]
        text = read(f"<w:tbl>{row(wide)}{row(tall[0], 'b')}{row(tall[1], 'c')}</w:tbl>")
        assert text.source == "| Razem |  |\n| --- | --- |\n| Wysoka | b |\n|  | c |\n"
        assert remark(text, "merged_cells") == Remark("merged_cells", 2, "Razem")

    def test_within_tables_are_flattened_and_reported(self):
        text = read(table(("a", table(("w", "środku"), ("jest", "tabela"))), ("b", "c")))
        assert text.source.startswith("| a | w środku")
        assert "jest tabela" in text.source
        assert remark(text, "nested_tables").count == 1

    def test_of_one_cell_are_frames_around_a_passage(self):
        text = read(table((paragraph("Cele", style="Heading2") + paragraph("Słowa"),)))
        assert text.source == "## Cele\n\nSłowa\n"
        assert remark(text, "framed_passages")

    def test_keep_headings_within_them_as_words(self):
        text = read(table((paragraph("Cele", style="Heading2"), "b")))
        assert text.source.startswith("| Cele | b |")
        assert remark(text, "headings_in_tables")

    def test_leave_out_deleted_rows(self):
        gone = "<w:tr><w:trPr><w:del/></w:trPr>" + tabled("stare") + tabled("x") + "</w:tr>"
        text = read(f"<w:tbl>{row('a', 'b')}{gone}{row('c', 'd')}</w:tbl>")
        assert "stare" not in text.source
        assert remark(text, "tracked_deletions")

    def test_without_words_are_left_out(self):
        assert source(table(("", ""), ("", "")) + paragraph("Słowa")) == "Słowa\n"


class TestLinks:
    @pytest.mark.parametrize(
        ("address", "written"),
        [
            ("https://example.org/a", "[tu](https://example.org/a)"),
            ("mailto:urzad@example.org", "[tu](mailto:urzad@example.org)"),
            ("https://example.org/a b(c)", "[tu](https://example.org/a%20b%28c%29)"),
        ],
    )
    def test_to_the_web_and_to_mail_are_kept(self, address, written):
        body = paragraph(f'<w:hyperlink r:id="x">{run("tu")}</w:hyperlink>')
        assert source(body, links={"x": ("hyperlink", address)}) == f"{written}\n"

    @pytest.mark.parametrize(
        "address",
        ["javascript:alert(1)", "file:///etc/passwd", "\\\\server\\plik", "data:text/html,x", "ftp://x/y"],
    )
    def test_to_anywhere_else_leave_their_words_and_are_reported(self, address):
        text = read(
            paragraph(f'<w:hyperlink r:id="x">{run("tu")}</w:hyperlink>'), links={"x": ("hyperlink", address)}
        )
        assert text.source == "tu\n"
        assert remark(text, "links") == Remark("links", 1, address)

    def test_that_show_their_address_are_written_short(self):
        body = paragraph(f'<w:hyperlink r:id="x">{run("https://example.org/a_b_")}</w:hyperlink>')
        assert source(body, links={"x": ("hyperlink", "https://example.org/a_b_")}) in (
            "<https://example.org/a_b_>\n",
            "[https://example.org/a_b\\_](https://example.org/a%5Fb%5F)\n",
        )

    def test_within_the_document_leave_their_words(self):
        text = read(paragraph(f'<w:hyperlink w:anchor="_Ref1">{run("rozdział 2")}</w:hyperlink>'))
        assert text.source == "rozdział 2\n"
        assert remark(text, "internal_links")

    def test_made_as_fields_are_links_too(self):
        field = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org" </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("tu")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{run(" dalej")}'
        )
        assert source(paragraph(field)) == "[tu](https://example.org) dalej\n"


FOOTNOTES = (
    '<w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", " Pierwszy.")}{paragraph("Dalej.")}</w:footnote>'
    f'<w:footnote w:id="5">{paragraph("Drugi z * gwiazdką.")}</w:footnote>'
)
NOTE_2 = '<w:r><w:footnoteReference w:id="2"/></w:r>'
NOTE_5 = '<w:r><w:footnoteReference w:id="5"/></w:r>'


class TestNotes:
    def test_are_numbered_as_met_and_defined_at_the_end_of_their_section(self):
        body = (
            paragraph("Raz", NOTE_5)
            + paragraph("Cele", style="Heading1")
            + paragraph("Dwa", NOTE_2, " i trzy", NOTE_5)
        )
        assert source(body, footnotes=FOOTNOTES) == (
            "Raz[^1]\n\n[^1]: Drugi z \\* gwiazdką.\n\n# Cele\n\nDwa[^2] i trzy[^1]\n\n[^2]: Pierwszy.\n\n    Dalej.\n"
        )

    def test_in_a_heading_are_defined_in_the_section_it_opens(self):
        body = paragraph("Wstęp") + paragraph("Cele", NOTE_5, style="Heading1") + paragraph("Słowa")
        assert (
            source(body, footnotes=FOOTNOTES)
            == "Wstęp\n\n# Cele[^1]\n\nSłowa\n\n[^1]: Drugi z \\* gwiazdką.\n"
        )

    def test_at_the_end_of_the_document_count_in_roman_figures(self):
        endnotes = f'<w:endnote w:id="1">{paragraph("Końcowy.")}</w:endnote>'
        body = paragraph("Raz", NOTE_5, '<w:r><w:endnoteReference w:id="1"/></w:r>')
        assert source(body, footnotes=FOOTNOTES, endnotes=endnotes) == (
            "Raz[^1][^i]\n\n[^1]: Drugi z \\* gwiazdką.\n\n[^i]: Końcowy.\n"
        )

    def test_that_are_missing_from_the_file_leave_no_mark(self):
        assert (
            source(paragraph("Raz", '<w:r><w:footnoteReference w:id="99"/></w:r>'), footnotes=FOOTNOTES)
            == "Raz\n"
        )


class TestWhatIsNotCarriedOver:
    def test_tracked_changes_are_taken_and_reported(self):
        body = paragraph(
            "Program ",
            f"<w:ins>{run('nowy ')}</w:ins>",
            "<w:del><w:r><w:delText>stary </w:delText></w:r></w:del>",
            "trwa.",
        )
        text = read(body)
        assert text.source == "Program nowy trwa.\n"
        assert remark(text, "tracked_insertions") == Remark("tracked_insertions", 1, "nowy")
        assert remark(text, "tracked_deletions") == Remark("tracked_deletions", 1, "stary")

    def test_moved_words_stand_where_they_were_moved_to(self):
        body = paragraph("a ", f"<w:moveFrom>{run('tu')}</w:moveFrom>") + paragraph(
            "b ", f"<w:moveTo>{run('tam')}</w:moveTo>"
        )
        assert source(body) == "a\n\nb tam\n"

    def test_a_deleted_paragraph_end_joins_two_paragraphs(self):
        body = paragraph("Jeden ", properties="<w:rPr><w:del/></w:rPr>") + paragraph("dwa.")
        assert source(body) == "Jeden dwa.\n"
        assert source(paragraph("Koniec", properties="<w:rPr><w:del/></w:rPr>")) == "Koniec\n"

    def test_comments_are_counted_and_the_first_quoted(self):
        comments = f'<w:comment w:id="0">{paragraph("Czy na pewno?")}</w:comment><w:comment w:id="1">{paragraph("Tak.")}</w:comment>'
        text = read(paragraph("Słowa", '<w:r><w:commentReference w:id="0"/></w:r>'), comments=comments)
        assert text.source == "Słowa\n"
        assert text.remarks == (Remark("comments", 2, "Czy na pewno?"),)

    def test_images_are_reported_with_their_description(self):
        image = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Mapa gminy"/><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        assert read(paragraph("Słowa", image)).remarks == (Remark("images", 1, "Mapa gminy"),)

    def test_charts_are_reported(self):
        chart = '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="x"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        assert read(paragraph("Słowa", chart)).remarks == (Remark("charts"),)

    def test_text_boxes_are_read_once_after_their_paragraph(self):
        box = f"<w:txbxContent>{paragraph('W ramce')}</w:txbxContent>"
        shape = (
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
        text = read(paragraph("Obok", shape, " ramki"))
        assert text.source == "Obok ramki\n\nW ramce\n"
        assert text.remarks == (Remark("text_boxes", 1, "W ramce"),)

    def test_equations_leave_their_letters(self):
        text = read(paragraph("Wzór ", "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"))
        assert text.source == "Wzór a=b\n"
        assert remark(text, "equations")

    def test_objects_and_drawings_are_reported(self):
        text = read(paragraph("Słowa", "<w:r><w:object/></w:r>", "<w:r><w:pict><v:rect/></w:pict></w:r>"))
        assert {each.code for each in text.remarks} == {"embedded_objects", "drawings"}

    def test_fields_leave_the_words_they_show_and_are_reported(self):
        text = read(paragraph("Dnia ", f'<w:fldSimple w:instr=" DATE ">{run("4 maja")}</w:fldSimple>'))
        assert text.source == "Dnia 4 maja\n"
        assert remark(text, "fields")

    def test_a_field_that_never_ends_does_not_swallow_the_text(self):
        body = paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>', "a"
        ) + paragraph("Dalej")
        assert "Dalej" in source(body)

    def test_a_table_of_contents_is_left_out_and_reported(self):
        gallery = (
            '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        )
        body = f"<w:sdt>{gallery}<w:sdtContent>{paragraph('Cele 3')}</w:sdtContent></w:sdt>" + paragraph(
            "Cele", style="Heading1"
        )
        text = read(body + paragraph("Spis 7", style="toc"), styles=style("toc", "toc 1"))
        assert text.source == "# Cele\n"
        assert remark(text, "contents").count == 2

    def test_page_headers_are_reported_when_they_say_something(self):
        header = part("hdr", paragraph("Załącznik do uchwały"))
        text = read(
            paragraph("Słowa"), extra={"header1.xml": header, "footer1.xml": part("ftr", paragraph("7"))}
        )
        assert text.source == "Słowa\n"
        assert text.remarks == (Remark("headers_footers", 1, "Załącznik do uchwały"),)

    def test_words_in_content_controls_and_smart_tags_are_read(self):
        body = f"<w:sdt><w:sdtContent>{paragraph('W polu')}</w:sdtContent></w:sdt>" + paragraph(
            f"<w:smartTag>{run('i tu')}</w:smartTag>"
        )
        assert source(body) == "W polu\n\ni tu\n"

    def test_an_example_is_short(self):
        text = read(paragraph(run("długo " * 100, "<w:u/>")))
        assert len(text.remarks[0].example) <= 80
