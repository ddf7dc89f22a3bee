"""What fails in the folder of temporary files, told as such: it is not the output that lacks room."""

import tempfile

from newsfacts.errors import OutputError


def no_room(error: Exception) -> OutputError:
    """The one line for a temporary file that cannot be written.

    >>> import errno
    >>> str(no_room(OSError(errno.ENOSPC, "No space left on device"))).partition(": ")[2]
    'temporary files cannot be written (No space left on device); make room, or name another folder in TMPDIR'
    """
    what = (error.strerror if isinstance(error, OSError) else None) or str(error)
    advice = "make room, or name another folder in TMPDIR"
    folder = tempfile.tempdir or "TMPDIR"  # `gettempdir` raises where there is none
    return OutputError(f"{folder}: temporary files cannot be written ({what}); {advice}")
