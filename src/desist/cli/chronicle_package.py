"""`./desist chronicle report` and `verify`: their options. The work is in chronicle_report, imported when it is done."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from desist.chronicle.options import DateOrder

_DAY = ["%Y-%m-%d"]


def report(
    *,
    files: Annotated[list[Path], typer.Argument(help="Exports, as files, folders or zip archives.")],
    subject: Annotated[
        list[str],
        typer.Option(
            help="Who the course of conduct is of: a name, number or address; may be given more than once."
        ),
    ],
    out: Annotated[Path, typer.Option(help="A new folder for the bag.")],
    owner: Annotated[list[str] | None, typer.Option(help="A name or number of the phone's owner.")] = None,
    third_party: Annotated[
        list[str] | None, typer.Option(help="Somebody who is said to act for the subject.")
    ] = None,
    zone: Annotated[str, typer.Option(help="The zone that the phone's clock was set to.")] = "Europe/London",
    date_order: Annotated[
        DateOrder | None, typer.Option(help="Which of day, month and year comes first.")
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option(help="A name in the chat that holds a colon, in full.")
    ] = None,
    column: Annotated[list[str] | None, typer.Option(help="For a table: FIELD=HEADING.")] = None,
    region: Annotated[str, typer.Option(help="The country of numbers that are written without one.")] = "GB",
    thread: Annotated[
        list[str] | None, typer.Option(help="Part of a conversation's name; only such are shown.")
    ] = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=_DAY, help="The first day to show.")
    ] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="The last day to show.")] = None,
    subject_side_only: Annotated[
        bool, typer.Option(help="Leave out the answers. The report says so.")
    ] = False,
    gap: Annotated[
        float, typer.Option(min=0.1, max=720, help="Hours without contact that end an occasion.")
    ] = 12.0,
    compare: Annotated[
        datetime | None,
        typer.Option(formats=_DAY, help="Compare the time from this day on with the time before it."),
    ] = None,
    trigger: Annotated[
        list[str] | None, typer.Option(help='A date to look after: "court date=2024-03-12".')
    ] = None,
    order: Annotated[
        list[str] | None,
        typer.Option(
            help='An order: "NAME=SERVED" or "NAME=SERVED/UNTIL", days or times as 2024-03-12T14:00.'
        ),
    ] = None,
    exhibit: Annotated[str, typer.Option(help="The initials before exhibit numbers.")] = "EX",
    by: Annotated[str, typer.Option(help="Who prepares the report.")] = "the person who ran this",
    may_reach_defendant: Annotated[
        bool, typer.Option(help="Make the masked edition, without originals, exact records and custody log.")
    ] = False,
    mask: Annotated[list[str] | None, typer.Option(help="A name or place to mask in that edition.")] = None,
    originals: Annotated[bool, typer.Option(help="Put the files themselves into the bag.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Make a chronology of one person's course of conduct, in a bag that proves itself whole.

    Exit codes: 0 made; 2 a wrong option, an unknown name or nothing to show; 3 the order of day and month must
    be stated; 4 made, but not everything could be read; 5 nothing could be read; 6 the masked edition still
    held what it should not and was not written.
    """
    from desist.chronicle.analysis.findings import Questions  # noqa: PLC0415  only when it is run
    from desist.chronicle.people import People  # noqa: PLC0415  only when it is run
    from desist.chronicle.scope import Scope  # noqa: PLC0415  only when it is run
    from desist.cli import chronicle_answers, chronicle_report  # noqa: PLC0415  only when it is run

    with chronicle_answers.plainly():
        wanted = chronicle_report.Wanted(
            files=files,
            options=chronicle_answers.options(
                zone=zone, date_order=date_order, owners=owner or (), names=name or (), columns=column or ()
            ),
            people=People(
                subject=tuple(subject),
                owner=tuple(owner or ()),
                third_parties=tuple(third_party or ()),
                region=region,
            ),
            scope=Scope(
                threads=tuple(thread or ()),
                first=first.date() if first else None,
                last=last.date() if last else None,
                subject_side_only=subject_side_only,
            ),
            questions=Questions(
                compare_at=compare.date() if compare else None,
                triggers=chronicle_answers.triggers(trigger or ()),
                orders=chronicle_answers.orders(order or ()),
            ),
            gap=gap,
            initials=exhibit,
            by=by,
            masked=may_reach_defendant,
            terms=tuple(mask or ()),
            with_originals=originals,
        )
        made = chronicle_report.make(wanted=wanted, out=out)
    typer.echo(chronicle_report.told(made, as_json=as_json))
    raise SystemExit(made.exit)


def verify(
    *,
    bag: Annotated[Path, typer.Argument(help="The folder of the bag.")],
    seal: Annotated[str, typer.Option(help="The seal that was printed when the bag was made.")] = "",
) -> None:
    """Check a bag again: every file, the custody log, and, where it holds originals, a new reading of them.

    Exit codes: 0 everything holds; 1 something was altered or is missing; 2 it is not a bag.
    """
    from desist.cli import chronicle_answers, chronicle_report  # noqa: PLC0415  only when it is run

    with chronicle_answers.plainly():
        verdict = chronicle_report.check(folder=bag, seal=seal)
    for sentence in verdict.held:
        typer.echo(f"ok      {sentence}")
    for sentence in verdict.faults:
        typer.echo(f"FAULT   {sentence}", err=True)
    typer.echo(f"seal    {verdict.seal}")
    raise SystemExit(1 if verdict.faults else 0)
