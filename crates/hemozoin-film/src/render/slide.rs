//! The fields of one slide with a known density.

use serde::{Deserialize, Serialize};

use super::dice::{Dice, Stream};
use super::field::render;
use super::spec::{Counts, FieldSpec};
use super::truth::Rendered;
use super::view::View;
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// Blood under one mm² of a thick film, µL: an oil field of 0.2 mm across holds about 0.002 µL.
const THICK_UL_PER_MM2: f64 = 0.002 / 0.031_416;

/// A patient's blood and the look of the film; the numbers on each field are drawn from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SlideSpec {
    /// Look of every field; its `counts`, `look` and `seed` are replaced.
    pub field: FieldSpec,
    /// Number of fields.
    pub fields: u32,
    /// Asexual parasites per µL of blood.
    pub parasites_per_ul: f64,
    /// Gametocytes per µL of blood.
    pub gametocytes_per_ul: f64,
    /// White cells per µL of blood.
    pub wbc_per_ul: f64,
    /// Red cells per µL of blood (thin films: parasitaemia is `parasites_per_ul / rbc_per_ul`).
    pub rbc_per_ul: f64,
    /// Platelets per µL of blood.
    pub platelets_per_ul: f64,
    /// Red cells per mm² of a thin film; 8,000 gives about 250 on an oil field 0.2 mm across.
    pub red_cells_per_mm2: f64,
    /// Share of asexual parasites that are late trophozoites.
    pub trophozoite_share: f64,
    /// Share of asexual parasites that are schizonts.
    pub schizont_share: f64,
    /// Mean number of precipitate patches, and of other debris, per 1000 µm².
    pub dirt_per_1000_um2: f64,
    /// Seed of the slide; every field gets its own from it.
    pub seed: u64,
}

impl Default for SlideSpec {
    fn default() -> Self {
        Self {
            field: FieldSpec::default(),
            fields: 10,
            parasites_per_ul: 0.0,
            gametocytes_per_ul: 0.0,
            wbc_per_ul: 8_000.0,
            rbc_per_ul: 4_500_000.0,
            platelets_per_ul: 250_000.0,
            red_cells_per_mm2: 8_000.0,
            trophozoite_share: 0.03,
            schizont_share: 0.0,
            dirt_per_1000_um2: 0.3,
            seed: 0,
        }
    }
}

impl SlideSpec {
    /// An error that names the first impossible value.
    pub fn check(&self) -> Result<()> {
        let rates = [
            ("parasites_per_ul", self.parasites_per_ul, 1e7),
            ("gametocytes_per_ul", self.gametocytes_per_ul, 1e7),
            ("wbc_per_ul", self.wbc_per_ul, 1e6),
            ("rbc_per_ul", self.rbc_per_ul, 1e7),
            ("platelets_per_ul", self.platelets_per_ul, 1e7),
            ("red_cells_per_mm2", self.red_cells_per_mm2, 1e5),
            ("trophozoite_share", self.trophozoite_share, 1.0),
            ("schizont_share", self.schizont_share, 1.0),
            ("dirt_per_1000_um2", self.dirt_per_1000_um2, 100.0),
        ];
        if let Some((name, value, most)) = rates.iter().find(|(_, v, most)| !(0.0..=*most).contains(v)) {
            return Err(Error::new(ErrorKind::Usage, format!("{name} is {value}: give 0 to {most}")));
        }
        if self.trophozoite_share + self.schizont_share > 1.0 {
            return Err(Error::new(ErrorKind::Usage, "the shares of the stages exceed 1"));
        }
        if self.field.film == Film::Thin && self.rbc_per_ul < 1.0 {
            return Err(Error::new(ErrorKind::Usage, "rbc_per_ul is 0: a thin film needs red cells"));
        }
        FieldSpec { counts: Counts::default(), ..self.field.clone() }.check()
    }
}

/// The specifications of a slide's fields, undrawn; field `i` does not depend on how many there are.
///
/// # Errors
/// A value that [`SlideSpec::check`] refuses.
pub fn slide_fields(spec: &SlideSpec) -> Result<Vec<FieldSpec>> {
    spec.check()?;
    let mm2 = f64::from(View::new(&spec.field).area()) * 1e-6;
    Ok((0..spec.fields).map(|i| field(spec, i, mm2)).collect())
}

