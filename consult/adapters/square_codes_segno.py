"""QR codes drawn by segno."""

from __future__ import annotations

import segno


class SegnoCodes:
    def picture(self, text: str) -> str:
        code = segno.make(text, error="m", micro=False)
        return code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff", encode_minimal=False)
