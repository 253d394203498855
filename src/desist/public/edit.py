"""`./desist public edit`: a site's folder in the browser of the machine it lies on, each file beside its preview.

It listens on this machine alone, and to a browser that asks for it by its own name; each form carries a secret of this
run. What is saved are the plain files of the folder, which git keeps as any others.
"""

import hashlib
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from desist.public import checks
from desist.public.headers import STATIC
from desist.public.problems import CannotBuild
from desist.public.serve import Answer, answers
from desist.public.settings import OURS

HOST = "127.0.0.1"
#: the files an editor changes: settings, tables, pages, campaigns
PATTERNS = ("site.yaml", "*.csv", "en/*.md", "cy/*.md", "campaigns/*/*.yaml", "campaigns/*/*/*.md")
#: bytes of a form: the longest page is a tenth of it
MOST = 1_000_000
HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


#: there before the first preview is
LOOK = STATIC / "site.css"
NO_PREVIEW = "There is no preview yet: mend what the editor names first."


class Refused(Exception):
    """A request that is not answered, with the reason for its sender."""


@dataclass
class Desk:
    """One folder under edit: its files, the preview built from them, and the mistakes that stop a newer one."""

    folder: Path
    build: Callable[[Path], object]
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    mistakes: list[str] = field(default_factory=list)
    preview: dict[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pages = Environment(
            loader=PackageLoader("desist.public"), autoescape=True, undefined=StrictUndefined
        )
        self.rebuild()

    def rebuild(self) -> None:
        """Build the preview anew; with a mistake in a file the earlier one stays."""
        with tempfile.TemporaryDirectory() as out:
            try:
                self.build(Path(out) / "site")
            except CannotBuild as error:
                self.mistakes = [str(problem).replace(f"{self.folder}/", "", 1) for problem in error.problems]
            else:
                self.mistakes = []
                self.preview = answers(Path(out) / "site")

    def files(self) -> list[str]:
        """The files of the folder that may be changed."""
        return sorted(
            path.relative_to(self.folder).as_posix()
            for pattern in PATTERNS
            for path in self.folder.glob(pattern)
            if path.is_file() and not path.is_symlink()
        )

    def ours(self) -> list[str]:
        """Our own files that the folder does not replace yet."""
        content, theirs = OURS / "content", set(self.files())
        names = {checks.FILE} | {
            path.relative_to(content).as_posix()
            for pattern in ("en/*.md", "cy/*.md", "help*.csv", "facts.csv", "sources.csv")
            for path in content.glob(pattern)
        }
        return sorted(names - theirs)

    def read(self, name: str) -> str:
        """A file's text: the folder's, or ours as the beginning of its own."""
        if name in self.files():
            return (self.folder / name).read_text("utf-8", errors="replace")
        if name == checks.FILE:
            return ",".join(checks.COLUMNS) + "\n"
        if name in self.ours():
            path = OURS / "content" / name
            whole = path.suffix == ".md"
            return path.read_text("utf-8") if whole else path.read_text("utf-8").partition("\n")[0] + "\n"
        raise Refused("There is no such file in the folder. Go back and choose one from the list.")

    def save(self, name: str, text: str, *, digest: str) -> None:
        """Write a file, unless it was changed meanwhile, and build the preview anew. Raises Refused."""
        if digest != mark(self.read(name)):
            raise Refused(
                "This file was changed meanwhile, in another window or program. Nothing was saved. Your words are below: "
                "copy them, open the file again, and put in what is missing."
            )
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_text("\n".join(text.splitlines()).rstrip("\n") + "\n", "utf-8")
        fresh.replace(path)
        self.rebuild()

    def page(self, **shown: object) -> bytes:
        """The page of the editor: the list of files, or one file."""
        given = {"name": "", "text": "", "digest": "", "refused": "", "saved": False} | shown
        template = self.pages.get_template("edit.html")
        return template.render(desk=self, address=address(str(given["name"])), **given).encode()


def mark(text: str) -> str:
    """What tells one text of a file from another."""
    return hashlib.sha256(text.encode()).hexdigest()


def address(name: str) -> str:
    """The address at which the preview shows a file."""
    code, _, rest = name.partition("/")
    page = Path(rest).stem
    if code not in {"en", "cy"} or not name.endswith(".md"):
        return "/weeks/" if code == "campaigns" else "/start/"
    root = "/" if code == "en" else "/cy/"
    return root if page == "index" else f"{root}{page}/"


class Handler(BaseHTTPRequestHandler):
    """Answers one request; no word of it reaches a log."""

    def __init__(self, desk: Desk, port: int, *given: object) -> None:
        self.desk = desk
        self.names = {f"{HOST}:{port}", f"localhost:{port}"}
        super().__init__(*given)  # type: ignore[arg-type]  # what the library gives its handlers

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the library calls it by
        """Keep nothing."""

    def do_GET(self) -> None:
        """Show the list, a file, or a page of the preview."""
        parts = urlsplit(self.path)
        asked = dict(parse_qsl(parts.query))
        found = self.desk.preview.get(parts.path)
        none = "The preview has no such page." if self.desk.preview else NO_PREVIEW
        if self.headers.get("host") not in self.names:
            self.give(403, b"Open the address that the command printed.")
        elif parts.path == "/edit/":
            self.file(asked.get("file", ""), saved="saved" in asked)
        elif parts.path == "/site.css":
            self.give(200, LOOK.read_bytes(), HEADERS | {"content-type": "text/css; charset=utf-8"})
        elif found is None:
            self.give(404, none.encode())
        else:
            headers, body = found.plain
            self.give(found.status, body, dict(headers))

    def do_POST(self) -> None:
        """Save a file."""
        try:
            sent = self.form()
        except Refused as error:
            self.give(403, str(error).encode())
            return
        name, text = sent.get("file", ""), sent.get("text", "")
        try:
            self.desk.save(name, text, digest=sent.get("digest", ""))
        except Refused as error:
            self.give(409, self.desk.page(name=name, text=text, refused=str(error)))
        else:
            self.give(303, b"", {"location": f"/edit/?{urlencode({'file': name, 'saved': 1})}"})

    def form(self) -> dict[str, str]:
        """The fields of a form of this run. Raises Refused when it comes from elsewhere or is too long."""
        size = int(self.headers.get("content-length") or 0)
        origins = {f"http://{name}" for name in self.names}
        if self.headers.get("host") not in self.names or self.headers.get("origin") not in origins:
            raise Refused("Open the address that the command printed.")
        if size > MOST:
            raise Refused("The text is too long. Nothing was saved.")
        sent = dict(parse_qsl(self.rfile.read(size).decode("utf-8", "replace"), keep_blank_values=True))
        if not secrets.compare_digest(sent.get("secret", "").encode(), self.desk.secret.encode()):
            raise Refused(
                "This form is of an earlier run. Go back, copy your words, and open the file again."
            )
        return sent

    def file(self, name: str, *, saved: bool) -> None:
        """Show one file, or the list."""
        try:
            text = self.desk.read(name) if name else ""
        except Refused as error:
            self.give(404, self.desk.page(refused=str(error)))
        else:
            self.give(200, self.desk.page(name=name, text=text, digest=mark(text), saved=saved))

    def give(self, status: int, body: bytes, headers: Mapping[str, str] = HEADERS) -> None:
        """Answer."""
        self.send_response(status)
        for key, value in {**headers, "content-length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)


def server(folder: Path, *, build: Callable[[Path], object], port: int) -> ThreadingHTTPServer:
    """The editor of a folder, on this machine alone; a port of 0 takes a free one."""
    made = ThreadingHTTPServer((HOST, port), BaseHTTPRequestHandler)
    made.RequestHandlerClass = partial(Handler, Desk(folder, build), made.server_address[1])
    return made
