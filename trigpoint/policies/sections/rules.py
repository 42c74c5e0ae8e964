"""What a part of the text says, as named texts."""

from trigpoint.policies.versions.models import Section


def told(section: Section) -> dict[str, str]:
    """Return what a part of the text says, by the names its form gives it."""
    return {"kind": section.kind, "title": section.title, "text": section.text}
