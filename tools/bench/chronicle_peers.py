"""The peers, each in a process of its own and in an environment without Desist: `python THIS PEER FILE`."""

import email
import email.policy
import json
import mailbox
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path


def whatstk(path: str) -> int:
    """whatstk, told that the file is not too large."""
    from whatstk import WhatsAppChat  # type: ignore[import-not-found]  # noqa: PLC0415  in the peers' environment

    return len(WhatsAppChat.from_source(path, max_size=None).df)


def chat_miner(path: str) -> int:
    """chat-miner's WhatsApp parser."""
    from chatminer.chatparsers import WhatsAppParser  # type: ignore[import-not-found]  # noqa: PLC0415  as above

    parser = WhatsAppParser(path)
    parser.parse_file()
    return len(parser.parsed_messages.get_df())


def etree(path: str) -> int:
    """The standard library's ElementTree, element by element."""
    count = 0
    for _, element in ET.iterparse(path):  # noqa: S314  a file that the benchmark made
        if element.tag == "sms":
            count += bool(int(element.get("date", "0")) and element.get("body") is not None)
        element.clear()
    return count


def mail_parser(path: str) -> int:
    """mail-parser, given one mail after the other."""
    import mailparser  # type: ignore[import-not-found]  # noqa: PLC0415  in the peers' environment

    box = mailbox.mbox(path)
    count = 0
    for key in box.iterkeys():
        parsed = mailparser.parse_from_bytes(box.get_bytes(key))
        count += bool(parsed.date and parsed.body is not None and parsed.attachments is not None)
    return count


def policy_default(path: str) -> int:
    """The standard library's newer policy, whose choice of body and attachments is the measure of right."""
    box = mailbox.mbox(path)
    found = []
    for key in box.iterkeys():
        mail = email.message_from_bytes(box.get_bytes(key), policy=email.policy.default)
        body = mail.get_body(preferencelist=("plain", "html"))
        names = [part.get_filename() for part in mail.iter_attachments()]
        found.append([body.get_content() if body else "", names])
    return len(found)


PEERS: dict[str, Callable[[str], int]] = {
    "whatstk": whatstk,
    "chat-miner": chat_miner,
    "etree": etree,
    "mail-parser": mail_parser,
    "policy.default": policy_default,
}


def peak() -> float:
    """The most memory that this process has had, in megabytes; the kernel's ru_maxrss holds that of its parent, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


def main() -> None:
    """Run and print."""
    start, used = time.perf_counter(), time.process_time()
    count = PEERS[sys.argv[1]](sys.argv[2])
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    words = {"seconds": seconds, "processor": processor, "peak_mb": peak(), "count": count}
    print(json.dumps(words))  # noqa: T201  read by the parent


if __name__ == "__main__":
    main()
