"""What the clock does in the advocacy zone."""

from datetime import datetime, time

from desist import sites
from desist.advocacy.duty import files, queries, sheet
from desist.post import own
from desist.ui import dates
from desist.wall import actors

#: The hour from which the worker writes the evening's sheet, once a day.
EVENING = time(17, 30)


def run(*, at: datetime) -> None:
    """Write the sheet of the evening."""
    write_sheet(at=at)


def write_sheet(*, at: datetime) -> bool:
    """Write today's sheet and return True, unless it is too early, the sheet exists or there is no duty key."""
    here, data, site = dates.local(at), sites.data_folder(), own.site().name
    day = here.date()
    public = files.public(data=data, site=site)
    if public is None or here.time() < EVENING or files.sheet(data=data, site=site, day=day).exists():
        return False
    text = queries.sheet(actor=actors.clock(), at=at)
    sealed = sheet.seal(text=text, public=public, site=site, day=day.isoformat())
    files.write(data=data, site=site, day=day, sheet=sealed)
    return True
