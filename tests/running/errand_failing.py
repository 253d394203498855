"""An errand that fails."""


def main() -> None:
    """Fail."""
    raise ValueError("planted")
