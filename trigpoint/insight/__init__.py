"""What it all adds up to: overviews of the trust, an academy, a team and one's own practice.

Owns: its rollup rows and the overviews. Reads everybody's queries.
Does not own: any fact; each number leads back to the area that holds it.
"""
