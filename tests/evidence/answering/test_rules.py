from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.evidence.answering import rules


def test_ticket_is_ours_and_of_this_survey():
    survey = uuid4()
    ticket = rules.ticket(survey, "n")

    assert rules.nonce_of(ticket, survey) == "n"
    assert rules.nonce_of(ticket, uuid4()) == ""
    assert rules.nonce_of(f"{ticket}x", survey) == ""


def test_reply_id_is_the_same_for_one_form_and_another_for_each_other():
    survey, other = uuid4(), uuid4()

    found = rules.reply_id(survey, "n")

    assert found == rules.reply_id(survey, "n")
    assert len({found, rules.reply_id(survey, "m"), rules.reply_id(other, "n")}) == 3


@given(st.text())
def test_no_ticket_made_elsewhere_is_taken(ticket):
    assert rules.nonce_of(ticket, UUID(int=1)) == ""


@given(st.ip_addresses(), st.text(min_size=1), st.text(min_size=1))
def test_address_is_known_again_by_its_own_salt_only(address, salt, other):
    found = rules.hidden(str(address), salt)

    assert found == rules.hidden(str(address), salt)
    assert str(address) not in found
    assert (found == rules.hidden(str(address), other)) == (salt == other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_addresses_of_one_block_count_as_one(one, other, same):
    assert (rules.hidden(one, "s") == rules.hidden(other, "s")) == same
