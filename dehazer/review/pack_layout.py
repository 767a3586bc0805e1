"""Whether a pack's file holds its members and nothing else. Standard library only.

The seal of a pack can be computed by anybody, and the directory of a ZIP file need not list everything that lies in the file:
programs that read it from its start take out what the directory hides. So every byte must belong to a member, to the directory or
to the end.
"""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

_HEADER = struct.Struct("<4s5H3L2H")
"""Of a member: signature, version, flags, method, time, date, CRC, size in the file, size, lengths of name and extra field."""
_END = struct.Struct("<4s4H2LH")
"""Of the directory: signature, two disks, two counts, size, offset, length of the comment."""
_END_64 = 76
"""Bytes of the two records between directory and end where offsets need 64 bits."""
_UTF_8_NAME, _ENCRYPTED = 0x800, 0x41
"""Flags. Any other, such as that of a data descriptor behind the member, is set in no pack."""
_WIDE, _WIDE_COUNT = 0xFFFFFFFF, 0xFFFF
"""What stands in place of a value that needs 64 bits."""
_EXTRA = 28
"""Bytes of an extra field with three values of 64 bits, which is all that a pack needs; a header of a member is larger."""


def unread(pack: zipfile.ZipFile) -> list[str]:
    """A sentence where members must not be read: a pack holds them as they are, so no decoder gets what somebody else packed."""
    wrong = [info.filename for info in pack.infolist() if info.compress_type != zipfile.ZIP_STORED
             or info.flag_bits & _ENCRYPTED or info.compress_size != info.file_size]
    return [f"{wrong[0]} is compressed or encrypted, which no evidence pack is; nothing can be compared."] if wrong else []


def layout_faults(path: Path, pack: zipfile.ZipFile, comment: int) -> list[str]:
    """A sentence for everything between or beside the members; empty where there is nothing. comment: its bytes at most.

    Raises OSError or struct.error where the file ends too early.
    """
    faults, place = [], 0
    with path.open("rb") as file:
        for info in sorted(pack.infolist(), key=lambda one: one.header_offset):
            if info.header_offset != place:
                faults.append(f"Bytes that belong to no member lie before {info.filename}.")
            file.seek(info.header_offset)
            header = file.read(_HEADER.size)
            *_, name, extra = _HEADER.unpack(header)
            if not _agrees(info, header, file.read(name), file.read(extra)):
                faults.append(f"The local header of {info.filename} says something else than the directory of the ZIP file.")
            if info.comment or info.flag_bits & ~_UTF_8_NAME or max(extra, len(info.extra)) > _EXTRA:
                faults.append(f"{info.filename} carries bytes that are no part of it.")
            place = info.header_offset + _HEADER.size + name + extra + info.compress_size
        if place != pack.start_dir:
            faults.append("Bytes that belong to no member lie between the last member and the directory of the ZIP file.")
        file.seek(-_END.size - len(pack.comment), 2)
        faults += _end_faults(pack, file.tell(), file.read(_END.size), comment)
    return faults


def _agrees(info: zipfile.ZipInfo, header: bytes, name: bytes, extra: bytes) -> bool:
    """Whether a local header is that of the directory's entry. Sizes of 64 bits stand in the extra field."""
    signature, _, flags, method, _, _, crc, packed, size, *_ = _HEADER.unpack(header)
    if extra[:4] == struct.pack("<2H", 1, 16) and (packed, size) == (_WIDE, _WIDE):
        size, packed = struct.unpack_from("<2Q", extra, 4)
    written = info.filename.encode("utf-8" if flags & _UTF_8_NAME else "cp437", "replace")
    return (signature, flags, method, crc, packed, size, name, info.orig_filename) == (
        b"PK\3\4", info.flag_bits, info.compress_type, info.CRC, info.compress_size, info.file_size, written, info.filename)


def _end_faults(pack: zipfile.ZipFile, place: int, record: bytes, comment: int) -> list[str]:
    """Programs must not find another directory than this one, which ZipFile looks for right before the end."""
    signature, disk, first, here, count, size, offset, _ = _END.unpack(record)
    good = (signature == b"PK\5\6" and disk == first == 0 and here == count == min(len(pack.infolist()), _WIDE_COUNT)
            and offset == min(pack.start_dir, _WIDE) and place - pack.start_dir - size in (0, _END_64))
    faults = [] if good else ["The end of the ZIP file does not fit its directory."]
    return faults if len(pack.comment) <= comment else [*faults, "The comment of the ZIP file holds more than the seal."]
