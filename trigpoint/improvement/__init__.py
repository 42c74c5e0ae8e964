"""What we do about it: actions and their impact, development needs, good practice.

Owns: Action, ImpactCheck, DevelopmentNeed, GoodPractice.
Does not own: findings (judgements); how the board is assured (governance).
"""
