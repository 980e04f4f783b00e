"""Consult: public consultation and standards drafting."""

from __future__ import annotations

import gc
from importlib import import_module
from typing import Any


def start_app() -> Any:
    """The Flask application of a process that lives for it: a web server's or a command's.

    A start makes a quarter of a million objects that stay until the process ends. The garbage collector looks through
    them neither while they are made, nor while pages are served, nor when the process ends: that was a third of the
    time a command took, and what a server waited for when told to stop.
    """
    gc.disable()
    try:
        return import_module("consult.app").create_app()
    finally:
        gc.freeze()
        gc.enable()
