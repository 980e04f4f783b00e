"""DokuWiki beside us: the peer of MEASURE, set up in a folder of its own and served on the loopback.

Nothing of it belongs to this project. Debian has it: ``dokuwiki``, its ``php-phpseclib``, and ``php-cli`` with
``php-xml`` and ``php-mbstring`` (the opcode cache comes with them). Either install these, or unpack the first two, in
this order, into a folder that ``CONSULT_DOKUWIKI`` names::

    apt-get download dokuwiki php-phpseclib
    for package in dokuwiki_*.deb php-phpseclib_*.deb; do dpkg-deb -x "$package" FOLDER; done

What is served is a copy with its settings as they come, but that its pages have no news of new releases. Everybody may
edit, as in a wiki without accounts: DokuWiki is spared what signing in would cost it. The opcode cache is on, and the
server says so; PHP's own server answers, with no other in front of it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.browsing import Browser, form_with, free_port, served
from tests.bench.drafts import KEPT

VARIABLE = "CONSULT_DOKUWIKI"
PROGRAM = Path("usr/share/dokuwiki")

_SETTINGS = """<?php
$conf['title'] = 'Wiki';
$conf['lang'] = 'pl';
$conf['useacl'] = 1;
$conf['updatecheck'] = 0;
$conf['savedir'] = '{data}';
"""
_EVERYBODY_EDITS = "# <?php exit()?>\n*\t@ALL\t8\n"
_NOBODY = "# <?php exit()?>\n"
_PLACES = "<?php define('DOKU_CONF', '{conf}/'); define('DOKU_MAIN_CONF', '{conf}/');\n"
_IS_CACHING = "<?php echo json_encode(opcache_get_status(false)['opcache_enabled'] ?? false);\n"
_STORES = (
    "attic",
    "cache",
    "index",
    "locks",
    "log",
    "media",
    "media_attic",
    "media_meta",
    "meta",
    "pages",
    "tmp",
)


def find_dokuwiki() -> Path | None:
    """The folder DokuWiki is unpacked in, `/` where it is installed; None where it or PHP is missing."""
    root = Path(os.environ.get(VARIABLE) or "/")
    is_there = (root / PROGRAM / "doku.php").exists() and shutil.which("php")
    return root if is_there else None


@dataclass(frozen=True, slots=True)
class DokuWiki:
    """A wiki being served; pages are named as in its addresses."""

    browser: Browser
    folder: Path

    def filled(self, page: str, source: str, *, instead_of: str = "") -> Callable[[], None]:
        """The editor opened and filled in; what is returned presses save and waits for the answer.

        Without `instead_of` the whole page is written, else only that stretch of it, as its section editor does.
        """
        asked = f"/doku.php?id={page}&do=edit"
        if instead_of:
            stretch = instead_of.strip()
            before, _, _ = self.source(page).partition(stretch)
            first = len(before.encode()) + 1
            asked += f"&target=section&range={first}-{first + len(stretch.encode())}"
        fields = form_with(self.browser.get(asked).text, "wikitext")
        assert not instead_of or fields["wikitext"].split() == instead_of.split()
        filled = fields | {"wikitext": source, "do[save]": "1"}

        def save() -> None:
            answer = self.browser.post("/doku.php", filled)
            assert answer.status == 302, (answer.status, answer.text[:500])

        return save

    def revised(self, page: str, before: str, after: str) -> str:
        """Write a page twice; the address under which it shows what changed between."""
        self.filled(page, before)()
        time.sleep(1.1)  # it tells revisions apart by the second
        self.filled(page, after)()
        namespace, _, name = page.partition(":")
        first = min((self.folder / "data/attic" / namespace).glob(f"{name}.*.txt.gz"))
        return f"/doku.php?id={page}&do=diff&rev={first.name.split('.')[1]}"

    def source(self, page: str) -> str:
        """The page as it stands."""
        return self.browser.get(f"/doku.php?id={page}&do=export_raw").text


def wiki_of(source: str) -> str:
    """A section of Markdown (a heading and paragraphs) in DokuWiki's own markup."""
    heading, _, rest = source.partition("\n")
    return f"===== {heading.lstrip('# ')} =====\n{rest}"


