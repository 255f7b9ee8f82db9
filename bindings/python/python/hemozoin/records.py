"""What a record holds, as dataclasses. Made by make_records.py from schema/record.schema.json; do not edit.

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


AlertCode = Literal["severe", "urgent_review"]
"""What a result opens with."""
Authority = Literal["who", "cdc", "uk", "france", "own"]
"""Whose severity limit is shown (section 11.2)."""
Basis = Literal["default", "measured"]
"""Where a blood count came from (THK-6, THN-2)."""
CellClass = Literal["asexual_parasite", "gametocyte", "white_cell", "red_cell", "platelet"]
"""What a detection is."""
Certainty = Literal["clear", "straddles"]
"""Whether the interval leaves the answer open."""
Film = Literal["thick", "thin"]
"""How the blood was spread on the slide."""
FloorBasis = Literal["bundle", "site"]
"""Where a floor was measured."""
FloorUnit = Literal["white_cell", "red_cell"]
"""What false parasites are counted against."""
IntervalMethod = Literal[
    "cp_ratio",
    "garwood_fixed_w",
    "log_normal",
    "field_bootstrap",
    "clopper_pearson",
    "sample_monte_carlo",
]
"""How an interval was made."""
LimitRole = Literal["severe", "parenteral", "risk"]
"""What an authority says about a limit."""
PlusGrade = Literal["none", "+", "++", "+++", "++++"]
"""Plus grade of a thick film (section 8.1, B)."""
Presence = Literal["positive", "no_parasites_seen", "indeterminate"]
"""Whether malaria parasites are there, as far as the films tell (section 16)."""
ReadingStatus = Literal["machine", "partly_read", "read_by_sample", "read"]
"""How far a reader has judged what was marked (section 9.1)."""
Scope = Literal["thick", "thin", "patient"]
"""What an ``super::Outcome`` speaks of."""
SeverityBasis = Literal["thin", "thin_provisional", "thick_measured_rbc", "thick_assumed_rbc"]
"""What the percentage was taken from."""
Sex = Literal["female", "male"]
"""A patient's sex."""
Species = Literal["falciparum", "vivax", "malariae", "ovale", "knowlesi"]
"""Species of *Plasmodium* that infect people."""
Stage = Literal["ring", "trophozoite", "schizont", "gametocyte"]
"""Stage of a parasite in the blood."""
State = Literal[
    "Positive",
    "NoParasitesSeen",
    "InsufficientFields",
    "ProvisionalCount",
    "GametocytesOnly",
    "ReviewRequired",
    "NotCalculable",
    "NotReadable",
    "ShortCount",
    "TooFewRbc",
    "NoParasiteInExaminedRbc",
    "SuspectsToReview",
    "ParasitesLikely",
    "NoSuspectFound",
    "ReviewIncomplete",
]
"""State of a film or a patient, spelled as in the falciparum standard."""
StopReason = Literal["checkpoint", "wbc_limit", "parasite_limit", "all_fields", "totals_only"]
"""Why the count ended where it did. It never ends the search (DET-13)."""
Verdict = Literal["fit", "unfit"]
"""Whether a field may be counted."""

@dataclass(frozen=True, kw_only=True)
class Advice:
    """One thing to do, with its numbers."""

    code: str
    suspects: int | None = None
    """Suspects that nobody has judged."""
    fields: int | None = None
    """Fields still missing."""
    wbc: int | None = None
    """White cells still missing."""
    rbc: int | None = None
    """Red cells still missing."""
    films: int | None = None
    """Films in all."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Advice:
        """From the parsed JSON."""
        return cls(
            code=data["code"],
            suspects=data.get("suspects"),
            fields=data.get("fields"),
            wbc=data.get("wbc"),
            rbc=data.get("rbc"),
            films=data.get("films"),
        )


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One alert with the lower limit that gave it."""

    at_least_per_ul: float
    """Lower limit of the density, per µL."""
    code: AlertCode
    """What it asks for."""
    film: Film
    """The film whose count gave it."""
    at_least_percent: float | None = None
    """Lower limit of the percentage of red cells infected: "at least x %" (MCH-10). ``None`` for a thick film with an
    assumed red cell count, where no percentage is known.
    """
    limit_per_ul: float | None = None
    """The limit of the density, per µL, where it is a density that was held against one."""
    limit_percent: float | None = None
    """The profile's limit, per cent."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Alert:
        """From the parsed JSON."""
        return cls(
            at_least_per_ul=data["at_least_per_ul"],
            code=data["code"],
            film=data["film"],
            at_least_percent=data.get("at_least_percent"),
            limit_per_ul=data.get("limit_per_ul"),
            limit_percent=data.get("limit_percent"),
        )


@dataclass(frozen=True, kw_only=True)
class BoxRecord:
    """A box in pixels of the upright picture, one decimal."""

    height: float
    """Side along y."""
    width: float
    """Side along x."""
    x: float
    """Left edge."""
    y: float
    """Top edge."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> BoxRecord:
        """From the parsed JSON."""
        return cls(
            height=data["height"],
            width=data["width"],
            x=data["x"],
            y=data["y"],
        )


@dataclass(frozen=True, kw_only=True)
class BundleProvenance:
    """One bundle that ran."""

    digest: str
    """SHA-256 over everything in it that can change a detection."""
    film: Film
    """The film that it read."""
    name: str
    """Its name."""
    version: str
    """Its version."""
    weights_sha256: str
    """SHA-256 of its weights."""
    false_marks: FalseMarks | None = None
    """What it marks on films without malaria, as its card says; ``None`` where nobody has measured it. It says how
    many false suspects a reader has to expect, and never that a suspect is false (MCH-2).
    """

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> BundleProvenance:
        """From the parsed JSON."""
        return cls(
            digest=data["digest"],
            film=data["film"],
            name=data["name"],
            version=data["version"],
            weights_sha256=data["weights_sha256"],
            false_marks=_maybe(FalseMarks.of, data.get("false_marks")),
        )


