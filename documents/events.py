"""What the documents room records, with the sentence auditors read."""

from core.events import Event

FILE_STORED = Event("documents.file_stored", "{by} sent the file {object}")
REPORT_ASKED = Event("documents.report_asked", "{by} asked for the report {object} about {subject}")
REPORT_STARTED = Event("documents.report_started", "The queue began to make the report {object}")
REPORT_FINISHED = Event("documents.report_finished", "The report {object} was made")
REPORT_FAILED = Event("documents.report_failed", "The report {object} could not be made")
REPORT_RETRIED = Event("documents.report_retried", "The report {object} was set to be made again")
