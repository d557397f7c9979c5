"""Who: predicates that read aloud, composed of accounts' own. When and whether are states and policies."""

from typing import Any

import rules

from accounts.models import User
from accounts.permissions import is_administrator, is_assessor, is_quality_agent


@rules.predicate
def is_own_enrolment(user: User, enrolment: Any) -> bool:
    return enrolment is not None and enrolment.participant_id == user.pk


@rules.predicate
def is_own_script(user: User, script: Any) -> bool:
    return script is not None and script.enrolment.participant_id == user.pk


@rules.predicate
def is_own_marking(user: User, marking: Any) -> bool:
    return marking is not None and marking.assessor_id == user.pk


rules.add_perm("assessment.view_own_tasks", rules.is_authenticated)
rules.add_perm("assessment.start", is_own_enrolment)
rules.add_perm("assessment.change_script", is_own_script)
rules.add_perm("assessment.submit", is_own_script)
rules.add_perm("assessment.view_result", is_own_script)
rules.add_perm("assessment.view_work", is_own_script | is_administrator)
rules.add_perm("assessment.view_record", is_administrator | is_quality_agent)
rules.add_perm("assessment.list_scripts", is_administrator)
rules.add_perm("assessment.allocate", is_administrator)
rules.add_perm("assessment.compute", is_administrator)
rules.add_perm("assessment.release", is_administrator)
rules.add_perm("assessment.list_markings", is_assessor)
rules.add_perm("assessment.mark", is_assessor & is_own_marking)
