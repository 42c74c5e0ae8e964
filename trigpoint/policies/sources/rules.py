"""Reading YAML from strangers, and saying what is wrong with it in words and lines.

Nothing in a file can run, point elsewhere or grow: no tags, no aliases, a limit on bytes and on
depth, and the same name never twice in one place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError

MAX_BYTES = 1_000_000
MAX_DEPTH = 16
MAX_PROBLEMS = 40
MAX_DIGITS = 12

Path = tuple[str | int, ...]
TYPE_WORDS = {
    "object": "a set of named fields",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
}
SIZE_WORDS = {
    "minItems": "this has {size} where {limit} or more are needed.",
    "maxItems": "this has {size} where {limit} at most are allowed.",
    "minProperties": "this has {size} where {limit} or more are needed.",
    "maxProperties": "this has {size} where {limit} at most are allowed.",
    "maxLength": "the text has {size} characters and may have at most {limit}.",
    "minimum": "{size} is too small; the least is {limit}.",
    "maximum": "{size} is too large; the most is {limit}.",
    "uniqueItems": "the same entry stands twice.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file. ``line`` counts from 1; None is the file as a whole."""

    line: int | None
    words: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.words}" if self.line else self.words


class Unreadable(Exception):  # noqa: N818 -- caught in this file; reads as "raise Unreadable(...)"
    """The file cannot be read any further."""

    def __init__(self, words: str, line: int | None = None) -> None:
        super().__init__(words)
        self.problem = Problem(line, words)


@dataclass(slots=True)
class Source:
    """What a file says, and where: ``lines`` maps each place in ``content`` to its line."""

    content: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line_of(self, path: Path) -> int | None:
        """Return the line of a place, or of the nearest place around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)

    def complain(self, path: Path, words: str) -> None:
        """Note a problem at a place."""
        self.problems.append(Problem(self.line_of(path), words))


def read(raw: bytes) -> Source:
    """Read YAML safely. ``problems`` is empty when all of it could be read."""
    source = Source()
    try:
        node = _compose(_text(raw))
        source.content = _build(node, (), source)
    except Unreadable as error:
        source.problems.append(error.problem)
    return source


def _text(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        size = len(raw) / 1_000_000
        words = (
            f"The file is {size:.1f} MB. A framework may be at most {MAX_BYTES // 1_000_000} MB."
        )
        raise Unreadable(words)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        words = "This is not text in UTF-8. Save the file as YAML with the encoding UTF-8."
        raise Unreadable(words, line) from None


def _compose(text: str) -> yaml.Node:
    """Turn text into nodes, after a first pass that refuses whatever could grow."""
    try:
        _refuse_tricks(text)
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        words = f"This is not YAML that can be read: {error.problem or error.context}."
        raise Unreadable(words, line) from None
    except yaml.YAMLError:
        words = "The file holds characters that YAML does not allow."
        raise Unreadable(words) from None
    if node is None:
        words = "The file is empty."
        raise Unreadable(words)
    return node


def _refuse_tricks(text: str) -> None:
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else None
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            words = "Aliases and anchors (* and &) are not read. Write the text out instead."
            raise Unreadable(words, line)
        if getattr(event, "tag", None) is not None:
            words = "Tags (!) are not read. Write plain text, numbers and lists."
            raise Unreadable(words, line)
        if depth > MAX_DEPTH:
            words = f"This is nested more than {MAX_DEPTH} deep, which no framework is."
            raise Unreadable(words, line)
        if documents > 1:
            words = "The file holds more than one document (---). Keep one."
            raise Unreadable(words, line)


def _build(node: yaml.Node, path: Path, source: Source) -> object:
    source.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, source)
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, place), source) for place, item in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, path: Path, source: Source) -> dict[str, object]:
    content: dict[str, object] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            words = "A field's name must be a plain word."
            raise Unreadable(words, line)
        key = _clean(key_node)
        if key in content:
            source.problems.append(Problem(line, f"“{key}” stands twice in the same place."))
            continue
        source.lines[(*path, key)] = line
        content[key] = _build(value_node, (*path, key), source)
    return content


def _scalar(node: yaml.Node) -> object:
    text = _clean(node)
    kind = node.tag.rsplit(":", maxsplit=1)[-1]
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in {"yes", "true", "on"}
    digits = text.lstrip("+-")
    if kind == "int" and digits.isdecimal() and len(digits) <= MAX_DIGITS:
        return int(text)
    return text


def _clean(node: yaml.Node) -> str:
    text = str(node.value)
    if any(character < " " and character not in "\t\n\r" for character in text):
        words = "This text holds a control character. Type it again."
        raise Unreadable(words, node.start_mark.line + 1)
    return text


def check(source: Source, schema: Mapping[str, Any]) -> None:
    """Add a problem for each place where the file does not follow the schema."""
    found = Draft202012Validator(schema).iter_errors(source.content)
    for error in sorted(found, key=lambda it: source.line_of(_path(it)) or 0):
        for path, words in _sentences(error):
            source.complain(path, f"{place_in_words(source.content, _path(error))} {words}")


def _path(error: ValidationError) -> Path:
    return tuple(error.absolute_path)


def place_in_words(content: object, path: Path) -> str:
    """Name a place as a person would: by the codes or names on the way to it, then its own."""
    named, last = "The file", ""
    for step in path:
        content = content[step] if isinstance(content, dict | list) else None  # type: ignore[index]  # a path leads through both
        known = content if isinstance(content, dict) else {}
        code = known.get("code") or known.get("name")
        if isinstance(code, str) and isinstance(step, int):
            named, last = f"“{code}”", ""
        elif isinstance(step, str):
            last = step
    return f"{named}, {last}:" if last else f"{named}:"


def _sentences(error: ValidationError) -> Iterator[tuple[Path, str]]:
    path, value, wanted = _path(error), error.instance, error.validator_value
    match error.validator:
        case "required":
            yield path, f"{_quoted(error.message.split(chr(39))[1])} is missing."
        case "additionalProperties" if isinstance(value, dict):
            known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
            for name in value:
                if name not in known:
                    yield (*path, name), f"{_quoted(name)} is not a field that anybody reads here."
        case "enum" | "const":
            choices = wanted if isinstance(wanted, list) else [wanted]
            yield path, f"{_quoted(value)} should be {_any_of(choices)}."
        case "type":
            yield path, f"this should be {TYPE_WORDS[str(wanted)]}."
        case _:
            yield path, _about_size(error)


def _about_size(error: ValidationError) -> str:
    value: Any = error.instance
    size = len(value) if isinstance(value, str | list | dict) else value
    words = SIZE_WORDS.get(str(error.validator), "{value} is not written as this field needs it.")
    return words.format(size=size, limit=error.validator_value, value=_quoted(value))


def _quoted(value: object) -> str:
    text = str(value)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"  # noqa: PLR2004 -- enough to know it by


def _any_of(choices: list[object]) -> str:
    words = [str(choice) for choice in choices]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
