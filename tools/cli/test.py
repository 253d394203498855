"""`./desist test`: every test there is, browser tests included.

The whole suite begins with what reads the code without running it: format, lint, types and import contracts. With
arguments, such as the tests of one folder, pytest runs alone.
"""

import os
import shutil
import subprocess
import sys
from contextlib import nullcontext

import typer

from tools.cli.check import STATIC, failing

app = typer.Typer(add_completion=False)

#: where every branch is tested: actions and their rows, crossings, counts, and every command
WHOLE = (
    *(f"src/desist/{name}/*" for name in ("wall", "post")),
    "packages/*/src/*",
    "*/commands.py",
)
#: the first has no windows and draws the same pages for half the processor time
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def find_browser() -> str:
    """A Chromium to test with: from PATH, else Debian's package, else Playwright's own download."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    if os.geteuid() == 0 and (apt := shutil.which("apt-get")):
        typer.echo("Installing Chromium for the browser tests ...", err=True)
        for step in (["update", "-qq"], ["install", "-y", "-qq", BROWSERS[0]]):
            subprocess.run([apt, *step], check=True, stdout=subprocess.DEVNULL)
        if found := shutil.which(BROWSERS[0]):
            return found
    if (
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode
        == 0
    ):
        return "playwright"
    typer.echo(
        "desist: the browser tests need Chromium. Install it (Debian: apt-get install chromium-headless-shell) and try again.",
        err=True,
    )
    raise SystemExit(1)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def everything(
    context: typer.Context,
    *,
    coverage: bool = typer.Option(
        False,
        "--coverage",
        help="Measure branches too, and fail where a module that must have them all does not.",
    ),
    days: str = typer.Option(
        "",
        help="Run only what depends on the day, on each of these: FIRST..LAST, kinds:FIRST..LAST, more after commas.",
    ),
) -> None:
    """Run pytest on both cores with any further arguments; exits as pytest does, or 1 for what was found before it."""
    if days:
        raise SystemExit(_run(["tests.every_day", days, *context.args], dict(os.environ)))
    browser = find_browser()
    environment = {**os.environ, "DESIST_CHROMIUM": "" if browser == "playwright" else browser}
    with nullcontext() if context.args else _making_tables(environment):
        found = [] if context.args else failing(STATIC)
    # Neighbours stay with one worker, so that what they share is made once; a worker that is done takes from the other.
    pytest = ["pytest", "-n2", "--dist=worksteal", *context.args]
    if not coverage:
        raise SystemExit(_run(pytest, environment) or bool(found))
    _run(["coverage", "erase"], environment)
    failed = _run(["coverage", "run", "-m", *pytest], environment)
    _run(["coverage", "combine", "--quiet"], environment)
    missed = _run(["coverage", "report", f"--include={','.join(WHOLE)}", "--fail-under=100"], environment)
    raise SystemExit(failed or missed or bool(found))


def _making_tables(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Let the other core make the tests' tables, unless they are kept, while one reads the code."""
    return subprocess.Popen([sys.executable, "-m", "tests.database"], env=environment)


def _run(command: list[str], environment: dict[str, str]) -> int:
    return subprocess.run([sys.executable, "-m", *command], env=environment, check=False).returncode
