import pytest
from django.urls import reverse

from tests.factories import AreaFactory, PolicyVersionFactory, ScaleFactory
from tests.policies.writing import a_draft, answers_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(client):
    lead, version, _ = a_draft()
    ScaleFactory.create(version=version, in_words=True)
    client.force_login(lead)
    return version


def url(verb, it):
    return reverse(f"policies:scales-{verb}", args=[it.pk])


def scale_of(version):
    return version.scales.get(code="ESMAU")


MET = {
    "name": "Met or not",
    "label-stone": "Met",
    "letter-stone": "Y",
    "label-rust": "Not met",
    "letter-rust": "N",
}


def test_change_gives_levels_other_words_and_keeps_both_versions(client, version):
    opened = answers_of(client.get(url("change", scale_of(version))))

    client.post(url("change", scale_of(version)), opened | {"label-stone": "Secure"})
    other = client.post(url("change", scale_of(version)), opened | {"label-stone": "Sound"})

    labels = scale_of(version).levels.order_by("rank").values_list("letter", "label")
    assert dict(labels)["M"] == "Secure"
    assert other.status_code == 409


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"label-stone": "exceptional"}, "Two levels have the word “exceptional”"),
        ({"letter-stone": ""}, "Give “Meets standard” a letter"),
        ({"letter-stone": "3"}, "Write one capital letter, A to Z"),
        ({"label-stone": ""}, "Say what M stands for, or clear the letter"),
        ({"shape-stone": "star"}, "Two levels have the shape “star”"),
    ],
)
def test_change_says_why_levels_are_no_scale(client, version, sent, words):
    opened = answers_of(client.get(url("change", scale_of(version))))

    answer = client.post(url("change", scale_of(version)), opened | sent)

    assert answer.status_code in (409, 422)
    assert words in answer.content.decode()


def test_add_says_what_to_do_next(client, version):
    opened = answers_of(client.get(url("add", version)))

    page = client.post(url("add", version), opened | MET, follow=True).content.decode()

    assert "Met or not added. Say next which areas are judged on it." in page
    assert "Judges no area." in page


def test_assign_shows_both_when_somebody_chose_meanwhile(client, version):
    words, area = version.scales.get(code="words"), version.areas.get()
    opened = answers_of(client.get(url("assign", version)))
    client.post(url("add", version), answers_of(client.get(url("add", version))) | MET)
    other = version.scales.get(code="YN")
    first = client.post(url("assign", version), opened | {str(area.pk): str(words.pk)}, follow=True)

    late = client.post(url("assign", version), opened | {str(area.pk): str(other.pk)})

    assert "5 descriptions of levels left this draft" in first.content.decode()
    assert late.status_code == 409
    assert "In words" in late.content.decode()
    assert version.areas.get().scale == words


def test_assign_judges_every_area_in_words_at_once(client, version):
    words = version.scales.get(code="words")
    chosen = answers_of(client.get(url("assign", version))) | {"everything": str(words.pk)}
    page = client.post(url("assign", version), chosen, follow=True).content.decode()

    assert "1 area judged by something else now." in page
    assert [area.scale.code for area in version.areas.all()] == ["words"]


def test_index_costs_the_same_for_any_number_of_scales(client, version, assert_flat):
    letters = iter("ABCDEFGH")

    def more():
        scale = ScaleFactory.create(version=version, code=next(letters) * 2)
        AreaFactory.create(version=version, scale=scale)

    assert_flat(url("index", version), add_row=more, at_most=12)


def test_index_lists_scales_with_what_they_judge(client, version):
    page = client.get(url("index", version)).content.decode()

    assert "Judges Teaching." in page
    assert "no level is given" in page


def test_remove_takes_a_spare_scale_out(client, version):
    opened = answers_of(client.get(url("add", version)))
    client.post(url("add", version), opened | MET)

    client.post(url("remove", version.scales.get(code="YN")))

    assert not version.scales.filter(code="YN").exists()


def test_nothing_of_another_trust_is_found(client, version):
    foreign = PolicyVersionFactory.create()
    scale = ScaleFactory.create(version=foreign)

    for verb, it in (("index", foreign), ("add", foreign), ("assign", foreign), ("change", scale)):
        assert client.get(url(verb, it)).status_code == 404
    assert client.post(url("remove", scale)).status_code == 404
