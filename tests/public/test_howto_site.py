"""A person with docs/howto/public-site.md alone makes the site of an invented force: its steps, done in a real browser."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from typer.testing import CliRunner

from desist.cli.public import app
from tools.bench.public import free_port, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOWTO = (Path(__file__).parents[2] / "docs/howto/public-site.md").read_text("utf-8")
#: the part that a stranger follows
STEPS = HOWTO.partition("## In fifteen minutes")[2].partition("\n## ")[0]
COMMAND = re.compile(r"^ +\./desist public ((?:.*\\\n)*.*)$", re.MULTILINE)


def commands() -> list[list[str]]:
    """Every command of the steps, in their order, without `./desist public`."""
    return [shlex.split(found.replace("\\\n", " ")) for found in COMMAND.findall(STEPS)]


def services() -> str:
    """The lines that the steps give for site.yaml."""
    block = re.findall(r"```yaml\n(.*?)```", STEPS, re.DOTALL)[0]
    return "".join(line[3:] for line in block.splitlines(keepends=True) if line.strip())


def run(words: list[str]) -> str:
    """Run a command that ends, and return what it said."""
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    return result.output


@contextmanager
def running(words: list[str], folder: Path) -> Iterator[str]:
    """Run a command that goes on until it is stopped, on a free port; its address."""
    port = free_port()
    code = "from desist.cli.public import app; app()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words, "--port", str(port)], cwd=folder, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def filled_in(text: str) -> str:
    """site.yaml with the services of the steps in the place of its examples."""
    before, hashed, rest = text.partition("# desk:\n")
    assert hashed
    return before + services() + rest[rest.index("# The programme's form") :]


def test_the_steps_make_a_site_that_names_the_desk_of_an_invented_force(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "desist"  # where the reader of the steps is
    folder.mkdir()
    monkeypatch.chdir(folder)
    start, edit, build, serve = commands()
    assert (start[0], edit[0], build[0], serve[0]) == ("new-site", "edit", "build", "serve")
    run(start)

    with running(edit, folder) as address:
        page.goto(f"{address}/edit/")
        page.get_by_role("link", name="site.yaml").click()
        box = page.get_by_label("Text of the file")
        box.wait_for()
        assert Axe().run(page).violations_count == 0
        box.fill(filled_in(box.input_value()))
        page.get_by_role("button", name="Save and build the preview").click()
        expect(page.get_by_text("The preview shows it.")).to_be_visible()
        with page.expect_popup() as opened:
            page.get_by_role("link", name="Look at it in the preview").click()
        expect(opened.value.get_by_text("Northmere stalking desk").first).to_be_visible()
    said = run(build)
    with running(serve, folder) as address:
        page.goto(f"{address}/if-it-happens/")
        expect(page.locator(".desk")).to_contain_text("Northmere stalking desk: 01632 960000")
        expect(page.locator(".brand")).to_contain_text(re.compile(r"Brightwater\s*Northmere"))
        expect(page.get_by_role("link", name="01632 960001").first).to_be_visible()

    assert re.search(r"Built \d+ pages", said)


def test_a_site_of_the_same_folder_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "desist"
    folder.mkdir()
    monkeypatch.chdir(folder)
    start = commands()[0]
    run(start)
    settings = tmp_path / "northmere/site.yaml"
    settings.write_text("name: Mine\n", "utf-8")

    result = CliRunner().invoke(app, start)

    assert (result.exit_code, "Nothing was changed" in " ".join(result.output.split())) == (1, True)
    assert settings.read_text("utf-8") == "name: Mine\n"


def test_the_page_and_the_welsh_row_of_the_howto_are_on_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "desist"
    folder.mkdir()
    monkeypatch.chdir(folder)
    start, _, build, _ = commands()
    run(start)
    settings = tmp_path / "northmere/site.yaml"
    settings.write_text(filled_in(settings.read_text("utf-8")), "utf-8")
    before = run(build)
    page = re.findall(r"```markdown\n(.*?)```", HOWTO, re.DOTALL)[0]
    row = re.findall(r"```\n(id,name,who_for.*?)```", HOWTO, re.DOTALL)[0]
    (tmp_path / "northmere/en/our-desk.md").write_text(page, "utf-8")
    (tmp_path / "northmere/help.cy.csv").write_text(row, "utf-8")

    after = run(build)

    assert "You do not have to give your name." in (
        tmp_path / "northmere-site/our-desk/index.html"
    ).read_text("utf-8")
    assert "Desg stelcio Northmere" in (tmp_path / "northmere-site/cy/if-it-happens/index.html").read_text(
        "utf-8"
    )
    missing = [re.findall(r"`(\w+)`\s+has\s+no\s+words\s+in", said) for said in (before, after)]
    assert missing == [["desk", "advocacy", "programme"], ["advocacy", "programme"]]
