"""How the trust of the story is overseen: meetings, papers, questions, decisions."""