@contextmanager
def wiki_served(root: Path) -> Iterator[DokuWiki]:
    """An empty wiki on the loopback, thrown away afterwards."""
    with tempfile.TemporaryDirectory(dir=KEPT) as name:
        folder = Path(name)
        command = [
            *_php(set_up(root, folder)),
            "-S",
            f"127.0.0.1:{(port := free_port())}",
            "-t",
            str(folder / "wiki"),
        ]
        with served(command, port, path="/doku.php", log=folder / "php.log") as browser:
            assert json.loads(browser.get("/is_caching.php").text) is True, "PHP has no opcode cache"
            yield DokuWiki(browser, folder)


_COMPARING = """<?php
define('NOSESSION', 1);
require '{wiki}/inc/init.php';
$times = [];
foreach (json_decode(stream_get_contents(STDIN)) as [$old, $new]) {{
    $least = INF;
    for ($round = 0; $round < {rounds}; $round++) {{
        $began = hrtime(true);
        $difference = new Diff(explode("\\n", $old), explode("\\n", $new));
        $table = (new TableDiffFormatter())->format($difference);
        $least = min($least, (hrtime(true) - $began) / 1e6);
    }}
    $times[] = $least;
}}
echo json_encode($times);
"""


def comparing_times(root: Path, pairs: Sequence[tuple[str, str]], *, rounds: int) -> list[float]:
    """Milliseconds in which DokuWiki's own engine compares each pair and writes the table its page shows, the least of
    several rounds; nothing else of a page."""
    with tempfile.TemporaryDirectory(dir=KEPT) as name:
        folder = Path(name)
        prelude, script = set_up(root, folder), folder / "comparing.php"
        script.write_text(_COMPARING.format(wiki=folder / "wiki", rounds=rounds), encoding="utf-8")
        ran = subprocess.run(
            [*_php(prelude), str(script)],
            input=json.dumps(pairs),
            capture_output=True,
            text=True,
            check=True,
        )
        times: list[float] = json.loads(ran.stdout)
        return times


def set_up(root: Path, folder: Path) -> Path:
    """Copy what `root` holds into `folder` and give it settings; the file PHP has to read before every script."""
    wiki, conf, data = folder / "wiki", folder / "conf", folder / "data"
    shutil.copytree(root / PROGRAM, wiki, ignore=lambda _, names: {".htaccess", "plugins", "tpl"} & {*names})
    for part in ("plugins", "tpl"):
        shutil.copytree(root / "var/lib/dokuwiki/lib" / part, wiki / "lib" / part)
    shutil.copytree(root / "etc/dokuwiki", conf, ignore_dangling_symlinks=True)
    for loader in (wiki / "vendor/composer").glob("*.php"):
        words = loader.read_text(encoding="utf-8")
        loader.write_text(
            words.replace("'/usr/share/php", f"'{root.resolve()}/usr/share/php"), encoding="utf-8"
        )
    for store in _STORES:
        (data / store).mkdir(parents=True)
    for path, words in (
        (conf / "local.php", _SETTINGS.format(data=data)),
        (conf / "acl.auth.php", _EVERYBODY_EDITS),
        (conf / "users.auth.php", _NOBODY),
        (wiki / "is_caching.php", _IS_CACHING),
        (folder / "prelude.php", _PLACES.format(conf=conf)),
    ):
        path.unlink(missing_ok=True)
        path.write_text(words, encoding="utf-8")
    return folder / "prelude.php"


def _php(prelude: Path) -> Sequence[str]:
    options = {
        "opcache.enable": "1",
        "opcache.enable_cli": "1",
        "auto_prepend_file": str(prelude),
        "display_errors": "0",
    }
    return ["php", *(part for name, value in options.items() for part in ("-d", f"{name}={value}"))]
