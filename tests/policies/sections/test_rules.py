from trigpoint.policies.models import Section
from trigpoint.policies.sections.rules import told


def test_told_names_every_text_as_its_form_does():
    section = Section(kind="OTHER", title="Purpose", text="Why.")

    assert told(section) == {"kind": "OTHER", "title": "Purpose", "text": "Why."}
