"""`desist-chronicle COMMAND`, or `python -m desist_chronicle COMMAND`."""

from desist_chronicle.cli.app import app


def main() -> None:
    """Run the command that the arguments name."""
    app(prog_name="desist-chronicle")


if __name__ == "__main__":
    main()
