"""Who may see figures, and who the people behind them."""

import rules

from accounts.permissions import is_administrator, is_quality_agent

rules.add_perm("quality.view_figures", is_administrator | is_quality_agent)
rules.add_perm("quality.view_people", is_administrator)
rules.add_perm("quality.set_target", is_administrator)
