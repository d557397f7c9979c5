"""The demonstration: people who live through the real services. Nothing else in the portal imports it."""
