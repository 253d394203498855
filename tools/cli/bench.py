"""`./desist bench SUBJECT`: how fast a part of Desist is, measured beside its peers."""

import sys
from typing import TYPE_CHECKING

import typer

from desist.sites import Zone
from desist.wall.actors import Role

if TYPE_CHECKING:
    from rich.console import Console

#: the width without a terminal window, in characters: what the widest table needs
WIDTH = 160

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def bench() -> None:
    """Measure a part of Desist beside its peers; exits 1 when something asked of it is missed."""


@app.command()
def evaluation() -> None:
    """The evaluation beside lifelines, statsmodels and scikit-survival."""
    from tools.bench import evaluation as subject  # noqa: PLC0415  # only when it is run

    raise SystemExit(0 if subject.run(console=_console()) else 1)


@app.command()
def public() -> None:
    """The public site: build time, page weight, requests a page, requests a second."""
    from tools.bench import public as subject  # noqa: PLC0415  # only when it is run

    raise SystemExit(0 if subject.report() else 1)


@app.command()
def words() -> None:
    """Reading a text of 5,000 words for whatever may lead to a client, with a vault of 10,000 entries."""
    from tools.bench import words as subject  # noqa: PLC0415  # only when it is run

    raise SystemExit(0 if subject.run(console=_console()) else 1)


@app.command()
def post() -> None:
    """The post between two sites: envelopes a second, latency, and the ratio to the driver alone."""
    from tools.bench import post as subject  # noqa: PLC0415  # only when it is run

    raise SystemExit(0 if subject.report() else 1)


@app.command()
def chronicle() -> None:
    """Reading exports beside whatstk, chat-miner, ElementTree and mail-parser."""
    from tools.bench import chronicle as subject  # noqa: PLC0415  # only when it is run

    raise SystemExit(0 if subject.run(console=_console()) else 1)


@app.command()
def evidence(
    *,
    messages: int = typer.Option(
        50_000, min=1000, help="How many messages the export has; B13 asks for 1000000."
    ),
) -> None:
    """Bringing an export in, and a client's chronology, beside whatstk and the same lines in a plain table."""
    from tools.bench import evidence as subject  # noqa: PLC0415  # only when it is run

    raise SystemExit(0 if subject.run(console=_console(), messages=messages) else 1)


@app.command()
def trends() -> None:
    """How often the chronicle says the right direction of made-up courses; prints the table of its methods."""
    from tools.bench import trends as subject  # noqa: PLC0415  # only when it is run

    raise SystemExit(0 if subject.report() else 1)


@app.command()
def pages(
    *,
    episodes: str = typer.Option("1000,10000", help="How many, the fewest first: up to 100000."),
    as_json: bool = typer.Option(False, "--json", help="Print figures and verdicts as JSON."),
) -> None:
    """The caseload, one person, search and saving beside the same rows by hand-written HTTP and asyncpg."""
    from tools.bench import pages as subject  # noqa: PLC0415  # only when it is run

    sizes = [int(size) for size in episodes.split(",")]
    raise SystemExit(0 if subject.run(console=_console(), sizes=sizes, as_json=as_json) else 1)


@app.command()
def participant(
    *,
    phones: int = typer.Option(1000, min=1, max=2000, help="How many phones send at once."),
    as_json: bool = typer.Option(False, "--json", help="Print figures and verdicts as JSON."),
) -> None:
    """A person's own pages on a phone: the first view, saving a day, and a thousand phones that send at once."""
    from tools.bench import participant as subject  # noqa: PLC0415  # only when it is run

    raise SystemExit(0 if subject.run(console=_console(), phones=phones, as_json=as_json) else 1)


@app.command()
def panels(
    *,
    cases: int = typer.Option(30, min=1, max=200, help="How many cases are on the agenda."),
    agencies: int = typer.Option(12, min=1, max=40, help="How many agencies get a pack."),
) -> None:
    """The agenda and all packs of a panel, drawn by the worker, beside the same documents by typst alone."""
    from tools.bench import panels as subject  # noqa: PLC0415  # only when it is run

    raise SystemExit(0 if subject.run(console=_console(), cases=cases, agencies=agencies) else 1)


@app.command()
def returns(
    *,
    episodes: int = typer.Option(100_000, min=1000, max=200_000, help="How many, in thousands."),
) -> None:
    """A quarterly return over many episodes, a commissioner's page of it, and a study, beside floors."""
    from tools.bench import returns as subject  # noqa: PLC0415  # only when it is run

    raise SystemExit(0 if subject.run(console=_console(), episodes=episodes) else 1)


@app.command("every-page")
def every_page(
    *,
    people: int = typer.Option(1000, min=1, max=5000, help="How many people are invented."),
    zone: list[Zone] = typer.Option([], help="Walk through this zone alone. May be repeated."),
    role: list[Role] = typer.Option([], help="Walk as this role alone. May be repeated."),
    as_json: bool = typer.Option(False, "--json", help="Print figures and verdicts as JSON."),
) -> None:
    """What each page of each zone costs each role: processor time, queries, bytes; and which cost too much."""
    from tools.bench import every_page as subject  # noqa: PLC0415  # only when it is run

    walkers = subject.walkers(zone or list(Zone), role or list(Role))
    if not walkers:
        raise typer.BadParameter("No one in these zones has that role.", param_hint="--role")
    cheap = subject.run(console=_console(), people=people, walkers=walkers, as_json=as_json)
    raise SystemExit(0 if cheap else 1)


@app.command()
def busy(
    *,
    seconds: float = typer.Option(20.0, min=1.0, help="How long people work."),
    as_json: bool = typer.Option(False, "--json", help="Print figures as JSON."),
) -> None:
    """16 people without a pause at two web processes: how long each waits, and whether anyone is refused."""
    from tools.bench import busy as subject  # noqa: PLC0415  # only when it is run

    raise SystemExit(0 if subject.run(console=_console(), seconds=seconds, as_json=as_json) else 1)


@app.command()
def failover(
    *,
    seconds: float = typer.Option(5.0, min=1.0, help="How long people work before and after."),
    as_json: bool = typer.Option(False, "--json", help="Print figures as JSON."),
) -> None:
    """Killing the primary under load and promoting its standby: what is lost, and when saving goes on."""
    from tools.bench import failover as subject  # noqa: PLC0415  # only when it is run

    raise SystemExit(0 if subject.run(console=_console(), seconds=seconds, as_json=as_json) else 1)


@app.command()
def faults() -> None:
    """What each kill, freeze and full disk costs a running area: saves, envelopes, seconds, and what a person sees."""
    from tools.bench import faults as subject  # noqa: PLC0415  # only when it is run

    raise SystemExit(0 if subject.report(console=_console()) else 1)


def _console() -> "Console":
    from rich.console import Console  # noqa: PLC0415  # only when it is run

    return Console(width=None if sys.stdout.isatty() else WIDTH)
