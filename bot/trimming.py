"""Working beside the event loop without holding it up, above all to build a snapshot.

Python computes in one thread at a time. One that has begun goes on for 5 ms though others wait, and
an answer that waits for several turns is late. Taking turns more often costs nothing that can be
measured (tests/benchmarks).

Collecting garbage stops everything, for longer the more there is to look through: a tenth of a
second with a FAQ of 200 entries in memory. A snapshot has no circles in it, so it goes without any
collector when nothing refers to it any more. Building also takes far more memory than what it
leaves, and glibc would keep all of it for later.
"""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TURN = 0.0005
"""Seconds that a thread computes while another waits."""


def take_turns() -> None:
    """Have the threads of this process change often, from now on."""
    sys.setswitchinterval(TURN)


@contextmanager
def set_aside() -> Iterator[None]:
    """Build or import in the block: nothing is collected meanwhile; the collector skips what stays.

    The memory that was only needed meanwhile goes back to the operating system.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
        with suppress(OSError, AttributeError):  # another C library: it has its own ways
            ctypes.CDLL(None).malloc_trim(0)
