"""Judgements made before ``stands_from`` was kept: those of reviews that are over stand.

It stands in this area because a judgement waits for its report, and only this area knows reports.
"""

from django.db import migrations
from django.db.models import F


def let_them_stand(apps, schema_editor):
    """Of a closed review, from the day its report was final or it was closed without one."""
    Judgement = apps.get_model("judgements", "Judgement")
    Report = apps.get_model("reporting", "Report")
    reported = dict(Report.objects.values_list("review_id", "finalised_at"))
    over = apps.get_model("reviews", "Review").objects.filter(status="CLOSED")
    for review_id, closed_on in over.values_list("pk", "closed_on"):
        if review_id not in reported:
            on = closed_on
        elif reported[review_id]:
            on = max(closed_on, reported[review_id].date())
        else:
            continue  # closed by hand while its report is still being written
        judged = Judgement.objects.filter(review=review_id)
        judged.filter(made_on__lte=on).update(stands_from=on)
        judged.filter(made_on__gt=on).update(stands_from=F("made_on"))


def make_them_wait(apps, schema_editor):
    """Nothing stands, as before."""
    apps.get_model("judgements", "Judgement").objects.update(stands_from=None)


class Migration(migrations.Migration):

    dependencies = [
        ("judgements", "0002_judgement_stands_from"),
        ("reporting", "0001_initial"),
        ("reviews", "0001_initial"),
    ]

    operations = [migrations.RunPython(let_them_stand, make_them_wait)]
