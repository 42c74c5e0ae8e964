"""With which forms: the instruments that activities use, and the kinds of activity there are.

Owns: ActivityKind, Instrument, InstrumentVersion, the ready-made set (YAML) and its schema; drafts
    and their editor, what an answer may be and when a question is asked, an academy's own labels,
    XLSForm in and out.
Does not own: when a form is used (reviews); what was written in it (evidence).
"""
