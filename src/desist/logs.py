"""The content of a log line: the place and kind of a failure, never typed text.

A line is JSON, so that a collector reads it; in the demo, or with DESIST_LOGS=plain, it is written for a person.
"""

import json
import logging
import os
import sys
import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

#: the variable with the name of this process, such as northmere-police-worker
PROCESS = "DESIST_PROCESS"
#: loggers whose words name no person: our own, and the web server's about its processes
SPEAKING = ("desist", "_granian")
#: our part of the database backend, through which each statement of our own passes
BACKEND = "desist/postgresql/"


@dataclass(frozen=True)
class Timed:
    """A request that is being answered: a number that all its lines have, and when it began."""

    number: str = field(default_factory=lambda: uuid4().hex[:12])
    began: float = field(default_factory=time.monotonic)


#: The request of this thread. It stays until the next one begins: Django writes its line after the last middleware.
current: ContextVar[Timed | None] = ContextVar("current", default=None)


class Plain(logging.Formatter):
    """The time, level, logger and place of a record. An exception is named by its type and its place alone.

    Messages of database errors quote whole rows, and Django's request lines hold addresses with search words.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line without arguments, texts of exceptions or addresses."""
        said = " ".join(str(value) for value in _facts(record).values() if value != "")
        return f"{self.formatTime(record)} {record.levelname} {record.name} {said}".rstrip()


class Lines(logging.Formatter):
    """The line as one object of JSON, with the site, the process and the moment in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "at": at.replace("+00:00", "Z"),
            "level": record.levelname,
            "kind": record.name,
            "site": os.environ.get("DESIST_SITE", ""),
            "process": os.environ.get(PROCESS, ""),
            "pid": record.process or 0,
            **_facts(record),
        }
        return json.dumps(line, ensure_ascii=False)


def formatter() -> logging.Formatter:
    """The formatter of this process."""
    plain = "plain" if os.environ.get("DESIST_DEMO") == "1" else "json"
    return Plain() if (os.environ.get("DESIST_LOGS") or plain) == "plain" else Lines()


def begin() -> None:
    """Write the lines of a process without Django's settings."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


def fault(name: str) -> str:
    """The last line of a process that ends by the exception in hand."""
    record = logging.LogRecord("desist", logging.CRITICAL, name, 0, "ended", (), sys.exc_info())
    return formatter().format(record)


def last_words(text: str) -> str:
    """What a process says before it ends: to a person in a terminal as it is, in a process's log as a line."""
    if PROCESS not in os.environ:
        return text
    return formatter().format(logging.LogRecord("desist", logging.CRITICAL, "", 0, text, (), None))


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    """What happened, where, and in the answer to which request."""
    found: dict[str, Any] = {}
    if record.exc_info and record.exc_info[0]:
        found |= {"error": record.exc_info[0].__name__, "place": _place(record)}
    elif record.name.startswith(SPEAKING):
        found |= {"words": record.getMessage()}
    elif not hasattr(record, "status_code"):
        found |= {"place": f"{record.module}:{record.lineno}"}
    return {**found, **_of_request(record)}


def _of_request(record: logging.LogRecord) -> dict[str, Any]:
    """The status, the route's name (never its address), the milliseconds until now and the number of a request."""
    found: dict[str, Any] = {}
    if status := getattr(record, "status_code", None):
        matched = getattr(getattr(record, "request", None), "resolver_match", None)
        found |= {"status": status, "route": getattr(matched, "view_name", "")}
    if timed := current.get():
        found |= {"ms": round((time.monotonic() - timed.began) * 1000), "request": timed.number}
    return found


def _place(record: logging.LogRecord) -> str:
    """The innermost line of our own code that was running; below it, each statement passes through the database's backend."""
    place = ""
    trace = record.exc_info[2] if record.exc_info else None
    while trace:
        code = trace.tb_frame.f_code
        if "desist" in code.co_filename and BACKEND not in code.co_filename:
            place = f"{code.co_filename.rpartition('desist/')[2]}:{trace.tb_lineno} in {code.co_name}"
        trace = trace.tb_next
    return place
