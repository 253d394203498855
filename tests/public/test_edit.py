"""The editor: files of one folder, on this machine alone, saved whole or not at all, with plain mistakes."""

import re
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.public.conftest import TODAY
from typer.testing import CliRunner

from desist.cli.public import app
from desist.public.build import build
from desist.public.edit import HOST, server

PAGE = "---\ntitle: About\ntab: About\nsummary: About us.\n---\nWritten by Northmere.\n"


class Browser:
    """Asks the editor as a browser does."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.name = f"{HOST}:{port}"

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[HTTPResponse, str]:
        """The answer and its words."""
        link = HTTPConnection(HOST, self.port, timeout=30)
        named = {"host": self.name, "origin": f"http://{self.name}"} | headers
        link.request(method, path, body or None, named)
        answer = link.getresponse()
        said = answer.read().decode()
        link.close()
        return answer, said

    def fields(self, file: str) -> dict[str, str]:
        """The hidden fields of a file's form."""
        _, page = self.ask("GET", f"/edit/?file={file}")
        return dict(re.findall(r'name="(secret|file|digest)" value="([^"]*)"', page))

    def save(self, name: str, text: str, **changed: str) -> tuple[HTTPResponse, str]:
        """Send a file's form."""
        return self.ask("POST", "/edit/", urlencode({**self.fields(name), "text": text} | changed))


@pytest.fixture
def browser(editor: Path) -> Iterator[Browser]:
    """The editor of the folder, running."""
    running = server(editor, build=lambda out: build(out, today=TODAY, site=editor, preview=True), port=0)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield Browser(running.server_address[1])
    running.shutdown()
    thread.join()
    running.server_close()


def test_the_list_has_the_files_of_the_folder_and_ours_to_replace(browser: Browser) -> None:
    answer, page = browser.ask("GET", "/edit/")

    assert answer.status == 200
    for file in (
        "site.yaml",
        "campaigns/2027-04-19-northmere-week/campaign.yaml",
        "en/about.md",
        "help.csv",
        "checked.csv",
    ):
        assert f">{file}</a>" in page


def test_what_is_saved_is_a_plain_file_and_shows_in_the_preview(browser: Browser, editor: Path) -> None:
    answer, _ = browser.save("en/about.md", PAGE.replace("\n", "\r\n"))

    assert (answer.status, answer.headers["location"]) == (303, "/edit/?file=en%2Fabout.md&saved=1")
    assert (editor / "en/about.md").read_bytes() == PAGE.encode()
    assert [path.name for path in (editor / "en").iterdir()] == ["about.md"]
    assert "Written by Northmere." in browser.ask("GET", "/about/")[1]
    assert "Preview, not for the public." in browser.ask("GET", "/about/")[1]


def test_a_mistake_is_said_in_plain_words_and_the_earlier_preview_stays(
    browser: Browser, editor: Path
) -> None:
    browser.save("en/about.md", PAGE)
    browser.save("en/about.md", PAGE + "Half of them. See [this](page:abuot).\n")

    _, page = browser.ask("GET", "/edit/?file=en%2Fabout.md&saved=1")
    assert "en/about.md:7: the link to page &#39;abuot&#39; leads nowhere (did you mean `about`?)" in page
    assert "Half of them" in (editor / "en/about.md").read_text("utf-8"), "nothing typed is lost"
    assert "Half of them" not in browser.ask("GET", "/about/")[1]
    browser.save("en/about.md", PAGE)
    assert "To mend" not in browser.ask("GET", "/edit/")[1]


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(browser: Browser, editor: Path) -> None:
    fields = browser.fields("en/about.md")
    browser.save("en/about.md", PAGE)

    answer, page = browser.ask("POST", "/edit/", urlencode({**fields, "text": "My own words"}))

    assert answer.status == 409
    assert "This file was changed meanwhile" in page
    assert "My own words" in page
    assert (editor / "en/about.md").read_text("utf-8") == PAGE


@pytest.mark.parametrize(
    "file", ["../secret.md", "/etc/passwd", "en/../../x.md", "campaigns", "en/nobody.md", ".git/config"]
)
def test_no_other_file_is_read_or_written(browser: Browser, editor: Path, file: str) -> None:
    (editor.parent / "secret.md").write_text("secret words", "utf-8")

    answer, page = browser.ask("GET", "/edit/?" + urlencode({"file": file}))
    assert (answer.status, "secret words" in page, "root:" in page) == (404, False, False)

    answer, _ = browser.save("en/about.md", "x", file=file)
    assert answer.status == 409
    assert (editor.parent / "secret.md").read_text("utf-8") == "secret words"


def test_a_link_out_of_the_folder_is_not_a_file_of_it(browser: Browser, editor: Path) -> None:
    (editor.parent / "secret.md").write_text("secret words", "utf-8")
    (editor / "en/out.md").symlink_to(editor.parent / "secret.md")

    assert browser.ask("GET", "/edit/?file=en/out.md")[0].status == 404


@pytest.mark.parametrize(
    ("headers", "changed"),
    [
        ({"host": "evil.example"}, {}),
        ({"origin": "http://evil.example"}, {}),
        ({"origin": ""}, {}),
        ({}, {"secret": "guessed"}),
    ],
)
def test_no_other_site_can_save(
    browser: Browser, editor: Path, headers: dict[str, str], changed: dict[str, str]
) -> None:
    fields = {**browser.fields("en/about.md"), "text": PAGE} | changed

    answer, _ = browser.ask("POST", "/edit/", urlencode(fields), **headers)

    assert answer.status == 403
    assert not (editor / "en/about.md").exists()


def test_another_name_reads_nothing(browser: Browser) -> None:
    for path in ("/edit/", "/edit/?file=site.yaml", "/about/"):
        assert browser.ask("GET", path, host="evil.example")[0].status == 403


def test_a_text_that_is_far_too_long_is_refused(browser: Browser) -> None:
    answer, said = browser.ask("POST", "/edit/", "", **{"content-length": "1000001"})

    assert (answer.status, said) == (403, "The text is too long. Nothing was saved.")


def test_a_folder_without_settings_is_told_how_to_begin(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["edit", str(tmp_path)])

    assert result.exit_code == 1
    assert "holds no site.yaml" in " ".join(result.output.split())


def test_settings_that_cannot_be_read_are_one_mistake_and_the_editor_still_opens(editor: Path) -> None:
    (editor / "site.yaml").write_text("name: Brightwater\nlanguages: [en\norganisation: Northmere\n", "utf-8")
    running = server(editor, build=lambda out: build(out, today=TODAY, site=editor, preview=True), port=0)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    browser = Browser(running.server_address[1])

    _, page = browser.ask("GET", "/edit/")
    look, _ = browser.ask("GET", "/site.css")
    none, said = browser.ask("GET", "/start/")
    running.shutdown()
    thread.join()
    running.server_close()

    assert re.findall(r"<li>(site\.yaml:\d+: [^<.]*)", page) == ["site.yaml:3: cannot be read"]
    assert (look.status, look.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert (none.status, said) == (404, "There is no preview yet: mend what the editor names first.")
