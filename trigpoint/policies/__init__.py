"""What we promise: policies and their versions, areas, standards, scales, cadence and crosswalks.

Owns: Policy, PolicyVersion and everything frozen with it; framework files (YAML) and their schema;
outside frameworks, shipped or a trust's own, and what is mapped to them.
Does not own: the forms activities use (instruments); what was found against a standard (judgements).
"""
