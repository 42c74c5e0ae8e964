"""What we say: the report of a review, from draft to final, and its documents.

Owns: Report, ReportStatement, FactualComment, the PDF and Word editions.
Does not own: the claims and judgements it tells (judgements); what follows from it (improvement).
"""
