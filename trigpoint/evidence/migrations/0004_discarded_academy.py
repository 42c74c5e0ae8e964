"""A discarded draft keeps its number, and so its academy, within which numbers count."""

import django.db.models.deletion
from django.db import migrations, models


def say_where(apps, schema_editor):
    """Every discarded draft kept all it said, its academy as well."""
    drafts = apps.get_model("evidence", "DiscardedDraft").objects
    for pk, academy_id in drafts.values_list("pk", "content__academy_id"):
        drafts.filter(pk=pk).update(academy_id=academy_id)


class Migration(migrations.Migration):

    dependencies = [
        ("evidence", "0003_discarded_drafts"),
        ("trusts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="discardeddraft",
            name="academy",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="trusts.academy",
            ),
        ),
        migrations.RunPython(say_where, migrations.RunPython.noop),
    ]
