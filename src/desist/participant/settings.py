"""The policy of the person's own pages: our own files alone, and nothing is told to anybody."""

from desist.ui import settings as ui

_UNTOLD = {
    name: said
    for name, said in ui.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
    if name not in {"report-uri", "report-to"}  # no page of this zone takes reports
}
#: a page that a phone keeps cannot carry a new nonce
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {**_UNTOLD, "script-src": ["'self'"], "worker-src": ["'self'"], "manifest-src": ["'self'"]}
}
