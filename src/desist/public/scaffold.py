"""Starts a site's own folder and a campaign in it: files to fill in, with a comment where one helps."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from desist.public import checks
from desist.public.content import TELLING
from desist.public.markdown import slug
from desist.public.settings import FILE

SITE = """\
# What this site says of itself. The name shows at the top of every page and in the browser's tab, so choose one
# that gives nothing away to someone looking over a shoulder.
name: {name}
organisation: {organisation}
contact: ""
area: {area}
# The services of your area. Every page names them. `checked_on` is the day on which you last rang the number; a service
# may also have `hours`, `text`, `bsl`, `interpreter`, `site` and `who_for`. Take the hash from the lines you fill in.
# desk:
#   name: The stalking desk of your police
#   number: "01632 960000"
#   hours: Weekdays 8am to 6pm
#   checked_on: 2026-11-20
# advocacy:
#   name: Your advocacy service
#   number: "01632 960001"
#   checked_on: 2026-11-20
# programme:
#   name: Your programme
#   number: "01632 960002"
#   checked_on: 2026-11-20
# The programme's form for professionals, and its form for people who ask for a place themselves.
refer: ""
self_refer: ""
# What else to say about referrals, in a few words.
referrals: ""
# Who looks at the numbers and sources each year.
checker: ""
# How many people aged 16 and over live there, and who says so; leave both out where the force is known.
{adults}
# Where Exit this page leads: dull, quick, and not this site.
exit_to: https://www.bbc.co.uk/weather
# The site's own address, printed on posters.
address: ""
# [en] for a site without Welsh.
languages: [en, cy]
# Who prints and sends posters, as an e-mail address: campaigns then have a form to order them. Leave it out where nobody does.
# orders: posters@police.example
# The awareness week, once the Suzy Lamplugh Trust announces it.
# week_from: 2027-04-19
# week_to: 2027-04-23
# week_theme: ""
"""

#: words of ours for an editor to replace: no site for the public is built with them
EXAMPLES = (
    "Say in one sentence what the campaign is for.",
    "Say one thing.",
    "Then say what someone can do about it.",
    "Write here what people should know.",
)

CAMPAIGN = """\
title: {title}
# What the browser's tab says: no word that gives the subject away.
tab: Campaign
summary: Say in one sentence what the campaign is for.
from: {first}
to: {last}
organiser: {organisation}
# Each message becomes a poster and a card. `help` names a row of help.csv.
messages:
  - headline: Say one thing.
    words: Then say what someone can do about it.
    help: helpline
"""

PAGE = """\
---
title: {title}
tab: Campaign
summary: Say in one sentence what the campaign is for.
menu: none
sources: []
---
Write here what people should know. Link to [what it is](page:what-it-is) or [where to get help](page:help).

If someone is in danger, they should call {{call emergency}}.
"""


class AlreadyThere(Exception):
    """The site, or a campaign of that name, exists; it stays as it is."""


@dataclass(frozen=True)
class Start:
    """What a new site says of itself; `name` is shown in the tab."""

    organisation: str
    area: str
    adults: int | None
    adults_source: str
    name: str = "Plainly"


def start_site(site: Path, start: Start) -> Path:
    """Make a site's folder: its settings, and the table of what was checked. Raises AlreadyThere."""
    settings = site / FILE
    if settings.exists():
        raise AlreadyThere(
            f"{settings} is already there. Nothing was changed: edit it, or choose another folder."
        )
    (site / "en").mkdir(parents=True, exist_ok=True)
    count = (
        f"adults: {start.adults}\nadults_source: {quoted(start.adults_source)}"
        if start.adults
        else "# adults: 812000\n# adults_source: who says so, and when"
    )
    words = {name: quoted(getattr(start, name)) for name in ("name", "organisation", "area")}
    settings.write_text(SITE.format(**words, adults=count), "utf-8")
    if not (site / checks.FILE).exists():
        (site / checks.FILE).write_text(",".join(checks.COLUMNS) + "\n", "utf-8")
    return settings


def start_campaign(
    *,
    site: Path,
    title: str,
    first: dt.date,
    last: dt.date,
    start: Start,
) -> Path:
    """Make the campaign's folder, and the site's settings where there are none. Raises AlreadyThere."""
    folder = site / "campaigns" / folder_name(title, first)
    if folder.exists():
        raise AlreadyThere(f"{folder} is already there. Nothing was changed: edit it, or choose other days.")
    (folder / "en").mkdir(parents=True)
    (folder / "images").mkdir()
    words = {"title": quoted(title), "first": first, "last": last, "organisation": quoted(start.organisation)}
    (folder / "campaign.yaml").write_text(CAMPAIGN.format(**words), "utf-8")
    (folder / "en/index.md").write_text(PAGE.format(**words), "utf-8")
    if not (site / FILE).exists():
        start_site(site, start)
    return folder


def folder_name(title: str, first: dt.date) -> str:
    """The first day and the title, or the first day alone where the title gives the subject away."""
    return f"{first}-campaign" if TELLING.search(title) else f"{first}-{slug(title)}"


def quoted(words: str) -> str:
    """Text between quotes, as YAML reads it."""
    return json.dumps(words, ensure_ascii=False)
