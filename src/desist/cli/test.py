"""`./desist test`: every test there is, browser tests included."""

import os
import shutil
import subprocess
import sys

import typer

app = typer.Typer(add_completion=False)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def find_browser() -> str:
    """A Chromium to test with: from PATH, else Debian's package, else Playwright's own download."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    if os.geteuid() == 0 and (apt := shutil.which("apt-get")):
        typer.echo("Installing Chromium for the browser tests ...", err=True)
        for step in (["update", "-qq"], ["install", "-y", "-qq", "chromium"]):
            subprocess.run([apt, *step], check=True, stdout=subprocess.DEVNULL)
        if found := shutil.which("chromium"):
            return found
    if (
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode
        == 0
    ):
        return "playwright"
    typer.echo(
        "desist: the browser tests need Chromium. Install it (Debian: apt-get install chromium) and try again.",
        err=True,
    )
    raise SystemExit(1)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(context: typer.Context) -> None:
    """Run pytest on both cores with any further arguments; exits as pytest does."""
    browser = find_browser()
    environment = {**os.environ, "DESIST_CHROMIUM": "" if browser == "playwright" else browser}
    command = [sys.executable, "-m", "pytest", "-n2", *context.args]
    raise SystemExit(subprocess.run(command, env=environment, check=False).returncode)
