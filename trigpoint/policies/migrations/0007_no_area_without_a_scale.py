"""From now on no area is without a scale, and no scale has a colour twice."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("policies", "0006_every_area_has_its_scale")]

    operations = [
        migrations.AlterField(
            "area",
            "scale",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="areas",
                to="policies.scale",
            ),
        ),
        migrations.AddConstraint(
            "scale",
            models.UniqueConstraint(fields=("version", "code"), name="scale_code_once"),
        ),
        migrations.AddConstraint(
            "level", models.UniqueConstraint(fields=("scale", "tone"), name="level_tone_once")
        ),
    ]
