"""What differs between the two films: scale, classes, sets and how often each set is drawn."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Film:
    name: str
    bundle: str
    version: str
    um_per_px: float  # of the pictures to learn from
    shown_um_per_px: float  # of those that the engine shows to the nets: what the folds read best
    tile: int  # side of a training crop, and of the tiles that model.onnx is written for
    halo: int
    classes: tuple  # engine terms with a heat map, in channel order
    min_distance_um: tuple  # of each of `terms`
    sets: dict  # set name -> share of the training crops
    zoom: tuple  # range of the scale augmentation
    restained: float  # share of the crops in which single cells are stained anew
    begun_at: str | None  # the film whose net the shipped one began at, and whose pictures it has seen in this way
    # Sides of tiles that the engine chooses from besides: few that suit most pictures, none of 512 or more, from where on
    # the runtime takes its slow direct convolution.
    other_tiles: tuple = (352, 400, 432, 464)
    balance: tuple = (222.0, 215.0, 220.0)  # the 90th percentile of each channel is brought here
    class_weight: tuple = field(default=())
    rescaled: dict = field(default_factory=dict)  # set -> factor on the scale that goes with it
    dark_share: dict = field(default_factory=dict)  # least share of a mark's box that is darker than the film around
    # Classes that the second look tells apart, in the order of its logits. One that the first net has no map for is
    # looked for among the candidates of the first of these.
    second_classes: tuple = ("asexual_parasite",)
    second_side: int = 48  # cut-out of the second look, pixels at the working scale
    second_from: float = -2.2  # candidates to learn from start at this logit of the first net
    second_least: float = -2.2  # those of the engine at this one
    second_weight: float = 2.0  # logit = this * first + second

    @property
    def terms(self):
        """All classes of the bundle: those with a map of their own, then those told apart by the second look alone."""
        return self.classes + tuple(t for t in self.second_classes if t not in self.classes)

    def heat(self, term):
        """The heat map that a class is looked for in."""
        return self.classes.index(term if term in self.classes else self.second_classes[0])

    def second_kinds(self, heat):
        """The classes that the second look finds among the candidates of a heat map."""
        return tuple(t for t in self.second_classes if self.heat(t) == heat)

    @property
    def channels(self):
        return 3 * len(self.classes)  # one heat map, two log sizes each


THIN = Film(
    name="thin",
    bundle="thin-falciparum",
    version="0.7.0",
    um_per_px=0.15,
    shown_um_per_px=0.15,
    tile=256,
    halo=32,
    classes=("red_cell", "asexual_parasite", "gametocyte", "white_cell", "platelet"),
    min_distance_um=(3.5, 1.0, 3.0, 7.0, 1.2),
    sets={
        "thin-mpidb-falciparum": 0.36,
        "thin-nih-falciparum": 0.12,
        "thin-iml-vivax": 0.14,
        "thin-chula-uninfected": 0.10,
        "thin-bccd-uninfected": 0.12,
        "thin-txlpbc-uninfected": 0.16,
    },
    zoom=(0.75, 1.33),
    restained=0.6,
    begun_at=None,
    class_weight=(1.0, 1.0, 0.3, 0.5, 0.5),
)

THICK = Film(
    name="thick",
    bundle="thick-falciparum",
    version="0.10.0",
    um_per_px=0.155,
    shown_um_per_px=0.155,
    tile=256,
    halo=32,
    classes=("asexual_parasite", "white_cell"),
    min_distance_um=(1.2, 6.0, 5.0),
    sets={"thick-fiocruz": 0.40, "thick-mlab": 0.27, "thick-own": 0.33, "thick-unlabelled": 0.0},
    zoom=(0.72, 1.4),
    restained=0.5,
    begun_at="thin",
    class_weight=(1.0, 0.7),
    # Its white cells would be 12.5 um wide, those of the other sets are 9 (`sizes.py`): one size for all, and the one
    # that the engine's own estimate of the scale goes by.
    rescaled={"thick-fiocruz": 0.75},
    second_classes=("asexual_parasite", "gametocyte", "white_cell"),
    second_side=64,
    second_least=-1.6,  # 0.6.0 found no labelled parasite of its folds below it
    dark_share={"white_cell": 0.35},  # writing on a scale bar's plate has less
)

FILMS = {"thin": THIN, "thick": THICK}
