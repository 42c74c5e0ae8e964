"""Nobody's words are replaced unseen."""

import pytest

from trigpoint.records.refusals import Stale
from trigpoint.records.revisions import keep_both, revision_of


def test_revision_is_of_the_words_and_not_of_the_space_around_them():
    assert revision_of(["Reading", "Why now."]) == revision_of([" Reading", "Why now.\r\n"])
    assert revision_of(["Reading", "Why now."]) != revision_of(["ReadingWhy", "now."])


@pytest.mark.parametrize(
    ("opened", "stored", "wanted"),
    [
        pytest.param("Old.", "Old.", "Mine.", id="nobody changed it"),
        pytest.param("Old.", "Mine.", "Mine.", id="sent twice"),
        pytest.param("Old.", "", "Mine.", id="nothing to lose"),
    ],
)
def test_keep_both_lets_a_change_through(opened, stored, wanted):
    keep_both(revision_of([opened]), stored={"text": stored}, wanted={"text": wanted})


@pytest.mark.parametrize("base", [revision_of(["Old."]), ""], ids=["changed", "opened nowhere"])
def test_keep_both_refuses_words_that_were_not_seen(base):
    with pytest.raises(Stale, match="Nothing of yours is lost") as stale:
        keep_both(base, stored={"text": "Theirs."}, wanted={"text": "Mine."})

    assert stale.value.current == {"text": "Theirs."}
