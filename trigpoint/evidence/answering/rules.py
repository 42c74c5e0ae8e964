"""How a form is recognised as handed out here and used once, and an address as one, unkept."""

from ipaddress import IPv6Network, ip_address
from typing import Any
from uuid import UUID, uuid5

from django.core import signing
from django.utils.crypto import salted_hmac

SALT = "trigpoint.evidence.answering"
SALT_KEY = "answering:salt"  # in the cache: what addresses are hashed with, for minutes
SALT_SECONDS = 15 * 60
FORM_SECONDS = 12 * 60 * 60  # how long a page may stand open before it is sent
IPV6 = 6


def ticket(survey_id: object, nonce: str) -> str:
    """Return what a form carries to say that it was handed out here, for this survey."""
    return signing.dumps([str(survey_id), nonce], salt=SALT)


def nonce_of(ticket: str, survey_id: object) -> str:
    """Return the one-time part of a form; empty when it is not ours, of another survey, or old."""
    try:
        found: Any = signing.loads(ticket, salt=SALT, max_age=FORM_SECONDS)
    except signing.BadSignature:
        return ""
    return str(found[1]) if found[0] == str(survey_id) else ""


def reply_id(survey_id: UUID, nonce: str) -> UUID:
    """Return the id of the one reply a form can make, so that sending it twice is sending it once."""
    return uuid5(survey_id, nonce)


def hidden(address: str, salt: str) -> str:
    """Return what stands for an address while its salt lasts; nothing leads back afterwards."""
    return salted_hmac(SALT, _block(address), secret=salt, algorithm="sha256").hexdigest()


def _block(address: str) -> str:
    """Return what one network has in common: an IPv6 address moves about in its block."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(IPv6Network((found, 64), strict=False)) if found.version == IPV6 else str(found)
