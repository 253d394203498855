"""A masked edition is searched for what its readers see, and for what they only hear."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from desist_chronicle.outputs.searching import readable


@pytest.mark.parametrize("key", ["/Alt", "/ActualText", "/Title"])
def test_what_a_pdf_says_in_no_line_of_a_page_is_read(tmp_path: Path, key: str) -> None:
    path = tmp_path / "volume.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        figure = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure))
        figure[key] = String("A letter to Ann Bellwether")
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=figure))
        pdf.save(path)

    assert "Ann Bellwether" in readable(path)


@pytest.mark.parametrize("name", ["alt", "title", "aria-label"])
def test_what_a_page_says_to_those_who_hear_it_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(f'<p>Seen</p><img {name}="A letter to Ann &amp; Ben Bellwether">', "utf-8")

    assert "Ann & Ben Bellwether" in readable(path)
