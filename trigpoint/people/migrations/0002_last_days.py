"""A person's last day follows from their posts; a sign-in is switched on or off."""

from django.db import migrations, models
from django.db.models import Max


def note_last_days(apps, schema_editor):
    """Write down the last day of people whose posts have all been given an end."""
    person = apps.get_model("people", "Person")
    ended = person.objects.filter(left_on=None, posts__isnull=False).exclude(
        pk__in=apps.get_model("people", "Post").objects.filter(ends_on=None).values("person")
    )
    for someone in ended.annotate(last_day=Max("posts__ends_on")).iterator():
        someone.left_on = someone.last_day
        someone.save(update_fields=["left_on"])


class Migration(migrations.Migration):

    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RenameField("user", "is_active", "is_switched_on"),
        migrations.AlterField(
            model_name="person",
            name="left_on",
            field=models.DateField(blank=True, help_text="Their last day. From the day after no role counts and no sign-in opens.", null=True),
        ),
        migrations.RunPython(note_last_days, migrations.RunPython.noop),
    ]
