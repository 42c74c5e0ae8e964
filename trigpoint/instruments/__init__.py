"""With which forms: the instruments that activities use, and the kinds of activity there are.

Owns: ActivityKind, Instrument, InstrumentVersion, the ready-made set (YAML) and its schema.
Does not own: when a form is used (reviews); what was written in it (evidence).
"""
