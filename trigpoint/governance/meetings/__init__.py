"""Meetings of a body: papers, challenges, decisions."""
