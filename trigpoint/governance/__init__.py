"""Who oversees: bodies' meetings, papers, challenges and decisions; the assurance view.

Owns: Meeting, Paper, Challenge, Decision, the assurance table. No named member of staff, ever.
Does not own: the reports and judgements on the table (reporting, judgements).
"""
