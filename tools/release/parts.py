"""The list of the parts of a release (SBOM), in the form of CycloneDX: what is in it, in which version, by which licence."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.M)
CLASSIFIER = re.compile(r"License :: OSI Approved :: (.+)")
MODULES = "node_modules/"


def listing(*, root: Path, version: str, wheels: Sequence[Path], at: datetime) -> str:
    """Return the list of the parts of a version as JSON; it depends on the files and the moment alone."""
    ours = sorted(_wheel(path) for path in wheels)
    product = next(part for part in ours if part.name == "desist")
    others = [part for part in ours if part is not product]
    parts = [*others, *_locked((root / "requirements.txt").read_text("utf-8")), *_frontend(root)]
    bom = Bom(
        components=parts,
        serial_number=uuid5(NAMESPACE_URL, f"desist {version} {[str(part.purl) for part in parts]}"),
        metadata=BomMetaData(component=product, timestamp=at),
    )
    bom.register_dependency(product, parts)
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _wheel(path: Path) -> Component:
    name, version, *_ = path.name.split("-")
    kind = ComponentType.APPLICATION if name == "desist" else ComponentType.LIBRARY
    digest = HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(path.read_bytes()).hexdigest())
    return _part("pypi", name.replace("_", "-"), version, licences=["MIT"], kind=kind, hashes=[digest])


def _locked(requirements: str) -> Iterator[Component]:
    """Yield the parts of a lock file."""
    for name, version in LOCKED.findall(requirements):
        yield _part("pypi", name, version, licences=_licences(name))


def _frontend(root: Path) -> Iterator[Component]:
    """Yield the packages from which the build keeps style sheets and scripts."""
    locked = json.loads((root / "frontend" / "package-lock.json").read_text("utf-8"))["packages"]
    for place, said in locked.items():
        if place.startswith(MODULES):
            scope, _, name = place.removeprefix(MODULES).rpartition("/")
            yield _part("npm", name, said["version"], licences=[said["license"]], scope=scope)


def _licences(name: str) -> list[str]:
    """Return what a package says of its licence; nothing where this machine does not have it."""
    with suppress(PackageNotFoundError):
        told = metadata(name)
        if said := told["License-Expression"]:
            return [said]
        classified = [
            match[1] for line in told.get_all("Classifier", []) if (match := CLASSIFIER.match(line))
        ]
        return classified or [line for line in (told["License"] or "").splitlines()[:1] if line]
    return []


def _part(
    kind_of_package: str,
    name: str,
    version: str,
    *,
    licences: Iterable[str],
    scope: str = "",
    kind: ComponentType = ComponentType.LIBRARY,
    hashes: Iterable[HashType] = (),
) -> Component:
    place = PackageURL(kind_of_package, scope or None, name, version)
    make = LicenseFactory()
    return Component(
        type=kind,
        name=name,
        group=scope or None,
        version=version,
        purl=place,
        bom_ref=str(place),
        licenses=[make.make_from_string(one) for one in licences],
        hashes=hashes,
    )
