"""What the quality room records, with the sentence auditors read."""

from core.events import Event

TARGET_SET = Event(
    "quality.target_set",
    "{by} set the target {object} of {level} from {period_start} to {period_end}",
)
