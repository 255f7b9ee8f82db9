"""Writes python/hemozoin/records.py from schema/record.schema.json: `make_records.py` prints it, `--write` puts it there."""

from __future__ import annotations

import json
import keyword
import re
import sys
import textwrap
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parents[1] / "schema" / "record.schema.json"
TARGET = HERE / "python" / "hemozoin" / "records.py"
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}

HEAD = '''"""What a record holds, as dataclasses. Made by make_records.py from schema/record.schema.json; do not edit.

Every class has ``of``, which takes the parsed JSON; keys that it does not know are additions of a later version and are
passed over. A value that does not apply is ``None``, never 0. ``class`` is called ``class_``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

T = TypeVar("T")


def _maybe(of: Callable[[Any], T], value: Any) -> T | None:
    return None if value is None else of(value)


def _coded(of: Callable[[Any], T], value: Any) -> T | str:
    return value if isinstance(value, str) else of(value)

'''


class Writer:
    """Turns the schema's definitions into Python."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.defs: dict[str, Any] = schema["$defs"]
        self.classes = {name: shape for name, shape in self.defs.items() if self.merged(shape)}
        self.classes["SlideRecord"] = schema

    def merged(self, shape: dict[str, Any]) -> dict[str, Any] | None:
        """An object; objects that are told apart by a code become one with all of their parts."""
        if "properties" in shape:
            return shape
        variants = shape.get("oneOf") or shape.get("anyOf") or []
        objects = [v for v in variants if "properties" in v]
        if not objects:
            return None
        parts: dict[str, Any] = {}
        for variant in objects:
            for key, part in variant["properties"].items():
                parts.setdefault(key, {k: v for k, v in part.items() if k != "const"})
        required = [key for key in parts if all(key in v.get("required", []) for v in objects)]
        return {"description": shape.get("description", ""), "properties": parts, "required": required}

    def is_mixed(self, name: str) -> bool:
        shape = self.defs.get(name, {})
        variants = shape.get("oneOf") or shape.get("anyOf") or []
        return any("const" in v for v in variants) and any("properties" in v for v in variants)

    def type_of(self, part: dict[str, Any]) -> tuple[str, str, bool]:
        """Type, how to make it of the parsed value `{}`, whether it may be null."""
        options = [o for o in part.get("anyOf", []) if o.get("type") != "null"]
        if len(options) == 1:
            inner, make, _ = self.type_of(options[0])
            return inner, make, True
        if "$ref" in part:
            name = part["$ref"].rsplit("/", 1)[1]
            if self.is_mixed(name):
                return f"{name} | str", f"_coded({name}.of, {{}})", False
            if name in self.classes:
                return name, f"{name}.of({{}})", False
            return (name, "{}", False) if self.alias(name) else (self.type_of(self.defs[name])[0], "{}", False)
        kinds = part.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        null = "null" in kinds
        kind: str | None = next((k for k in kinds if k != "null"), None)
        if kind == "array":
            item, make, _ = self.type_of(part["items"])
            made = "tuple({})" if make == "{}" else f"tuple({make.replace('{}', 'x')} for x in {{}})"
            return f"tuple[{item}, ...]", made, null
        if kind == "object":
            return "Mapping[str, str]", "{}", null
        if kind is None:
            return "str", "{}", null
        return PLAIN[kind], "{}", null

    def alias(self, name: str) -> list[str] | None:
        """The values of a closed list."""
        values = [v.get("const") for v in self.defs[name].get("oneOf", [])]
        return values if values and all(isinstance(v, str) for v in values) else None

    def cls(self, name: str) -> str:
        shape = self.merged(self.classes[name])
        assert shape is not None
        required = shape.get("required", [])
        lines = ["@dataclass(frozen=True, kw_only=True)", f"class {name}:", *doc(shape.get("description") or name)]
        lines.append("")
        made = []
        for key, part in sorted(shape["properties"].items(), key=lambda item: item[0] not in required):
            kind, make, null = self.type_of(part)
            own = f"{key}_" if keyword.iskeyword(key) else key
            given = f'data["{key}"]' if key in required else f'data.get("{key}")'
            if key in required:
                default, missing = "", None
            elif kind.startswith("tuple"):
                default, missing = " = ()", "()"
            elif not null and part.get("default") is not None:
                default = f" = {part['default']!r}"
                missing = repr(part["default"])
            else:
                default, missing, null = " = None", None, True
            lines.append(f"    {own}: {kind}{' | None' if null else ''}{default}")
            lines += doc(part["description"]) if "description" in part else []
            if missing is not None:
                given = f'data.get("{key}", {missing})'
            made.append(f"            {own}={expression(make, given, null)},")
        lines += ["", "    @classmethod", f"    def of(cls, data: Mapping[str, Any]) -> {name}:"]
        lines += ['        """From the parsed JSON."""', "        return cls(", *made, "        )"]
        return "\n".join(lines)

    def text(self) -> str:
        parts = [HEAD]
        for name in sorted(self.defs):
            values = None if name in self.classes else self.alias(name)
            if values:
                listed = ", ".join(f'"{value}"' for value in values)
                text = f"{name} = Literal[{listed}]"
                if len(text) > 120:
                    text = f"{name} = Literal[\n" + "".join(f'    "{value}",\n' for value in values) + "]"
                parts.append("\n".join([text, *(line[4:] for line in doc(self.defs[name].get("description", name)))]))
        parts += ["\n" + self.cls(name) + "\n" for name in self.classes]
        return re.sub(r"\n{4,}", "\n\n\n", "\n".join(parts))


def expression(make: str, given: str, null: bool) -> str:
    if make == "{}" or not null:
        return make.replace("{}", given)
    of = make.removesuffix("({})") if make.endswith(".of({})") else f"lambda v: {make.replace('{}', 'v')}"
    return f"_maybe({of}, {given})"


def doc(text: str) -> list[str]:
    """A docstring, indented; links of rustdoc become plain names."""
    plain = re.sub(r"\[`([^`]*)`\](\([^)]*\))?", r"``\1``", " ".join(text.split()))
    plain = re.sub(r"(?<!`)`([^`]+)`(?!`)", r"``\1``", plain).replace("\\", "\\\\")
    if len(plain) < 105:
        return [f'    """{plain}"""']
    folded = textwrap.wrap(plain, 112)
    return [f'    """{folded[0]}', *(f"    {line}" for line in folded[1:]), '    """']


def main() -> None:
    text = Writer(json.loads(SCHEMA.read_text("utf-8"))).text()
    if "--write" in sys.argv:
        TARGET.write_text(text, "utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
