"""`./desist COMMAND` in a checkout: the commands of an installed Desist, and those for developers."""

from desist.cli.__main__ import COMMANDS, run

#: command -> (module that holds its typer `app`, one line of help)
FOR_DEVELOPERS = {
    "demo": ("tools.cli.demo", "A whole area on this machine, with invented people"),
    "synthetic": ("tools.cli.synthetic", "Invented people by the thousand, and what was planted with them"),
    "leaks": ("tools.cli.leaks", "Does anything show up where it may not? Reads a whole area as everybody"),
    "docs": ("tools.cli.docs", "Print the reference pages from the tables"),
    "test": ("tools.cli.test", "Run every test, browser tests included"),
    "check": ("tools.cli.check", "Format, lint, types, import contracts and the fast tests"),
    "bench": ("tools.cli.bench", "How fast a part is, measured beside its peers"),
    "release": ("tools.cli.release", "Build the wheels of a version, their hashes and the list of its parts"),
    "lock": ("tools.cli.lock", "Write requirements.txt and requirements-dev.txt from pyproject.toml"),
}


def main() -> None:
    """Run the command that the first argument names."""
    run({**COMMANDS, **FOR_DEVELOPERS}, program="./desist")


if __name__ == "__main__":
    main()
