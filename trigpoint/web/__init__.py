"""How Trigpoint speaks HTTP: the screen decorator, htmx answers, refusals as pages, the design system.

Owns: base templates and components, error pages, the sidebar's, panels' and tabs' registries,
    pagination, formatting for people.
Does not own: anything that knows what a finding is; who may do what (people says).
"""