/// Draws the fields of a slide, one after another.
///
/// # Errors
/// A value that [`SlideSpec::check`] refuses; an item of the iterator is an error where chance gave a field more than
/// [`FieldSpec::check`] takes.
pub fn slide(spec: &SlideSpec) -> Result<Slide> {
    Ok(Slide(slide_fields(spec)?.into_iter()))
}

/// Iterator over the drawn fields of a slide, see [`slide`].
#[derive(Debug)]
pub struct Slide(std::vec::IntoIter<FieldSpec>);

impl Iterator for Slide {
    type Item = Result<Rendered>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|spec| render(&spec))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

fn field(spec: &SlideSpec, index: u32, mm2: f64) -> FieldSpec {
    let mut dice = Dice::new(spec.seed, Stream::Slide, u64::from(index));
    let (red_cells, blood_ul) = match spec.field.film {
        Film::Thick => (0, mm2 * THICK_UL_PER_MM2),
        Film::Thin => {
            let n = dice.poisson(spec.red_cells_per_mm2 * mm2);
            (n, f64::from(n) / spec.rbc_per_ul)
        }
    };
    let mut asexual = dice.poisson(spec.parasites_per_ul * blood_ul);
    if spec.field.film == Film::Thin {
        asexual = asexual.min(red_cells);
    }
    let mut counts = Counts { red_cells, ..Counts::default() };
    for _ in 0..asexual {
        let u = f64::from(dice.unit());
        if u < spec.schizont_share {
            counts.schizonts += 1;
        } else if u < spec.schizont_share + spec.trophozoite_share {
            counts.trophozoites += 1;
        } else {
            counts.rings += 1;
        }
    }
    counts.gametocytes = dice.poisson(spec.gametocytes_per_ul * blood_ul);
    counts.white_cells = dice.poisson(spec.wbc_per_ul * blood_ul);
    // Most platelets of a thick film are lost or fused; about a tenth can be told apart.
    let seen = if spec.field.film == Film::Thick { 0.1 } else { 1.0 };
    counts.platelets = dice.poisson(spec.platelets_per_ul * blood_ul * seen);
    let dirt = spec.dirt_per_1000_um2 * mm2 * 1e3;
    counts.precipitate = dice.poisson(dirt * 0.15);
    counts.debris = dice.poisson(dirt);
    FieldSpec { counts, look: spec.seed, seed: dice.bits64(), ..spec.field.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn densities_come_out_as_asked() {
        let field = FieldSpec { film: Film::Thick, width: 2000, height: 1500, ..FieldSpec::default() };
        let spec =
            SlideSpec { field, fields: 2000, parasites_per_ul: 4000.0, seed: 9, ..SlideSpec::default() };
        let fields = slide_fields(&spec).expect("sound");
        let parasites: u32 = fields.iter().map(|f| f.counts.asexual()).sum();
        let white: u32 = fields.iter().map(|f| f.counts.white_cells).sum();
        // 0.03 mm² hold 0.0019 µL: about 15 white cells a field.
        let ratio = f64::from(parasites) / f64::from(white);
        assert!((ratio - 0.5).abs() < 0.02, "{ratio}");
        assert!((f64::from(white) / 2000.0 - 15.28).abs() < 0.4, "{white}");
    }

    #[test]
    fn parasitaemia_comes_out_as_asked_and_fields_stand_alone() {
        let spec = SlideSpec { fields: 400, parasites_per_ul: 90_000.0, seed: 3, ..SlideSpec::default() };
        let fields = slide_fields(&spec).expect("sound");
        let cells: u32 = fields.iter().map(|f| f.counts.red_cells).sum();
        let parasites: u32 = fields.iter().map(|f| f.counts.asexual()).sum();
        let percent = 100.0 * f64::from(parasites) / f64::from(cells);
        assert!((percent - 2.0).abs() < 0.3, "{percent}");
        let fewer = slide_fields(&SlideSpec { fields: 3, ..spec }).expect("sound");
        assert_eq!(fewer.as_slice(), &fields[..3]);
    }
}
