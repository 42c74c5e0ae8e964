"""Who is asking, and what they may do where.

Owns: sign-in, people and their posts, roles and grants, the capability matrix, reach;
notices to people and their mail, the secret addresses of their calendars.
Does not own: what any capability means; each thing's rules.py says that.
"""
