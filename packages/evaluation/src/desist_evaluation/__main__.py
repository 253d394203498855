"""`desist-evaluation FUNCTION 'JSON'`, or `python -m desist_evaluation FUNCTION 'JSON'`."""

from desist_evaluation.cli.app import app


def main() -> None:
    """Run the command that the arguments name."""
    app(prog_name="desist-evaluation")


if __name__ == "__main__":
    main()
