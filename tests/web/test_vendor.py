"""What we ship from others is exactly what the manifest says, and no icon is misspelt."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import trigpoint
from trigpoint.web import icons
from trigpoint.web.management.commands import vendor

PACKAGE = Path(trigpoint.__file__).parent
STATIC = PACKAGE / "web" / "static" / "web"
MANIFEST = json.loads((STATIC / "vendor" / "manifest.json").read_text())
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
ICON_USED = re.compile(r'{%\s*icon\s+"([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"|#i-([a-z0-9-]+)')


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_vendored_file_is_the_one_in_the_manifest(entry):
    assert vendor.digest(STATIC / "vendor" / entry["file"]) == entry["integrity"]
    assert entry["version"]
    assert entry["licence"]


def test_every_vendored_file_is_in_the_manifest():
    kept = {
        str(path.relative_to(STATIC / "vendor"))
        for path in (STATIC / "vendor").rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }

    assert kept == {entry["file"] for entry in MANIFEST}


def test_htmx_is_exactly_the_version_that_was_tried():
    versions = {entry["name"]: entry["version"] for entry in MANIFEST}

    assert versions["htmx.org"] == "2.0.11"


@pytest.mark.parametrize(
    "path", [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")], ids=lambda path: path.name
)
def test_shipped_file_points_at_no_source_map_and_no_other_site(path):
    text = path.read_text()

    assert "sourceMappingURL" not in text
    assert not re.search(r"""(?:url\(|@import\s+)["']?https?:""", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_template_uses_icons_that_exist_and_nothing_inline(path):
    text = path.read_text()

    used = {name for found in ICON_USED.findall(text) for name in found if name}
    assert used <= icons.names()
    assert not re.search(r"\sstyle=|\son(?!e=)[a-z]+=|<style|hx-on|<script(?![^>]*\ssrc=)", text)


def test_code_names_icons_that_exist():
    for path in PACKAGE.rglob("apps.py"):
        entries = re.findall(r'Entry\(\s*"[^"]+",\s*"([a-z0-9-]+)"', path.read_text())
        assert set(entries) <= icons.names(), path


def test_sprite_holds_every_icon_the_command_lists():
    assert icons.names() == set(vendor.ICONS.split())


def test_vendor_without_node_modules_says_what_to_run(monkeypatch, tmp_path):
    monkeypatch.setattr(vendor, "NODE_MODULES", tmp_path / "node_modules")

    with pytest.raises(CommandError, match="npm ci --ignore-scripts"):
        call_command("vendor")


@pytest.fixture
def _packages(monkeypatch, tmp_path):
    """Lay out a small ``node_modules`` and a static folder of their own."""
    modules, static = tmp_path / "node_modules", tmp_path / "static"
    for shipped in vendor.FILES:
        file = modules / shipped.package / shipped.source
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("a{}\n/*# sourceMappingURL=a.css.map */")
        (modules / shipped.package / "package.json").write_text('{"version": "9.9.9"}')
    for name in vendor.ICONS.split():
        drawing = modules / vendor.OUTLINE / f"{name}.svg"
        drawing.parent.mkdir(parents=True, exist_ok=True)
        drawing.write_text(
            '<svg><path stroke="none" d="M0 0h24v24H0z" fill="none"/><path d="M1 1"/></svg>'
        )
    static.mkdir()
    monkeypatch.setattr(vendor, "NODE_MODULES", modules)
    monkeypatch.setattr(vendor, "STATIC", static)


@pytest.mark.usefixtures("_packages")
def test_vendor_copies_strips_and_lists(tmp_path, capsys):
    call_command("vendor")

    static = tmp_path / "static"
    manifest = json.loads((static / "vendor" / "manifest.json").read_text())
    assert len(manifest) == len(vendor.FILES)
    assert {entry["version"] for entry in manifest} == {"9.9.9"}
    assert (static / "vendor" / "tabler" / "tabler.min.css").read_text() == "a{}\n"
    sprite = (static / "icons.svg").read_text()
    assert '<symbol id="i-check" viewBox="0 0 24 24"><path d="M1 1"/></symbol>' in sprite
    assert "M0 0h24v24H0z" not in sprite
    assert f"{len(vendor.FILES)} files" in capsys.readouterr().out
