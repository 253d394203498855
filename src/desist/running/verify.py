"""`python -m desist.running.verify`: walks one site's audit and compares it with the head kept outside."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings


def main() -> None:
    """Print the findings, a line each, and exit 1 if the audit is not what was sealed."""
    django.setup()
    from desist import deployment  # noqa: PLC0415 -- models only exist once Django is set up
    from desist.wall import journal, seals  # noqa: PLC0415 -- see above

    site = settings.DESIST_SITE
    keys = deployment.audit_keys(site)
    try:
        outside = seals.read_head(deployment.head_file(site))
    except seals.Broken as broken:
        head, findings = seals.verify(seals.START, keys=keys)
        findings = [*findings, seals.Finding(head.position, str(broken))]
    else:
        head, findings = seals.verify(outside, keys=keys)
    folder = deployment.journal_folder(site)
    unread = [f"the journal {path} holds events that cannot be opened" for path in journal.unread(folder)]
    try:
        waiting = _waiting(folder, site)
    except journal.JournalError as broken:
        unread, waiting = [*unread, str(broken)], 0
    _note(deployment.verified_file(site), len(findings) + len(unread))
    said = [f"position {finding.position}: {finding.what}" for finding in findings]
    said = said or [f"{head.position:,} events sealed, none edited, removed or cut off"]
    said += [*unread, f"looks in the journal that wait for the audit: {waiting:,}"]
    said.append(f"waiting to be sealed: {seals.unsealed():,}")
    sys.stdout.writelines(f"{settings.DESIST_SITE_NAME}: {line}.\n" for line in said)
    raise SystemExit(1 if findings or unread else 0)


def _waiting(folder: Path, site: str) -> int:
    """The number of looks that the worker has not joined to the audit yet."""
    from desist import deployment  # noqa: PLC0415 -- as in main
    from desist.wall import journal  # noqa: PLC0415 -- as in main

    keys = deployment.journal_keys(site)
    found = [*journal.aside(folder), *(path for path in [folder / journal.NAME] if path.exists())]
    return sum(len(journal.contents(path, keys=keys, site=site).events) for path in found)


def _note(path: Path, findings: int) -> None:
    """Note this walk for the data protection officer's page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps({"at": datetime.now(UTC).isoformat(), "findings": findings}), "utf-8")
    new.replace(path)


if __name__ == "__main__":
    main()
