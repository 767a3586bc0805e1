"""XML from the network, read without risk: no document type, so no entities of its own, and bounded in size, depth and number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

MAX_BYTES = 256 * 1024
MAX_DEPTH, MAX_ELEMENTS = 32, 5000


class XmlRefused(ValueError):
    """What came is no XML, or more than is accepted."""


@dataclass
class Element:
    """An element by its local name; prefixes and namespaces differ from camera to camera and are left out."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, name: str) -> Iterator[Element]:
        """Every element of that name below this one."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)

    def first(self, name: str) -> Element | None:
        """The first element of that name below this one."""
        return next(self.all(name), None)

    def text_of(self, *path: str) -> str:
        """The text of the first element below this one that is reached by these names; empty if there is none."""
        found: Element | None = self
        for name in path:
            found = found.first(name) if found is not None else None
        return found.text.strip() if found is not None else ""


def parse(data: bytes) -> Element:
    """The document's root. Raises XmlRefused for anything that is not plain, small XML."""
    if len(data) > MAX_BYTES:
        raise XmlRefused(f"more than {MAX_BYTES} bytes")
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = builder.start, builder.end, builder.text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, UnicodeError) as error:  # an unknown or wrong encoding among them
        raise XmlRefused(f"no XML ({error})") from error
    return builder.root.children[0]


def _refuse_document_type(*_: object) -> None:
    """Entities are declared in a document type; SOAP forbids it anyhow."""
    raise XmlRefused("a document type")


class _Builder:
    """Puts elements together as the parser meets them."""

    def __init__(self) -> None:
        self.root = Element("")
        self._open, self._count = [self.root], 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) > MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise XmlRefused(f"more than {MAX_DEPTH} levels or {MAX_ELEMENTS} elements")
        element = Element(_local(name), {_local(key): value for key, value in attributes.items()})
        self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, _name: str) -> None:
        self._open.pop()

    def text(self, data: str) -> None:
        self._open[-1].text += data


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
