"""Rendering is bounded in time whatever the text holds, and what cannot be rendered is shown as typed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.adapters.markdown_html import SHORT, MarkdownHtml, is_harmless
from consult.adapters.markdown_html.making import made
from consult.adapters.markdown_html.workers import Overrun, Pool
from tests.pace import is_quick, within

ROOT = Path(__file__).resolve().parents[2]

# Text that keeps Python-Markdown busy for minutes: it copies the whole paragraph for every escaped sign.
ENDLESS = "\\*" * 150_000


@pytest.fixture(scope="module")
def renderer() -> Iterator[MarkdownHtml]:
    renderer = MarkdownHtml(workers=1, seconds=0.3)
    renderer.render("[" * 600)  # the worker is running
    yield renderer
    renderer.close()


def test_what_takes_too_long_is_shown_as_typed(renderer: MarkdownHtml):
    source = f"# Tytuł\n\nPierwszy <b>\n\n{ENDLESS}"
    with within(15, clock=time.perf_counter):
        rendered = renderer.render(source)
    assert rendered.fell_back
    assert rendered.html.startswith("<h1>Tytuł</h1>\n<p>Pierwszy &lt;b&gt;</p>")
    assert rendered.plain.split() == source.removeprefix("# ").split()


def test_the_worker_after_an_overrun_is_a_new_one(renderer: MarkdownHtml):
    renderer.render(ENDLESS)
    assert renderer.render("<b>a</b>" * 500).html.startswith("<p><b>a</b>")


@pytest.mark.parametrize(
    "sign", ["[", "![", "`", "*", "<", "> ", "- ", "\n    - ", "[](", "&", "\\", "<!--", "| "]
)
def test_five_thousand_signs_render_or_fall_back_at_once(renderer: MarkdownHtml, sign: str):
    source = sign * 5000
    with within(5, clock=time.perf_counter):
        rendered = renderer.render(source)
    assert rendered.html or not source.strip("\n -<!>")


def test_a_million_letters_render(renderer: MarkdownHtml):
    paragraph = "Organizacje *pozarządowe* mają prawo do [informacji](http://x.pl).\n\n"
    rendered = MarkdownHtml(workers=1).render(paragraph * (1_000_000 // len(paragraph)))
    assert not rendered.fell_back
    assert rendered.html.count("<em>") == 1_000_000 // len(paragraph)


def test_short_plain_text_needs_no_worker():
    renderer = MarkdownHtml()
    renderer.render("# Tytuł\n\n" + "Zwykłe **słowa** z [linkiem](http://x.pl).\n\n" * 20)
    assert not renderer._pool._idle


def test_long_and_sign_laden_texts_go_to_a_worker():
    assert is_harmless("słowo " * 1000)
    assert not is_harmless("słowo " * 10_000)
    assert not is_harmless("[" * 1000)


def hostile_texts(seed: int, count: int) -> Iterator[str]:
    """Texts within the bounds of what renders in this process, made to be slow."""
    units = [
        "[", "]", "(", ")", "![", "`", "*", "_", "<", "**", "__", "a", "słowo ", " ", "\n", "\n\n", "\n    ", "\n> ",
        "\n- ", "\n1. ", "\n# ", "\n=", "\n-\n", "|", "\n|-|-|\n", "&", "\\", "[^1]", "\n[^1]: ", "<!--", "<b>", "\n<div>\n",
        "\n~~~\n", "\n```\n", "[a]: b", "\t", "http://", "@", "'", '"', "  \n", "***", "\n* ",
    ]  # fmt: skip
    chance = random.Random(seed)
    while count:
        unit = "".join(chance.choices(units, k=chance.choice([1, 1, 2, 3, 5])))
        if chance.random() < 0.2:  # ever deeper
            text = "".join(f"\n{' ' * 2 * depth}{unit}" for depth in range(90))[:SHORT]
        else:
            text = (unit * SHORT)[: chance.randrange(100, SHORT)]
        while not is_harmless(text):
            text = text[: len(text) * 4 // 5]
        text += "słowo " * ((SHORT - len(text)) // 6)
        count -= 1
        yield text


def slowest(seed: int, count: int) -> float:
    made("", "")
    worst = 0.0
    for text in hostile_texts(seed, count):
        begun = time.process_time()
        made(text, "")
        worst = max(worst, time.process_time() - begun)
    return worst


def test_what_renders_in_this_process_is_quick():
    assert is_quick(slowest(seed=1, count=150), 0.2)


@pytest.mark.deep
def test_thousands_of_hostile_texts_render_quickly_in_this_process():
    assert is_quick(slowest(seed=int(time.time()), count=5_000), 0.2)


def test_no_worker_outlives_its_parent():
    program = (
        "from consult.adapters.markdown_html import MarkdownHtml\n"
        "r = MarkdownHtml(workers=1); r.render('[' * 3000)\n"
        "print(r._pool._idle[0]._process.pid, flush=True)\n"
        "import sys; sys.stdin.read()\n"
    )
    for ending in (signal.SIGKILL, signal.SIGTERM, None):
        parent = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        assert is_running(worker)
        if ending:
            parent.send_signal(ending)
        parent.communicate(timeout=20)
        assert wait_until_gone(worker)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until_gone(pid: int) -> bool:
    for _ in range(200):
        if not is_running(pid):
            return True
        time.sleep(0.05)
    return False


def test_a_closed_pool_leaves_no_zombie_and_starts_again():
    pool = Pool("consult.adapters.markdown_html", size=1)
    request: dict[str, object] = {"source": "*a*", "definitions": "", "seconds": 5}
    assert pool.ask(request, seconds=20) == {"html": "<p><em>a</em></p>"}
    pid = pool._idle[0]._process.pid
    pool.close()
    assert not Path(f"/proc/{pid}").exists()
    assert pool.ask(request, seconds=20)["html"]
    pool.close()


def test_a_worker_that_was_killed_is_replaced():
    pool = Pool("consult.adapters.markdown_html", size=1)
    request: dict[str, object] = {"source": "*a*", "definitions": "", "seconds": 5}
    pool.ask(request, seconds=20)
    os.kill(pool._idle[0]._process.pid, signal.SIGKILL)
    pool._idle[0]._process.wait()
    assert pool.ask(request, seconds=20)["html"]
    pool.close()


def test_a_worker_ends_itself_when_its_processor_time_is_over():
    pool = Pool("consult.adapters.markdown_html", size=1)
    with within(4, clock=time.perf_counter), pytest.raises(Overrun):
        pool.ask({"source": ENDLESS, "definitions": "", "seconds": 0.2}, seconds=120)
    pool.close()


def test_open_brackets_take_linear_time():
    with within(1.5, clock=time.perf_counter):
        assert made("[" * 6000 + "]", "") == f"<p>{'[' * 6000}]</p>"


def test_a_hung_worker_is_given_up():
    pool = Pool("consult.adapters.markdown_html", size=1)
    with pytest.raises(Overrun):
        pool.ask({"source": ENDLESS, "definitions": "", "seconds": 60}, seconds=0.5)
    assert not pool._idle
    pool.close()


def test_threads_share_the_workers():
    renderer = MarkdownHtml(workers=2)
    sources = [f"{number} " + "*a* " * 500 for number in range(12)]
    found: dict[int, str] = {}
    threads = [
        threading.Thread(target=lambda n=n: found.__setitem__(n, renderer.render(sources[n]).plain))
        for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[n].split()[0] for n in range(12)] == [str(n) for n in range(12)]
    assert len(renderer._pool._idle) <= 2
    renderer.close()
