"""The deployment page and its files: what they name is there, they agree with each other, and with what is tested."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from caucusroom import read_journal
from caucusroom_course.classroom.grade import grade_class
from caucusroom_grading import judge
from nbgrader.api import Gradebook

from tests.classroom import ASSIGNMENT, JOURNAL, Classroom, apart, play, run, skilled

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGE = (DOCS / "deployment.md").read_text(encoding="utf-8")
KUBERNETES = ROOT / "course" / "deploy" / "kubernetes"
VALUES: dict[str, Any] = yaml.safe_load((KUBERNETES / "values.yaml").read_text(encoding="utf-8"))
EXCHANGE = {one["kind"]: one for one in yaml.safe_load_all((KUBERNETES / "exchange.yaml").read_text(encoding="utf-8"))}


def test_every_file_and_heading_that_the_page_points_to_is_there() -> None:
    for link in re.findall(r"\]\(([^)]+)\)", PAGE):
        path, _, heading = link.partition("#")
        target = (DOCS / path).resolve() if path else DOCS / "deployment.md"
        assert target.exists(), link
        if heading:
            found = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in [re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in found], link


def test_a_server_on_kubernetes_has_the_settings_of_the_hub_that_is_tested() -> None:
    """A test plays on a Hub that the guide's lines for an administrator set up; these are the same files."""
    lines = (ROOT / "tests" / "hub" / "administrator.sh").read_text(encoding="utf-8")
    written = {
        f"/usr/local/etc/jupyter/{name}": json.loads(text)
        for name, text in re.findall(r'<?cat >"\$settings/(\S+\.json)" <<END\n(.*?)END\n', lines, re.DOTALL)
    }
    files = VALUES["singleuser"]["extraFiles"].values()
    assert written == {one["mountPath"]: one["data"] for one in files if "data" in one} and len(written) == 3


def test_servers_and_exchange_agree_where_it_is_and_who_may_speak_with_it() -> None:
    service = EXCHANGE["Service"]
    (port,) = (one["port"] for one in service["spec"]["ports"])
    container = EXCHANGE["Deployment"]["spec"]["template"]["spec"]["containers"][0]
    environment = {one["name"]: one["value"] for one in container["env"]}
    address = f"http://{service['metadata']['name']}:{port}{environment['JUPYTERHUB_SERVICE_PREFIX'].rstrip('/')}"
    assert f'configureExchange(c, "{address}")' in (KUBERNETES / "nbgrader_config.py").read_text(encoding="utf-8")

    labels = EXCHANGE["Deployment"]["spec"]["template"]["metadata"]["labels"]
    (way,) = VALUES["singleuser"]["networkPolicy"]["egress"]
    assert way["to"][0]["podSelector"]["matchLabels"].items() <= labels.items()
    assert [one["port"] for one in way["ports"]] == [container["ports"][0]["containerPort"]] == [port]
    assert service["spec"]["selector"].items() <= labels.items()
    assert EXCHANGE["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"].items() <= labels.items()

    (file,) = (key for key, one in VALUES["singleuser"]["extraFiles"].items() if "data" not in one)
    assert f"--set-file singleuser.extraFiles.{file}.stringData=nbgrader_config.py" in PAGE


def test_the_images_are_made_of_files_that_are_there() -> None:
    text = (KUBERNETES / "Dockerfile").read_text(encoding="utf-8")
    pins = re.findall(r"constraints/(\S+\.txt)", text)
    assert {"pins.txt", "hub.txt", "exchange.txt", "exchange-client.txt"} == set(pins)
    assert all((ROOT / "constraints" / name).is_file() for name in pins)
    built = [shlex.split(line) for line in re.findall(r"^docker build .*$", PAGE, re.MULTILINE)]
    stages = re.findall(r"^FROM \S+ AS (\S+)$", text, re.MULTILINE)
    images = {command[command.index("-t") + 1] for command in built}
    assert {command[command.index("--target") + 1] for command in built} <= set(stages)
    assert images == {
        ":".join(VALUES["singleuser"]["image"].values()),
        EXCHANGE["Deployment"]["spec"]["template"]["spec"]["containers"][0]["image"],
    }


def test_a_class_on_the_static_site_hands_in_journals_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What students downloaded and put into a learning platform is collected from its archive, and graded."""
    with apart(tmp_path):
        course = Classroom(tmp_path).folder
        run(course, "generate_assignment", ASSIGNMENT)
        archive = course / "downloaded" / ASSIGNMENT / "archive"
        archive.mkdir(parents=True)
        play(tmp_path, "ana", skilled("ana"))
        (archive / f"ana_{JOURNAL}").write_bytes((tmp_path / JOURNAL).read_bytes())
        (pattern,) = re.findall(r"^c\.FileNameCollectorPlugin\.named_regexp = .*$", PAGE, re.MULTILINE)
        with (course / "nbgrader_config.py").open("a") as config:
            config.write(f"\n{pattern}\n")
        run(course, "zip_collect", ASSIGNMENT)
        grade_class(course, ASSIGNMENT, (), 1, False)
        said = capsys.readouterr().out
        assert (
            "ana: There is no notebook labor-strike.ipynb: only the journal was graded." in said and "Graded 1," in said
        )
        with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
            points = gradebook.find_submission(ASSIGNMENT, "ana").score
    assert points == judge(read_journal(tmp_path / JOURNAL)).total