@dataclass(frozen=True, kw_only=True)
class DetectionRecord:
    """One thing found."""

    class_: CellClass
    """What it is."""
    height: float
    """Side along y."""
    score: float
    """Calibrated probability, four decimals."""
    width: float
    """Side along x."""
    x: float
    """Left edge in pixels of the upright picture, one decimal, like the other three."""
    y: float
    """Top edge."""
    cut: bool = False
    """Thin films: whether the edge of the view cuts this red cell, or the one around this parasite; shown, not
    counted.
    """
    infected: bool | None = None
    """For a red cell: whether it holds an asexual parasite."""
    parasites_inside: int | None = None
    """For a red cell: how many asexual parasites it holds."""
    stage: Stage | None = None
    """Stage of a parasite, where the model gives one."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> DetectionRecord:
        """From the parsed JSON."""
        return cls(
            class_=data["class"],
            height=data["height"],
            score=data["score"],
            width=data["width"],
            x=data["x"],
            y=data["y"],
            cut=data.get("cut", False),
            infected=data.get("infected"),
            parasites_inside=data.get("parasites_inside"),
            stage=data.get("stage"),
        )


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """The numbers of sections 5 to 8 for a count that no reader has confirmed. Keys mean what they mean in
    ``Outcome``.
    """

    state: State
    """State that the count would have."""
    all_density_raw: float | None = None
    """Density over all valid fields, unrounded."""
    ci_high: float | None = None
    """Upper limit, in the unit of ``ci_low``."""
    ci_high_per_ul: float | None = None
    """Upper limit per µL, for either film."""
    ci_level: float | None = None
    """Confidence level of the interval."""
    ci_low: float | None = None
    """Lower limit. Thick: parasites per µL. Thin: per cent of red cells."""
    ci_low_per_ul: float | None = None
    """Lower limit per µL, for either film."""
    ci_method: IntervalMethod | None = None
    """How the interval was made."""
    count_reason: StopReason | None = None
    """Why the count ended."""
    density_per_ul: int | None = None
    """Density per µL, whole."""
    density_raw: float | None = None
    """Density per µL, unrounded."""
    fields_counted: int | None = None
    """Valid fields that entered the count."""
    flags: tuple[str, ...] = ()
    """Remarks that such a count would have."""
    gametocyte_density_per_ul: int | None = None
    """Gametocytes per µL (thick), whole."""
    gametocytes: int | None = None
    """Gametocytes, or red cells that hold one."""
    gametocytes_on: Film | None = None
    """The film that ``gametocytes`` were marked on."""
    infected_rbc: int | None = None
    """Infected red cells (I)."""
    parasitaemia_decimals: int | None = None
    """Decimals with which ``parasitaemia_percent`` is shown."""
    parasitaemia_percent: float | None = None
    """Per cent of red cells infected; ``None`` with too few red cells (THN-8)."""
    parasitaemia_percent_raw: float | None = None
    """Per cent of red cells infected, unrounded."""
    parasites: int | None = None
    """Asexual parasites of the count (P)."""
    plus_grade: OnScale | str | None = None
    """Plus grade, where the profile asks for it."""
    rbc_counted: int | None = None
    """Red cells counted (R)."""
    reported_from: Film | None = None
    """For a patient: the film whose count this would be."""
    severity: SeverityReport | None = None
    """Limits that the count would cross (section 11)."""
    trape_class: OnScale2 | str | None = None
    """Trape class, where the profile asks for it."""
    wbc_counted: int | None = None
    """White cells of the count (W)."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Estimate:
        """From the parsed JSON."""
        return cls(
            state=data["state"],
            all_density_raw=data.get("all_density_raw"),
            ci_high=data.get("ci_high"),
            ci_high_per_ul=data.get("ci_high_per_ul"),
            ci_level=data.get("ci_level"),
            ci_low=data.get("ci_low"),
            ci_low_per_ul=data.get("ci_low_per_ul"),
            ci_method=data.get("ci_method"),
            count_reason=data.get("count_reason"),
            density_per_ul=data.get("density_per_ul"),
            density_raw=data.get("density_raw"),
            fields_counted=data.get("fields_counted"),
            flags=tuple(data.get("flags", ())),
            gametocyte_density_per_ul=data.get("gametocyte_density_per_ul"),
            gametocytes=data.get("gametocytes"),
            gametocytes_on=data.get("gametocytes_on"),
            infected_rbc=data.get("infected_rbc"),
            parasitaemia_decimals=data.get("parasitaemia_decimals"),
            parasitaemia_percent=data.get("parasitaemia_percent"),
            parasitaemia_percent_raw=data.get("parasitaemia_percent_raw"),
            parasites=data.get("parasites"),
            plus_grade=_maybe(lambda v: _coded(OnScale.of, v), data.get("plus_grade")),
            rbc_counted=data.get("rbc_counted"),
            reported_from=data.get("reported_from"),
            severity=_maybe(SeverityReport.of, data.get("severity")),
            trape_class=_maybe(lambda v: _coded(OnScale2.of, v), data.get("trape_class")),
            wbc_counted=data.get("wbc_counted"),
        )


