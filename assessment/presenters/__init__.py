"""Words, colours and allowed actions for the pages of this room, by audience. No query and no decision."""
