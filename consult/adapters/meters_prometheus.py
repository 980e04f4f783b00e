"""Figures in the text format of Prometheus, counted by several processes in files of one folder.

Every process writes into mapped files of its own, so that counting costs microseconds and asks for no lock between
processes; whoever is asked adds all files up. This is the library's way of doing it for several processes, entered one
floor lower, since the folder is known only when the settings are.
"""

from __future__ import annotations

import logging
import os
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.mmap_dict import MmapedDict, mmap_key
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

from consult.ports.meters import Figure

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, float("inf"))
"""Upper bounds of the histogram's buckets, in seconds."""

# the library types its outer face only
_mapped: Any = MmapedDict
_collected: Any = MultiProcessCollector
_written: Any = floatToGoString

REQUESTS = ("consult_requests", "Answers given, by page, method and status.")
SECONDS = ("consult_request_seconds", "How long answers took to make.")


class PrometheusMeters:
    media_type = "text/plain; version=0.0.4; charset=utf-8"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._files: tuple[Any, Any] | None = None
        self._process = 0

    def observe(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        answer = _key(REQUESTS, "_total", endpoint=endpoint, method=method, status=str(status))
        buckets, total = _histogram(endpoint)
        try:
            with self._lock:
                counts, times = self._opened()
                _add(counts, answer, 1)
                for bucket in buckets:  # an empty bucket is a bucket too
                    times.read_value(bucket)
                _add(times, buckets[bisect_left(BOUNDS, seconds)], 1)
                _add(times, total, seconds)
        except OSError as error:  # a full disk must not fail the answer that is being counted
            logging.getLogger(__name__).warning("answers are not counted: %s", error.strerror)

    def report(self, figures: Sequence[Figure]) -> bytes:
        registry = CollectorRegistry()
        if self._folder.is_dir():
            _collected(registry, path=str(self._folder))
        registry.register(_Figures(figures))
        return generate_latest(registry)

    def begin(self) -> None:
        for file in self._folder.glob("*.db"):
            file.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the files of this process; counting goes on with the next answer."""
        with self._lock:
            for file in self._files or ():
                file.close()
            self._files = None

    def _opened(self) -> tuple[Any, Any]:
        """The files of this process; new ones after a fork."""
        if self._files is None or self._process != os.getpid():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._process = os.getpid()
            self._files = (
                _mapped(str(self._folder / f"counter_{self._process}.db")),
                _mapped(str(self._folder / f"histogram_{self._process}.db")),
            )
        return self._files


class _Figures(Collector):
    """Figures of this moment as the library collects them."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        families: dict[str, GaugeMetricFamily] = {}
        for figure in self._figures:
            labels = [name for name, _ in figure.labels]
            family = families.setdefault(
                figure.name, GaugeMetricFamily(figure.name, figure.meaning, labels=labels)
            )
            family.add_metric([value for _, value in figure.labels], figure.value)
        return iter(families.values())


@cache
def _histogram(endpoint: str) -> tuple[tuple[str, ...], str]:
    """Keys of the buckets of an endpoint, in order, and of the sum."""
    buckets = [_key(SECONDS, "_bucket", endpoint=endpoint, le=_written(bound)) for bound in BOUNDS]
    return tuple(buckets), _key(SECONDS, "_sum", endpoint=endpoint)


@lru_cache(maxsize=1_000)
def _key(meter: tuple[str, str], ending: str, **labels: str) -> str:
    name, meaning = meter
    return mmap_key(name, name + ending, list(labels), list(labels.values()), meaning)


def _add(file: Any, key: str, amount: float) -> None:
    value, _ = file.read_value(key)
    file.write_value(key, value + amount, 0.0)
