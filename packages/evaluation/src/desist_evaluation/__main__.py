"""`desist-evaluation FUNCTION 'JSON'`, or `python -m desist_evaluation FUNCTION 'JSON'`."""

import gc

from desist_evaluation.cli.app import app


def main() -> None:
    """Run the command that the arguments name. What it reads lives until it ends, so nothing is collected before."""
    gc.disable()
    app(prog_name="desist-evaluation")


if __name__ == "__main__":
    main()
