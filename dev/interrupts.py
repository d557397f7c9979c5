"""Being asked to end: the first time the work is broken off, and during the tidying up nothing is."""

import signal
from types import FrameType

from dev.say import Ended

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupts:
    """Counts how often we were asked; only the first one interrupts."""

    def __init__(self) -> None:
        self.asked = 0

    def listen(self) -> None:
        for sign in SIGNALS:
            signal.signal(sign, self._asked)

    def hurry(self) -> bool:
        """Asked again while tidying up: kill rather than wait."""
        return self.asked > 1

    def _asked(self, sign: int, frame: FrameType | None) -> None:
        self.asked += 1
        if self.asked == 1:
            raise Ended(signal.Signals(sign).name)


interrupts = Interrupts()
