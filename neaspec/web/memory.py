"""Memory that was let go is given back to the system, so that what stood in it is gone."""

import ctypes
import ctypes.util
import sys
from functools import lru_cache
from typing import Any

M_MMAP_THRESHOLD = -3  # of malloc.h
LARGE = 128 * 1024  # bytes


@lru_cache(maxsize=1)
def _c_library() -> Any:
    """Return the C library, or None where it is not the one that has these functions."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None


def keep_large_blocks_apart() -> None:
    """Let each large block be given back as soon as it is let go; by itself the limit for this grows to 32 MB."""
    library = _c_library()
    if library is not None:
        library.mallopt(M_MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Give back all free pages: of the tables' own store first, then of the C library."""
    pyarrow = sys.modules.get("pyarrow")
    if pyarrow is not None:
        pyarrow.default_memory_pool().release_unused()
    library = _c_library()
    if library is not None:
        library.malloc_trim(0)
