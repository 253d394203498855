"""The limits on what a browser may load, keep and reveal: one table for the server, the page itself and other hosts."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).parent / "static"
#: the one script inside the page: it sends a visitor on who comes back after leaving, before the page is drawn
GUARD = (STATIC / "guard.js").read_text("utf-8").strip()

#: in every page too, so that it holds where a host sets no headers
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' 'sha256-{b64encode(sha256(GUARD.encode()).digest()).decode()}'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": f"{POLICY}; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=31536000",  # browsers heed it over TLS alone
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "browsing-topics=(), camera=(), geolocation=(), microphone=()",
}


def for_other_hosts() -> str:
    """The table as a `_headers` file, which several hosts of plain files read."""
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())
