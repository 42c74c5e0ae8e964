"""Whose look-fors a capture page asks for: those its form is bound to, else those it is about."""
