"""`python -m tests.leaks.there_and_back`: searches a fresh area, plants leaks in it, and searches again.

It runs in its own process, since an area forks from a parent without Django. It prints each search's findings as JSON.
"""

import base64
import json
from dataclasses import asdict, replace
from datetime import UTC, datetime

from reportlab.pdfgen.canvas import Canvas
from tests import tables

from desist.sites import Zone
from tools.leaks import phones, running, whole
from tools.leaks.running import Area
from tools.leaks.whole import Report
from tools.synthetic.cases import Case

FEW = 2


def main() -> None:
    """Search, plant, search."""
    with running.own(step=lambda _: None, before=tables.founded) as area:
        clean = whole.search(area, bound=FEW)
        case = next(case for case in area.people.cases if case.story.stage == "in_sessions")
        plant(area, case)
        leaking = whole.search(replace(area, own=False), bound=1, strange=False)
        on_phones = _on_phones(area, case)
    found = {"clean": said(clean), "leaking": said(leaking), "phones": on_phones}
    print(json.dumps(found))  # noqa: T201 -- the test reads it


def said(report: Report) -> dict[str, object]:
    return {**asdict(report), "sound": report.sound}


def plant(area: Area, case: Case) -> None:
    """Plant one leak in every medium at rest, and two that show on pages."""
    _in_programme(area, case)
    _in_post(area, case)
    _in_files(area, case)


def _on_phones(area: Area, case: Case) -> list[dict[str, object]]:
    """Plant on one phone the victim's e-mail address, a surname, a word of staff and the words of another phone; read all three."""
    first, second, _ = begun = phones.begin(area)
    told = f"Write to {case.secret('victim_email')}"
    with area.cluster.connect(_database(area, Zone.PROGRAMME)) as connection:
        connection.execute(
            "UPDATE programme_session SET homework_set = %s WHERE episode_id = %s", [told, first.episode]
        )
        connection.execute(
            "UPDATE programme_betweensessions SET place = %s WHERE episode_id = %s",
            [f"With {second.holder.name}, by the police", first.episode],
        )
        connection.execute(
            "UPDATE programme_goal SET words = %s WHERE episode_id = %s", [second.words.text, first.episode]
        )
    secrets, _ = whole.planted_in(area)
    today = datetime.now(UTC).date()
    return [
        asdict(one) for one in sorted(phones.walk(area, begun, secrets, today=today, touching=False).leaks)
    ]


def _in_programme(area: Area, case: Case) -> None:
    """Plant her address in a free text, and her e-mail address, in base64, in a session record."""
    coded = base64.b64encode(f"see {case.secret('victim_email')}".encode()).decode()
    with area.cluster.connect(_database(area, Zone.PROGRAMME)) as connection:
        connection.execute(
            "UPDATE programme_referral SET needs = %s", [f"Lives at {case.secret('victim_address').upper()}"]
        )
        connection.execute(
            "UPDATE programme_session SET work_done = %s WHERE ref = %s", [coded, case.course.meetings[0].ref]
        )


def _in_post(area: Area, case: Case) -> None:
    """Plant an envelope that was never sealed, so that the courier could read it."""
    body = json.dumps({"name": case.secret("victim_name")}).encode()
    at = datetime.now(UTC)
    with area.cluster.connect(_database(area, Zone.ADVOCACY)) as connection:
        connection.execute(
            "INSERT INTO post_outbox (ref, receiver, kind, sealed, at, sent_at, tries, error) "
            "VALUES (gen_random_uuid(), 'northmere-police', 'pair-request', %s, %s, %s, 1, '')",
            [body, at, at],
        )


def _in_files(area: Area, case: Case) -> None:
    """Plant a log line, a message, and a letter as a PDF."""
    with (area.folder / "log" / "northmere-police-web.log").open("a") as log:
        log.write(f"WARNING could not ring {case.secret('victim_phone').replace(' ', '')}\n")
    mail = area.folder / "mail"
    mail.mkdir(exist_ok=True)
    (mail / "a-message.log").write_bytes(
        b"Content-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(f"{'Dear colleague, ' * 9}{case.secret('victim_report')}".encode())
    )
    letters = area.folder / "letters"
    letters.mkdir()
    canvas = Canvas(str(letters / "letter.pdf"))
    canvas.drawString(50, 500, f"To the flat beside {case.secret('victim_postcode')}")
    canvas.save()


def _database(area: Area, zone: Zone) -> str:
    return next(site.database for site in area.listed if site.zone is zone)


if __name__ == "__main__":
    main()
