"""Templates hold no link to nowhere."""

import inspect
import re
from pathlib import Path

import pytest

import trigpoint

PACKAGE = Path(inspect.getfile(trigpoint)).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
BLOCK = re.compile(r"{% block (\w+) %}(.*?){% endblock \1 %}", re.DOTALL)
TAG = re.compile(r"{% (?:act|crumb|include) [^%]*%}")
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
