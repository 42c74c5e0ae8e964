"""A review's timetable: a pure reading of its activities."""
