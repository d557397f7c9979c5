"""How a count of words is said, everywhere the same (S2)."""


def words_used(words: int, most: int) -> str:
    """'213 of 500 words', and by how many it is too long."""
    said = f"{words:,} of {most:,} words"
    return f"{said}: {words - most:,} too many" if words > most else said
