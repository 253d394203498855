"""`./desist docs`: print the reference pages from the tables."""

import os
from pathlib import Path

import django
import typer

app = typer.Typer(add_completion=False)


@app.command()
def docs(*, out: Path = typer.Option(Path("docs"), help="The folder to write to.", file_okay=False)) -> None:
    """Write wall.md, states.md and data.md."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desist.zones.tests")
    django.setup()
    from tools.reference import data, states, wall  # noqa: PLC0415 -- models only exist once Django is set up

    for name, page in (("wall", wall.page()), ("states", states.page()), ("data", data.page())):
        (out / f"{name}.md").write_text(page, "utf-8")
        typer.echo(f"{out / name}.md")
