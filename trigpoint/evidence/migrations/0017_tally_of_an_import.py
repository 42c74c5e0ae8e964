from collections import Counter

from django.db import migrations, models

OUTCOMES = ("ADDED", "KNOWN", "REFUSED")


def count_rows(apps, _schema_editor):
    """Keep with each import what its rows add up to."""
    imports = apps.get_model("evidence", "EvidenceImport").objects
    for pk in list(imports.values_list("pk", flat=True)):
        rows = imports.values_list("rows", flat=True).get(pk=pk)
        counted = Counter(row["outcome"] for row in rows)
        imports.filter(pk=pk).update(tally={outcome: counted[outcome] for outcome in OUTCOMES})


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0016_fewest_of_a_survey'),
    ]

    operations = [
        migrations.AddField(
            model_name='evidenceimport',
            name='tally',
            field=models.JSONField(default=dict, help_text='How many of the rows have each outcome.'),
        ),
        migrations.RunPython(count_rows, migrations.RunPython.noop),
    ]
