"""On its own: PostgreSQL alters no table whose rows changed in the same transaction."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("reporting", "0007_statement_level")]

    operations = [
        migrations.AddConstraint(
            model_name="reportstatement",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__isnull", False), ("part", "JUDGEMENT"))
                | models.Q(models.Q(("part", "JUDGEMENT"), _negated=True), ("level__isnull", True)),
                name="statement_level_is_a_judgements",
            ),
        ),
    ]
