"""A table kept with a meeting says of each level its letter, shape, colour and word."""

from django.db import migrations

LOOKS = {  # letter: shape, colour, place on the one scale there was
    "E": ("star", "deep-teal", 1),
    "S": ("house", "teal", 2),
    "M": ("circle", "stone", 3),
    "A": ("diamond", "amber", 4),
    "U": ("octagon", "rust", 5),
}


def keep_looks(apps, schema_editor):
    """Write the looks of each level into the tables kept so far."""
    _rewrite(apps, _with_looks, lambda it: {"level": _with_looks(it), "count": it["count"]})


def drop_looks(apps, schema_editor):
    """Keep the letter and the word alone; a level of another scale has no older form."""
    _rewrite(apps, _mark, lambda it: {**_share(it["level"]), "count": it["count"]})


def _rewrite(apps, level, share):
    for paper in apps.get_model("governance", "Paper").objects.exclude(snapshot=None):
        for row in paper.snapshot["rows"]:
            row["level"] = row["level"] and level(row["level"])
            row["levels"] = [share(it) for it in row["levels"]]
        for change in paper.snapshot["changes"]:
            change["before"], change["now"] = level(change["before"]), level(change["now"])
        paper.save(update_fields=["snapshot"])


def _with_looks(kept):
    letter = kept.get("mark") or kept["code"]
    shape, tone, rank = LOOKS[letter]
    return {
        "letter": letter, "shape": shape, "tone": tone, "label": kept["label"], "rank": rank,
    }  # fmt: skip


def _mark(level):
    return {"mark": level["letter"], "label": level["label"]}


def _share(level):
    return {"code": level["letter"], "label": level["label"]}


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial")]

    operations = [migrations.RunPython(keep_looks, drop_looks)]
