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
    from desist.wall import seals  # noqa: PLC0415 -- see above

    site = settings.DESIST_SITE
    keys = deployment.audit_keys(site)
    try:
        outside = seals.read_head(deployment.head_file(site))
    except seals.Broken as broken:
        head, findings = seals.verify(seals.START, keys=keys)
        findings = [*findings, seals.Finding(head.position, str(broken))]
    else:
        head, findings = seals.verify(outside, keys=keys)
    _note(deployment.verified_file(site), len(findings))
    said = [f"position {finding.position}: {finding.what}" for finding in findings]
    said = said or [f"{head.position:,} events sealed, none edited, removed or cut off"]
    said.append(f"waiting to be sealed: {seals.unsealed():,}")
    sys.stdout.writelines(f"{settings.DESIST_SITE_NAME}: {line}.\n" for line in said)
    raise SystemExit(1 if findings else 0)


def _note(path: Path, findings: int) -> None:
    """Note this walk for the data protection officer's page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps({"at": datetime.now(UTC).isoformat(), "findings": findings}), "utf-8")
    new.replace(path)


if __name__ == "__main__":
    main()