@dataclass(frozen=True, kw_only=True)
class FalseMarks:
    """Marks on films without malaria."""

    cells: int
    """Cells that it was measured on."""
    mean: float
    """Mean number of marks on ``of_cells`` cells."""
    measured_on: str
    """The films that it was measured on."""
    of_cells: int
    """White cells (thick film) or red cells (thin film) that the mean is given for."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> FalseMarks:
        """From the parsed JSON."""
        return cls(
            cells=data["cells"],
            mean=data["mean"],
            measured_on=data["measured_on"],
            of_cells=data["of_cells"],
        )


@dataclass(frozen=True, kw_only=True)
class Fault:
    """An ``Error`` as plain data."""

    kind: str
    """Whose fault: the code of an ``ErrorKind``."""
    message: str
    """What is wrong, in English."""
    values: Mapping[str, str]
    """Values for that message."""
    key: str | None = None
    """Key of the catalogue message that says what is wrong in the reader's language, where there is one."""
    line: int | None = None
    """The line of a text file, from 1."""
    more: tuple[Fault, ...] = ()
    """What else is wrong with the same file."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Fault:
        """From the parsed JSON."""
        return cls(
            kind=data["kind"],
            message=data["message"],
            values=data["values"],
            key=data.get("key"),
            line=data.get("line"),
            more=tuple(Fault.of(x) for x in data.get("more", ())),
        )


@dataclass(frozen=True, kw_only=True)
class FieldRecord:
    """One field."""

    counted: bool
    """Whether this field is part of the count: quality alone decides (INV-2)."""
    detections: tuple[DetectionRecord, ...]
    """What was found, from top to bottom."""
    film: Film
    """The film that it shows."""
    height: int
    """Pixels down, upright."""
    image: str
    """File, relative to the slide's folder, with ``/`` between folders."""
    notes: tuple[str, ...]
    """Facts about the file worth knowing, such as an animation of which the first frame was taken."""
    page: int
    """Page within the file, from 0."""
    quality: QualityRecord
    """Whether the picture is good enough to count in."""
    sha256: str
    """SHA-256 of the file's bytes."""
    tally: FieldTally
    """What was counted, had it been counted."""
    view: ViewRecord
    """The part of the picture that was examined."""
    width: int
    """Pixels across, upright."""
    copy_of: str | None = None
    """The earlier picture of the slide with the same bytes; a copy is never counted."""
    marks: tuple[BoxRecord, ...] = ()
    """Boxes around what is drawn or burnt into the picture (scale bars, writing, pens); what is found there counts as
    nothing and is not listed.
    """
    near_misses: tuple[DetectionRecord, ...] = ()
    """Parasites that miss the threshold of their class by little, from top to bottom, at most 30: for a reader's eye.
    They are never counted, and nothing rests on them.
    """
    repeat_of: str | None = None
    """The picture of the slide that shows the same field and is counted instead, for it has more pixels of film, or is
    sharper, or came earlier. What is seen in a repeat is never counted, but stands among what was left out
    (DET-12).
    """
    scale: ScaleRecord | None = None
    """The scale used; ``None`` where none was given, found or estimated (the field is then not counted)."""
    shared: tuple[SharedRecord, ...] = ()
    """Other counted pictures of the slide that show a part of the same film. Cells that are seen in both pictures are
    listed and counted in one of them.
    """

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> FieldRecord:
        """From the parsed JSON."""
        return cls(
            counted=data["counted"],
            detections=tuple(DetectionRecord.of(x) for x in data["detections"]),
            film=data["film"],
            height=data["height"],
            image=data["image"],
            notes=tuple(data["notes"]),
            page=data["page"],
            quality=QualityRecord.of(data["quality"]),
            sha256=data["sha256"],
            tally=FieldTally.of(data["tally"]),
            view=ViewRecord.of(data["view"]),
            width=data["width"],
            copy_of=data.get("copy_of"),
            marks=tuple(BoxRecord.of(x) for x in data.get("marks", ())),
            near_misses=tuple(DetectionRecord.of(x) for x in data.get("near_misses", ())),
            repeat_of=data.get("repeat_of"),
            scale=_maybe(ScaleRecord.of, data.get("scale")),
            shared=tuple(SharedRecord.of(x) for x in data.get("shared", ())),
        )


@dataclass(frozen=True, kw_only=True)
class FieldTally:
    """Counts of one field or of any number of fields together. Adding is associative and commutative; a slide's
    figures are computed once, from the sum.
    """

    asexual_parasites: int
    """Asexual parasites; never gametocytes (INV-3)."""
    gametocyte_red_cells: int
    """Red cells that hold a gametocyte and no asexual parasite, implied ones included (THN-4)."""
    gametocytes: int
    """Gametocytes."""
    implied_red_cells: int
    """Red cells that were not seen themselves but must surround a parasite that was. They are part of ``red_cells``,
    and of ``infected_red_cells`` or ``gametocyte_red_cells``.
    """
    infected_red_cells: int
    """Red cells with at least one asexual parasite, implied ones included; a cell counts once (THN-3)."""
    parasites_in_red_cells: int
    """Asexual parasites inside red cells."""
    platelets: int
    """Platelets; counted for nothing."""
    red_cells: int
    """Red cells: every whole one, infected or not, cells with gametocytes and implied ones included (thin films).
    """
    rings: int
    """Of these, rings."""
    schizonts: int
    """Of these, schizonts."""
    trophozoites: int
    """Of these, late trophozoites."""
    white_cells: int
    """White cells."""
    cut_gametocyte_red_cells: int = 0
    """Of these, with a gametocyte and no asexual parasite in sight."""
    cut_infected_red_cells: int = 0
    """Of these, with at least one asexual parasite in sight."""
    cut_red_cells: int = 0
    """Red cells that the edge of the view cuts, implied ones included. They are no part of the numbers above: what is
    out of sight may hold a parasite.
    """

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> FieldTally:
        """From the parsed JSON."""
        return cls(
            asexual_parasites=data["asexual_parasites"],
            gametocyte_red_cells=data["gametocyte_red_cells"],
            gametocytes=data["gametocytes"],
            implied_red_cells=data["implied_red_cells"],
            infected_red_cells=data["infected_red_cells"],
            parasites_in_red_cells=data["parasites_in_red_cells"],
            platelets=data["platelets"],
            red_cells=data["red_cells"],
            rings=data["rings"],
            schizonts=data["schizonts"],
            trophozoites=data["trophozoites"],
            white_cells=data["white_cells"],
            cut_gametocyte_red_cells=data.get("cut_gametocyte_red_cells", 0),
            cut_infected_red_cells=data.get("cut_infected_red_cells", 0),
            cut_red_cells=data.get("cut_red_cells", 0),
        )


