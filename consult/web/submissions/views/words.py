"""Codes of submissions in the reader's words, for the options of lists."""

from __future__ import annotations

from flask import get_template_attribute


def channel_words(code: str) -> str:
    return _said("submissions/_words.html", "channel_word", code)


def standing_words(code: str) -> str:
    return _said("submissions/_words.html", "standing_word", code)


def capacity_words(code: str) -> str:
    return _said("macros/words.html", "capacity_word", code)


def _said(template: str, macro: str, code: str) -> str:
    return str(get_template_attribute(template, macro)(code)).strip()
