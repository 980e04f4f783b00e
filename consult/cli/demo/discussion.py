"""What people say to the comments on the strategy: whom others support, and an advertisement that was hidden."""

from __future__ import annotations

from datetime import datetime, timedelta

from consult.cli.demo.cast import Cast
from consult.domain.policy.actors import ANONYMOUS
from consult.services import comments, discussion, moderation
from consult.services.comments import Remark, Sender
from consult.services.drawn_secrets import draw_secret
from consult.storage.queries import comments as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.viewers import EVERYTHING

SUPPORTED = (9, 4, 2, 1)
"""How many guests support the first comments of the register, by place."""


def discuss(cast: Cast, slug: str, now: datetime) -> None:
    document = document_queries.get_document(slug, EVERYTHING)
    rows = queries.list_document_comments(document.id, with_drafts=False)
    for row, count in zip(rows, SUPPORTED, strict=False):
        for _ in range(count):
            discussion.support_comment(ANONYMOUS, row.id, secret=draw_secret(), now=now - timedelta(hours=16))
        discussion.support_comment(cast.ngo_member, row.id, now=now - timedelta(hours=15))
    receipt = comments.submit_comments(
        ANONYMOUS,
        slug,
        [
            Remark(
                text="Polecam pompy ciepła i fotowoltaikę, montaż w tydzień. Proszę dzwonić.", kind="general"
            )
        ],
        Sender(capacity="business", organisation_name="Instalacje A"),
        now=now - timedelta(hours=14),
    )
    moderation.hide_comment(
        cast.village_official,
        receipt.comment_ids[0],
        reason="advertising",
        words="Ogłoszenie firmy, które nie dotyczy strategii. Uwagi o tym, jak gmina ma wspierać wymianę źródeł ciepła, są "
        "mile widziane.",
        now=now - timedelta(hours=12),
    )
