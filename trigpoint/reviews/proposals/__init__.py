"""A whole year proposed: weeks and people, and the reasons for both in words."""
