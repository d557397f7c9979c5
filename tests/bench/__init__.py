"""The measurements of `make bench`: the portal's pages beside a bare Django page, in one run."""
