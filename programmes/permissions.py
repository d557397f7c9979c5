"""Who may do what with enrolments and cohorts. Which enrolments somebody may know of is in `queries`."""

import rules

from accounts.permissions import is_administrator

rules.add_perm("programmes.list_enrolments", is_administrator)
rules.add_perm("programmes.commence", is_administrator)
rules.add_perm("programmes.withdraw", is_administrator)
rules.add_perm("programmes.defer", is_administrator)
rules.add_perm("programmes.resume", is_administrator)
rules.add_perm("programmes.cancel", is_administrator)
rules.add_perm("programmes.manage_cohorts", is_administrator)
rules.add_perm("programmes.read_school_imports", is_administrator)
