"""Pages of entry, by audience: applicant, sponsor, and those who decide."""
