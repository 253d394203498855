"""Files of duty keys and sheets: DATA/duty/SITE, outside the database. Only the newest sheets are kept."""

from datetime import date
from pathlib import Path

from desist.privatefile import write_private

KEPT = 14  # days


def folder(*, data: Path, site: str) -> Path:
    """The folder of a site."""
    return data / "duty" / site


def keep_public(*, data: Path, site: str, public: bytes) -> None:
    """Keep the public half of a key. Later sheets are sealed to it."""
    place = folder(data=data, site=site)
    place.mkdir(parents=True, exist_ok=True)
    write_private(place / "public.key", public.hex().encode())


def public(*, data: Path, site: str) -> bytes | None:
    """The public half; None without a duty key."""
    place = folder(data=data, site=site) / "public.key"
    return bytes.fromhex(place.read_text("ascii")) if place.exists() else None


def write(*, data: Path, site: str, day: date, sheet: bytes) -> None:
    """Keep the sheet of a day, and delete the oldest."""
    place = folder(data=data, site=site)
    write_private(place / f"{day.isoformat()}.sheet", sheet)
    for old in sorted(place.glob("*.sheet"))[:-KEPT]:
        old.unlink()


def sheet(*, data: Path, site: str, day: date) -> Path:
    """The file of a day, whether it exists or not."""
    return folder(data=data, site=site) / f"{day.isoformat()}.sheet"


def newest(*, data: Path, site: str) -> Path | None:
    """The newest sheet."""
    found = sorted(folder(data=data, site=site).glob("*.sheet"))
    return found[-1] if found else None
