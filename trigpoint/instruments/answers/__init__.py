"""Answers to a form: whether they fit, which questions are shown, and what was said in words."""
