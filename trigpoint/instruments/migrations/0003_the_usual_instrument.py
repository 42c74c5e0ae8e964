from django.db import migrations


def choose(apps, schema_editor):
    """Where a trust has forms of one kind, the one published last was taken: it is the usual one."""
    instruments = apps.get_model("instruments", "Instrument")
    versions = apps.get_model("instruments", "InstrumentVersion")
    published = versions.objects.filter(status="PUBLISHED").order_by("published_on", "number", "id")
    last = {}
    for trust, kind, instrument in published.values_list(
        "trust_id", "instrument__kind", "instrument_id"
    ):
        last[trust, kind] = instrument
    instruments.objects.filter(pk__in=last.values()).update(is_usual=True)


class Migration(migrations.Migration):

    dependencies = [
        ('instruments', '0002_the_editor'),
    ]

    operations = [
        migrations.RunPython(choose, migrations.RunPython.noop),
    ]
