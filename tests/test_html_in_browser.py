"""The HTML report in a real browser: looks, keys, filters, accessibility; and that it runs and loads nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hostile import ARTICLES
from test_html_report import ABSENT, BUILTIN, CURE, page, result

from healthlint import documents

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: apt-get install chromium")

# No connection of the browser's own, and a sandbox only where it can have one.
FLAGS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync""".split()
DESK, TABLET, PHONE = (1360, 1000), (820, 1100), (360, 740)
BAD = ["bad-01-metformin.txt", "bad-02-ashwagandha.md", "bad-03-warfarin.html"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The reports that are looked at."""
    folder = tmp_path_factory.mktemp("pages")
    articles = [result(documents.decoded(Path("corpus", name).read_bytes()), BUILTIN, name) for name in BAD]
    made = {name: page(article) for name, article in zip(BAD, articles, strict=True)}
    made["several"] = page(*articles, result("Clean.\n", [CURE], "clean.md"))
    made["hostile"] = page(*(result(text, [CURE, ABSENT], name) for name, text in ARTICLES.items()))
    made["long"] = page(result("# Long\n\n" + "It cures this and that, cures and cures all. " * 100, [CURE], "long.md"))
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    return {name: folder / f"{name}.html" for name in made}


@contextmanager
def opened(browser: Any, path: Path, size: tuple[int, int] = DESK, **options: Any) -> Iterator[Any]:
    """A page in a window; afterwards, that it said nothing on the console and asked for nothing but itself."""
    tab = browser.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", **options)
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(path.as_uri())
    if options.get("java_script_enabled", True):
        settled(tab)
    yield tab
    assert said == []
    assert {url.partition("#")[0] for url in asked} == {path.as_uri()}
    tab.close()


def settled(tab: Any) -> None:
    """Wait until what was asked for is drawn."""
    tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def open_all(tab: Any) -> None:
    tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    settled(tab)


@pytest.mark.parametrize("size", [DESK, TABLET, PHONE, (320, 640)])
@pytest.mark.parametrize("name", [*BAD, "several", "hostile", "long"])
def test_nothing_runs_over_the_side(browser: Any, pages: dict[str, Path], name: str, size: tuple[int, int]) -> None:
    with opened(browser, pages[name], size) as tab:
        open_all(tab)
        assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert tab.evaluate("window.hacked") is None


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (DESK, "dark"), (PHONE, "light")])
@pytest.mark.parametrize("name", ["bad-03-warfarin.html", "several", "hostile"])
def test_accessibility(browser: Any, pages: dict[str, Path], name: str, size: tuple[int, int], scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    with opened(browser, pages[name], size, color_scheme=scheme) as tab:
        open_all(tab)
        for why in tab.locator(".why").all()[:3]:
            why.click()
        found = axe.run(tab).response["violations"]
        serious = [one for one in found if one["impact"] in ("serious", "critical")]
        assert [(one["id"], one["nodes"][0]["html"], one["nodes"][0]["failureSummary"]) for one in serious] == []


def test_hostile_text_neither_runs_nor_loads(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["hostile"]) as tab:
        open_all(tab)
        assert "<script>window.hacked = 1</script>" in tab.inner_text("main")
        assert tab.evaluate("document.scripts.length") == 1
        assert "javascript:" not in {
            tab.evaluate("link => link.protocol", link) for link in tab.query_selector_all("a")
        }


def test_the_policy_keeps_out_what_would_get_in(browser: Any, pages: dict[str, Path]) -> None:
    tab = browser.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(pages["hostile"].as_uri())
    tab.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.hacked = 1";
            const image = document.createElement("img");
            image.src = "https://evil.example/pixel.png";
            image.setAttribute("onerror", "window.hacked = 1");
            document.body.append(script, image);
        }"""
    )
    settled(tab)
    assert tab.evaluate("window.hacked") is None
    assert len([line for line in said if "Content Security Policy" in line]) >= 2
    tab.close()


def focused(tab: Any) -> str:
    return str(tab.evaluate("document.activeElement.id"))


def test_keys_and_buttons_lead_from_finding_to_finding(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["bad-02-ashwagandha.md"]) as tab:
        last = tab.locator(".note").count()
        for key, number in [("j", 1), ("n", 2), ("j", 3), ("k", 2), ("p", 1), ("k", last), ("j", 1)]:
            tab.keyboard.press(key)
            assert focused(tab) == f"a1-n{number}"
        assert tab.inner_text("output") == f"1 / {last}"
        tab.get_by_role("button", name="Next").click()
        assert focused(tab) == "a1-n2"
        tab.keyboard.press("/")
        assert tab.evaluate("document.activeElement.name") == "words"
        tab.keyboard.type("jk")
        assert tab.input_value("[name=words]") == "jk"
        tab.fill("[name=words]", "")
        tab.get_by_label("Keys").uncheck()
        tab.keyboard.press("j")
        assert focused(tab) == "keys"


def test_keys_open_folded_articles(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["several"]) as tab:
        assert tab.locator("details.sheet[open]").count() == 0
        tab.keyboard.press("j")
        assert focused(tab) == "a1-n1"
        assert tab.locator("details.sheet[open]").count() == 1
        tab.get_by_role("link", name="bad-03-warfarin.html").click()
        settled(tab)
        assert tab.locator("#a3[open]").count() == 1


