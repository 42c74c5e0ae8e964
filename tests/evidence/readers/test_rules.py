from dataclasses import replace

import pytest

from trigpoint.evidence.readers.rules import Audience, Reader, who_can_see

LEAD = Reader("Ada Quill", "Trust QA lead")
SUBMITTED = Audience(
    author="Bram Stoke",
    subject="you",
    readers=(LEAD,),
    subject_reads=False,
    is_draft=False,
    is_private=False,
    is_shared=False,
    is_locked=False,
)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"is_draft": True},
            "Only Bram Stoke, until it is submitted. You read it only once it is shared.",
        ),
        (
            {},
            (
                "Bram Stoke and Ada Quill (Trust QA lead). Once it is shared, also you and the "
                "academy's leaders. No trustee or governor."
            ),
        ),
        (
            {"subject_reads": True},
            (
                "Bram Stoke and Ada Quill (Trust QA lead). Once it is shared, also the academy's "
                "leaders. No trustee or governor."
            ),
        ),
        (
            {"is_shared": True},
            "You, Bram Stoke and Ada Quill (Trust QA lead). No trustee or governor.",
        ),
        (
            {"is_shared": True, "is_private": True, "readers": ()},
            "You and Bram Stoke. It is private, so nobody else ever will.",
        ),
        (
            {"subject": "", "is_locked": True, "readers": (LEAD,) * 8},
            "Bram Stoke, " + "Ada Quill (Trust QA lead), " * 5 + "Ada Quill (Trust QA lead) and "
            "2 more with those roles. No trustee or governor.",
        ),
    ],
)
def test_who_can_see_says_who_and_who_will(changed, sentence):
    assert who_can_see(replace(SUBMITTED, **changed)) == sentence
