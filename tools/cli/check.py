"""`./desist check`: what a change must pass before it is committed, in under a minute.

The fast tests are the rules over the whole code and what needs no database, no server and no heavy library. The others
run for the folders that a change touched; `./desist test` runs them all.
"""

import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import typer
from rich.console import Console

app = typer.Typer(add_completion=False)

PYTHON = sys.executable
QUICK = "not slow and not browser and not processes"
NO_TEST_CHOSEN = 5  # as pytest exits
PYTEST = [PYTHON, "-m", "pytest", "-q", "-n2", "--dist=worksteal", "-m"]
#: these need a database, a server, a whole site or the libraries that read documents and that figures are compared
#: with, or are of one tool alone: they run where something was touched, and in `./desist test`
ELSEWHERE = [
    f"--ignore=tests/{name}"
    for name in (
        *("programme", "partnership", "advocacy", "commission", "accounts", "e2e"),
        *("public", "backup", "zones", "embedded", "participant"),
        *("referral", "synthetic", "leaks", "bench"),
    )
]
#: slice or package -> the folder of its tests, when no folder of tests mirrors it
BESIDE = {
    **dict.fromkeys(
        ("accounts/entrance", "accounts/factors", "accounts/invitations", "accounts/provider"), ("accounts",)
    ),
    "accounts/alerts": ("accounts/test_alerts.py",),
    "accounts/areas": ("accounts/test_areas.py",),
    "accounts/likeness": ("accounts/test_likeness.py", "accounts/test_told_apart.py"),
    "accounts/nudges": ("programme/service/nudges", "accounts/test_mailing.py"),
    "advocacy/clients": ("advocacy/victims",),
    "advocacy/pages/chronology": ("advocacy/chronology",),
    "advocacy/pages/client": ("advocacy/victims",),
    "advocacy/pages/contacts": ("advocacy/contacts",),
    "advocacy/pages/search": ("advocacy/search",),
    **dict.fromkeys(
        ("agencies", "answering", "answering/answer_files"), ("programme/plans/support", "advocacy/support")
    ),
    "programme/plans/overrides": ("programme/plans/support",),
    "programme/plans/agency_links": ("programme/plans/support",),
    "advocacy/support/agency_links": ("advocacy/support",),
    "partnership/agencies/terms": ("partnership/agencies",),
    "advocacy/pages/send": ("advocacy/submissions",),
    "advocacy/submissions/sending": ("advocacy/submissions",),
    "advocacy/exhibits/standing": ("advocacy/chronology", "advocacy/candidates"),
    "partnership/pages/panels": ("partnership/panels",),
    **dict.fromkeys(
        (
            "partnership/panels/agenda",
            "partnership/panels/guest",
            "partnership/panels/our_panels",
            "partnership/panels/panel_actions",
            "partnership/panels/panel_packs",
            "partnership/panels/panel_papers",
        ),
        ("partnership/panels",),
    ),
    "partnership/pages/people": ("partnership/person",),
    "partnership/pages/search": ("partnership/search",),
    "programme/pages/refer": ("programme/outside",),
    "programme/pages/paper": ("programme/paper",),
    "programme/pages/triggers": ("programme/chains",),
    "programme/pages/week": ("programme/week",),
    "advocacy/pages/home": ("advocacy/test_access.py", "advocacy/test_pages.py"),
    "advocacy/pages/updates": ("advocacy/updates",),
    "advocacy/pages/vault": ("advocacy/vault",),
    "audit/downloads": ("audit",),
    "commission/home": ("commission",),
    "desk/alerts": ("programme/alerts", "partnership/alerts"),
    "desk/duty": ("programme/duty", "advocacy/duty"),
    "feeds": ("programme/service/feeds", "partnership/feeds"),
    "extracts": ("programme/service/extracts", "partnership/extracts", "commission/extracts"),
    "quarterly": ("programme/service/quarterly", "partnership/quarterly", "advocacy/quarterly"),
    "moving_in": ("programme/moving_in", "advocacy/moving_in"),
    "moving_in/offers": ("programme/moving_on", "advocacy/moving_on"),
    "merges": ("programme/merges", "advocacy/merges", "partnership/merges"),
    "tasks": ("programme/tasks", "advocacy/tasks", "partnership/tasks"),
    "declarations": ("programme/declarations", "advocacy/declarations", "partnership/declarations"),
    # the page of an order shows its parts
    **dict.fromkeys(
        (
            "partnership/applications",
            "partnership/breaches",
            "partnership/conditions",
            "partnership/order_copies",
            "partnership/notifications",
            "partnership/people",
            "partnership/register",
        ),
        ("partnership/orders",),
    ),
    **dict.fromkeys(
        (
            "partnership/pages/applications",
            "partnership/pages/breaches",
            "partnership/pages/order_copies",
            "partnership/pages/notifications",
            "partnership/pages/order",
            "partnership/pages/transfers",
        ),
        ("partnership/orders",),
    ),
    "partnership/pages/home": ("partnership/home",),
    "partnership/pages/referral": ("partnership/referrals",),
    "partnership/sending": ("partnership/referrals",),
    "post/agreements": ("partnership/disclosures",),
    # a page composes what slices keep, and is tested where its people look for it
    "programme/pages/assessments": ("programme/assessments",),
    "programme/pages/corrections": ("programme/corrections",),
    "programme/pages/history": ("programme/history",),
    "programme/pages/home": ("programme/home",),
    "programme/pages/leave": ("programme/practitioners/absences",),
    "programme/pages/people": ("programme/people",),
    "programme/pages/person": ("programme/episodes",),
    "programme/pages/planner": ("programme/calendar/planner",),
    "programme/pages/search": ("programme/search",),
    "programme/pages/outcomes": ("programme/outcomes",),
    "programme/pages/service": ("programme/service",),
    "programme/pages/session": ("programme/sessions",),
    "programme/pages/leavers": ("programme/leavers",),
    "programme/calendar/appointments": ("programme/assessments",),
    "programme/calendar/meetings": (
        "programme/assessments",
        "programme/calendar/rescheduling",
        "programme/calendar/planner",
    ),
    "questionnaires": ("programme/measures", "advocacy/measures"),
    "restrictions": ("programme/test_restricted_cases.py",),
    "restrictions/emergency": ("programme/test_emergency.py", "advocacy/test_emergency.py"),
}
#: the tools that read the code without running it
STATIC = {
    "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "lint": [PYTHON, "-m", "ruff", "check", "."],
    "types": [PYTHON, "-m", "mypy"],
    "import contracts": ["lint-imports"],
}
STEPS = {"fast tests": [*PYTEST, f"{QUICK} and (rule or not database)", *ELSEWHERE, "tests"]}


