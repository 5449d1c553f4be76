"""The static site in Firefox, as Debian has it: played, reviewed, loaded again."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from tests.conftest import require
from tests.site import PLAY, make
from tests.static_server import serving

SCRIPT = Path(__file__).parent / "browser" / "firefox.mjs"


def test_firefox_plays_reviews_and_goes_on(tmp_path: Path, node: str) -> None:
    names = ("firefox-esr", "firefox")
    firefox = require(
        next(filter(None, map(shutil.which, names)), None),
        "No Firefox found: `make test` installs it on Debian, elsewhere install it yourself.",
    )
    (tmp_path / "profile").mkdir()
    with serving(make(tmp_path / "public")) as site:
        done = subprocess.run(
            [node, str(SCRIPT), firefox, f"{site.address}{PLAY}", str(tmp_path / "profile")],
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        large = [one.path for one in site.served if one.size > 50_000]
        assert len(large) == len({*large}), "nothing that is large is paid for twice"
    seen = json.loads(done.stdout)
    assert seen["complaints"] == [] and seen["elsewhere"] == []
    assert seen["again"] == seen["said"] != ""
    assert "The nine criteria" in seen["review"] and seen["kept"].startswith("3 ")
