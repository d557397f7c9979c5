"""HTTP only, by audience: scope the row, check the permission, call one query or service, choose a template."""