def changed() -> list[str]:
    """Return the files that differ from the last commit, new ones included."""
    told = subprocess.run(
        ["git", "status", "--porcelain", "--untracked-files=all"],  # noqa: S607 -- the developer's own
        capture_output=True,
        text=True,
        check=False,
    )
    return [line[3:].partition(" -> ")[2] or line[3:] for line in told.stdout.splitlines()]


def beside(files: Iterable[str]) -> list[str]:
    """Return the tests for the folders of some files, each once: the mirroring folder, or the one that BESIDE names."""
    found = {
        place
        for name in files
        if name.startswith("src/desist/")
        for place in of_slice(_slice(Path(name).parent.relative_to("src/desist")))
    }
    found |= {Path(name).parent for name in files if name.startswith("tests/")}
    found |= {Path("tests", Path(name).parts[1]) for name in files if name.startswith("tools/")}
    found |= {Path(*Path(name).parts[:2], "tests") for name in files if name.startswith("packages/")}
    return sorted(str(place) for place in found if place.exists() and place != Path("tests"))


def of_slice(name: str) -> list[Path]:
    """Return where the tests of a slice or a package are; they may not exist."""
    return [Path("tests", place) for place in BESIDE.get(name, (name,))]


def _slice(folder: Path) -> str:
    """Return the slice of a folder: a template lies below its zone's, under the same names."""
    parts = folder.parts
    return "/".join(parts[parts.index("templates") + 1 :] if "templates" in parts else parts)


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run one step with the virtual environment's own tools."""
    if command[0] != PYTHON:
        command = [
            PYTHON,
            "-c",
            "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())",
        ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def failing(*lanes: dict[str, list[str]]) -> list[str]:
    """Run lanes side by side, the steps of each one after the other; print what failed, and return its names."""
    console = Console()
    with console.status(", ".join(name for steps in lanes for name in steps)), ThreadPoolExecutor() as pool:
        found = list(pool.map(lambda steps: _failing(steps, console), lanes))
    return [name for names in found for name in names]


def _failing(steps: dict[str, list[str]], console: Console) -> list[str]:
    failed = []
    for name, command in steps.items():
        began = time.monotonic()
        result = run(command)
        ok = result.returncode in {0, NO_TEST_CHOSEN}
        verdict = "ok" if ok else "FAILED"
        told = f"{name:<20} {verdict:<8} {time.monotonic() - began:5.1f} s"
        if not ok:
            failed.append(name)
            told += f"\n{result.stdout}{result.stderr}"
        console.print(told, markup=False, highlight=False)
    return failed


@app.command()
def check() -> None:
    """Read the code and run the tests, show what failed, and exit 1 if anything did."""
    touched = beside(changed())
    further = {"tests of the change": [*PYTEST, QUICK, *touched]} if touched else {}
    raise SystemExit(1 if failing(STATIC, {**STEPS, **further}) else 0)
