"""One proposed review: moved, agreed, dropped or taken up again."""
