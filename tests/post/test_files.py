"""The file transport: whole files or none, imported once however often they are carried, refused with a sentence."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.post.conftest import AT, POLICE, PROGRAMME, THREAD

from desist.keys.sitekeys import SiteKeys
from desist.post import files, inbox, outbox, payloads, seal
from desist.post.handlers import Received
from desist.post.models import Inbox, Outbox, Partner
from desist.post.transports import Transport

pytestmark = pytest.mark.usefixtures("own_keys", "police")

DECISION = payloads.ReferralDecision("accepted", "PLANTED-REASON", AT)


@pytest.fixture
def waiting(police: Partner) -> Outbox:
    """One envelope that waits for a partner reached by file."""
    Partner.objects.update(transport=Transport.FILE)
    outbox.send(DECISION, to=POLICE, thread=THREAD, at=AT)
    return Outbox.objects.get()


@pytest.fixture
def carried(sealed_by_police: Callable[..., Inbox], tmp_path: Path) -> Path:
    """A file from the police that lies in the folder for arrivals."""
    envelope = sealed_by_police(payloads.ReferralWithdrawn("a reason"))
    parts = {
        "desist_envelope": 1,
        "id": str(envelope.ref),
        "from": POLICE,
        "to": PROGRAMME,
        "at": AT.isoformat(),
        "sealed": base64.b64encode(envelope.sealed).decode(),
    }
    path = tmp_path / "in" / f"{envelope.ref}.envelope"
    path.parent.mkdir()
    path.write_text(json.dumps(parts))
    return path


def change(path: Path, **changes: object) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_an_exported_file_is_the_envelope_and_reads_as_nothing(
    waiting: Outbox, tmp_path: Path, police_keys: SiteKeys, own_keys: SiteKeys
) -> None:
    assert files.export_waiting(folder=tmp_path, at=AT) == 1

    text = (tmp_path / "out" / POLICE / f"{waiting.ref}.envelope").read_text()
    parts = json.loads(text)
    body = seal.unseal(
        header=seal.Header(waiting.ref, parts["from"], parts["to"]),
        sealed=base64.b64decode(parts["sealed"]),
        keys=[police_keys.current.seal],
        by=[own_keys.public.current.sign],
    )
    assert body.values["reason"] == "PLANTED-REASON"
    assert "PLANTED" not in text
    assert "referral" not in text


def test_an_envelope_is_exported_once(waiting: Outbox, tmp_path: Path) -> None:
    files.export_waiting(folder=tmp_path, at=AT)

    assert files.export_waiting(folder=tmp_path, at=AT + timedelta(days=1)) == 0

    assert Outbox.objects.get().sent_at == AT


def test_what_the_courier_carries_is_not_exported(police: Partner, tmp_path: Path) -> None:
    outbox.send(DECISION, to=POLICE, thread=THREAD, at=AT)

    assert files.export_waiting(folder=tmp_path, at=AT) == 0

    assert not list(tmp_path.rglob("*.envelope"))


def test_a_full_disk_leaves_the_envelope_waiting(
    waiting: Outbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_private", full)

    with pytest.raises(OSError, match="No space"):
        files.export_waiting(folder=tmp_path, at=AT)

    assert Outbox.objects.get().sent_at is None


def test_a_carried_file_is_handled_like_any_envelope(
    carried: Path, tmp_path: Path, kept: list[Received]
) -> None:
    outcome = files.import_arrived(folder=tmp_path)

    inbox.handle_waiting(at=AT)

    assert outcome == files.Import(1, ())
    assert kept[0].payload == payloads.ReferralWithdrawn("a reason")
    assert (tmp_path / "arrived" / carried.name).exists()
    assert not carried.exists()


def test_a_file_carried_twice_is_handled_once(carried: Path, tmp_path: Path, kept: list[Received]) -> None:
    text = carried.read_text()
    for _ in range(2):
        carried.write_text(text)
        files.import_arrived(folder=tmp_path)
        inbox.handle_waiting(at=AT)

    assert len(kept) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"to": "other-programme"}, "is addressed to other-programme"),
        ({"from": "stranger"}, "lists no site named 'stranger'"),
        ({"desist_envelope": 2}, "written by a newer Desist"),
        ({"id": "7"}, "is damaged"),
        ({"id": 7}, "is damaged"),
        ({"at": "2026-03-02T09:00:00"}, "is damaged"),
        ({"sealed": "é"}, "is damaged"),
    ],
)
def test_a_wrong_file_is_set_aside_with_the_reason(
    carried: Path, tmp_path: Path, changes: dict[str, object], sentence: str
) -> None:
    change(carried, **changes)

    outcome = files.import_arrived(folder=tmp_path)

    assert outcome.arrived == 0
    assert sentence in outcome.refused[0]
    assert (tmp_path / "refused" / carried.name).exists()
    assert not Inbox.objects.exists()


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"null", b'{"desist_envelope": 1}'])
def test_what_is_no_envelope_is_set_aside(carried: Path, tmp_path: Path, content: bytes) -> None:
    carried.write_bytes(content)

    (reason,) = files.import_arrived(folder=tmp_path).refused

    assert "is not an envelope" in reason


def test_a_huge_file_is_not_even_read(carried: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)

    (reason,) = files.import_arrived(folder=tmp_path).refused

    assert "too large" in reason


def test_a_folder_where_nothing_arrived_is_no_error(tmp_path: Path) -> None:
    assert files.import_arrived(folder=tmp_path) == files.Import(0, ())
