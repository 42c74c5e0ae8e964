"""What it means: claims and their corroboration, strength, judgements, findings.

Owns: Claim, Citation, strength and its rules' arithmetic, Judgement, Finding.
Does not own: the evidence cited (evidence); how it is told (reporting); what is done (improvement).
"""
