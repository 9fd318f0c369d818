"""The action, run as GitHub runs it as far as a shell goes, and the files that docs/ci.md shows."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from healthlint import reports

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"] if "id" in step}
BAD = "# Garlic\n\n<!-- healthlint-disable clams -->\n\nGarlic is a plant.\n"
needs_bash = pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")


def check(schema: str, file: Path) -> None:
    """Hold a file against a schema that comes with check-jsonschema."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_action_is_one(tmp_path: Path) -> None:
    check("github-actions", ROOT / "action.yml")
    broken = tmp_path / "action.yml"
    broken.write_text((ROOT / "action.yml").read_text("utf-8").replace("using: composite", "using: compositing"))
    with pytest.raises(AssertionError):
        check("github-actions", broken)


def test_no_input_is_part_of_a_script() -> None:
    for step in STEPS.values():
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"


def test_every_expression_names_something() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    used = set(re.findall(r"inputs\.([\w-]+)", text))
    assert used == set(ACTION["inputs"])
    for step, output in re.findall(r"steps\.(\w+)\.outputs\.([\w-]+)", text):
        assert f"{output}=" in STEPS[step]["run"]


class Step:
    """A step of the action, run by bash with the inputs in its environment."""

    def __init__(self, here: Path) -> None:
        self.here = here
        self.temporary = here.parent / "temporary"
        self.temporary.mkdir()
        self.outputs = here.parent / "outputs"

    def run(
        self, name: str, path: str = "", python: str = sys.executable, **inputs: str
    ) -> subprocess.CompletedProcess[str]:
        given = {key: one.get("default", "") for key, one in ACTION["inputs"].items()}
        given |= {key.replace("_", "-"): value for key, value in inputs.items()}
        known = {f"inputs.{key}": value for key, value in given.items()}
        known |= {"steps.install.outputs.python": python, "github.action_path": str(ROOT)}
        step = STEPS[name]
        variables = {key: known[value.strip("${ }")] for key, value in step["env"].items()}
        script = self.here.parent / "script.sh"
        script.write_text(step["run"])
        self.outputs.write_text("")
        variables |= {"RUNNER_TEMP": str(self.temporary), "GITHUB_OUTPUT": str(self.outputs)}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],  # as GitHub does
            cwd=self.here,
            env={**os.environ, **({"PATH": f"{path}{os.pathsep}{os.environ['PATH']}"} if path else {}), **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    def told(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.outputs.read_text().splitlines())


@pytest.fixture
def step(tmp_path: Path) -> Step:
    here = tmp_path / "here"
    (here / "my articles").mkdir(parents=True)
    (here / ".git").mkdir()
    (here / "a.md").write_text(BAD)
    (here / "my articles" / "b.md").write_text(BAD)
    return Step(here)


@needs_bash
def test_lint_with_annotations(step: Step) -> None:
    done = step.run("lint", paths="a.md\r\nmy articles\n", args="--select=suppressions")
    assert done.returncode == 1
    assert [line.partition(",line")[0] for line in done.stdout.splitlines()] == [
        "::warning title=healthlint (suppressions/unused),file=a.md",
        "::warning title=healthlint (suppressions/unused),file=my articles/b.md",
    ]
    assert step.told() == {"exit-code": "1", "findings": "2"}


@needs_bash
def test_lint_with_all_inputs(step: Step) -> None:
    (step.here / "my config.yaml").write_text("ignore: [provenance]\n")
    done = step.run(
        "lint",
        args="--select\nsuppressions",
        config="my config.yaml",
        fail_on="error",
        output_files="junit:my report.xml\nconcise:a.txt",
        annotations="false",
        upload_sarif="true",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (step.here / "a.txt").read_text()
    assert done.stdout.startswith("a.md:3:1: warning suppressions/unused")
    assert (step.here / "my report.xml").exists()
    told = step.told()
    log = json.loads(Path(told.pop("sarif-file")).read_text())
    assert len(log["runs"][0]["results"]) == 2
    assert told == {"exit-code": "0", "findings": "2"}


@needs_bash
@pytest.mark.parametrize("given", ['$(touch oops)"; touch oops #', "`touch oops`", "a.md; touch oops", "*"])
def test_no_input_is_run(step: Step, given: str) -> None:
    done = step.run("lint", paths=given)
    assert done.returncode == 2
    assert f"healthlint: {given}: is no file or folder" in done.stderr
    assert not (step.here / "oops").exists()
    assert step.told()["exit-code"] == "2"


@needs_bash
@pytest.mark.parametrize(("version", "installed"), [("", str(ROOT)), ("0.1.0", "healthlint==0.1.0")])
def test_install(step: Step, version: str, installed: str, tmp_path: Path) -> None:
    """With a stand-in for Python, which makes a venv of itself and writes down what it is told to do."""
    tools = tmp_path / "tools"
    tools.mkdir()
    python = tools / "python3"
    python.write_text(
        "#!/usr/bin/env bash\n"
        'echo "$@" >>"$RUNNER_TEMP/asked"\n'
        'if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; fi\n'
    )
    python.chmod(0o755)
    done = step.run("install", path=str(tools), version=version)
    assert (done.returncode, done.stderr) == (0, "")
    venv, install = (step.temporary / "asked").read_text().splitlines()
    folder = step.temporary / "healthlint-python"
    assert venv == f"-m venv {folder}"
    assert install.split() == ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", installed]
    assert step.told() == {"python": f"{folder}/bin/python"}


# The files that docs/ci.md shows

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
SHOWN = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL))


@pytest.mark.parametrize("name", SHOWN)
def test_shown_files_are_what_their_readers_want(name: str, tmp_path: Path) -> None:
    file = tmp_path / Path(name).name
    file.write_text(SHOWN[name])
    check("gitlab-ci" if name == ".gitlab-ci.yml" else "github-workflows", file)


def steps_of(text: str) -> list[dict[str, Any]]:
    jobs = yaml.safe_load(text).get("jobs", {})
    return [step for job in jobs.values() for step in job["steps"]]


def test_shown_workflows_use_the_action_as_it_is() -> None:
    assert PAGE.count("```yaml\n") == len(SHOWN) == 4
    used = [step for text in SHOWN.values() for step in steps_of(text) if "healthlint@" in step.get("uses", "")]
    assert len(used) == 2
    for step in used:
        assert set(step["with"]) <= set(ACTION["inputs"])
    told = set(re.findall(r"^\| `([\w-]+)` \|", PAGE, re.MULTILINE))
    assert told == set(ACTION["inputs"])


def test_shown_commands_are_understood(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text(BAD)
    job = yaml.safe_load(SHOWN[".gitlab-ci.yml"])["healthlint"]
    lines = [*job["script"], *(step.get("run", "") for text in SHOWN.values() for step in steps_of(text))]
    commands = [line.partition("|")[0].split() for line in lines if line.startswith("healthlint ")]
    assert len(commands) == 2
    for command in commands:
        done = subprocess.run([sys.executable, "-m", *command], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stderr
    for report in job["artifacts"]["reports"].values():
        assert (tmp_path / report).exists()
    formats = set(re.findall(r"--output-(?:format |file )(\w+)", PAGE)) - {"FORMAT"}
    assert formats <= set(reports.FORMATS)
