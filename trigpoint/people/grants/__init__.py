"""Roles given to people, where and for how long."""
