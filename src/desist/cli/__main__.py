"""`desist COMMAND`: finds the command's module and hands over. Nothing heavy is imported before that."""

import importlib
import sys
from collections.abc import Mapping

import typer

#: command -> (module that holds its typer `app`, one line of help)
COMMANDS = {
    "up": ("desist.cli.up", "Serve the sites of a deployment"),
    "set-up": ("desist.cli.set_up", "Make or check a site: entry, folders, keys, database"),
    "migrate": ("desist.cli.migrate", "Bring the tables and grants of every site up to date"),
    "invite": ("desist.cli.invite", "Invite the first administrator of a site, or help one back in"),
    "status": ("desist.cli.status", "Does every site run, and what needs attention?"),
    "backup": ("desist.cli.backup", "Write one encrypted archive a site into a folder"),
    "restore": ("desist.cli.restore", "Bring sites back from a folder of archives"),
    "reoffer": ("desist.cli.reoffer", "Send a restored site again what it was sent since its backup"),
    "post": ("desist.cli.post", "Bring envelopes to and from partners as files"),
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
}


def overview(commands: Mapping[str, tuple[str, str]], program: str) -> str:
    """Every command with its line of help."""
    width = max(map(len, commands))
    rows = [f"  {name:<{width}}  {summary}" for name, (_, summary) in commands.items()]
    return "\n".join(
        [f"Usage: {program} COMMAND [OPTIONS]", "", *rows, "", f"`{program} COMMAND --help` tells more."]
    )


def run(commands: Mapping[str, tuple[str, str]], *, program: str) -> None:
    """Run the command that the first argument names. Exits 2 when there is none of that name."""
    name = sys.argv[1] if len(sys.argv) > 1 else "--help"
    if name in {"--help", "-h", "help"}:
        typer.echo(overview(commands, program))
        return
    if name not in commands:
        typer.echo(f"desist: there is no command {name!r}.\n\n{overview(commands, program)}", err=True)
        raise SystemExit(2)
    app: typer.Typer = importlib.import_module(commands[name][0]).app
    app(sys.argv[2:], prog_name=f"{program} {name}")


def main() -> None:
    """Run a command of an installed Desist."""
    run(COMMANDS, program="desist")


if __name__ == "__main__":
    main()
