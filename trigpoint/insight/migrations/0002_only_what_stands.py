"""The rollup was kept when provisional judgements counted: work its cells out from those that stand."""

from calendar import monthrange

from django.db import migrations
from django.db.models import F


def count_what_stands(apps, schema_editor):
    _work_out(apps, stands_from__isnull=False)


def count_everything(apps, schema_editor):
    _work_out(apps)


def _work_out(apps, **counted):
    about = apps.get_model("judgements", "Judgement").objects.filter(**counted)
    PolicyVersion = apps.get_model("policies", "PolicyVersion")
    began = {
        version.trust_id: version.effective_on or version.created_at.date()
        for version in PolicyVersion.objects.filter(status="IN_FORCE")
    }
    for cell in apps.get_model("insight", "Standing").objects.select_related("latest"):
        here = about.filter(academy_id=cell.academy_id, area__lineage=cell.area_lineage)
        since = began.get(cell.trust_id)
        months = _months(cell.latest.made_on if cell.latest else since, cell.due_on)
        cell.latest, cell.previous, cell.self_judgement = _footing(here)
        last_on = cell.latest.made_on if cell.latest else since
        cell.due_on = _later(last_on, months) if last_on and months is not None else cell.due_on
        cell.save()


def _footing(here):
    """Return the latest judgement, the one before and the school's own, as the rollup takes them."""
    here = here.order_by("-made_on", "-created_at", "-id")
    own = here.filter(standard=None, perspective="SELF").first()
    others = list(here.filter(standard=None).exclude(perspective="SELF")[:2])
    if others:
        return others[0], others[1] if len(others) > 1 else None, own
    parts = list(here.exclude(standard=None).exclude(perspective="SELF").annotate(rank=F("level__rank"))[:40])
    parts = [part for part in parts if part.review_id == parts[0].review_id]
    return max(parts, key=lambda part: part.rank, default=None), None, own


def _months(start, due):
    """Return the promise a due day was worked out from."""
    return (due.year - start.year) * 12 + due.month - start.month if start and due else None


def _later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(
        year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1])
    )


class Migration(migrations.Migration):

    dependencies = [
        ("insight", "0001_initial"),
        ("policies", "0001_initial"),
        ("reporting", "0002_judgements_stand"),
    ]

    operations = [migrations.RunPython(count_what_stands, count_everything)]
