"""Who we are: the trust, its clusters, academies, teams and bodies, and when they work.

Owns: Trust, Cluster, Academy and its tier, Team, Body, academic years, terms and closures,
and the imports of them (GIAS files, iCalendar).
Does not own: people, their posts and roles (people); what is expected of an academy (policies).
"""
