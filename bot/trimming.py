"""Gives the memory that building a snapshot took back to the operating system.

Building takes far more than what it leaves, and glibc would keep all of it for later.
"""

import ctypes
import gc
from contextlib import suppress


def trim() -> None:
    gc.collect()
    with suppress(OSError, AttributeError):  # another C library: it has its own ways
        ctypes.CDLL(None).malloc_trim(0)
