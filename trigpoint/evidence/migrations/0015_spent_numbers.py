import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evidence', '0014_photo_once_a_question'),
        ('trusts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SpentNumber',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('academy', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trusts.academy')),
                ('trust', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trusts.trust')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
