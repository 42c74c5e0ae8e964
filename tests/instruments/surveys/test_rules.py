from trigpoint.instruments.surveys.rules import sheets
from trigpoint.instruments.workbooks.rules import read, written
from trigpoint.instruments.xlsforms.rules import carried

KEPT_APART = [
    {"key": "notes", "type": "running_notes", "label": "Notes"},
    {"key": "seen", "type": "look_fors", "label": "Look-fors", "required": True},
    {"key": "level", "type": "level", "label": "Level", "scale": "SM",
     "choices": [{"value": "s", "label": "S Strong"}, {"value": "m", "label": "M Met"}]},
    {"key": "aim", "type": "short_text", "label": "What is ${aim}?"},
]  # fmt: skip


def test_what_an_xlsform_cannot_say_becomes_what_is_nearest():
    content = {"naming": "OPTIONAL", "sections": [{"title": "Part", "questions": KEPT_APART}]}
    file = {"kind": "LESSON_VISIT", "name": "Visit", "purpose": "See.", "content": content}

    made = carried(read(written(sheets(file, number=2))), name="x")

    asked = made.content["sections"][0]["questions"]
    assert [(it["key"], it["type"]) for it in asked] == [
        ("notes", "long_text"),
        ("level", "single_choice"),
        ("aim", "short_text"),
    ]
    assert asked[-1]["label"] == "What is $ {aim}?"
    assert len(made.left_out) == 1
