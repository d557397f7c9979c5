"""Receives uploads from the network: to disk, never more than is allowed, with flat memory.

Whether the file may be kept is decided later, by `policies`.
"""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Writes a file up to the limit and lets the rest pass by, counted but not kept.

    The page can then say that the file is too big, where breaking the connection would only say 'failed'.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = settings.UPLOAD_MAX_BYTES + 1 - start
        if room > 0:
            self.file.write(raw_data[:room])

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        self.file.size = file_size
        return self.file
