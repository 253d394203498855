"""The content of a log line: the place and kind of a failure, never typed text."""

import logging


class Bare(logging.Formatter):
    """The time, level, logger and place of a record. An exception is named by its type and its place alone.

    Messages of database errors quote whole rows, and Django's request lines hold addresses with search words.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line without arguments, texts of exceptions or addresses."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name}"
        if record.exc_info and record.exc_info[0]:
            return f"{line} {record.exc_info[0].__name__} {_place(record)}"
        if record.name.startswith("desist"):
            return f"{line} {record.getMessage()}"
        return f"{line} {record.module}:{record.lineno}"


def _place(record: logging.LogRecord) -> str:
    """The innermost line of our own code that was running."""
    place = ""
    trace = record.exc_info[2] if record.exc_info else None
    while trace:
        code = trace.tb_frame.f_code
        if "desist" in code.co_filename:
            place = f"{code.co_filename.rpartition('desist/')[2]}:{trace.tb_lineno} in {code.co_name}"
        trace = trace.tb_next
    return place
