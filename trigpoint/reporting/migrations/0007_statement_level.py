"""A report keeps the level it was assembled with: until now it printed its judgement's own."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def keep_levels(apps, schema_editor):
    """Every report so far shows the level its judgement has."""
    made = apps.get_model("judgements", "Judgement").objects.filter(pk=OuterRef("judgement"))
    told = apps.get_model("reporting", "ReportStatement").objects.filter(part="JUDGEMENT")
    told.update(level=Subquery(made.values("level")))


class Migration(migrations.Migration):

    dependencies = [
        ("judgements", "0004_claim_stands_from"),
        ("policies", "0001_initial"),
        ("reporting", "0006_claims_stand"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportstatement",
            name="level",
            field=models.ForeignKey(
                blank=True,
                help_text="Of its judgement, as it was assembled; what is printed.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="policies.level",
            ),
        ),
        migrations.RunPython(keep_levels, migrations.RunPython.noop),
    ]
