"""Whether a note or a saved filter says what it must. Pure."""

from collections.abc import Collection

from core.decisions import Decision, Reason

# (choice) How long a note may be, and how many filters one person keeps.
NOTE_WORDS = 500
MOST_FILTERS = 20
LONGEST_NAME = 60
LONGEST_QUERY = 400


def note(text: str) -> Decision:
    """Whether a note says something, in so many words."""
    if not text.strip():
        return Decision((Reason("Write the note", "text"),))
    if (words := len(text.split())) > NOTE_WORDS:
        text = f"Your note has {words} words: shorten it to {NOTE_WORDS} or fewer"
        return Decision((Reason(text, "text"),))
    return Decision()


def saved_filter(name: str, query: str, taken: Collection[str]) -> Decision:
    """Whether a filter can be kept under this name, besides the names taken already."""
    if not name.strip():
        return Decision((Reason("Enter a name for this filter", "name"),))
    if len(name.strip()) > LONGEST_NAME:
        return Decision((Reason(f"Use {LONGEST_NAME} letters or fewer for the name", "name"),))
    if not query:
        return Decision((Reason("Choose what to show first: this filter shows all that are open"),))
    if len(query) > LONGEST_QUERY:
        return Decision((Reason("This filter is too long to save: use fewer words in its search"),))
    if name.strip().casefold() in {each.casefold() for each in taken}:
        return Decision((Reason("You have a filter of this name: choose another name", "name"),))
    if len(taken) >= MOST_FILTERS:
        return Decision((Reason(f"You have {MOST_FILTERS} saved filters: remove one first"),))
    return Decision()
