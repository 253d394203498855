"""The demo's evidence: a client with a chat that was kept and a picture, one whose chat waits for answers; all of it locked."""

import zipfile
from io import BytesIO

import pytest
from tests.synthetic.conftest import NOW
from tests.synthetic.test_rows import found_in, secrets, tables

from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.models import Original, Record, Transcript
from desist.advocacy.evidence.states import State
from desist.advocacy.exhibits import queries
from desist.advocacy.exhibits.models import Exhibit
from desist.advocacy.papers.models import Paper
from desist.advocacy.tags.models import Tagged
from desist.advocacy.vault import commands as vault
from tools.leaks import planted
from tools.leaks.search import Search
from tools.synthetic import advocacy_rows, evidence
from tools.synthetic.cases import Block
from tools.synthetic.facts import Side


@pytest.fixture
def kept(db: None, demo: Block) -> Block:
    advocacy_rows.team()
    advocacy_rows.write(demo)
    evidence.write(demo.cases, at=NOW)
    return demo


@pytest.mark.slow
def test_a_chat_is_kept_another_waits_and_nothing_of_them_lies_open(kept: Block) -> None:
    states = list(Original.objects.order_by("pk").values_list("state", flat=True))

    assert states == [State.KEPT, State.KEPT, State.KEPT, State.ASKING]
    assert list(Exhibit.objects.order_by("pk").values_list("state", flat=True)) == ["open", "made"]
    assert Tagged.objects.count() == 7
    assert Transcript.objects.count() == 1
    assert sorted(Paper.objects.values_list("kind", flat=True)) == ["leaflet", "log", "plan", "ring"]
    assert Record.objects.count() == len(evidence.SAID)
    assert not found_in(tables("advocacy"), secrets(kept, Side.ADVOCACY))


@pytest.mark.slow
def test_where_she_lives_is_in_the_file_as_it_came_and_nowhere_in_the_exhibit(kept: Block) -> None:
    search = Search(one for one in planted.of_cases(kept) if one.kind == "victim_address")
    shot = Original.objects.order_by("pk")[1]
    box = vault.box(person=shot.victim.ref)
    made = Exhibit.objects.get(state="made")

    assert search.hits(b"".join(keeping.contents(box, shot)))
    archive = b"".join(queries.pieces(made, box))
    assert b"pictures/" in archive
    assert not search.hits(archive)
    assert search.hits(_zipped(b"".join(keeping.contents(box, shot))))  # it would be found there


def _zipped(content: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pictures/1.png", content)
    return file.getvalue()