@dataclass(frozen=True, kw_only=True)
class FilmTally:
    """Counts of one film."""

    counted: FieldTally
    """Sum over the counted fields."""
    fields_counted: int
    """Fields that are part of the count."""
    fields_rejected: int
    """Fields left out for their quality, as copies, or for want of a scale."""
    rejected: FieldTally
    """Sum over the rejected fields: never part of a figure, but asexual candidates there forbid the statement that no
    parasite was seen (DET-12).
    """

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> FilmTally:
        """From the parsed JSON."""
        return cls(
            counted=FieldTally.of(data["counted"]),
            fields_counted=data["fields_counted"],
            fields_rejected=data["fields_rejected"],
            rejected=FieldTally.of(data["rejected"]),
        )


@dataclass(frozen=True, kw_only=True)
class Floor:
    """A measured floor. Rates are per cell."""

    basis: FloorBasis
    cells: int
    mean_per_cell: float
    sd_between_slides_per_cell: float
    slides: int
    unit: FloorUnit

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Floor:
        """From the parsed JSON."""
        return cls(
            basis=data["basis"],
            cells=data["cells"],
            mean_per_cell=data["mean_per_cell"],
            sd_between_slides_per_cell=data["sd_between_slides_per_cell"],
            slides=data["slides"],
            unit=data["unit"],
        )


@dataclass(frozen=True, kw_only=True)
class FloorCheck:
    """A count held against a floor; the raw count stays beside it."""

    alpha: float
    """Level of the test."""
    basis: FloorBasis
    """Where the floor was measured."""
    cells: int
    """Cells the floor was measured on."""
    cells_examined: int
    """Cells that it was found on."""
    count: int
    """The raw count tested."""
    exceeds: bool
    """Whether the count is more than the floor explains."""
    expected_false: float
    """False parasites that the floor lets expect there."""
    mean_per_cell: float
    """Mean false parasites per cell."""
    p_value: float
    """P(X >= count) without a parasite in the blood."""
    sd_between_slides_per_cell: float
    """Standard deviation of that rate between slides."""
    slides: int
    """Slides the floor was measured on."""
    unit: FloorUnit
    """What false parasites are counted against."""
    smallest_exceeding: int | None = None
    """The smallest count that would be."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> FloorCheck:
        """From the parsed JSON."""
        return cls(
            alpha=data["alpha"],
            basis=data["basis"],
            cells=data["cells"],
            cells_examined=data["cells_examined"],
            count=data["count"],
            exceeds=data["exceeds"],
            expected_false=data["expected_false"],
            mean_per_cell=data["mean_per_cell"],
            p_value=data["p_value"],
            sd_between_slides_per_cell=data["sd_between_slides_per_cell"],
            slides=data["slides"],
            unit=data["unit"],
            smallest_exceeding=data.get("smallest_exceeding"),
        )


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One limit of one authority."""

    authority: Authority
    """Who states it."""
    inclusive: bool
    """Whether the limit itself counts."""
    percent: float
    """The limit, % of red cells."""
    role: LimitRole
    """What it stands for."""
    rule: str
    """Rule id of the falciparum standard."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Limit:
        """From the parsed JSON."""
        return cls(
            authority=data["authority"],
            inclusive=data["inclusive"],
            percent=data["percent"],
            role=data["role"],
            rule=data["rule"],
        )


@dataclass(frozen=True, kw_only=True)
class LimitCheck:
    """One limit and the count. The answer follows the point estimate."""

    certainty: Certainty
    """Whether the interval leaves that open."""
    crossed: bool
    """Whether the count crosses it."""
    limit: Limit
    """The limit."""
    rbc_to_decide: int | None = None
    """Red cells after which a count of this percentage would stand clear of the limit; ``None`` where it does, or
    where the two are equal.
    """

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> LimitCheck:
        """From the parsed JSON."""
        return cls(
            certainty=data["certainty"],
            crossed=data["crossed"],
            limit=Limit.of(data["limit"]),
            rbc_to_decide=data.get("rbc_to_decide"),
        )


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A named number."""

    name: str
    """What was measured."""
    value: float
    """The number."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Measure:
        """From the parsed JSON."""
        return cls(
            name=data["name"],
            value=data["value"],
        )


@dataclass(frozen=True, kw_only=True)
class MeasuredSlide:
    """One slide known to hold no parasite."""

    cells: int
    """White cells (thick film) or red cells (thin film)."""
    id: str
    """Its id."""
    parasites: int
    """False parasites (thick film) or red cells wrongly called infected (thin film)."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> MeasuredSlide:
        """From the parsed JSON."""
        return cls(
            cells=data["cells"],
            id=data["id"],
            parasites=data["parasites"],
        )


