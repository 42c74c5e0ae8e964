"""The names of the icons in the sprite, so that a misspelt one fails a test instead of showing nothing."""

import re
from functools import cache
from pathlib import Path

SPRITE = Path(__file__).parent / "static" / "web" / "icons.svg"
SYMBOL = re.compile(r'<symbol id="i-([a-z0-9-]+)"')


@cache
def names() -> frozenset[str]:
    """Return every icon the sprite holds, without the ``i-``."""
    return frozenset(SYMBOL.findall(SPRITE.read_text(encoding="utf-8")))
