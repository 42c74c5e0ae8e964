from django.db import migrations, models

LEAST_BELOW = 3


def keep_what_is_shown(apps, _schema_editor):
    """Of surveys that are over, keep the number their results are shown from today."""
    over = apps.get_model("evidence", "Survey").objects.filter(status__in=["CLOSED", "RECORDED"])
    for trust in apps.get_model("trusts", "Trust").objects.order_by("id"):
        over.filter(trust=trust.pk).update(fewest=max(trust.suppress_below, LEAST_BELOW))


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0015_spent_numbers'),
        ('trusts', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='survey',
            name='fewest',
            field=models.PositiveSmallIntegerField(default=0, help_text='From how many replies on it is shown, as it was when it closed.'),
        ),
        migrations.RunPython(keep_what_is_shown, migrations.RunPython.noop),
    ]