@dataclass(frozen=True, kw_only=True)
class MeasuredThreshold:
    """The score at which a site's false and missed asexual parasites balance, on slides that its readers signed.
    """

    bundle_digest: str
    """Digest of the bundle that counts so."""
    false_parasites: int
    """Marks of at least this score that the readers rejected."""
    floor: Floor
    """The floor of such counts, on the slides of the bundle's own."""
    missed_parasites: int
    """Parasites of a lower score, or without a mark."""
    parasites: int
    """Asexual parasites that the readers confirmed or added on them."""
    score: float
    """An asexual parasite is counted from this score on."""
    slides: int
    """Slides read, with and without parasites."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> MeasuredThreshold:
        """From the parsed JSON."""
        return cls(
            bundle_digest=data["bundle_digest"],
            false_parasites=data["false_parasites"],
            floor=Floor.of(data["floor"]),
            missed_parasites=data["missed_parasites"],
            parasites=data["parasites"],
            score=data["score"],
            slides=data["slides"],
        )


@dataclass(frozen=True, kw_only=True)
class OnScale:
    """A place on a scale, or why there is none. Total: every pair of numbers has an answer."""

    at: PlusGrade

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> OnScale:
        """From the parsed JSON."""
        return cls(
            at=data["at"],
        )


@dataclass(frozen=True, kw_only=True)
class OnScale2:
    """A place on a scale, or why there is none. Total: every pair of numbers has an answer."""

    at: int

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> OnScale2:
        """From the parsed JSON."""
        return cls(
            at=data["at"],
        )


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Result of one film, or of one patient, with everything that INV-9 asks for. A value that does not apply is
    ``None``, never 0.
    """

    film: Scope
    """What it speaks of."""
    presence: Presence
    """Whether parasites are there."""
    profile: ProfileId
    """The rules used."""
    state: State
    """State of the count."""
    advice: tuple[Advice, ...] = ()
    """What to do next, the most pressing first."""
    alerts: tuple[Alert, ...] = ()
    """What the result opens with (MCH-7), the most pressing first."""
    all_density_raw: float | None = None
    """Density over all valid fields, unrounded: information, never the reported value (STA-6)."""
    all_parasites: int | None = None
    """Asexual parasites over all valid fields."""
    all_wbc: int | None = None
    """White cells over all valid fields."""
    at_least_per_ul: int | None = None
    """Judged in part: the density of what was confirmed alone, per µL; the true one is at least that (MCH-5)."""
    ci_high: float | None = None
    """Upper limit, in the unit of ``ci_low``."""
    ci_high_per_ul: float | None = None
    """Upper limit per µL, for either film."""
    ci_level: float | None = None
    """Confidence level of the interval."""
    ci_low: float | None = None
    """Lower limit. Thick: parasites per µL. Thin: per cent of red cells."""
    ci_low_per_ul: float | None = None
    """Lower limit per µL, for either film."""
    ci_method: IntervalMethod | None = None
    """How the interval was made. It covers counting error only (section 15)."""
    count_reason: StopReason | None = None
    """Why the count ended."""
    density_per_ul: int | None = None
    """Density per µL as reported: whole, at least 1 on a positive film (THK-10). ``None`` where none is reported.
    """
    density_raw: float | None = None
    """Density per µL, unrounded; also where it is withheld from a report."""
    detection_limit_95_per_ul: float | None = None
    """Density that would have been met with 95 % probability in that blood, per µL (STA-4)."""
    fields_counted: int | None = None
    """Valid fields that entered the count."""
    fields_supplied: int | None = None
    """Fields supplied, rejected ones included."""
    fields_valid: int | None = None
    """Valid fields examined (n)."""
    flags: tuple[str, ...] = ()
    """Remarks."""
    floor: FloorCheck | None = None
    """The suspects held against the false ones measured at this site (MCH-2); ``None`` without such a measurement, and
    for a read count.
    """
    gametocyte_density_per_ul: int | None = None
    """Gametocytes per µL (thick), whole."""
    gametocytes: int | None = None
    """Gametocytes over all valid fields, or red cells that hold one (thin). For a patient those of the film reported
    from; where that shows none, those of the other film (THK-8). Never the sum of both.
    """
    gametocytes_on: Film | None = None
    """The film that ``gametocytes`` were counted on."""
    if_confirmed: Estimate | None = None
    """What the count would be if every suspect that nobody has rejected were a parasite (MCH-1); ``None`` for a read
    count.
    """
    infected_rbc: int | None = None
    """Infected red cells (I)."""
    need_fields: int | None = None
    """More valid fields needed."""
    need_fields_estimate: int | None = None
    """Fields that the missing white cells would take at this film's mean."""
    need_rbc: int | None = None
    """More red cells needed."""
    need_wbc: int | None = None
    """More white cells needed."""
    parasitaemia_decimals: int | None = None
    """Decimals with which ``parasitaemia_percent`` is shown."""
    parasitaemia_percent: float | None = None
    """Per cent of red cells infected, as reported."""
    parasitaemia_percent_raw: float | None = None
    """Per cent of red cells infected, unrounded; also where it is withheld from a report."""
    parasites: int | None = None
    """Thick: asexual parasites of the count (P). Thin: parasites inside the infected cells, where counted."""
    plus_grade: OnScale | str | None = None
    """Plus grade, where the profile asks for it; never alone (section 8.1, INV-11)."""
    rbc_basis: Basis | None = None
    """Where B came from."""
    rbc_counted: int | None = None
    """Red cells counted (R)."""
    rbc_per_ul: float | None = None
    """Red cells per µL used (B)."""
    reading: ReadingStatus = 'machine'
    """How far a reader has judged what was marked (section 9.1): presence, density and percentage are a reader's
    alone.
    """
    rejected_candidates: int | None = None
    """Candidates of any stage in rejected fields, counted nowhere (DET-12); for a patient those of all films."""
    reported_from: Film | None = None
    """For a patient: the film whose count stands here (section 7)."""
    severity: SeverityReport | None = None
    """Parasite conditions of severity criteria; never a verdict (INV-10)."""
    species: tuple[SpeciesOutcome, ...] = ()
    """Each species over the same denominator (INV-13)."""
    species_seen: tuple[Species, ...] = ()
    """Species named, on the film that decides (DET-3)."""
    suspects: Suspects | None = None
    """What was marked over all valid fields, and what became of it; ``None`` for a person's own count."""
    trape_class: OnScale2 | str | None = None
    """Trape class, where the profile asks for it (section 8.2)."""
    urgent: bool = False
    """Whether it opens with an alert: tell the clinician, or read the film, now."""
    volume_ul: float | None = None
    """Blood examined (V), µL."""
    wbc_basis: Basis | None = None
    """Where C came from."""
    wbc_counted: int | None = None
    """White cells of the count (W)."""
    wbc_per_ul: float | None = None
    """White cells per µL used (C)."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Outcome:
        """From the parsed JSON."""
        return cls(
            film=data["film"],
            presence=data["presence"],
            profile=ProfileId.of(data["profile"]),
            state=data["state"],
            advice=tuple(Advice.of(x) for x in data.get("advice", ())),
            alerts=tuple(Alert.of(x) for x in data.get("alerts", ())),
            all_density_raw=data.get("all_density_raw"),
            all_parasites=data.get("all_parasites"),
            all_wbc=data.get("all_wbc"),
            at_least_per_ul=data.get("at_least_per_ul"),
            ci_high=data.get("ci_high"),
            ci_high_per_ul=data.get("ci_high_per_ul"),
            ci_level=data.get("ci_level"),
            ci_low=data.get("ci_low"),
            ci_low_per_ul=data.get("ci_low_per_ul"),
            ci_method=data.get("ci_method"),
            count_reason=data.get("count_reason"),
            density_per_ul=data.get("density_per_ul"),
            density_raw=data.get("density_raw"),
            detection_limit_95_per_ul=data.get("detection_limit_95_per_ul"),
            fields_counted=data.get("fields_counted"),
            fields_supplied=data.get("fields_supplied"),
            fields_valid=data.get("fields_valid"),
            flags=tuple(data.get("flags", ())),
            floor=_maybe(FloorCheck.of, data.get("floor")),
            gametocyte_density_per_ul=data.get("gametocyte_density_per_ul"),
            gametocytes=data.get("gametocytes"),
            gametocytes_on=data.get("gametocytes_on"),
            if_confirmed=_maybe(Estimate.of, data.get("if_confirmed")),
            infected_rbc=data.get("infected_rbc"),
            need_fields=data.get("need_fields"),
            need_fields_estimate=data.get("need_fields_estimate"),
            need_rbc=data.get("need_rbc"),
            need_wbc=data.get("need_wbc"),
            parasitaemia_decimals=data.get("parasitaemia_decimals"),
            parasitaemia_percent=data.get("parasitaemia_percent"),
            parasitaemia_percent_raw=data.get("parasitaemia_percent_raw"),
            parasites=data.get("parasites"),
            plus_grade=_maybe(lambda v: _coded(OnScale.of, v), data.get("plus_grade")),
            rbc_basis=data.get("rbc_basis"),
            rbc_counted=data.get("rbc_counted"),
            rbc_per_ul=data.get("rbc_per_ul"),
            reading=data.get("reading", 'machine'),
            rejected_candidates=data.get("rejected_candidates"),
            reported_from=data.get("reported_from"),
            severity=_maybe(SeverityReport.of, data.get("severity")),
            species=tuple(SpeciesOutcome.of(x) for x in data.get("species", ())),
            species_seen=tuple(data.get("species_seen", ())),
            suspects=_maybe(Suspects.of, data.get("suspects")),
            trape_class=_maybe(lambda v: _coded(OnScale2.of, v), data.get("trape_class")),
            urgent=data.get("urgent", False),
            volume_ul=data.get("volume_ul"),
            wbc_basis=data.get("wbc_basis"),
            wbc_counted=data.get("wbc_counted"),
            wbc_per_ul=data.get("wbc_per_ul"),
        )


@dataclass(frozen=True, kw_only=True)
class PassedOver:
    """A file in the folder that is not part of the slide."""

    image: str
    """The file, relative to the slide's folder."""
    reason: str
    """Why."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> PassedOver:
        """From the parsed JSON."""
        return cls(
            image=data["image"],
            reason=data["reason"],
        )


@dataclass(frozen=True, kw_only=True)
class ProfileId:
    """What a result says about the rules that made it (INV-9)."""

    digest: str
    """SHA-256 of the resolved values as JSON, in hexadecimal; the same numbers give the same digest."""
    name: str
    """Name, such as ``who-2016``."""
    version: int
    """Version of the file."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> ProfileId:
        """From the parsed JSON."""
        return cls(
            digest=data["digest"],
            name=data["name"],
            version=data["version"],
        )


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """Program, bundles and their digests."""

    bundles: tuple[BundleProvenance, ...]
    """The bundles that ran."""
    program: str
    """Always ``hemozoin``."""
    version: str
    """Its version."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Provenance:
        """From the parsed JSON."""
        return cls(
            bundles=tuple(BundleProvenance.of(x) for x in data["bundles"]),
            program=data["program"],
            version=data["version"],
        )


@dataclass(frozen=True, kw_only=True)
class QualityRecord:
    """Whether a picture can be read, and why not."""

    measurements: tuple[Measure, ...]
    """The measurements behind the verdict, by name."""
    reasons: tuple[ReasonRecord, ...]
    """Every reason against it."""
    verdict: Verdict
    """``fit`` or ``unfit``."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> QualityRecord:
        """From the parsed JSON."""
        return cls(
            measurements=tuple(Measure.of(x) for x in data["measurements"]),
            reasons=tuple(ReasonRecord.of(x) for x in data["reasons"]),
            verdict=data["verdict"],
        )


