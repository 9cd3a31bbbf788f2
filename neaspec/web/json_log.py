"""The log of the server: one line of JSON for each event, without values that could tell a person or a position.

    {"time": "2026-01-31T09:00:00.123Z", "level": "ERROR", "event": "page_failed", "message": "a page failed",
     "exception": "KeyError", "trace": "page.py:42 in show_page < shell.py:37 in show_frame"}

The message of an exception is left out, because it may quote a cell of a file; its type and the lines it went through
say where to look. What is written as a message goes through the gate that takes out positions.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

from neaspec.crossings.privacy.redact import redact

MOST_STEPS = 8  # of a trace, the innermost
MOST_LETTERS = 2_000  # of a message
FRAMEWORKS = ("streamlit", "uvicorn", "websockets", "asyncio")  # whose loggers write to the same stream


class JsonLines(logging.Formatter):
    """Write a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        message = record.getMessage()
        line = {
            "time": datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "level": record.levelname,
            "event": getattr(record, "event", f"{record.module}.{record.funcName}"),
            "message": redact(message[:MOST_LETTERS]) + ("…" if len(message) > MOST_LETTERS else ""),
        }
        if record.exc_info and record.exc_info[0]:
            line |= {"exception": record.exc_info[0].__name__, "trace": short_trace(record.exc_info[2])}
        return json.dumps(line, ensure_ascii=False)


def short_trace(trace: TracebackType | None) -> str:
    """Return file, line and function of the last steps to a problem, the innermost first, without any value."""
    steps = traceback.extract_tb(trace)[-MOST_STEPS:]
    names = [f"{step.filename.rpartition('/')[2]}:{step.lineno} in {step.name}" for step in steps]
    return " < ".join(reversed(names))


def write_json_lines() -> None:
    """Let everything of ours go to standard error as lines of JSON; said twice it is done once."""
    log = logging.getLogger("neaspec")
    if any(isinstance(handler.formatter, JsonLines) for handler in log.handlers):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def frameworks_write_json_lines() -> None:
    """Let what the framework and its server say be lines of JSON too, without the values in their traces."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in FRAMEWORKS:
            for handler in logging.getLogger(name).handlers:
                handler.setFormatter(JsonLines())
    if not logging.root.handlers:  # asyncio and others without a handler of their own would write plain text
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        handler.setLevel(logging.WARNING)
        logging.root.addHandler(handler)
