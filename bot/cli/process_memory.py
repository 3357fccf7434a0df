"""Memory of the bot's process: one heap for all threads, and what stays put aside from the search for garbage."""

import ctypes
import gc
import sys
from contextlib import suppress

__all__ = ["put_aside", "set_up_memory"]

ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
# Objects made and not freed before the youngest are looked through. By Python's own 700 a question costs 0.27 ms of
# looking, by this 0.06 (measured: the whole history, 500 questions, some thirty cards of which are found alive each
# time); what is garbage meanwhile takes a MB.
YOUNG_OBJECTS = 5_000


def set_up_memory() -> None:
    """Have all threads use one heap, where the system can do so, and garbage be looked for less often.

    By itself the C library gives each thread a heap of its own, of which only a part is in use: 4 MB with the threads
    that answer (measured). They take turns with the interpreter anyway, so that hardly ever two want the heap at once.
    To be called before there are threads.
    """
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library than glibc
            ctypes.CDLL(None).mallopt(ARENA_MAX, 1)


def put_aside() -> None:
    """Put aside what there is now: names and what is imported stay, and looking through them takes 0.1 s."""
    gc.freeze()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
