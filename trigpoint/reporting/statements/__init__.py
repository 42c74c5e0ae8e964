"""A single statement, as other pages tell it: the words a judgement went out with."""