@dataclass(frozen=True, kw_only=True)
class ReasonRecord:
    """One reason against a picture."""

    code: str
    """Stable code, such as ``out_of_focus``; its words and its remedy stand in the catalogue."""
    limit: float
    """The limit that it should have kept."""
    measured: float | None = None
    """What was measured; ``None`` where nothing could be."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> ReasonRecord:
        """From the parsed JSON."""
        return cls(
            code=data["code"],
            limit=data["limit"],
            measured=data.get("measured"),
        )


@dataclass(frozen=True, kw_only=True)
class Results:
    """Outcomes under the standard."""

    patient: Outcome
    """Of the patient (section 7 of the standard)."""
    thick: Outcome | None = None
    """Of the thick film."""
    thin: Outcome | None = None
    """Of the thin film."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Results:
        """From the parsed JSON."""
        return cls(
            patient=Outcome.of(data["patient"]),
            thick=_maybe(Outcome.of, data.get("thick")),
            thin=_maybe(Outcome.of, data.get("thin")),
        )


@dataclass(frozen=True, kw_only=True)
class ScaleRecord:
    """The scale of a field."""

    basis: str
    """How it is known."""
    um_per_px: float
    """Micrometres per pixel."""
    cells: int | None = None
    """Number of cells behind an estimate."""
    spread: float | None = None
    """Relative spread of an estimate; what of depends on its basis (``ScaleEstimate::spread``)."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> ScaleRecord:
        """From the parsed JSON."""
        return cls(
            basis=data["basis"],
            um_per_px=data["um_per_px"],
            cells=data.get("cells"),
            spread=data.get("spread"),
        )


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Decisions that act on a result, as a record keeps them: the ``Rules`` of the engine and the ``Facts`` about the
    slide that were used. They act in this order: film, scale, bundle, profile, blood counts, floor.
    """

    film: Film | None = None
    """All pictures are of this film; ``None``: folder names or ``slide.toml`` say so."""
    profile: str = 'who-2016'
    """Name of the rule profile."""
    profile_overrides: str | None = None
    """TOML text with the user's own values laid over the profile."""
    rbc_per_ul: float | None = None
    """The patient's own red cell count (THN-2); ``None``: the profile's default."""
    site_floors: tuple[SiteFloor, ...] = ()
    """False-positive floors measured at the site, at most one per film; a bundle's own decides nothing (MCH-2).
    """
    site_thresholds: tuple[SiteThreshold, ...] = ()
    """Scores of this site from which asexual parasites were counted, instead of a bundle's own threshold; at most one
    per film, none where it was not asked for.
    """
    um_per_px: float | None = None
    """Scale of every picture; ``None``: read from the files or estimated from the cells."""
    wbc_per_ul: float | None = None
    """The patient's own white cell count, same day, same blood (THK-6); ``None``: the profile's default."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Settings:
        """From the parsed JSON."""
        return cls(
            film=data.get("film"),
            profile=data.get("profile", 'who-2016'),
            profile_overrides=data.get("profile_overrides"),
            rbc_per_ul=data.get("rbc_per_ul"),
            site_floors=tuple(SiteFloor.of(x) for x in data.get("site_floors", ())),
            site_thresholds=tuple(SiteThreshold.of(x) for x in data.get("site_thresholds", ())),
            um_per_px=data.get("um_per_px"),
            wbc_per_ul=data.get("wbc_per_ul"),
        )


@dataclass(frozen=True, kw_only=True)
class SeverityReport:
    """Parasite conditions of one patient's count."""

    anaemia_density: bool
    """Density above the limit that goes with severe anaemia (SEV-3)."""
    basis: SeverityBasis
    """What the percentage was taken from."""
    hyperparasitaemia: bool
    """Whether the profile's limit is crossed, and may be set from this basis (SEV-1)."""
    jaundice_density: bool
    """Density above the limit that goes with jaundice (SEV-2, SEV-12)."""
    knowlesi_limit_per_ul: float
    """Limit of *P. knowlesi*, per µL (SEV-12)."""
    limits: tuple[LimitCheck, ...]
    """Every limit of the profile's list, by authority."""
    percent: float
    """Per cent of red cells, unrounded."""
    percent_decimals: int
    """Decimals with which ``percent_shown`` is shown."""
    percent_shown: float
    """Per cent of red cells, as shown."""
    rbc_per_ul: float
    """Red cells per µL that it was taken with."""
    shown: LimitCheck
    """The profile's limit."""
    urgent: bool
    """The count lies in the severe range of the profile's authority, whatever the basis: tell the clinician now.
    """
    knowlesi_hyperparasitaemia: bool | None = None
    """*P. knowlesi* above its own limit (SEV-12); ``None`` for other species."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SeverityReport:
        """From the parsed JSON."""
        return cls(
            anaemia_density=data["anaemia_density"],
            basis=data["basis"],
            hyperparasitaemia=data["hyperparasitaemia"],
            jaundice_density=data["jaundice_density"],
            knowlesi_limit_per_ul=data["knowlesi_limit_per_ul"],
            limits=tuple(LimitCheck.of(x) for x in data["limits"]),
            percent=data["percent"],
            percent_decimals=data["percent_decimals"],
            percent_shown=data["percent_shown"],
            rbc_per_ul=data["rbc_per_ul"],
            shown=LimitCheck.of(data["shown"]),
            urgent=data["urgent"],
            knowlesi_hyperparasitaemia=data.get("knowlesi_hyperparasitaemia"),
        )


@dataclass(frozen=True, kw_only=True)
class SharedRecord:
    """Another picture that shows a part of the same film."""

    image: str
    """Its file, as ``FieldRecord::image``."""
    page: int
    """Its page within the file, from 0."""
    seen_in_both: int
    """Cells that were found in both, of any class."""
    share: float
    """Share of the smaller of the two pictures that both show, 0 to 1."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SharedRecord:
        """From the parsed JSON."""
        return cls(
            image=data["image"],
            page=data["page"],
            seen_in_both=data["seen_in_both"],
            share=data["share"],
        )


