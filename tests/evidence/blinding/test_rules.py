from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from trigpoint.evidence.blinding.rules import waits_for

PEOPLE = [UUID(int=n) for n in range(1, 5)]
RATERS = frozenset(PEOPLE[:2])


@given(st.sets(st.sampled_from(PEOPLE)), st.sampled_from(PEOPLE))
def test_a_record_waits_for_the_other_of_the_two_and_nobody_else(handed_in, author):
    found = waits_for(author, raters=RATERS, handed_in=handed_in | {author})

    other = next(iter(RATERS - {author}))
    waits = author in RATERS and other not in handed_in
    assert found == (other if waits else None)
