import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The words of each record. What keeps and indexes them is put up after every ``migrate``:
    see evidence/search/operations.py.
    """

    dependencies = [
        ('evidence', '0009_draft_secret'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordWords',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('places', models.CharField(max_length=80)),
                ('body', models.TextField()),
                ('record', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='evidence.evidencerecord')),
            ],
        ),
    ]
