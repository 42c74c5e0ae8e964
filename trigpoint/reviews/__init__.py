"""When and by whom: reviews, their clock, lines of enquiry, teams and activities.

Owns: Programme and ProgrammeSlot, ReviewerProfile, ConflictOfInterest; Review and its deadlines,
LineOfEnquiry, ReviewTeamMember, Activity; how a year is proposed; what one visit to a person
is and how often somebody is visited; whether the policy's promises of reviews are kept.
Does not own: the forms used (instruments); what was seen (evidence); what it means (judgements).
"""
