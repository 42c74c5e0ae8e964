"""Every area is judged on the one scale its version had; every version can judge in words."""

from django.db import migrations

LOOKS = {
    "E": ("star", "deep-teal"),
    "S": ("house", "teal"),
    "M": ("circle", "stone"),
    "A": ("diamond", "amber"),
    "U": ("octagon", "rust"),
}
WORDS = "words"


def give(apps, schema_editor):
    """Give levels their looks, versions the scale of words, and areas their scale."""
    area, level, scale, version = (
        apps.get_model("policies", name) for name in ("Area", "Level", "Scale", "PolicyVersion")
    )
    for letter, (shape, tone) in LOOKS.items():
        level.objects.filter(letter=letter).update(shape=shape, tone=tone)
    for row in version.objects.all():
        had = scale.objects.filter(version=row).exclude(code=WORDS).first()
        words = scale.objects.create(
            trust_id=row.trust_id, version=row, code=WORDS, name="In words", position=99
        )
        level.objects.create(
            trust_id=row.trust_id, scale=words, rank=1, shape="lines", tone=WORDS, label="In words"
        )
        area.objects.filter(version=row).update(scale=had or words)


def take(apps, schema_editor):
    """Take the scale of words away; where something was judged by it, the database refuses."""
    apps.get_model("policies", "Area").objects.update(scale=None)
    apps.get_model("policies", "Level").objects.filter(scale__code=WORDS).delete()
    apps.get_model("policies", "Scale").objects.filter(code=WORDS).delete()


class Migration(migrations.Migration):
    dependencies = [("policies", "0005_several_scales")]

    operations = [migrations.RunPython(give, take)]
