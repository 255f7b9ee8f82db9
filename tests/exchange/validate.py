"""Validates exported results with the libraries that other programs use: `validate.py fhir FILE...` or `hl7 FILE...`.

FHIR: the models of fhir.resources (R4B, 4.3.0, whose resources used here are those of R4 4.0.1), which refuse unknown keys,
missing ones and values of another type; the values of required bindings, which the models name and do not check; and that
every reference within a bundle is kept. HL7: hl7apy's strict validation of ORU^R01 in version 2.5.1.
"""

import json
import sys


# Lists that the models cut off with a "+": ObservationStatus and DiagnosticReportStatus of R4.
WHOLE = {
    "Observation": "registered preliminary final amended corrected cancelled entered-in-error unknown".split(),
    "DiagnosticReport": "registered partial preliminary final amended corrected appended cancelled entered-in-error unknown".split(),
}


def check_codes(model, where):
    """Every value that the models list is one of the list."""
    for name, field in model.__fields__.items():
        value = getattr(model, name, None)
        if value is None:
            continue
        listed = field.field_info.extra.get("enum_values")
        if listed and "+" in listed:
            assert name == "status", f"{where}.{name} has a list that is not known whole"
            listed = WHOLE[where]
        if listed and (where, name) != ("Bundle", "language"):
            for one in value if isinstance(value, list) else [value]:
                assert one in listed, f"{where}.{name}: {one} is not one of {listed}"
        for one in value if isinstance(value, list) else [value]:
            if hasattr(one, "__fields__"):
                check_codes(one, one.resource_type)


def fhir(path):
    from fhir.resources.R4B.bundle import Bundle

    with open(path, encoding="utf-8") as file:
        text = file.read()
    bundle = Bundle.parse_raw(text)
    check_codes(bundle, "Bundle")
    known = {entry.fullUrl for entry in bundle.entry}
    assert len(known) == len(bundle.entry), "two entries of one address"

    def references(value):
        if isinstance(value, dict):
            if isinstance(value.get("reference"), str):
                yield value["reference"]
            for one in value.values():
                yield from references(one)
        elif isinstance(value, list):
            for one in value:
                yield from references(one)

    kept = list(references(json.loads(text)))
    lost = [one for one in kept if one not in known]
    assert not lost, lost
    return [entry.resource.resource_type for entry in bundle.entry]


def hl7(path):
    from hl7apy.consts import VALIDATION_LEVEL
    from hl7apy.parser import parse_message
    from hl7apy.validation import Validator

    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    message = parse_message(text, validation_level=VALIDATION_LEVEL.STRICT, find_groups=True)
    Validator.validate(message)
    assert message.to_er7() == text.rstrip("\r"), "it reads otherwise than it was written"

    def segments(part):
        for child in part.children:
            if child.classname == "Segment":
                yield child.name
            else:
                yield from segments(child)

    return list(segments(message))


if __name__ == "__main__":
    form = {"fhir": fhir, "hl7": hl7}[sys.argv[1]]
    for path in sys.argv[2:]:
        print(json.dumps(form(path)))
