"""What somebody searches for: as many words as help, and no more than a database takes."""

MOST_WORDS = 8
LONGEST = 200  # characters


def words_of(asked: str) -> list[str]:
    """Return the first words of a search."""
    return asked[:LONGEST].split()[:MOST_WORDS]
