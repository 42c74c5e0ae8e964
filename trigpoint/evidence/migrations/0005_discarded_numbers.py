"""On its own: PostgreSQL alters no table whose rows changed in the same transaction."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("evidence", "0004_discarded_academy")]

    operations = [
        migrations.AlterField(
            model_name="discardeddraft",
            name="academy",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="trusts.academy",
            ),
        ),
        migrations.AddIndex(
            model_name="discardeddraft",
            index=models.Index(fields=["academy", "-number"], name="discarded_by_number"),
        ),
    ]
