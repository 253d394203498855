"""`./desist bench SUBJECT`: measure against the targets; each subject's module is imported only when asked for."""

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def bench() -> None:
    """Measure speed and size against the targets."""


@app.command()
def public() -> None:
    """The public site: build time, page weight, requests a page, requests a second."""
    from desist.bench.public import report  # noqa: PLC0415 - a subject is imported when it is asked for

    report()
