"""Who leads each review of the year and who joins the team."""
