"""The finished exit report as a document that screen readers can follow (PDF/UA)."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from desist.programme.leaving.reports.facts import Facts
from desist.programme.leaving.reports.models import Report
from desist.programme.leaving.reports.records import FIELDS, TITLES
from desist.ui import dates, documents

LAYOUT = Path(__file__).parent / "report.typ"
CAVEAT = (
    "Completing or leaving shows how long someone took part. Neither shows that stalking has stopped or continues: read "
    "this report together with any breaches of orders and with what the police know."
)
MEASURES_CAVEAT = (
    "Scores are what the person said about themselves. A reliable change is larger than the form’s measurement error; it does "
    "not show what caused it, and it does not measure stalking or risk."
)


def document(
    *, report: Report, facts: Facts, service: str, author: str, signer: str, signed_at: datetime
) -> bytes:
    """Return the report of this moment as a PDF. Raises documents.NotMade."""
    return documents.pdf(
        layout=LAYOUT,
        data={
            "number": report.number,
            "supersedes": _superseded(report),
            "correction": paragraphs(report.correction),
            "service": service,
            "facts": asdict(facts),
            "titles": TITLES,
            "words": {name: paragraphs(getattr(report, name)) for name in FIELDS},
            "caveat": CAVEAT,
            "measures_caveat": MEASURES_CAVEAT,
            "author": author,
            "signer": signer,
            "signed_on": dates.on(signed_at),
        },
    )


def paragraphs(text: str) -> list[list[str]]:
    """Return a text as paragraphs of lines, as it was typed."""
    blocks = text.replace("\r\n", "\n").strip().split("\n\n")
    return [[line for line in block.split("\n") if line.strip()] for block in blocks if block.strip()]


def _superseded(report: Report) -> dict[str, Any] | None:
    before = report.supersedes
    if before is None or before.signed_at is None:
        return None
    return {"number": before.number, "signed_on": dates.on(before.signed_at)}
