"""What an article is read with: its profile, its way of writing doses, today's date, from wherever they are said."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from articles import markdown
from conftest import Run

from healthlint.analysis import Analysis
from healthlint.analysis.setting import Setting
from healthlint.analysis.topic import profile_of
from healthlint.config import ConfigError, load

REVIEWED = "---\nlastmod: 2022-06-01\n---\n\n# Chilblains\n\nSore patches that come from the cold.\n"
STALE = ("--select", "provenance/stale-review", "--fail-on", "info", "--output-format", "concise")


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        ("# Metformin\n\nMetformin lowers blood sugar.\n", "drug"),
        ("# Ashwagandha\n\nAshwagandha is a root.\n", "supplement"),
        ("# Chilblains\n\nSore patches.\n", "condition"),
        ("# Metformin\n\nFor immediate release\n\nMetformin is made in Leeds.\n", "news"),
        ("# Metformin\n\nLEEDS (Reuters) - Metformin is made in Leeds.\n", "news"),
        ("---\ncategory: News\n---\n\n# Metformin\n\nMetformin is made in Leeds.\n", "news"),
        ("---\nhealthlint: {profile: news}\n---\n\n# Metformin\n\nMetformin is made in Leeds.\n", "news"),
        ("---\nhealthlint: {profile: condition}\n---\n\n# Metformin\n\nMetformin is made in Leeds.\n", "condition"),
    ],
)
def test_the_profile_is_recognised_or_said(text: str, profile: str) -> None:
    assert profile_of(Analysis(markdown(text))) == profile


def test_front_matter_comes_before_the_configuration() -> None:
    said = markdown("---\nhealthlint: {profile: news, dose-style: uk}\n---\n\n# Metformin\n\nMetformin.\n")
    analysis = Analysis(said, Setting(profile="drug", dose_style="us"))
    assert (analysis.profile, analysis.dose_style) == ("news", "uk")
    silent = Analysis(markdown("# Metformin\n\nMetformin.\n"), Setting(profile="condition", dose_style="us"))
    assert (silent.profile, silent.dose_style) == ("condition", "us")


def test_a_day_is_over_on_the_next_one() -> None:
    analysis = Analysis(markdown("# Chilblains\n"), Setting(date(2026, 3, 31)))
    assert analysis.is_past(date(2026, 3, 30))
    assert not analysis.is_past(date(2026, 3, 31))
    assert analysis.past == {"2026-03-30": True, "2026-03-31": False}


def test_the_last_entry_for_a_path_counts(tmp_path: Path) -> None:
    file = tmp_path / ".healthlint.yaml"
    file.write_text(
        "profile: drug\ndose-style: us\n"
        "per-path:\n  - {paths: [news/], profile: news}\n  - {paths: [uk/], dose-style: uk}\n"
    )
    config = load(file)
    assert config.setting(tmp_path / "a.md") == Setting(None, "drug", "us")
    assert config.setting(tmp_path / "news" / "a.md") == Setting(None, "news", "us")
    assert config.setting(tmp_path / "uk" / "a.md", date(2026, 1, 1)) == Setting(date(2026, 1, 1), "drug", "uk")


@pytest.mark.parametrize("line", ["profile: newz", "dose-style: fr", "per-path: [{paths: ['*'], profile: drugs}]"])
def test_a_typo_in_the_configuration_is_said(tmp_path: Path, line: str) -> None:
    file = tmp_path / ".healthlint.yaml"
    file.write_text(f"{line}\n")
    with pytest.raises(ConfigError, match=r"\.healthlint\.yaml:1: .*(is none of|Invalid|did you mean)"):
        load(file)


def test_what_is_kept_holds_until_the_day(healthlint: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(REVIEWED)
    for today, status in (("2025-06-01", 0), ("2025-06-02", 1), ("2025-06-01", 0), ("2030-01-01", 1)):
        assert healthlint("a.md", *STALE, "--today", today).returncode == status
        assert healthlint("a.md", *STALE, "--today", today).returncode == status


def test_many_articles_are_read_on_that_day(healthlint: Run, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number}.md").write_text(REVIEWED)
    assert healthlint(*STALE, "--today", "2025-06-01", "--jobs", "2").stdout == ""
    assert healthlint(*STALE, "--today", "2025-06-02", "--jobs", "2").stdout.count("stale-review") == 30


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "26-01-01", "20260101"])
def test_a_day_that_is_none(healthlint: Run, day: str) -> None:
    done = healthlint(".", "--today", day)
    assert done.returncode == 2
    assert f"'{day}' is no day; write it as 2026-03-31" in done.stderr


def test_doses_in_a_style(healthlint: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Digoxin\n\nTake 62.5mcg of digoxin, then 125 micrograms once a day.\n")

    def marked(style: str) -> list[str]:
        (tmp_path / ".healthlint.yaml").write_text(
            f"dose-style: {style}\nselect: [dosing/run-together, dosing/mixed-units]\n"
        )
        found = json.loads(healthlint("a.md", "--output-format", "json").stdout)
        return [f"{one['name']} {one['location']['column']}" for one in found]

    assert marked("us") == ["mixed-units 6", "run-together 6"]
    assert marked("uk") == ["mixed-units 6"]


def test_a_profile_by_path(healthlint: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    for folder in (tmp_path, tmp_path / "news"):
        (folder / "a.md").write_text("# Insulin lispro\n\n" + "Insulin lispro is made in Leeds. " * 10 + "\n")
    (tmp_path / ".healthlint.yaml").write_text(
        "select: [dosing/missing-high-alert-warning]\nper-path: [{paths: [news/], profile: news}]\n"
    )
    assert healthlint("a.md").returncode == 1
    assert healthlint("news/a.md").returncode == 0


def test_what_front_matter_says_wrongly_is_marked(healthlint: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\nhealthlint: {profile: newz}\n---\n\n# Chilblains\n\nSore patches.\n")
    done = healthlint("a.md", "--select", "suppressions", "--output-format", "concise")
    assert "newz" in done.stdout
    assert "did you mean 'news'?" in done.stdout
