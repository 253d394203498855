"""A few words by which people know their own device again. Never an address, a version or anything typed."""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
UNKNOWN = "Unknown device"


def label(*, user_agent: str) -> str:
    """ "Firefox on Windows": from two fixed lists, so that nothing a browser sends is stored as it came."""
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or UNKNOWN


def _first(known: tuple[tuple[str, str], ...], text: str) -> str:
    """The first known name whose mark is in the text; the order matters, since browsers name each other."""
    return next((name for mark, name in known if mark in text), "")