def test_a_number_leads_to_its_note_and_back(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["bad-02-ashwagandha.md"]) as tab:
        tab.focus("#a1-n9-place")
        tab.keyboard.press("Enter")
        assert focused(tab) == "a1-n9"
        tab.focus("#a1-n9 .number")
        tab.keyboard.press("Enter")
        assert focused(tab) == "a1-n9-place"
        assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_a_reason_opens_in_its_note(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["bad-02-ashwagandha.md"]) as tab:
        why = tab.locator("#a1-n9 .why")
        why.focus()
        tab.keyboard.press("Space")
        assert why.get_attribute("aria-expanded") == "true"
        assert "Source:" in tab.inner_text("#a1-n9 .reason")
        tab.keyboard.press("Enter")
        assert tab.locator("#a1-n9 .reason").count() == 0


def test_filters_hide_notes_and_marks(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["bad-02-ashwagandha.md"]) as tab:
        everything = tab.locator(".note").count()
        tab.get_by_label("Errors").uncheck()
        assert tab.locator(".note.error:visible").count() == 0
        assert tab.locator(".reference.error:visible").count() == 0
        assert tab.locator("mark.error:not(.off):not(.several)").count() == 0
        shown = tab.locator(".note:visible").count()
        assert 0 < shown < everything
        assert tab.inner_text("output") == f"{shown} of {everything} shown"
        tab.get_by_label("Errors").check()
        tab.select_option("[name=group]", "claims")
        groups = {note.get_attribute("data-group") for note in tab.locator(".note:visible").all()}
        assert groups == {"claims"}
        tab.select_option("[name=group]", "")
        tab.fill("[name=words]", "REAL magic")
        assert tab.locator(".note:visible").count() == 1
        tab.keyboard.press("Escape")
        tab.keyboard.press("j")
        assert "real magic" in tab.inner_text(f"#{focused(tab)}")
        tab.fill("[name=words]", "")
        tab.select_option("[name=rule]", "claims/promotional")
        assert {note.get_attribute("data-rule") for note in tab.locator(".note:visible").all()} == {
            "claims/promotional"
        }


@pytest.mark.parametrize("name", ["bad-02-ashwagandha.md", "long"])
def test_notes_stand_beside_their_lines_and_apart(browser: Any, pages: dict[str, Path], name: str) -> None:
    with opened(browser, pages[name]) as tab:
        boxes = tab.eval_on_selector_all(
            ".paper .note", "all => all.map(one => one.getBoundingClientRect()).map(box => [box.top, box.bottom])"
        )
        assert all(above[1] < below[0] for above, below in pairwise(sorted(boxes)))
        for key in "jjjjjjjjjjjj":
            tab.keyboard.press(key)
        settled(tab)
        note = tab.evaluate("document.activeElement.getBoundingClientRect().top")
        place = tab.evaluate(
            "document.getElementById(document.activeElement.id + '-place').getBoundingClientRect().top"
        )
        assert abs(note - place) < 20


def test_notes_stand_below_on_a_phone(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["bad-02-ashwagandha.md"], PHONE) as tab:
        text, note = (tab.locator(one).bounding_box() for one in ("#a1-n7-place", "#a1-n7"))
        assert text["y"] < note["y"]
        assert note["width"] > 250


def test_without_javascript(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["bad-02-ashwagandha.md"], java_script_enabled=False) as tab:
        assert tab.locator("form:visible, .settings:visible").count() == 0
        text, note = (tab.locator(one).bounding_box() for one in ("#a1-n7-place", "#a1-n7"))
        assert abs(text["y"] - note["y"]) < 150
        assert note["x"] > text["x"]
        why = tab.locator("#a1-n7 .why")
        group, _, name = str(why.get_attribute("href")).removeprefix("#rule-").partition("-")
        why.click()
        assert tab.locator(":target h3").inner_text().endswith(f"{group}/{name}")


def test_light_dark_and_back(browser: Any, pages: dict[str, Path]) -> None:
    def paper(tab: Any) -> str:
        return str(tab.evaluate("getComputedStyle(document.documentElement).backgroundColor"))

    papers = []
    for scheme in ("light", "dark"):
        with opened(browser, pages["bad-02-ashwagandha.md"], color_scheme=scheme) as tab:
            papers.append(paper(tab))
            tab.click("#theme")
            assert paper(tab) != papers[-1]
            tab.click("#theme")
            assert paper(tab) == papers[-1]
    assert len(set(papers)) == 2


def test_print(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["bad-02-ashwagandha.md"], color_scheme="dark") as tab:
        tab.emulate_media(media="print")
        settled(tab)
        assert tab.locator("form:visible, .settings:visible, .skip:visible").count() == 0
        assert tab.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        assert tab.evaluate("getComputedStyle(document.querySelector('.paper .note')).position") == "static"
        assert tab.pdf(format="A4").startswith(b"%PDF")


def test_a_mark_that_is_clicked_shows_its_note(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["bad-02-ashwagandha.md"]) as tab:
        tab.get_by_text("real magic", exact=True).first.click()
        assert "real magic" in tab.inner_text(f"#{focused(tab)}")


def test_the_skip_link_leads_to_the_article(browser: Any, pages: dict[str, Path]) -> None:
    with opened(browser, pages["bad-02-ashwagandha.md"]) as tab:
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.className") == "skip"
        assert tab.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
        tab.keyboard.press("Enter")
        assert focused(tab) == "articles"
