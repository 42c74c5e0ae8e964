"""A real mail server for tests: it takes letters, or refuses them, or is away."""

import asyncio
import socket
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from django.test import override_settings

HOST = "127.0.0.1"


class Postbox:
    """Takes what it is sent, unless told to refuse."""

    def __init__(self):
        self.letters, self.refuses, self.refused, self.asked = [], {}, 0, 0
        self.before = self.after = None  # what happens before a letter is taken, and after

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 -- the library's name
        """Refuse an address, or take it."""
        self.asked += 1
        if self.before:
            await asyncio.to_thread(self.before)
        if answer := self.refuses.get(address) or self.refuses.get("*"):
            self.refused += 1
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 -- the library's name
        """Keep a letter, and say so."""
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos, letter))
        if self.after:
            self.after()
        return "250 OK"

    def subjects_to(self, address):
        """Return the subjects of what somebody got."""
        return [letter["Subject"] for to, letter in self.letters if address in to]


def free_port():
    """Return a port where nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def serving(postbox, port):
    """Run the server until the block ends."""
    controller = Controller(postbox, hostname=HOST, port=port)
    controller.start()
    try:
        yield postbox
    finally:
        controller.stop()


def through(port):
    """Send mail to a server on this computer, as production does, by SMTP."""
    return override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST=HOST,
        EMAIL_PORT=port,
        EMAIL_TIMEOUT=5,
        TRIGPOINT_URL="https://qa.trust.example",
    )
