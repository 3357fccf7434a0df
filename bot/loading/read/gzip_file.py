"""Gzip file: how much it holds, found without unpacking it, and what it holds, never more than a document may be."""

import zlib
from pathlib import PurePath

from bot.errors import BadDocument
from bot.loading.read.plain_file import MAX_DOCUMENT_BYTES

__all__ = ["GZIP_MAGIC", "GZIP_SIZE_BYTES", "GZIP_SUFFIX", "gunzip", "stated_size"]

GZIP_SUFFIX = ".gz"
GZIP_MAGIC = b"\x1f\x8b"
GZIP_SIZE_BYTES = 4  # a gzip file ends with the size of what it holds, low byte first (RFC 1952, ISIZE)


def stated_size(end: bytes) -> int:
    """Bytes of what a gzip file holds, as its last four say; they may lie, and then `gunzip` refuses the file."""
    return int.from_bytes(end[-GZIP_SIZE_BYTES:], "little")


def gunzip(name: str, content: bytes) -> bytes:
    """What a gzip file holds, unpacked only so far as its end says: a bomb is never unpacked.

    Raises BadDocument for a file that is damaged, holds more than one file, or too much.
    """
    path, size = PurePath(name), stated_size(content)
    if not content.startswith(GZIP_MAGIC):
        raise BadDocument(path, 1, "this is no gzip file, or it is damaged")
    decompressor = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = decompressor.decompress(content, min(size, MAX_DOCUMENT_BYTES) + 1)
    except zlib.error as error:
        raise BadDocument(path, 1, "this is no gzip file, or it is damaged") from error
    if len(unpacked) > MAX_DOCUMENT_BYTES:
        raise BadDocument(
            path, 1, f"unpacked it has more than the {MAX_DOCUMENT_BYTES:,} bytes that a document may have"
        )
    if decompressor.unused_data or (len(unpacked) > size and not decompressor.eof):
        raise BadDocument(path, 1, "this gzip file holds more than one file, or more than it says; send one document")
    if not decompressor.eof:
        raise BadDocument(path, 1, "this gzip file ends too early: it is damaged")
    return unpacked