@dataclass(frozen=True, kw_only=True)
class SiteFloor:
    """A site's floor for one film. It holds for the bundle that it was measured with, and for no other."""

    bundle: str
    """Name of the bundle."""
    bundle_digest: str
    """Digest of everything in the bundle that can change a detection."""
    film: Film
    """The film."""
    floor: Floor
    """Mean and spread."""
    program_version: str
    """Version of the program."""
    slides: tuple[MeasuredSlide, ...]
    """The slides behind it."""
    threshold: MeasuredThreshold | None = None
    """The score from which this site's counts are the nearest to its readers', where it was measured. It is used only
    where that is asked for.
    """

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SiteFloor:
        """From the parsed JSON."""
        return cls(
            bundle=data["bundle"],
            bundle_digest=data["bundle_digest"],
            film=data["film"],
            floor=Floor.of(data["floor"]),
            program_version=data["program_version"],
            slides=tuple(MeasuredSlide.of(x) for x in data["slides"]),
            threshold=_maybe(MeasuredThreshold.of, data.get("threshold")),
        )


@dataclass(frozen=True, kw_only=True)
class SiteThreshold:
    """The score from which an engine counts asexual parasites of a film, instead of its bundle's own threshold.
    """

    film: Film
    """The film."""
    score: float
    """The score."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SiteThreshold:
        """From the parsed JSON."""
        return cls(
            film=data["film"],
            score=data["score"],
        )


@dataclass(frozen=True, kw_only=True)
class SlideInfo:
    """What the laboratory said about a slide: ``slide.toml``, a manifest and flags."""

    id: str
    """Slide number or name; the folder's name where none was given."""
    age_years: float | None = None
    """Age in years; months are twelfths."""
    blood_taken: str | None = None
    """When the blood was taken: a date, with or without time (ISO 8601)."""
    objective: str | None = None
    """Objective, as written by the laboratory."""
    order: str | None = None
    """Number of the order (the request)."""
    patient_id: str | None = None
    """The laboratory's number of the patient. A folder's name is none."""
    patient_name: str | None = None
    """The patient's name. It stays in the laboratory's own sheet, and stands here only where a person asked for it.
    """
    read_on: str | None = None
    """When the slide was read by a person: a date, with or without time (ISO 8601)."""
    reader: str | None = None
    """Who reads the slide."""
    sex: Sex | None = None
    """Sex."""
    site: str | None = None
    """Health facility or village."""
    specimen: str | None = None
    """Number of the specimen."""
    stain: str | None = None
    """Stain, as written by the laboratory."""
    ward: str | None = None
    """Ward or service that asked for the examination."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SlideInfo:
        """From the parsed JSON."""
        return cls(
            id=data["id"],
            age_years=data.get("age_years"),
            blood_taken=data.get("blood_taken"),
            objective=data.get("objective"),
            order=data.get("order"),
            patient_id=data.get("patient_id"),
            patient_name=data.get("patient_name"),
            read_on=data.get("read_on"),
            reader=data.get("reader"),
            sex=data.get("sex"),
            site=data.get("site"),
            specimen=data.get("specimen"),
            stain=data.get("stain"),
            ward=data.get("ward"),
        )


@dataclass(frozen=True, kw_only=True)
class SpeciesOutcome:
    """Density of one species."""

    species: Species
    """Which."""
    all_density_raw: float | None = None
    """Density over all valid fields, unrounded."""
    ci_high: float | None = None
    """Upper limit per µL."""
    ci_low: float | None = None
    """Lower limit per µL."""
    density_per_ul: int | None = None
    """Density per µL as reported."""
    density_raw: float | None = None
    """Density per µL, unrounded."""
    parasites: int | None = None
    """Asexual parasites of the count."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SpeciesOutcome:
        """From the parsed JSON."""
        return cls(
            species=data["species"],
            all_density_raw=data.get("all_density_raw"),
            ci_high=data.get("ci_high"),
            ci_low=data.get("ci_low"),
            density_per_ul=data.get("density_per_ul"),
            density_raw=data.get("density_raw"),
            parasites=data.get("parasites"),
        )


