"""The settings of the invented area's public site, as a communications officer of Northmere would write them."""

from datetime import date
from pathlib import Path

from desist.public.settings import FILE, OWN

SETTINGS = """\
name: Plainly
organisation: Northmere Police and Harbour Advocacy
contact: ""
area: Northmere
adults: 812000
adults_source: Invented, as the area is
desk:
  name: Northmere stalking desk
  number: "01632 960 020"
  hours: Weekdays 8am to 8pm
  checked_on: {today}
advocacy:
  name: Harbour Advocacy
  number: "01632 960 021"
  hours: Weekdays 9am to 5pm
  checked_on: {today}
programme:
  name: Northmere service
  number: "01632 960 022"
  hours: Weekdays 9am to 5pm
  checked_on: {today}
refer: {refer}
checker: Northmere stalking desk
orders: posters@northmere.example
address: https://plainly.northmere.example
exit_to: https://www.bbc.co.uk/weather
languages: [en, cy]
"""


def write(data: Path, *, refer: str, today: date) -> None:
    """Write the settings into a data folder; `refer` is the address of the programme's form, "" where there is none."""
    folder = data / OWN
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_text(
        SETTINGS.format(refer=refer or '""', today=today.isoformat()), encoding="utf-8"
    )
