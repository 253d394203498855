"""`desist-chronicle report` and `verify`: their options. The work is in reporting, imported when it is done."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desist_chronicle.options import DateOrder, Options

if TYPE_CHECKING:
    from desist_chronicle.analysis.findings import Questions
    from desist_chronicle.people import People
    from desist_chronicle.scope import Scope

_DAY = ["%Y-%m-%d"]

_Files = Annotated[list[Path], typer.Argument(help="Exports, as files, folders or zip archives.")]
_Subject = Annotated[
    list[str],
    typer.Option(
        help="Who the course of conduct is of: a name, number or address; may be given more than once."
    ),
]
_Out = Annotated[Path, typer.Option(help="A new folder for the bag.")]
_Owner = Annotated[list[str] | None, typer.Option(help="A name or number of the phone's owner.")]
_ThirdParty = Annotated[list[str] | None, typer.Option(help="A person who is said to act for the subject.")]
_Zone = Annotated[str, typer.Option(help="The zone that the phone's clock was set to.")]
_DateOrder = Annotated[DateOrder | None, typer.Option(help="Which of day, month and year comes first.")]
_Name = Annotated[list[str] | None, typer.Option(help="A name in the chat that holds a colon, in full.")]
_Column = Annotated[list[str] | None, typer.Option(help="For a table: FIELD=HEADING.")]
_Region = Annotated[str, typer.Option(help="The country of numbers that are written without one.")]
_Thread = Annotated[
    list[str] | None, typer.Option(help="Part of a conversation's name; only such are shown.")
]
_First = Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="The first day to show.")]
_Last = Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="The last day to show.")]
_SubjectSideOnly = Annotated[bool, typer.Option(help="Leave out the answers. The report says so.")]
_Gap = Annotated[float, typer.Option(min=0.1, max=720, help="Hours without contact that end an occasion.")]
_Compare = Annotated[
    datetime | None,
    typer.Option(formats=_DAY, help="Compare the time from this day on with the time before it."),
]
_Trigger = Annotated[list[str] | None, typer.Option(help='A date to look after: "court date=2024-03-12".')]
_Order = Annotated[
    list[str] | None,
    typer.Option(help='An order: "NAME=SERVED" or "NAME=SERVED/UNTIL", days or times as 2024-03-12T14:00.'),
]
_Exhibit = Annotated[str, typer.Option(help="The initials before exhibit numbers.")]
_By = Annotated[str, typer.Option(help="Who prepares the report.")]
_MayReachDefendant = Annotated[
    bool, typer.Option(help="Make the masked edition, without originals, exact records and custody log.")
]
_Mask = Annotated[list[str] | None, typer.Option(help="A name or place to mask in that edition.")]
_Originals = Annotated[bool, typer.Option(help="Put the files themselves into the bag.")]
_Pictures = Annotated[
    bool,
    typer.Option(
        "--read-pictures",
        help="Add the words that a machine reads in screenshots and photographs, unchecked.",
    ),
]
_AsJson = Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")]


def report(
    *,
    files: _Files,
    subject: _Subject,
    out: _Out,
    owner: _Owner = None,
    third_party: _ThirdParty = None,
    zone: _Zone = "Europe/London",
    date_order: _DateOrder = None,
    name: _Name = None,
    column: _Column = None,
    region: _Region = "GB",
    thread: _Thread = None,
    first: _First = None,
    last: _Last = None,
    subject_side_only: _SubjectSideOnly = False,
    gap: _Gap = 12.0,
    compare: _Compare = None,
    trigger: _Trigger = None,
    order: _Order = None,
    exhibit: _Exhibit = "EX",
    by: _By = "the person who ran this",
    may_reach_defendant: _MayReachDefendant = False,
    mask: _Mask = None,
    originals: _Originals = False,
    pictures: _Pictures = False,
    as_json: _AsJson = False,
) -> None:
    """Make a chronology of one person's course of conduct, in a bag that proves itself whole.

    Exit codes: 0 made; 2 a wrong option, an unknown name or nothing to show; 3 the order of day and month must
    be stated; 4 made, but not everything could be read; 5 nothing could be read; 6 the masked edition still
    held what it should not and was not written.
    """
    from desist_chronicle.cli import answers, reporting  # noqa: PLC0415  only when it is run

    with answers.plainly():
        how = _options(zone, date_order, owner, name, column)
        people = _people(subject, owner, third_party, region)
        scope = _scope(thread, first, last, subject_side_only)
        asked = _questions(compare, trigger, order)
        edition = reporting.Edition(exhibit, by, may_reach_defendant, tuple(mask or ()), originals, pictures)
        wanted = reporting.Wanted(files, how, people, scope, asked, gap, edition)
        made = reporting.make(wanted=wanted, out=out)
    typer.echo(reporting.told(made, as_json=as_json))
    raise SystemExit(made.exit)


def _options(
    zone: str,
    date_order: DateOrder | None,
    owner: list[str] | None,
    name: list[str] | None,
    column: list[str] | None,
) -> Options:
    from desist_chronicle.cli import answers  # noqa: PLC0415  only when it is run

    return answers.options(
        zone=zone, date_order=date_order, owners=owner or (), names=name or (), columns=column or ()
    )


def _people(
    subject: list[str], owner: list[str] | None, third_party: list[str] | None, region: str
) -> "People":
    from desist_chronicle.people import People  # noqa: PLC0415  only when it is run

    return People(
        subject=tuple(subject),
        owner=tuple(owner or ()),
        third_parties=tuple(third_party or ()),
        region=region,
    )


def _scope(
    thread: list[str] | None, first: datetime | None, last: datetime | None, subject_side_only: bool
) -> "Scope":
    from desist_chronicle.scope import Scope  # noqa: PLC0415  only when it is run

    return Scope(
        threads=tuple(thread or ()),
        first=first.date() if first else None,
        last=last.date() if last else None,
        subject_side_only=subject_side_only,
    )


def _questions(compare: datetime | None, trigger: list[str] | None, order: list[str] | None) -> "Questions":
    from desist_chronicle.analysis.findings import Questions  # noqa: PLC0415  only when it is run
    from desist_chronicle.cli import answers  # noqa: PLC0415  only when it is run

    return Questions(
        compare_at=compare.date() if compare else None,
        triggers=answers.triggers(trigger or ()),
        orders=answers.orders(order or ()),
    )


def verify(
    *,
    bag: Annotated[Path, typer.Argument(help="The folder of the bag.")],
    seal: Annotated[str, typer.Option(help="The seal that was printed when the bag was made.")] = "",
) -> None:
    """Check a bag again: every file, the custody log, and, where it holds originals, a new reading of them.

    Exit codes: 0 everything holds; 1 something was altered or is missing; 2 it is not a bag.
    """
    from desist_chronicle.cli import answers, reporting  # noqa: PLC0415  only when it is run

    with answers.plainly():
        verdict = reporting.check(folder=bag, seal=seal)
    for sentence in verdict.held:
        typer.echo(f"ok      {sentence}")
    for sentence in verdict.faults:
        typer.echo(f"FAULT   {sentence}", err=True)
    typer.echo(f"seal    {verdict.seal}")
    raise SystemExit(1 if verdict.faults else 0)
