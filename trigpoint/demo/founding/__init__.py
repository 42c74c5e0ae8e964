"""The demo trust before its first review: academies, people, roles, calendars, policy."""
