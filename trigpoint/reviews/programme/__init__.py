"""The programme of a school year: what is proposed, moved, agreed and dropped."""
