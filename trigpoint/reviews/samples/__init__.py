"""Which lessons and year groups to look at: a fair draw that anybody can draw again."""
