"""The floor of saving a diary day: the same function of the database behind hand-written HTTP, without a form, a page or a guard.

`python -m tools.bench.participant_floor DATABASE_URL PORT`.
"""

import asyncio
import sys
from datetime import UTC, datetime
from urllib.parse import parse_qs

import psycopg

SAVE = "SELECT phone_note(%s, %s, %s, %s, '', NULL, NULL, NULL, %s, '{}', %s)"


async def serve(url: str, port: int) -> None:
    """Answer until the process is ended."""
    connection = await psycopg.AsyncConnection.connect(url, autocommit=True)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readline():
            length = 0
            while (line := await reader.readline()).strip():
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            said = {
                name: values[0]
                for name, values in parse_qs((await reader.readexactly(length)).decode()).items()
            }
            at = datetime.now(UTC)
            values = (
                said["sitting"],
                at.date(),
                int(said["form_version"]),
                int(said["urge"]),
                said["note"],
                at,
            )
            found = await (await connection.execute(SAVE, values)).fetchone()
            body = str(found and found[0]).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            await writer.drain()
            del head
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
