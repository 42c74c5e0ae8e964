"""A draft somebody is writing, small enough to build in every test."""

from tests.factories import (
    AreaFactory,
    DescriptorFactory,
    LookForFactory,
    PolicyVersionFactory,
    ScaleFactory,
    StandardFactory,
    person,
)
from trigpoint.people.roles import Role


def a_draft(**facts):
    """Build a draft with a scale, one area and one standard, and whoever writes it.

    Returns:
        The writer, the version, its standard.

    """
    version = PolicyVersionFactory.create(**facts)
    scale = ScaleFactory.create(version=version)
    area = AreaFactory.create(version=version, code="T", name="Teaching", lineage="teaching")
    standard = StandardFactory.create(area=area, code="T1", title="Clear", lineage="clear")
    for level in scale.levels.all():
        DescriptorFactory.create(standard=standard, level=level, text=f"{level.label} teaching.")
    LookForFactory.create(standard=standard, lineage="clear-boards", text="Boards", position=1)
    LookForFactory.create(standard=standard, lineage="clear-talk", text="Talk", position=2)
    return person(Role.QA_LEAD, at=version.trust), version, standard


def answers_of(page):
    """Return what a page's form is filled in with, to be sent back changed."""
    form = page.context["form"]
    found = {}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, ""):
            found[name] = value
    return found
