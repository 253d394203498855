"""Word and Excel files without code, hidden parts or outward links, rewritten part by part. Pure.

Every part is parsed and written anew, so that the kept file is exactly the read one: no markup comment, no gap between
members, no document property and no author's name stays.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from desist.referral import office_words, pictures
from desist.referral.office_words import Markup, Trees
from desist.referral.passages import Passage, Read
from desist.refusals import Refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_PARTS = 2000
MOST_UNPACKED = 60 * 1024 * 1024  # bytes
MOST_RATIO = 200  # times: markup of a table packs to a fiftieth, a bomb to a thousandth
#: parts of such a file that run, hold another file or fetch one
ACTIVE = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|oleobject|customui|/externallinks/|macrosheets|/ctrlprops/|webextensions"
    r"|/connections|querytables|/revisions/|\.(?:bin|dll|exe|js|vbs|zip)$",
    re.IGNORECASE,
)
#: parts that reveal the maker, the printer or an earlier form, and are not shown
TELLING = re.compile(
    r"^(?:docprops/|customxml/|word/people\.xml$|xl/printersettings/|word/printersettings/|\[trash\]/)|/_rels/people\.xml\.rels$",
    re.IGNORECASE,
)
#: elements that reveal the maker, wherever they stand
TELLING_ELEMENTS = {"absPath", "docVars", "rsids", "fileSharing", "attachedSchema"}
TELLING_ATTRIBUTES = {
    "author",
    "initials",
    "userName",
    "lastModifiedBy",
    "userId",
    "providerId",
    "displayName",
}
FOREIGN = "This file holds a font, a drawing or another file that cannot be looked through. Save it as PDF."
MARKUP = (".xml", ".rels", ".vml")
CONTENT_TYPES = "[Content_Types].xml"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def kind(content: bytes) -> str:
    """The folder of its main part, "word" or "xl"; raises Refused for any other archive."""
    names = set(_opened(content).namelist())
    if CONTENT_TYPES in names:
        for folder, part in (("word", "word/document.xml"), ("xl", "xl/workbook.xml")):
            if part in names:
                return folder
    raise Refused("This is an archive, not a document. Attach what is in it, one file at a time.")


def read(content: bytes) -> Read:
    """The rewritten file, and every word of it; raises Refused where it runs or fetches code."""
    try:
        return _read(_opened(content))
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError):
        raise _broken() from None
    except etree.LxmlError:
        raise _broken() from None


def _read(archive: zipfile.ZipFile) -> Read:
    trees, images = {}, {}
    for name in archive.namelist():
        if ACTIVE.search(f"/{name}") and not TELLING.search(name):
            raise Refused("This file holds macros or another file. Save it without them, or as PDF.")
        if name.endswith("/") or TELLING.search(name):
            continue
        if name.lower().endswith(MARKUP):
            trees[name] = _parsed(archive.read(name))
        else:
            images[name] = _image(archive.read(name))
    _refuse_active(trees)
    _without_telling(trees)
    passages = [
        *office_words.passages(trees),
        *(Passage("in the name of a part", name, shown=False) for name in images),
    ]
    hides = office_words.hidden(trees) or ("" if all(map(_is_picture, images.values())) else FOREIGN)
    return Read(_written(trees, images), tuple(passages), ("a picture",) if images else (), hides)


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _broken() from None
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if (
        len(parts) > MOST_PARTS
        or unpacked > MOST_UNPACKED
        or unpacked > MOST_RATIO * len(content) + 1_000_000
    ):
        raise Refused("This file unpacks to far more than it shows, so it is not opened. Save it as PDF.")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("This file is locked with a password, so it cannot be looked through. Save it without.")
    if len({part.filename for part in parts}) < len(parts):
        raise _broken()
    return archive


def _parsed(content: bytes) -> Markup:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    root: Markup = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise _broken()
    return root


def _image(content: bytes) -> bytes:
    """A picture within a document, without the camera's data; any other content as it is."""
    return pictures.without_metadata(content) if _is_picture(content) else content


def _is_picture(content: bytes) -> bool:
    return content.startswith((pictures.PNG, pictures.JPEG))


def _refuse_active(trees: Trees) -> None:
    if any("macroEnabled" in (one.get("ContentType") or "") for one in trees[CONTENT_TYPES].iter()):
        raise Refused("This file may run macros. Save it as .docx, .xlsx or PDF.")
    for name, root in trees.items():
        if name.endswith(".rels") and any(_leads_out(one) for one in root.iter()):
            raise Refused("This file fetches something from elsewhere when it opens. Save it as PDF.")
        if any(_is_ole(one) for one in root.iter()):
            raise Refused("This file holds macros or another file. Save it without them, or as PDF.")
    office_words.refuse_fields(trees)


def _leads_out(relationship: Markup) -> bool:
    told = relationship.get("Type", "")
    outside = relationship.get("TargetMode") == "External"
    return (outside and not told.endswith("/hyperlink")) or told.endswith("/aFChunk")


def _is_ole(element: Markup) -> bool:
    return office_words.local(element) in {"OLEObject", "oleObject", "control", "altChunk"}


def _without_telling(trees: Trees) -> None:
    """Remove traces of the maker, and every pointer to a part that is not kept."""
    for override in list(trees[CONTENT_TYPES]):
        if TELLING.search(override.get("PartName", "").lstrip("/")):
            trees[CONTENT_TYPES].remove(override)
    for name, root in trees.items():
        if name.endswith(".rels"):
            _forget_parts(root, trees.get(_source(name)), _folder(name))
    for root in trees.values():
        for element in list(root.iter()):
            _scrub(element)


def _forget_parts(relationships: Markup, source: Markup | None, folder: str) -> None:
    """Remove relationships to parts that reveal the maker, and the pointers to them."""
    gone = set()
    for one in list(relationships):
        target = one.get("Target", "")
        place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        if one.get("TargetMode") != "External" and TELLING.search(place.lstrip("./")):
            gone.add(one.get("Id"))
            relationships.remove(one)
    for element in list(source.iter()) if source is not None and gone else ():
        for name in [
            name for name, value in element.attrib.items() if str(name).startswith(RELATION) and value in gone
        ]:
            del element.attrib[name]


def _scrub(element: Markup) -> None:
    """Remove authors' names from one element; remove an element that holds nothing else."""
    name, parent = office_words.local(element), element.getparent()
    if name in TELLING_ELEMENTS and parent is not None:
        parent.remove(element)
        return
    if name == "author" and parent is not None and office_words.local(parent) == "authors":
        element.text = "Author"
    for attribute in element.attrib:
        if etree.QName(attribute).localname in TELLING_ATTRIBUTES:
            element.set(attribute, "Author")


def _source(rels: str) -> str:
    """The part whose relationships these are."""
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _folder(rels: str) -> str:
    return posixpath.dirname(posixpath.dirname(rels)) or "."


def _written(trees: Trees, images: dict[str, bytes]) -> bytes:
    """The archive of the parts that were read, in order, and no other part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts(trees, images):
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return stream.getvalue()


def _parts(trees: Trees, images: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name in sorted(trees, key=lambda name: (name != CONTENT_TYPES, name)):
        yield name, etree.tostring(trees[name], xml_declaration=True, encoding="UTF-8", standalone=True)
    yield from sorted(images.items())


def _broken() -> Refused:
    return Refused("This file is broken or was cut off on the way. Choose it again.")
