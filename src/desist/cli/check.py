"""`./desist check`: what a change must pass before it is committed, in under a minute."""

import subprocess
import sys
import time

import typer
from rich.console import Console

app = typer.Typer(add_completion=False)

PYTHON = sys.executable
STEPS = {
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "lint": [PYTHON, "-m", "ruff", "check", "."],
    "types": [PYTHON, "-m", "mypy"],
    "import contracts": ["lint-imports"],
    "fast tests": [PYTHON, "-m", "pytest", "-q", "-n2", "-m", "not slow and not browser and not processes"],
}


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run one step with the virtual environment's own tools."""
    if command[0] != PYTHON:
        command = [
            PYTHON,
            "-c",
            "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())",
        ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@app.command()
def check() -> None:
    """Run every step, show what failed, and exit 1 if anything did."""
    console = Console()
    failed = []
    for name, command in STEPS.items():
        began = time.monotonic()
        with console.status(name):
            result = run(command)
        verdict = "ok" if result.returncode == 0 else "FAILED"
        console.print(f"{name:<20} {verdict:<8} {time.monotonic() - began:5.1f} s")
        if result.returncode:
            failed.append(name)
            console.print(result.stdout + result.stderr, markup=False, highlight=False)
    raise SystemExit(1 if failed else 0)
