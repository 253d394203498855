"""`./desist leaks --words`: read the words stored already that are shown to the person or cross, as the reader does.

Each finding states its table, row, field and kind, and repeats no word. As an errand it runs in the process of each
site, which has that site's keys. Words for which a member of staff gave a reason are no finding.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import django

from desist.privatefile import write_private
from desist.referral.answers import FREE
from desist.running.errands import Errand, run
from desist.sites import Site
from tools.leaks import locked

#: table of a zone -> its columns of words that are shown or cross; a test compares them with the fields typed in
COLUMNS: dict[str, tuple[str, ...]] = {
    "advocacy.Addition": ("words",),
    "advocacy.Arrangement": ("say", "if_other"),
    "advocacy.Disclosure": ("words", "necessity", "proportionality"),
    "advocacy.Incident": ("what", "effect", "kept", "witnesses"),
    "advocacy.Note": ("words",),
    "advocacy.SupportNews": ("words",),
    "advocacy.SupportReferral": ("told",),
    "programme.Agreement": ("requirement",),
    "programme.Assessment": ("others",),
    "programme.Chain": ("behaviour", "reduce_vulnerability", "prevent_prompt", "repair"),
    "programme.ChainLink": ("words", "skill"),
    "programme.BetweenSessions": ("place",),
    "programme.CopingLine": ("cue", "words"),
    "programme.CurriculumModule": ("name", "words"),
    "programme.CurriculumSession": ("title",),
    "programme.DayAhead": ("words",),
    "programme.DiaryTarget": ("name",),
    "programme.DisclosureRequest": ("question", "necessity"),
    "programme.Disclosure": ("words",),
    "programme.Goal": ("words", "serves", "steps"),
    "programme.LetterTemplate": ("title", "text"),
    "programme.NoticeWords": ("lawful_basis", "retention"),
    "programme.Order": ("requirements", "exclusions"),
    "programme.Referral": FREE,
    "programme.Report": (
        "attendance",
        "themes",
        "skills",
        "measures",
        "goals",
        "risks",
        "recommendations",
        "requirement",
        "correction",
    ),
    "programme.Session": ("agenda", "homework_set", "others"),
    "programme.SupportNews": ("words",),
    "programme.SupportOverride": ("told",),
    "programme.SupportReferral": ("told",),
    "partnership.Agency": ("helps", "hours", "languages", "how"),
    "partnership.Breach": ("account", "excuse", "reason"),
    "partnership.BreachStep": ("note",),
    "partnership.Condition": ("text", "area_words", "necessity"),
    "partnership.Disclosure": ("words", "necessity", "proportionality"),
    "partnership.Order": ("locality",),
    "partnership.Referral": FREE,
}
#: table without references of its own -> the lookup to the reference that its rows are known by
KNOWN_BY = {
    "partnership.BreachStep": "breach__ref",
    "programme.BetweenSessions": "episode__ref",
    "programme.CopingLine": "plan__ref",
}
#: table -> the column that names the rows whose words two people released, each by its reference
RELEASED = {"partnership.Condition": "desist.partnership.releases.queries.released_conditions"}
FOLDER = "leaks"


@dataclass(frozen=True, order=True)
class Stored:
    """Words in a row that may lead to a person: their place and what they look like; never the words."""

    site: str
    table: str
    row: str
    field: str
    kinds: str


def main() -> None:
    """Read the tables of this site, and write the findings."""
    django.setup()
    from django.conf import settings

    from desist import sites

    folder = sites.data_folder() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    found = [asdict(one) for one in stored(site=settings.DESIST_SITE)]
    write_private(folder / f"words-{settings.DESIST_SITE}.json", json.dumps(found).encode())


def stored(*, site: str, columns: Mapping[str, tuple[str, ...]] = COLUMNS) -> Iterator[Stored]:
    """Return the words that no answer covers, of the tables that this process has."""
    from django.apps import apps

    from desist.wall import clearances

    for table, names in columns.items():
        if not apps.is_installed(f"desist.{table.partition('.')[0]}"):
            continue
        for ref, values in _rows(table, names):
            texts = {name: _text(value) for name, value in zip(names, values, strict=True)}
            for name, findings in clearances.unanswered(texts).items():
                kinds = ", ".join(dict.fromkeys(one.kind for one in findings))
                yield Stored(site, table, str(ref), name, kinds)


def _rows(table: str, names: tuple[str, ...]) -> Iterator[tuple[str, list[object]]]:
    """Return the reference of each row of a table, and the content of these columns."""
    from django.apps import apps
    from django.utils.module_loading import import_string

    rows = apps.get_model(table)._default_manager.order_by("pk")
    if lock := locked.LOCKS.get(table):
        sealed = rows.filter(**lock.only).values_list(lock.row, f"{lock.client}__ref", "words")
        yield from locked.opened(lock, names, sealed.iterator())
        return
    released = import_string(RELEASED[table])() if table in RELEASED else ()
    ref_is = KNOWN_BY.get(table, "ref")
    for ref, *values in rows.exclude(**{f"{ref_is}__in": released}).values_list(ref_is, *names).iterator():
        yield ref, values


def _text(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value or "")


def search(folder: Path, listed: tuple[Site, ...]) -> list[Stored]:
    """Return what every site of a running area has stored. Raises StepFailed."""
    run(folder, [Errand(site, "tools.leaks.words") for site in listed])
    found: list[Stored] = []
    for site in listed:
        written = folder / FOLDER / f"words-{site.name}.json"
        found += [Stored(**one) for one in json.loads(written.read_bytes())]
        written.unlink()
    return sorted(found)


if __name__ == "__main__":
    main()
