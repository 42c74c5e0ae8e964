"""Copy the front-end files we ship out of ``node_modules`` and say exactly what they are."""

import base64
import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

STATIC = Path(__file__).parents[2] / "static" / "web"
NODE_MODULES = Path(__file__).parents[4] / "node_modules"
MAP_COMMENT = re.compile(r"/[*/]# sourceMappingURL=[^\s*]+(?: \*/)?\s*")
ICON_PATH = re.compile(r"<(?:path|circle|rect|line|polyline)\b[^>]*/>")
TEXT = {".css", ".js", ".svg"}
OUTLINE = Path("@tabler", "icons", "icons", "outline")
ICONS = """
    adjustments alert-octagon alert-triangle archive arrow-back-up arrow-down arrow-down-right
    arrow-left arrow-right arrow-up arrow-up-right arrows-sort award ban bell bolt book-2 books
    building-bank building-community bulb calendar-event calendar-plus calendar-week camera
    certificate chart-bar check checklist checkbox chevron-down chevron-left chevron-right
    chevron-up circle-check circle-dashed circle-x clipboard-check clipboard-list clipboard-text
    clock clock-exclamation cloud-check cloud-up compass copy device-floppy device-tablet dots download
    external-link eye eye-off file-check file-download file-text file-upload filter flag gavel
    git-compare hand-stop heart-handshake help-circle history home hourglass info-circle key
    layout-grid link list-check list-details lock lock-open login logout mail map-pin map-search
    menu-2 message message-2 message-circle microphone minus moon note notebook notes paperclip
    pencil pencil-plus photo player-play plus presentation printer quote refresh repeat route
    ruler-measure scale school search send settings share shield-check shield-lock
    sort-ascending sort-descending star stethoscope sun table tag target thumb-down thumb-up
    timeline trash trending-down trending-up trophy upload user user-check user-circle user-plus
    user-question users users-group wifi-off x zoom-question
"""


@dataclass(frozen=True, slots=True)
class Shipped:
    """One file taken from one npm package; ``target`` is below the vendor folder."""

    package: str
    source: str
    target: str
    licence: str


def _font(family: str, file: str) -> Shipped:
    return Shipped(f"@fontsource-variable/{family}", f"files/{file}", f"fonts/{file}", "OFL-1.1")


FILES = (
    Shipped("@tabler/core", "dist/css/tabler.min.css", "tabler/tabler.min.css", "MIT"),
    Shipped("@tabler/icons", "LICENSE", "tabler/LICENSE-icons", "MIT"),
    Shipped("htmx.org", "dist/htmx.min.js", "htmx/htmx.min.js", "0BSD"),
    Shipped("htmx.org", "LICENSE", "htmx/LICENSE", "0BSD"),
    Shipped("idb", "build/index.js", "idb/index.js", "ISC"),
    Shipped("idb", "LICENSE", "idb/LICENSE", "ISC"),
    _font("source-sans-3", "source-sans-3-latin-wght-normal.woff2"),
    _font("source-sans-3", "source-sans-3-latin-ext-wght-normal.woff2"),
    _font("source-serif-4", "source-serif-4-latin-opsz-normal.woff2"),
    _font("source-serif-4", "source-serif-4-latin-wght-italic.woff2"),
    Shipped(
        "@fontsource-variable/source-sans-3", "LICENSE", "fonts/LICENSE-source-sans-3", "OFL-1.1"
    ),
    Shipped(
        "@fontsource-variable/source-serif-4", "LICENSE", "fonts/LICENSE-source-serif-4", "OFL-1.1"
    ),
)


def digest(path: Path) -> str:
    """Return the file's hash as browsers write it: ``sha384-`` and base64."""
    raw = hashlib.sha384(path.read_bytes()).digest()
    return "sha384-" + base64.b64encode(raw).decode()


def copy(shipped: Shipped, *, into: Path) -> dict[str, str]:
    """Copy one file, without its source-map comment, and describe it for the manifest."""
    package = NODE_MODULES / shipped.package
    target = into / shipped.target
    target.parent.mkdir(parents=True, exist_ok=True)
    source = package / shipped.source
    if source.suffix in TEXT:
        target.write_text(MAP_COMMENT.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        shutil.copyfile(source, target)
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    return {
        "file": shipped.target,
        "name": shipped.package,
        "version": version,
        "licence": shipped.licence,
        "integrity": digest(target),
    }


def sprite() -> str:
    """Return one SVG holding a symbol for each icon we use."""
    symbols = []
    for name in ICONS.split():
        drawing = (NODE_MODULES / OUTLINE / f"{name}.svg").read_text(encoding="utf-8")
        shapes = "".join(
            shape for shape in ICON_PATH.findall(drawing) if "M0 0h24v24H0z" not in shape
        )
        symbols.append(f'<symbol id="i-{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


class Command(BaseCommand):
    """``manage.py vendor``, after ``npm ci``: refresh the committed front-end files."""

    help = "Copy vendored front-end files from node_modules, rebuild the icon sprite and manifest."

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace the vendor folder's files, the sprite and the manifest."""
        if not NODE_MODULES.exists():
            msg = f"There is no {NODE_MODULES}. Run `npm ci --ignore-scripts` first."
            raise CommandError(msg)
        vendor = STATIC / "vendor"
        manifest = [copy(shipped, into=vendor) for shipped in FILES]
        (vendor / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
        (STATIC / "icons.svg").write_text(sprite(), encoding="utf-8")
        self.stdout.write(f"{len(manifest)} files and {len(ICONS.split())} icons.")
