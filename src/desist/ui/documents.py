"""PDF documents from typst layouts, tagged so that screen readers can follow them (PDF/UA-1).

A layout reads its data with `json(bytes(sys.inputs.data))`: nothing that somebody typed ever becomes part of the
layout's own source.
"""

import json
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any


def pdf(*, layout: Path, data: Mapping[str, Any]) -> bytes:
    """The layout filled with data, as one PDF."""
    import typst  # noqa: PLC0415 -- 20 MB that only a page which prints has to load

    with as_file(files("manimgx_fonts")) as fonts:
        made: bytes = typst.compile(
            str(layout),
            root=str(layout.parent),
            format="pdf",
            font_paths=[str(fonts)],
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards="ua-1",
        )
    return bytes(made)
