"""Returns carried as files from another site of the same database to a commission: exported there, imported here."""

import csv
import io
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from tests import staff

from desist.commission.returns import printing
from desist.commission.returns.models import ServiceReturn
from desist.keys import keyfile
from desist.post import files, inbox, own
from desist.post.models import Inbox, Partner
from desist.post.transports import Transport
from desist.returns import definitions
from desist.returns.files import Form
from desist.sites import Zone
from desist.wall import policy
from desist.wall.actors import Actor, Role
from desist.zones import base

COMMISSION = "northmere-commission"
SMALL = re.compile("[1-9]")


@dataclass(frozen=True)
class Carrier:
    """What a person carries between the two sites, and the keys of the commission."""

    settings: Any
    patch: pytest.MonkeyPatch
    folder: Path

    def register(self, *, at: datetime) -> Partner:
        """Put the commission into the register as a partner reached by file."""
        keys = keyfile.create(folder=self.folder / "commission", site=COMMISSION, on=date(2026, 1, 1))
        reached = {"transport": Transport.FILE, "keys": keys.public.to_json()}
        known = {"title": "Northmere Commissioner", "phone": "01632 960 002", "added_at": at}
        made, _ = Partner.objects.update_or_create(
            name=COMMISSION, defaults={"zone": "commission", "area": staff.AREA, **known, **reached}
        )
        return made

    def carry(self, *, at: datetime) -> list[Path]:
        """Export what waits at this site, become the commission, and import it there. Returns the files."""
        here = own.site()
        sender = {"zone": here.zone.value, "title": here.title or here.name, "area": staff.AREA}
        reached = {"transport": Transport.FILE, "keys": own.keys().public.to_json(), "added_at": at}
        files.export_waiting(folder=self.folder, at=at)
        Partner.objects.update_or_create(name=here.name, defaults={**sender, **reached})
        self.settings.DESIST_SITE, self.settings.DESIST_ZONE = COMMISSION, "commission"
        self.settings.DESIST_POLICIES = base.policies(Zone.COMMISSION)
        policy.forget()
        self.settings.DESIST_HANDLERS = [
            f"desist.commission.{one}.handlers" for one in ("returns", "extracts")
        ]
        self.patch.setenv("DESIST_DATA", str(self.folder / "commission"))
        found = sorted((self.folder / "out" / COMMISSION).glob("*.envelope"))
        (self.folder / "in").mkdir(exist_ok=True)
        moved = [path.rename(self.folder / "in" / path.name) for path in found]
        assert files.import_arrived(folder=self.folder).refused == ()
        inbox.handle_waiting(at=at)
        waiting = list(Inbox.objects.filter(handled_at=None).values_list("error", flat=True))
        assert not waiting, waiting
        return moved


def read(row: ServiceReturn, *, at: datetime) -> dict[Form, list[list[str]]]:
    """Return each file of a return as its reader at the commission sees it: the cells of each line, on paper all in one."""
    actor = Actor(who="sorrel", role=Role.COMMISSIONER, area=row.area, correlation=uuid.uuid4())
    made = {form: printing.as_file(actor=actor, ref=row.ref, form=form, at=at).content for form in Form}
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(made[Form.ODS])).get_sheet_by_index(0).to_python()
    paper = PdfReader(io.BytesIO(made[Form.PDF]))
    return {
        Form.CSV: list(csv.reader(made[Form.CSV].decode("utf-8-sig").splitlines())),
        Form.ODS: [[f"{one:g}" if isinstance(one, float) else str(one) for one in line] for line in sheet],
        Form.PDF: [[" ".join(" ".join(page.extract_text() for page in paper.pages).split())]],
    }


def small_numbers(row: ServiceReturn, *, at: datetime, moved: str) -> list[str]:
    """Return every number from 1 to 9 of people in the files of a return; the one on paper says what `moved`."""
    edition, files = definitions.edition(row.definitions), read(row, at=at)
    (((paper,),),) = (files[Form.PDF],)
    assert f"{moved}." in paper
    found = [
        f"{form}: {line[3]}"
        for form in (Form.CSV, Form.ODS)
        for line in files[form][1:]
        for cell in line[4:7]
        if SMALL.fullmatch(cell)
    ]
    return found + [
        f"pdf: {words}"
        for words in map(edition.words, edition.leaving)
        if re.search(rf"(?<!\w){re.escape(words)}(, all)? [1-9](?![\d.])", paper)
    ]


@pytest.fixture
def carrier(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Carrier]:
    """Carry between two sites, and be of this file's zone again afterwards."""
    yield Carrier(settings, monkeypatch, tmp_path)
    policy.forget()
