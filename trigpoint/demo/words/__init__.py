"""The demo's words: drawn from lists by a seeded dice, so that a story can be told again."""
