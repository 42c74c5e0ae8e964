"""A version may have several scales, and a level its own letter, shape and colour."""

import django.db.models.deletion
from django.db import migrations, models

TONES = [
    ("deep-teal", "Deep teal"),
    ("teal", "Teal"),
    ("stone", "Stone"),
    ("amber", "Amber"),
    ("rust", "Rust"),
    ("words", "None: judged in words"),
]
SHAPES = [
    ("star", "Star"),
    ("house", "House"),
    ("circle", "Circle"),
    ("diamond", "Diamond"),
    ("octagon", "Octagon"),
    ("lines", "Lines: judged in words"),
]


class Migration(migrations.Migration):
    dependencies = [("policies", "0004_outside_frameworks")]

    operations = [
        migrations.AlterField(
            "scale",
            "version",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="scales",
                to="policies.policyversion",
            ),
        ),
        migrations.AddField(
            "scale", "code", models.CharField(max_length=8, default="ESMAU"), preserve_default=False
        ),
        migrations.AddField("scale", "position", models.PositiveSmallIntegerField(default=1)),
        migrations.RemoveConstraint("level", "level_mark_once"),
        migrations.RenameField("level", "mark", "letter"),
        migrations.AlterField("level", "letter", models.CharField(blank=True, max_length=1)),
        migrations.AddField(
            "level",
            "shape",
            models.CharField(choices=SHAPES, default="circle", max_length=8),
            preserve_default=False,
        ),
        migrations.AddField(
            "level",
            "tone",
            models.CharField(choices=TONES, default="stone", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            "area",
            "scale",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="areas",
                to="policies.scale",
            ),
        ),
    ]
