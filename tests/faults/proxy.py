"""The bad signal: a proxy that loses, cuts, repeats and delays what passes through it."""

import asyncio
import random
import threading
from collections import Counter

FATES = {  # how often each befalls a request; the rest passes
    "dropped before": 0.08,
    "cut in half": 0.04,
    "dropped after commit": 0.10,
    "answered 500": 0.06,
    "sent twice at once": 0.06,
    "sent twice in turn": 0.04,
    "sent again later": 0.04,
}
LATEST_SECONDS = 3
SORRY = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n"
    b"X-From: proxy\r\nConnection: close\r\n\r\n"
)
HERE = "127.0.0.1"
LOST = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


class Proxy(threading.Thread):
    """Listens on a port of its own until the program ends."""

    def __init__(self, upstream, seed):
        super().__init__(name="proxy", daemon=True)
        self.upstream, self.dice = upstream, random.Random(seed)
        self.happened, self.port = Counter(), 0
        self.ready, self.later = threading.Event(), set()

    def run(self):
        """Serve for ever."""
        asyncio.run(self.serve())

    async def serve(self):
        """Take connections."""
        server = await asyncio.start_server(self.pass_on, HERE, 0)
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        await server.serve_forever()

    async def pass_on(self, reader, writer):
        """Take one request and let its fate befall it; a device left without an answer hears so."""
        try:
            request = await read(reader)
            answer = await self.befall(self.fate(), request)
            writer.write(answer)
            await writer.drain()
        except LOST:
            pass
        finally:
            writer.close()

    def fate(self):
        """Draw what happens to a request."""
        drawn = self.dice.random()
        for fate, share in FATES.items():
            drawn -= share
            if drawn < 0:
                return fate
        return "passed"

    async def befall(self, fate, request):
        """Do to the request what was drawn; return what the device hears, empty for nothing."""
        self.happened[fate] += 1
        if fate == "answered 500":
            return SORRY
        if fate == "dropped before":
            return b""
        if fate == "cut in half":
            await self.send(request[: len(request) * 2 // 3], is_cut=True)
            return b""
        if fate == "sent twice at once":
            first, _ = await asyncio.gather(self.send(request), self.send(request))
            return first
        if fate == "sent twice in turn":
            await self.send(request)
        if fate == "sent again later":
            again = asyncio.create_task(self.send_later(request))
            self.later.add(again)
            again.add_done_callback(self.later.discard)
        answer = await self.send(request)
        return b"" if fate == "dropped after commit" else answer

    async def send_later(self, request):
        """Send a request once more when its device has gone on."""
        await asyncio.sleep(self.dice.uniform(0.1, LATEST_SECONDS))
        await self.send(request)

    async def send(self, request, *, is_cut=False):
        """Send to the server and return its whole answer; nothing when it died over it."""
        try:
            reader, writer = await asyncio.open_connection(HERE, self.upstream)
        except OSError:
            self.happened["no server"] += 1
            return b""
        try:
            writer.write(request)
            if is_cut:
                writer.write_eof()
            return await read(reader)
        except LOST:
            self.happened["no answer"] += 1
            return b""
        finally:
            writer.close()


async def read(reader):
    """Read one HTTP message with its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    sizes = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    size = int(sizes[0].split(b":")[1]) if sizes else 0
    return head + await reader.readexactly(size)
