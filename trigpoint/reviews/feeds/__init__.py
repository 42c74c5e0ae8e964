"""What somebody's calendar holds: their reviews, visits and deadlines, as iCalendar."""
