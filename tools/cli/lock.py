"""`./desist lock`: write both lock files, with hashes and without a host name."""

import subprocess
import sys

import typer

app = typer.Typer(add_completion=False)

COMPILE = [
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"),
    *("--no-emit-index-url", "--no-header", "pyproject.toml"),
    # packages of this repository are installed from it
    *("--no-emit-package", "desist-chronicle", "--no-emit-package", "desist-evaluation"),
]


@app.command()
def lock(*, upgrade: bool = typer.Option(False, help="Take the newest releases that fit.")) -> None:
    """Resolve pyproject.toml into requirements.txt and requirements-dev.txt."""
    newest = ["--upgrade"] if upgrade else []
    subprocess.run([*COMPILE, *newest, "-o", "requirements.txt"], check=True)
    subprocess.run(
        [*COMPILE, *newest, "--group", "dev", "-c", "requirements.txt", "-o", "requirements-dev.txt"],
        check=True,
    )