@dataclass(frozen=True, kw_only=True)
class Suspects:
    """Suspects of a film's valid fields, and what became of them (section 9.1)."""

    asexual: int
    """Marked as asexual parasites (thick film), or red cells marked as infected (thin film)."""
    confirmed: int
    """How many of those are parasites of any stage."""
    gametocytes: int
    """Marked as gametocytes, or red cells marked as holding one."""
    judged: int
    """How many of them a reader has judged."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Suspects:
        """From the parsed JSON."""
        return cls(
            asexual=data["asexual"],
            confirmed=data["confirmed"],
            gametocytes=data["gametocytes"],
            judged=data["judged"],
        )


@dataclass(frozen=True, kw_only=True)
class Tallies:
    """Counts of both films."""

    thick: FilmTally | None = None
    """Of the thick film, where there is one."""
    thin: FilmTally | None = None
    """Of the thin film, where there is one."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Tallies:
        """From the parsed JSON."""
        return cls(
            thick=_maybe(FilmTally.of, data.get("thick")),
            thin=_maybe(FilmTally.of, data.get("thin")),
        )


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A picture that could not be read."""

    image: str
    """File, relative to the slide's folder."""
    kind: str
    """Whose fault: the code of an ``ErrorKind``."""
    message: str
    """What is wrong, in English."""
    values: Mapping[str, str]
    """Values for that message."""
    key: str | None = None
    """Key of the catalogue message that says what is wrong in the reader's language, where there is one."""
    line: int | None = None
    """The line of a text file, from 1."""
    more: tuple[Fault, ...] = ()
    """What else is wrong with the same file."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Unread:
        """From the parsed JSON."""
        return cls(
            image=data["image"],
            kind=data["kind"],
            message=data["message"],
            values=data["values"],
            key=data.get("key"),
            line=data.get("line"),
            more=tuple(Fault.of(x) for x in data.get("more", ())),
        )


@dataclass(frozen=True, kw_only=True)
class ViewRecord:
    """The examined part of a picture."""

    shape: str
    radius: float | None = None
    """Radius."""
    x: float | None = None
    """Centre across."""
    y: float | None = None
    """Centre down."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> ViewRecord:
        """From the parsed JSON."""
        return cls(
            shape=data["shape"],
            radius=data.get("radius"),
            x=data.get("x"),
            y=data.get("y"),
        )


@dataclass(frozen=True, kw_only=True)
class SlideRecord:
    """Everything known about a slide: what was examined, how, and what came of it. It holds no clock time, no folder
    outside the slide and no order of threads, so that the same pictures with the same settings give the same bytes.
    """

    fields: tuple[FieldRecord, ...]
    """Every readable picture in acquisition order, thick film first."""
    passed_over: tuple[PassedOver, ...]
    """Files that are no pictures."""
    provenance: Provenance
    """What made this record."""
    result: Results
    """What the standard makes of it, per film and for the patient."""
    schema: str
    """``SCHEMA``."""
    settings: Settings
    """The settings used."""
    slide: SlideInfo
    """What the laboratory said about the slide."""
    tally: Tallies
    """What was counted, per film."""
    unread: tuple[Unread, ...]
    """Pictures that could not be read."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SlideRecord:
        """From the parsed JSON."""
        return cls(
            fields=tuple(FieldRecord.of(x) for x in data["fields"]),
            passed_over=tuple(PassedOver.of(x) for x in data["passed_over"]),
            provenance=Provenance.of(data["provenance"]),
            result=Results.of(data["result"]),
            schema=data["schema"],
            settings=Settings.of(data["settings"]),
            slide=SlideInfo.of(data["slide"]),
            tally=Tallies.of(data["tally"]),
            unread=tuple(Unread.of(x) for x in data["unread"]),
        )
