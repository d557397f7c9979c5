"""Everything that an administrator keeps in order, in one place: what is set up, what is sent, what is checked."""

from django.urls import reverse

from npq_portal.homes.parts import Part


def _row(title: str, name: str, hint: str) -> dict[str, str]:
    return {"title": title, "href": reverse(name), "hint": hint}


def parts() -> list[Part]:
    """The pages by what they are for."""
    return [
        Part(
            "Cohorts and places",
            [
                _row(
                    "Cohorts",
                    "programmes:desk",
                    "Open, change and close them; what a programme is like",
                ),
                _row(
                    "Waiting lists", "applications:waiting_lists", "Who waits, and who has an offer"
                ),
                _row("Programmes as everybody sees them", "programmes:cohorts", "The public pages"),
            ],
            "",
        ),
        Part(
            "Deciding",
            [
                _row(
                    "Regional moderators",
                    "applications:moderators",
                    "Regions, load, schools they do not judge",
                ),
                _row(
                    "Referrals that are stuck",
                    "applications:stuck_referrals",
                    "Without a moderator, or overdue",
                ),
                _row("Appeals", "applications:appeals", "Waiting for somebody not involved before"),
                _row(
                    "Readiness rules",
                    "applications:readiness_rules",
                    "Level by level, with every version",
                ),
            ],
            "",
        ),
        Part(
            "Funding",
            [
                _row("Grants due", "applications:grants", "School by school, for each year"),
                _row(
                    "Rules of each year",
                    "applications:funding_years",
                    "Eligible workplaces and support",
                ),
            ],
            "",
        ),
        Part(
            "Records",
            [
                _row(
                    "People who may be one person", "applications:duplicates", "Compare and merge"
                ),
                _row(
                    "Schools", "programmes:school_imports", "Each reading of the Department’s file"
                ),
                _row(
                    "Messages",
                    "accounts:messages",
                    "What was sent, to whom, and whether it arrived",
                ),
                _row(
                    "What our messages say",
                    "accounts:mail_templates",
                    "Every message with made-up people",
                ),
            ],
            "",
        ),
    ]
