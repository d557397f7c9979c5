"""Pages about people, split by audience: one's own account, invited people, the demonstration."""
