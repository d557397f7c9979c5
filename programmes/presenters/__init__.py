"""Words, colours and rows for the pages of programmes."""
