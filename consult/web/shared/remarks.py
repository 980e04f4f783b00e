"""What readers of files report, in words."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext

_ = lazy_gettext

REMARKS = {
    # Markdown
    "lost_references": _(
        "References lead to parts that are not in this text. They are shown as words, and listed under “References” of the draft, where you can put them right."
    ),
    "raw_html": _("The text holds HTML. Only simple tags take effect; the rest is shown as plain words."),
    "remote_images": _(
        "Pictures that stand elsewhere are shown as links. Add them in the editor, where you also say what they show."
    ),
    "undescribed_images": _(
        "A picture has no words for people who do not see it. Write what it shows between the square brackets: ![what it shows](address)."
    ),
    "skipped_levels": _("A heading skips a level. The text is kept as it is; check the contents."),
    "empty_headings": _("A heading has no words."),
    # Word
    "tracked_insertions": _("Tracked insertions were taken into the text."),
    "tracked_deletions": _("Tracked deletions were left out of the text."),
    "comments": _("Comments in the margin of the file were not taken in."),
    "images": _(
        "Pictures of kinds that cannot be shown here, or that stand outside the file, were not taken in. Save them as PNG and add them in the editor."
    ),
    "pictures_taken": _("Pictures were taken in."),
    "undescribed_pictures": _(
        "Pictures came without words for people who do not see them. Open the page “Pictures” of the draft: it says in which parts to write what each shows."
    ),
    "drawings": _("Drawings were not taken in."),
    "charts": _("Charts were not taken in."),
    "equations": _("Equations were taken in as plain text; check them."),
    "embedded_objects": _("Embedded objects were not taken in."),
    "text_boxes": _("The text of text boxes was put after the paragraph they hang on."),
    "framed_passages": _("A framed passage was taken in as an ordinary paragraph."),
    "headers_footers": _("Headers and footers of the pages were left out."),
    "title_page": _("The title page of a file from this platform was left out."),
    "contents": _("The table of contents was left out; a new one is made here."),
    "deep_headings": _("Headings deeper than six levels became the sixth."),
    "section_numbers": _("Numbers printed by this platform were left out; they are computed anew."),
    "headings_in_tables": _("A heading inside a table became ordinary text."),
    "merged_cells": _("Merged cells of a table were spread out."),
    "nested_tables": _("A table inside a table became text of its cell."),
    "numbering_approximated": _("The numbering of a list was only approximated; check it."),
    "numbering_as_text": _("Numbers that Word generates were written into the text."),
    "fields": _("Fields of Word were taken in with the text they showed last."),
    "hidden_text": _("Hidden text was left out."),
    "internal_links": _("Links inside the document were taken in as plain words."),
    "links": _("Links to places that are no websites were taken in as plain words."),
    "symbols": _("Symbols of special fonts were left out or replaced."),
    "underline": _("Underlined words were taken in without the line."),
    "emphasis_simplified": _("Emphasis was simplified where several kinds overlapped."),
}


def remark_text(code: str) -> str:
    """A remark in the reader's language."""
    known = REMARKS.get(code)
    return (
        str(known)
        if known is not None
        else gettext("Something was read differently than written (%(code)s).", code=code)
    )
