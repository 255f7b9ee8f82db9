//! Slides and things that our own renderer draws, with their truth before and after drawing.

use super::check::refused;
use super::course::{Camera, CropGroup, Density, SlideGroup};
use super::lot::Lot;
use super::truth::{FieldTruth, Object};
use super::what::What;
use crate::Result;
use crate::render::{Counts, Disc, FieldSpec, SlideSpec, Stain, TruthObject, slide_fields};
use crate::terms::Film;

/// Pixels of a drawn field, and µm for each: 205 x 154 µm hold some 16 white cells of a thick film, in the disc of a phone
/// 10 (DET-10), and some 250 red cells of a thin one.
const FIELD: (u32, u32) = (1280, 960);
const FIELD_UM: f64 = 0.16;
/// The same of the field around a single thing.
const CROP: (u32, u32) = (480, 400);
const CROP_UM: f64 = 0.08;
/// How often a slide with parasites is drawn again where chance left its fields without one.
const TRIES: u64 = 200;
const TROPHOZOITES: f64 = 0.06;

/// The fields of one slide of a group, undrawn. A slide that is asked as positive has a parasite in its fields.
pub(super) fn slide(group: &SlideGroup, lot: &mut Lot) -> Result<Vec<FieldSpec>> {
    let (low, high) = group.parasites_per_ul.map_or((0.0, 0.0), Density::range);
    // Evenly in the logarithm: low densities are as likely as high ones.
    let density =
        if low > 0.0 { (low * (high / low).powf(lot.unit())).round().clamp(low, high) } else { 0.0 };
    let spec = SlideSpec {
        field: look(group.film, &group.stains, &group.cameras, FIELD, FIELD_UM, lot),
        fields: group.fields,
        parasites_per_ul: density,
        gametocytes_per_ul: group.gametocytes_per_ul,
        rbc_per_ul: 5_000_000.0,
        trophozoite_share: TROPHOZOITES,
        dirt_per_1000_um2: 0.1 + 0.4 * lot.unit(),
        ..SlideSpec::default()
    };
    let seed = lot.bits64();
    for attempt in 0..TRIES {
        let fields = slide_fields(&SlideSpec { seed: seed.wrapping_add(attempt), ..spec.clone() })?;
        if density == 0.0 || fields.iter().any(|field| field.counts.asexual() > 0) {
            return Ok(fields);
        }
    }
    let (density, fields) = (density as u64, group.fields);
    let text = format!("{fields} fields at {density} parasites per µL hold none; give more fields");
    Err(refused("error-quiz-course-empty", text).with_arg("fields", fields).with_arg("density", density))
}

/// What the fields hold.
pub(super) fn truth_of(fields: &[FieldSpec]) -> Vec<FieldTruth> {
    let of = |counts: &Counts| FieldTruth {
        asexual: counts.asexual(),
        gametocytes: counts.gametocytes,
        white_cells: counts.white_cells,
    };
    fields.iter().map(|field| of(&field.counts)).collect()
}

/// A field with one `thing` in it, and what films have around it.
pub(super) fn thing(group: &CropGroup, thing: What, lot: &mut Lot) -> FieldSpec {
    let mut counts = Counts { platelets: 2, debris: 1, ..Counts::default() };
    if group.film == Film::Thin {
        counts.red_cells = 10;
    }
    match thing {
        What::Ring => counts.rings = 1,
        What::Trophozoite => counts.trophozoites = 1,
        What::Schizont => counts.schizonts = 1,
        What::Gametocyte => counts.gametocytes = 1,
        What::WhiteCell => counts.white_cells = 1,
        What::Platelet | What::Nothing => {}
    }
    let look = look(group.film, &group.stains, &group.cameras, CROP, CROP_UM, lot);
    FieldSpec { counts, multiple: 0.0, disc: None, seed: lot.bits64(), look: lot.bits64(), ..look }
}

/// The things of a drawn field that a trainee can be asked for: those whose middle lies in view.
pub fn objects_of(truth: &[TruthObject]) -> Vec<Object> {
    let of = |object: &TruthObject| {
        let thing = What::of(object.class, object.stage)?;
        Some(Object { thing: Some(thing), x: object.x, y: object.y, w: object.width, h: object.height })
    };
    truth.iter().filter(|object| object.centre_in_view).filter_map(of).collect()
}

fn look(
    film: Film,
    stains: &[Stain],
    cameras: &[Camera],
    (width, height): (u32, u32),
    um_per_px: f64,
    lot: &mut Lot,
) -> FieldSpec {
    let stain = lot.pick(stains).unwrap_or(Stain::Pink);
    let base = FieldSpec {
        film,
        um_per_px,
        width,
        height,
        stain,
        stain_variation: 0.5,
        texture: 0.5,
        ..FieldSpec::default()
    };
    match lot.pick(cameras).unwrap_or(Camera::Tube) {
        Camera::Tube => FieldSpec { blur_um: 0.12, noise: 0.8, softness: 0.4, unevenness: 0.2, ..base },
        Camera::Phone => FieldSpec {
            disc: Some(Disc { diameter: 1.04, cx: 0.49, cy: 0.51 }),
            blur_um: 0.17,
            noise: 1.4,
            softness: 0.7,
            unevenness: 0.4,
            ..base
        },
        Camera::Soft => FieldSpec { blur_um: 0.26, noise: 2.2, softness: 0.5, unevenness: 0.6, ..base },
    }
}
