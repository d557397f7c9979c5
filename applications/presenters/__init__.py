"""Words, colours and rows for the pages of entry. Reads what views and queries hand over; decides nothing."""
