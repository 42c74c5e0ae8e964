"""A policy and its versions: sections of text, responsibilities, cadence, settings."""
