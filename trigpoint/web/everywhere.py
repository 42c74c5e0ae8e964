"""Pieces that stand on every page of somebody signed in: an upper area offers them, ``web`` draws them."""

_pieces: list[str] = []


def register(*templates: str) -> None:
    """Offer templates. Call from ``AppConfig.ready``; a second call changes nothing."""
    _pieces.extend(template for template in templates if template not in _pieces)


def pieces() -> tuple[str, ...]:
    """Return the templates in the order they were offered."""
    return tuple(_pieces)
