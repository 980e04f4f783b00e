"""A receipt as a file, for whoever wants to show later what they had sent."""

from __future__ import annotations

import json

from flask import Response, make_response

from consult.services.public_records import make_receipt_file
from consult.web.shared.limits import limited


@limited("records")
def receipt_file(register_id: int, receipt_no: int, secret: str) -> Response:
    content = make_receipt_file(register_id, receipt_no, secret)
    response = make_response(json.dumps(content, ensure_ascii=False, indent=1))
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = (
        f'attachment; filename="receipt-{register_id}-{receipt_no}.json"'
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
