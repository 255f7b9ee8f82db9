//! The objects of a thick film.

use super::arith::smoothstep;
use super::canvas::{Canvas, Dab};
use super::clutter;
use super::dice::Dice;
use super::field::object;
use super::gametocyte::Gametocyte;
use super::layout::Layout;
use super::parasite::{Ring, RingForm, Schizont, Trophozoite};
use super::shape::{Blob, grain};
use super::spec::FieldSpec;
use super::stain::Inks;
use super::truth::TruthObject;
use super::white_cell::WhiteCell;
use crate::terms::{CellClass, Stage};

/// Draws all objects, parasites last, so that none is hidden.
pub(super) fn draw(canvas: &mut Canvas, spec: &FieldSpec, inks: &Inks, dice: &mut Dice) -> Vec<TruthObject> {
    let counts = &spec.counts;
    let mut layout = Layout::new(canvas.view);
    let mut truth = Vec::new();
    for _ in 0..counts.debris {
        let at = canvas.view.pick(dice, 0.0);
        match dice.below(4) {
            0 => specks(canvas, dice, at, inks),
            1 => clutter::debris(canvas, dice, at, inks),
            _ => ghost(canvas, dice, at, inks),
        }
    }
    for _ in 0..counts.white_cells {
        let cell = WhiteCell::thick(dice);
        let radius = cell.reach() * 0.85;
        let beside =
            if dice.chance(spec.clumping as f32 * 0.5) { layout.beside(dice, radius, 0) } else { None };
        let spot = beside.unwrap_or_else(|| layout.apart(dice, radius, 0.0));
        let extent = cell.draw(canvas, (spot.x, spot.y), inks, false);
        truth.extend(object(canvas, CellClass::WhiteCell, None, (spot.x, spot.y), extent));
    }
    for _ in 0..counts.platelets {
        let spot = layout.apart(dice, 1.6, 1.6);
        let extent = clutter::platelet(canvas, dice, (spot.x, spot.y), inks, false);
        truth.extend(object(canvas, CellClass::Platelet, None, (spot.x, spot.y), extent));
    }
    for _ in 0..counts.precipitate {
        let spot = layout.apart(dice, 3.0, 0.0);
        clutter::precipitate(canvas, dice, (spot.x, spot.y), inks);
    }
    for _ in 0..counts.gametocytes {
        let cell = Gametocyte::new(dice);
        let spot = layout.apart(dice, 4.5, cell.reach());
        let extent = cell.draw(canvas, (spot.x, spot.y), inks, false);
        truth.extend(object(
            canvas,
            CellClass::Gametocyte,
            Some(Stage::Gametocyte),
            (spot.x, spot.y),
            extent,
        ));
    }
    let stages = [
        (counts.schizonts, Stage::Schizont, 3.0),
        (counts.trophozoites, Stage::Trophozoite, 2.0),
        (counts.rings, Stage::Ring, 1.4),
    ];
    for (n, stage, radius) in stages {
        for _ in 0..n {
            let spot = layout.apart(dice, radius, radius + 0.5);
            let at = (spot.x, spot.y);
            let extent = match stage {
                Stage::Schizont => Schizont::new(dice).draw(canvas, at, inks),
                Stage::Trophozoite => Trophozoite::new(dice).draw(canvas, at, inks),
                Stage::Ring | Stage::Gametocyte => ring(dice).draw(canvas, at, inks),
            };
            truth.extend(object(canvas, CellClass::AsexualParasite, Some(stage), at, extent));
        }
    }
    truth
}

fn ring(dice: &mut Dice) -> Ring {
    let form = match dice.below(20) {
        0..=5 => RingForm::Comma,
        6..=9 => RingForm::Exclamation,
        10..=13 => RingForm::Broken,
        _ => RingForm::Closed,
    };
    Ring::new(dice, form, (1.0, 0.0)).bare()
}

/// What a lysed red cell leaves: a pale round shadow, lighter or darker than the film.
fn ghost(canvas: &mut Canvas, dice: &mut Dice, at: (f32, f32), inks: &Inks) {
    let radius = dice.range(1.5, 3.8);
    let blob = Blob::new(dice, radius, 0.1, 0.2);
    let (strength, salt) = (dice.range(-0.3, 0.5), dice.bits());
    canvas.stamp(at, blob.reach() + 1.5, |x, y| {
        let fade = smoothstep(0.8, -0.8, blob.distance(x, y));
        Dab::dye(inks.stroma, strength * fade * (0.6 + 0.8 * grain(x, y, 1.2, salt)))
    });
}

/// A scatter of pale pink specks without structure, as fibrin and burst platelets leave them.
fn specks(canvas: &mut Canvas, dice: &mut Dice, at: (f32, f32), inks: &Inks) {
    let spread = dice.range(2.0, 8.0);
    let strength = dice.range(0.12, 0.4);
    for _ in 0..4 + dice.below(20) {
        let centre = (at.0 + dice.normal() * spread, at.1 + dice.normal() * spread);
        let radius = dice.range(0.25, 0.9);
        let blob = Blob::new(dice, radius, 0.3, 0.4);
        canvas.stamp(centre, blob.reach() + 0.8, |x, y| {
            Dab::dye(inks.platelet, strength * smoothstep(0.4, -0.4, blob.distance(x, y)))
        });
    }
}
