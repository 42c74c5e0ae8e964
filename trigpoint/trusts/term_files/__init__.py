"""Term dates as schools publish them: iCalendar files."""
