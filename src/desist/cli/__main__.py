"""`./desist COMMAND`: finds the command's module and hands over. Nothing heavy is imported before that."""

import importlib
import sys

import typer

#: command -> (module that holds its typer `app`, one line of help)
COMMANDS = {
    "demo": ("desist.cli.demo", "A whole area on this machine, with invented people"),
    "up": ("desist.cli.up", "Serve the sites of a deployment"),
    "migrate": ("desist.cli.migrate", "Bring the tables and grants of every site up to date"),
    "invite": ("desist.cli.invite", "Invite the first administrator of a site, or help one back in"),
    "backup": ("desist.cli.backup", "Write one encrypted archive a site into a folder"),
    "restore": ("desist.cli.restore", "Bring sites back from a folder of archives"),
    "reoffer": ("desist.cli.reoffer", "Send a restored site again what it was sent since its backup"),
    "post": ("desist.cli.post", "Bring envelopes to and from partners as files"),
    "synthetic": ("desist.cli.synthetic", "Invented people by the thousand, and what was planted with them"),
    "leaks": ("desist.cli.leaks", "Does anything show up where it may not? Reads a whole area as everybody"),
    "verify": ("desist.cli.verify", "Is the audit of every site what was sealed?"),
    "keys": ("desist.cli.keys", "Show, make, rotate, print and recover the keys of a site"),
    "duty": ("desist.cli.duty", "The duty sheet: make its key, read it when the site's key is missing"),
    "instruments": ("desist.cli.instruments", "The questionnaires there are, and their wording for a site"),
    "chronicle": ("desist_chronicle.cli.app", "From exported messages to a course of conduct"),
    "evaluate": ("desist_evaluation.cli.app", "One honest figure from a function and its arguments in JSON"),
    "figures": (
        "desist_evaluation.cli.figures",
        "A published figure with its definition, parts and interval",
    ),
    "public": ("desist.cli.public", "Build, show and extend the public site"),
    "docs": ("desist.cli.docs", "Print the reference pages from the tables"),
    "test": ("desist.cli.test", "Run every test, browser tests included"),
    "check": ("desist.cli.check", "Format, lint, types, import contracts and the fast tests"),
    "bench": ("desist.cli.bench", "How fast a part is, measured beside its peers"),
    "lock": ("desist.cli.lock", "Write requirements.txt and requirements-dev.txt from pyproject.toml"),
}


def overview() -> str:
    """Every command with its line of help."""
    width = max(map(len, COMMANDS))
    rows = [f"  {name:<{width}}  {summary}" for name, (_, summary) in COMMANDS.items()]
    return "\n".join(
        ["Usage: ./desist COMMAND [OPTIONS]", "", *rows, "", "`./desist COMMAND --help` tells more."]
    )


def main() -> None:
    """Run the command that the first argument names. Exits 2 when there is none of that name."""
    name = sys.argv[1] if len(sys.argv) > 1 else "--help"
    if name in {"--help", "-h", "help"}:
        typer.echo(overview())
        return
    if name not in COMMANDS:
        typer.echo(f"desist: there is no command {name!r}.\n\n{overview()}", err=True)
        raise SystemExit(2)
    app: typer.Typer = importlib.import_module(COMMANDS[name][0]).app
    app(sys.argv[2:], prog_name=f"./desist {name}")


if __name__ == "__main__":
    main()
