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
    monkeypatch.chdir(tmp_path)
    start, edit, build, serve = commands()
    assert (start[0], edit[0], build[0], serve[0]) == ("new-site", "edit", "build", "serve")
    run(start)

    with running(edit, tmp_path) as address:
        page.goto(f"{address}/edit/")
        page.get_by_role("link", name="site.yaml").click()
        box = page.get_by_label("Text of the file")
        assert Axe().run(page).violations_count == 0
        box.fill(filled_in(box.input_value()))
        page.get_by_role("button", name="Save and build the preview").click()
        expect(page.get_by_text("The preview shows it.")).to_be_visible()
        with page.expect_popup() as opened:
            page.get_by_role("link", name="Look at it in the preview").click()
        expect(opened.value.get_by_text("Northmere stalking desk").first).to_be_visible()
    said = run(build)
    with running(serve, tmp_path) as address:
        page.goto(f"{address}/if-it-happens/")
        expect(page.locator(".desk")).to_contain_text("Northmere stalking desk: 01632 960000")
        expect(page.locator(".brand")).to_contain_text(re.compile(r"Brightwater\s*Northmere"))
        expect(page.get_by_role("link", name="01632 960001").first).to_be_visible()

    assert re.search(r"Built \d+ pages", said)


def test_a_site_of_the_same_folder_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    start = commands()[0]
    run(start)
    settings = tmp_path / "northmere/site.yaml"
    settings.write_text("name: Mine\n", "utf-8")

    result = CliRunner().invoke(app, start)

    assert (result.exit_code, "Nothing was changed" in " ".join(result.output.split())) == (1, True)
    assert settings.read_text("utf-8") == "name: Mine\n"
