"""`./desist release`: build what an administrator installs, into a folder."""

from pathlib import Path

import typer

from desist.cli.plain import in_words
from tools.release import making

app = typer.Typer(add_completion=False)

ROOT = Path(__file__).parents[2]


@app.command()
def release(
    *, into: Path | None = typer.Option(None, help="A new folder; dist/VERSION otherwise.", file_okay=False)
) -> None:
    """Build the wheels, the list of parts (SBOM) and the hashes. Refuses without notes for the version."""
    with in_words(making.NotReleased):
        making.refuse(ROOT)
        folder = into or ROOT / "dist" / making.version_of(ROOT)
        making.make(ROOT, folder, done=lambda name: typer.echo(f"{folder / name}"))
