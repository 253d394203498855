"""`./desist public`: what an editor sees."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desist.cli.public import app

HOWTO = Path(__file__).parents[2] / "docs/howto/campaign.md"

NEW = [
    "--from",
    "2027-04-19",
    "--to",
    "2027-04-23",
    "--organisation",
    "Northmere Police",
    "--area",
    "Northmere",
]
KNOWN = [*NEW, "--adults", "812000", "--adults-source", "invented"]


def run(*arguments: str) -> tuple[int, str]:
    """Run the command; its exit code and what it said, without the line breaks of the terminal."""
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, " ".join(result.output.split())


def test_a_new_campaign_builds_as_it_is(tmp_path: Path) -> None:
    code, said = run(
        "new-campaign", str(tmp_path / "site"), "--title", "Northmere says no to stalking", *KNOWN
    )
    assert (code, "2027-04-19-campaign" in said) == (0, True)

    code, said = run("build", str(tmp_path / "out"), "--preview", "--site", str(tmp_path / "site"))

    assert code == 0
    assert re.search(r"Built \d+ pages", said)
    assert (tmp_path / "out/weeks/2027-04-19-campaign/posters.pdf").exists()


def test_a_harmless_title_is_part_of_the_address(tmp_path: Path) -> None:
    run("new-campaign", str(tmp_path / "site"), "--title", "Speak up in Northmere", *KNOWN)

    assert (tmp_path / "site/campaigns/2027-04-19-speak-up-in-northmere/campaign.yaml").exists()


def test_a_second_campaign_keeps_the_first_and_the_settings(tmp_path: Path) -> None:
    run("new-campaign", str(tmp_path), "--title", "Speak up", *KNOWN)
    (tmp_path / "site.yaml").write_text("name: Mine\n", "utf-8")

    code, _ = run("new-campaign", str(tmp_path), "--title", "Speak out", *KNOWN)

    assert code == 0
    assert (tmp_path / "site.yaml").read_text("utf-8") == "name: Mine\n"


def test_the_same_campaign_twice_is_refused(tmp_path: Path) -> None:
    run("new-campaign", str(tmp_path), "--title", "Speak up", *KNOWN)

    code, said = run("new-campaign", str(tmp_path), "--title", "Speak up", *KNOWN)

    assert code == 1
    assert "Nothing was changed" in said


def test_an_unknown_force_is_told_what_is_missing(tmp_path: Path) -> None:
    run("new-campaign", str(tmp_path / "site"), "--title", "Speak up", *NEW)

    code, said = run("build", str(tmp_path / "out"), "--preview", "--site", str(tmp_path / "site"))

    assert code == 1
    assert "`area` is 'Northmere', whose population is not known here" in said
    assert "Nothing was built" in said


def test_a_known_force_needs_no_count(tmp_path: Path) -> None:
    run("new-campaign", str(tmp_path / "site"), "--title", "Speak up", *NEW[:-1], "Sussex")

    code, _ = run("build", str(tmp_path / "out"), "--preview", "--site", str(tmp_path / "site"))

    assert code == 0
    need = (tmp_path / "out/your-area/index.html").read_text("utf-8")
    assert need.index("Sussex</th>") < need.index("Kent</th>")


def test_strict_fails_while_there_is_something_to_look_at(tmp_path: Path) -> None:
    code, said = run("build", str(tmp_path / "out"), "--preview", "--strict")

    assert code == 1
    assert "look at" in said
    assert (tmp_path / "out/index.html").exists()


def test_a_folder_of_somebody_elses_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear mother", "utf-8")

    code, said = run("build", str(tmp_path), "--preview")

    assert code == 1
    assert "Nothing was changed" in said


def test_serving_a_folder_that_was_not_built_says_what_to_do(tmp_path: Path) -> None:
    code, said = run("serve", str(tmp_path))

    assert code == 1
    assert "Build one first" in said


def test_the_howto_alone_is_enough_for_an_invented_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    howto = HOWTO.read_text("utf-8")
    start = re.findall(r"\./desist public (new-campaign .*?)\n```", howto, re.DOTALL)[0].replace("\\\n", " ")
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', start)]
    messages = re.findall(r"```yaml\n(messages:\n.*?)```", howto, re.DOTALL)[0]
    written = re.findall(r"^\| `(.+?)`(?: and `(.+?)`)? \|", howto, re.MULTILINE)

    assert run(*words)[0] == 0
    folder = tmp_path / "northmere/campaigns/2027-04-19-campaign"
    settings = (folder / "campaign.yaml").read_text("utf-8")
    (folder / "campaign.yaml").write_text(settings[: settings.index("# Each message")] + messages, "utf-8")
    (folder / "images/hall.jpg").write_bytes(b"\xff\xd8\xff")
    page = (folder / "en/index.md").read_text("utf-8")
    body = "\n\n".join(piece for pair in written for piece in pair if piece)
    (folder / "en/index.md").write_text(f"{page}\n{body}\n", "utf-8")
    code, said = run("build", "northmere-site", "--preview", "--site", "northmere")

    assert code == 0, said
    assert "One gift is kind." in (
        tmp_path / "northmere-site/weeks/2027-04-19-campaign/index.html"
    ).read_text("utf-8")
