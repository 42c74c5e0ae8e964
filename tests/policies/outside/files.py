"""A small outside framework as a file, in order."""

FILE = """format: trigpoint-outside/1
code: diocese
name: Diocesan expectations
edition: "2026"
valid_from: 2026-09-01
source: A letter of the diocese.
checked: CHECKED
levels:
  order: NONE
  labels: [Yes please, Not yet]
items:
  - code: worship
    name: Worship
    summary: How the school prays.
  - code: service
    name: Service
    summary: How it serves others.
    parent: worship
"""
LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
FAULTY = [
    ("", "The file is empty"),
    (FILE.replace("code: service", "code: worship"), "Line 15: The code worship is used twice."),
    (FILE.replace("name: Service", "name: Worship"), "Line 16: The name Worship is used twice."),
    (FILE.replace("parent: worship", "parent: faith"), "Line 18: There is no other item"),
    (FILE.replace("parent: worship", "parent: service"), "Line 18: There is no other item"),
    (FILE.replace("    summary: How the school prays.\n", ""), "Line 12: “worship”: “summary” is"),
    (
        FILE.replace("labels: [Yes please, Not yet]", "labels: [Yes]"),
        "Line 10: The file, labels: this has",
    ),
    (FILE.replace("2026-09-01", "2026-02-31"), "Line 5: 2026-02-31 is not a day of the calendar."),
    (FILE + "valid_to: 2025-01\n", "Line 19: It ends before it begins."),
    (FILE + 'supersedes: "2026"\n', "Line 19: An edition cannot follow itself."),
    (FILE.replace("outside/1", "framework/1"), "Line 1: The file, format:"),
    (LAUGHS, "Line 1: Aliases and anchors"),
    ("x" * 5_000_000, "The file is 5.0 MB"),
]
