"""Templates hold no link to nowhere, and the stylesheet no class that nothing wears."""

import inspect
import re
from pathlib import Path

import pytest

import trigpoint

PACKAGE = Path(inspect.getfile(trigpoint)).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
BLOCK = re.compile(r"{% block (\w+) %}(.*?){% endblock \1 %}", re.DOTALL)
TAG = re.compile(r"{% (?:act|crumb|include) [^%]*%}")
STYLES = PACKAGE / "web" / "static" / "web" / "trigpoint.css"
MADE = (  # classes whose last part is put together from a value
    *("tp-callout--", "tp-cell--", "tp-deliv--", "tp-icon--", "tp-level--", "tp-lv--"),
    *("tp-offers--", "tp-st--", "tp-tag--", "tp-toast--"),
)
NAMED = re.compile(r"{% url [^%]*? as (\w+) %}")


def used_in(body, name):
    """Say whether a block links to an address by its name, in an attribute or in a tag."""
    tags = (re.sub(r'"[^"]*"', "", tag) for tag in TAG.findall(body))
    return f'="{{{{ {name} }}}}"' in body or any(re.search(rf"\b{name}\b", tag) for tag in tags)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_address_is_named_in_the_block_that_uses_it(path):
    """Django forgets what ``{% url … as name %}`` set when its block ends: the link is empty."""
    blocks = dict(BLOCK.findall(path.read_text()))
    named = {name: set(NAMED.findall(body)) for name, body in blocks.items()}
    everywhere = set().union(*named.values()) if named else set()

    lost = {
        (block, name)
        for block, body in blocks.items()
        for name in everywhere - named[block]
        if used_in(body, name)
    }

    assert not lost


def test_every_class_of_the_stylesheet_is_worn():
    wearers = [
        path.read_text()
        for kind in ("html", "py", "js")
        for path in PACKAGE.rglob(f"*.{kind}")
        if "vendor" not in path.parts
    ]
    text = "".join(wearers)
    classes = set(re.findall(r"\.(tp-[\w-]+)", STYLES.read_text()))

    assert not {name for name in classes if name not in text and not name.startswith(MADE)}
