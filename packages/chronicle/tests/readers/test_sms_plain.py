"""What is read without a parser of XML is what the parser would have read."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packages.chronicle.tests.made_up.export_samples import sms_backup

from desist_chronicle.options import Options
from desist_chronicle.readers import sms_backup as reader
from desist_chronicle.readers import surrogates
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Flag, Record

HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<!--made up-->\n<smses count=\"{}\">\n"
PLAIN = (
    '  <sms protocol="0" address="{}" date="{}" type="{}" subject="null" body="{}" toa="null" read="1" '
    'readable_date="" contact_name="Bob" />\n'
)
TEXTS = (
    "hello",
    "a &amp; b &lt;c&gt; &quot;d&quot; &apos;e&apos;",
    "Gr&#252;&#223;e ü &#10;x",
    "",
    "&#55357;&#56846;!",
)
ODD = (
    "  <mms date='1710277600000' msg_box='1' address='x'><parts><part ct='text/plain' text='m'/></parts></mms>\r\n",
    "  <sms address='y' date='1710277500000' type='1' body='quoted otherwise'/>\n",
    '  <sms protocol="0" address="y" date="99999999999999" type="1" body="far" />\n',
    '  <sms protocol="0" address="y" date="1698541200000" type="5" body="half &#55357; left" />\n',
)
ELEMENTS = st.lists(
    st.one_of(
        st.builds(
            PLAIN.format,
            st.sampled_from(["+447700900002", "Böb"]),
            st.integers(1_698_000_000_000, 1_699_000_000_000),
            st.integers(0, 9),
            st.sampled_from(TEXTS),
        ),
        st.sampled_from(ODD),
    ),
    max_size=40,
)


def read(
    path: Path, data: str | bytes, patch: pytest.MonkeyPatch, *, plain: bool, piece: int
) -> tuple[list[Record], Outcome]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    patch.setattr(surrogates, "PIECE_BYTES", piece)
    if not plain:
        patch.setattr(reader, "is_plain_until", lambda _: False)
    reading = Reading(paths=[path], options=Options(owners=("Ann",)))
    records = [record for block in reading.blocks() for record in block]
    return records, reading.outcomes[0]


@settings(max_examples=60, deadline=None)
@given(elements=ELEMENTS, piece=st.integers(150, 900))
def test_any_backup_is_read_as_the_parser_reads_it(
    elements: list[str], piece: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("sms") / "sms.xml"
    data = HEAD.format(len(elements)) + "".join(elements) + "</smses>\n"

    with pytest.MonkeyPatch.context() as patch:
        quick, said = read(path, data, patch, plain=True, piece=piece)
    with pytest.MonkeyPatch.context() as patch:
        slow, parsed = read(path, data, patch, plain=False, piece=piece)

    assert quick == slow
    assert said.digest == parsed.digest
    assert len(quick) == len(elements)


def test_each_half_hour_of_a_day_on_which_the_clocks_change_is_told_as_the_parser_tells_it(
    tmp_path: Path,
) -> None:
    evening_before = 1_698_519_600_000  # 28 October 2023, 8pm in London
    moments = [evening_before + half * 1_800_000 for half in range(60)]
    data = HEAD.format(60) + "".join(PLAIN.format("+44", moment, 1, "x") for moment in moments) + "</smses>\n"

    with pytest.MonkeyPatch.context() as patch:
        quick, _ = read(tmp_path / "sms.xml", data, patch, plain=True, piece=9000)
    with pytest.MonkeyPatch.context() as patch:
        slow, _ = read(tmp_path / "sms.xml", data, patch, plain=False, piece=9000)

    assert quick == slow
    assert len({record.sent_local for record in quick}) == 58  # an hour of the night came twice


@pytest.mark.parametrize(
    ("damage", "read_before"),
    [
        (b"<sms protocol='0' x", 40),
        (PLAIN.format("x", 1, 1, "\x01").encode(), 40),
        (PLAIN.format("x", 1, 1, "\ufffe").encode(), 40),
        (PLAIN.format("x", 1, 1, "&#0;").encode(), 40),
        (PLAIN.format("x", 1, 1, "&nothing;").encode(), 40),
        (PLAIN.format("x", 1, 1, "y").encode().replace(b"y", b"\xff"), 40),
    ],
)
def test_what_no_parser_accepts_stops_there_with_its_line(
    damage: bytes, read_before: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = PLAIN.format("+44", 1_710_277_500_000, 1, "hello")
    data = (HEAD.format(80) + good * 40).encode() + damage + (good * 40 + "</smses>").encode()

    records, outcome = read(tmp_path / "sms.xml", data, monkeypatch, plain=True, piece=700)

    assert len(records) >= read_before
    assert outcome.partial
    assert "line 4" in outcome.warnings[0]


@pytest.mark.parametrize(("begin", "end"), [("<!--", "-->"), ("<![CDATA[", "]]>")])
def test_an_element_inside_a_comment_is_none(
    begin: str, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = PLAIN.format("+44", 1_710_277_500_000, 1, "hello")
    data = HEAD.format(40) + good * 20 + begin + good * 20 + end + good * 20 + "</smses>"

    records, _ = read(tmp_path / "sms.xml", data, monkeypatch, plain=True, piece=500)

    assert len(records) == 40


def test_a_backup_in_another_encoding_is_left_to_the_parser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = PLAIN.format("+44", 1_710_277_500_000, 1, "Grüße")
    data = (HEAD.format(20).replace("UTF-8", "ISO-8859-1") + good * 20 + "</smses>").encode("latin-1")

    records, _ = read(tmp_path / "sms.xml", data, monkeypatch, plain=True, piece=500)

    assert {record.text for record in records} == {"Grüße"}


def test_an_element_inside_another_is_left_to_the_parser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = PLAIN.format("+44", 1_710_277_500_000, 1, "hello")
    data = HEAD.format(30) + good * 10 + "<box>" + good * 10 + "</box>" + good * 10 + "</smses>"

    records, _ = read(tmp_path / "sms.xml", data, monkeypatch, plain=True, piece=500)

    assert len(records) == 30
    assert records[15].line == 19


def test_a_root_that_comes_late_is_still_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head, sample = b"<?xml version='1.0'?><!--" + b"x" * 2000 + b"-->", sms_backup().partition(b"?>")[2]

    records, _ = read(tmp_path / "sms.xml", head + sample, monkeypatch, plain=True, piece=500)

    assert len(records) == 5
    assert Flag.SURROGATE_REPAIRED in records[0].flags
