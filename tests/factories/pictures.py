"""Pictures for tests, drawn here."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw

from consult.domain.policy.actors import SYSTEM
from consult.domain.text.pictures import marker
from consult.services import attachments, drafting, pictures
from tests.factories import records
from tests.factories.apps import Store


@cache
def planes(kind: str = "PNG", size: tuple[int, int] = (400, 240), colour: str = "#1f4e79") -> bytes:
    """Three circles that overlap."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    width, height = size
    for at in (0.2, 0.4, 0.6):
        draw.ellipse((width * at, height * 0.2, width * (at + 0.3), height * 0.9), outline=colour, width=4)
    written = io.BytesIO()
    picture.save(written, kind)
    return written.getvalue()


def bring_files(store: Store, slug: str) -> dict[str, object]:
    """Send a picture and attach a file; what addresses call them."""
    picture = pictures.add_picture(
        SYSTEM, slug, planes(), pictures.Description("Trzy koła", caption="Rysunek 1."), now=store.now
    )
    attachment_id = attachments.attach_file(
        SYSTEM,
        slug,
        content=b"Lista spraw\n",
        file_name="lista.txt",
        words=attachments.Words("Lista spraw", "Do wydruku."),
        now=store.now,
    )
    _, states = attachments.list_history(SYSTEM, slug, attachment_id)
    return {"name": picture.name, "attachment_id": attachment_id, "state_id": states[0].id}


def show_picture(store: Store, slug: str, name: str, heading: str = "Zlecanie zadań") -> None:
    """Let a part of a draft show a picture, at its end."""
    section = records.section(slug, heading)
    drafting.save_section(
        SYSTEM,
        slug,
        section.section_id,
        source=f"{section.source.rstrip()}\n\n{marker(name, alt='Trzy koła', caption='Rysunek 1.')}\n\n",
        base_text_id=section.text_id,
        now=store.now,
    )
