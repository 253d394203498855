"""`python -m desist.running.collect`: gathers the static files of a zone beside those of the version before.

Names hold their content's hash, so that both versions find theirs while one takes over from the other. A file that is
there is never gone for a moment: each is moved to its place whole, and the list of names last.
"""

import shutil
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

NAMES = "staticfiles.json"


def main() -> None:
    """Gather them."""
    django.setup()
    place = Path(settings.STATIC_ROOT)
    settings.STATIC_ROOT = fresh = place.with_name("static.new")
    shutil.rmtree(fresh, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    files = [path for path in fresh.rglob("*") if path.is_file()]
    for path in sorted(files, key=lambda path: path.name == NAMES):
        target = place / path.relative_to(fresh)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    shutil.rmtree(fresh)


if __name__ == "__main__":
    main()
