"""Claims agreed before ``stands_from`` was kept: they stand where their review's levels do.

It stands in this area because a claim waits for its report, and only this area knows reports.
"""

from django.db import migrations


def let_them_stand(apps, schema_editor):
    """Of a closed review, from the day its report was final or it was closed without one."""
    Claim = apps.get_model("judgements", "Claim")
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
        Claim.objects.filter(review=review_id, status="AGREED").update(stands_from=on)


def make_them_wait(apps, schema_editor):
    """Nothing stands, as before."""
    apps.get_model("judgements", "Claim").objects.update(stands_from=None)


class Migration(migrations.Migration):

    dependencies = [
        ("judgements", "0004_claim_stands_from"),
        ("reporting", "0005_report_sent_by"),
        ("reviews", "0001_initial"),
    ]

    operations = [migrations.RunPython(let_them_stand, make_them_wait)]
