"""How often somebody is visited, by everybody together, and the budget a trust sets for it."""
