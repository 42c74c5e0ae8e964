"""Eight tablets. Each keeps what was typed until it holds a receipt it can check."""

import heapq
import http.client
import itertools
import json
import random
import threading
import time
from collections import Counter
from urllib.parse import urlencode
from uuid import uuid4

from tests.faults.typed import Record, content_hash

PIECE = 12 * 1024  # bytes; small, so that a photo takes many requests
SHORTEST_SECONDS, LONGEST_SECONDS = 0.05, 1.0
PATIENCE_SECONDS = 15
RETRIED = {404, 408, 425, 429}  # a photo whose note is not there yet is answered 404
GONE = (OSError, http.client.HTTPException)


class Device(threading.Thread):
    """Sends its items, whichever is due; one that is stuck holds up no other.

    ``keeps_ids`` is off in the control run: then each attempt has a fresh id.
    """

    def __init__(self, name, port, cookies, items, *, keeps_ids=True):
        super().__init__(name=name, daemon=True)
        self.port, self.cookies, self.keeps_ids = port, cookies, keeps_ids
        self.dice, self.turns = random.Random(name), itertools.count()
        self.due = [(0.0, next(self.turns), item, 0) for item in items]
        self.dice.shuffle(self.due)
        heapq.heapify(self.due)
        self.counts, self.wrong = Counter(), []
        self.silent = 0  # attempts without an answer, one after the other

    def run(self):
        """Send until nothing waits any more."""
        while self.due:
            when, _, item, tries = heapq.heappop(self.due)
            time.sleep(max(0.0, when - time.monotonic()))
            self.counts["attempts"] += 1
            heard = self.record(item) if isinstance(item, Record) else self.photo(item)
            self.counts["arrived"] += heard in ("next", "done")
            if heard == "later":
                self.again(item, tries + 1)
            elif heard == "next":
                self.again(item, 0)
            if self.silent:  # no signal: the next item would fare no better
                time.sleep(self.pause(self.silent))

    def pause(self, tries):
        """Return how long to wait: ever longer, and never all at the same time."""
        longest = min(LONGEST_SECONDS, SHORTEST_SECONDS * 2 ** min(tries, 20))
        return longest * self.dice.uniform(0.5, 1)

    def again(self, item, tries):
        """Put an item back: for at once after success, else for ever later."""
        when = time.monotonic() + (self.pause(tries) if tries else 0)
        heapq.heappush(self.due, (when, next(self.turns), item, tries))

    def send(self, path, body, kind):
        """Make one request; return the status and the answer, 0 for none."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        headers = {
            "Host": "localhost",
            "Content-Type": kind,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-CSRFToken": self.cookies["trigpoint-csrf"],
            "Connection": "close",
        }
        try:
            line.request("PUT", f"/api/v1/evidence/{path}", body, headers)
            answer = line.getresponse()
            said = answer.read()
        except GONE:
            self.counts["no answer"] += 1
            self.silent += 1
            return 0, {}
        finally:
            line.close()
        self.silent = 0
        if answer.status >= 500:
            self.counts["500 by the proxy" if answer.getheader("X-From") else "5xx by us"] += 1
            return answer.status, {}
        return answer.status, json.loads(said or b"{}")

    def record(self, record):
        """Send the next revision of a record."""
        content = record.revisions[record.sent]
        named = record.id if self.keeps_ids or record.base else uuid4()
        body = json.dumps({"content": content, "base_revision": record.base})
        status, said = self.send(str(named), body, "application/json")
        if status in (200, 201) and said["content_hash"] == content_hash(content):
            record.sent, record.base, record.id = record.sent + 1, said["revision"], named
            self.counts["receipts"] += 1
            return "next" if record.sent < len(record.revisions) else "done"
        return self.failed(record, status, said)

    def photo(self, photo):
        """Send the next piece of a photo."""
        asked = {
            "name": "book.jpg",
            "size": len(photo.data),
            "sha256": photo.sha256,
            "at": photo.at,
            "question": "",
        }
        path = f"{photo.record.id}/files/{photo.id}?{urlencode(asked)}"
        piece = photo.data[photo.at : photo.at + PIECE]
        status, said = self.send(path, piece, "application/octet-stream")
        if status == 202 or (status == 409 and said.get("received") is not None):
            photo.at = said["received"]
            return "next" if status == 202 else "later"
        if status in (200, 201) and said["received_sha256"] == photo.sha256:
            photo.is_sent = True
            self.counts["photos"] += 1
            return "done"
        return self.failed(photo, status, said)

    def failed(self, item, status, said):
        """Try again what may pass; what the server refuses waits for its author, and is noted."""
        if status == 0 or status >= 500 or status in RETRIED:
            return "later"
        self.wrong.append(f"{type(item).__name__} {item.id}: {status} {said.get('detail', said)}")
        return "stuck"
