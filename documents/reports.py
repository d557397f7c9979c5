"""Where upper rooms register their reports. Making them is `jobs`; asking for one is `services.ask_for_report`."""

from documents.registry import Build, Progress, Report, find, names, register

__all__ = ["Build", "Progress", "Report", "find", "names", "register"]
