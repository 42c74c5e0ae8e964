"""Surveys of the story: pupils asked before a review, parents still being asked, staff heard."""
