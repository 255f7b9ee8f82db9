//! The objects of a thin film.

use super::canvas::{Canvas, Extent};
use super::clutter;
use super::dice::Dice;
use super::field::object;
use super::gametocyte::Gametocyte;
use super::layout::{Layout, Spot};
use super::parasite::{Ring, RingForm, Schizont, Trophozoite};
use super::red_cell::{DIAMETER_UM, Habit, RedCell};
use super::spec::FieldSpec;
use super::stain::Inks;
use super::truth::TruthObject;
use super::white_cell::WhiteCell;
use crate::terms::{CellClass, Stage};

/// Most parasites put into one red cell.
const MOST_INSIDE: usize = 4;

/// Draws all objects; cells without parasites first, so that no parasite is hidden.
pub(super) fn draw(
    canvas: &mut Canvas,
    spec: &FieldSpec,
    inks: &Inks,
    habit: Habit,
    dice: &mut Dice,
) -> Vec<TruthObject> {
    let counts = &spec.counts;
    let mut layout = Layout::new(canvas.view);
    let mut truth = Vec::new();
    for _ in 0..counts.debris {
        let at = canvas.view.pick(dice, 0.0);
        clutter::debris(canvas, dice, at, inks);
    }
    let white: Vec<(Spot, WhiteCell)> = (0..counts.white_cells)
        .map(|_| {
            let cell = WhiteCell::thin(dice);
            (layout.apart(dice, cell.reach() * 0.9, 0.0), cell)
        })
        .collect();
    let crescents: Vec<(Spot, Gametocyte)> = (0..counts.gametocytes)
        .map(|_| {
            let cell = Gametocyte::new(dice);
            (layout.apart(dice, 4.2, cell.reach()), cell)
        })
        .collect();
    let (mut cells, extra) = place_red_cells(canvas, spec, habit, &mut layout, dice);
    let inside = infect(canvas, spec, &mut cells, dice);
    for (spot, cell) in extra.iter().chain(cells.get(inside.len()..).unwrap_or_default()) {
        let extent = cell.draw(canvas, (spot.x, spot.y), inks.cell);
        truth.extend(red_cell(canvas, spot, extent, 0));
    }
    for (spot, cell) in &white {
        let extent = cell.draw(canvas, (spot.x, spot.y), inks, true);
        truth.extend(object(canvas, CellClass::WhiteCell, None, (spot.x, spot.y), extent));
    }
    for ((spot, cell), stages) in cells.iter().zip(&inside) {
        let extent = cell.draw(canvas, (spot.x, spot.y), inks.cell);
        truth.extend(red_cell(canvas, spot, extent, stages.len() as u32));
    }
    for ((spot, cell), stages) in cells.iter().zip(&inside) {
        draw_parasites(canvas, dice, inks, spot, cell, stages, &mut truth);
    }
    for (spot, cell) in &crescents {
        let extent = cell.draw(canvas, (spot.x, spot.y), inks, true);
        truth.extend(object(
            canvas,
            CellClass::Gametocyte,
            Some(Stage::Gametocyte),
            (spot.x, spot.y),
            extent,
        ));
    }
    for _ in 0..counts.platelets {
        // Some lie on red cells, where they are taken for parasites.
        let at = match cells.get(inside.len() + dice.below(cells.len().saturating_sub(inside.len()))) {
            Some((spot, _)) if dice.chance(0.05) => (spot.x, spot.y),
            _ => {
                let spot = layout.apart(dice, 1.4, 1.5);
                (spot.x, spot.y)
            }
        };
        let extent = clutter::platelet(canvas, dice, at, inks, true);
        truth.extend(object(canvas, CellClass::Platelet, None, at, extent));
    }
    for _ in 0..counts.precipitate {
        let at = canvas.view.pick(dice, 0.0);
        clutter::precipitate(canvas, dice, at, inks);
    }
    truth
}

type Placed = Vec<(Spot, RedCell)>;

/// Places the red cells asked for, and as dense a seam of cells around the view.
fn place_red_cells(
    canvas: &Canvas,
    spec: &FieldSpec,
    habit: Habit,
    layout: &mut Layout,
    dice: &mut Dice,
) -> (Placed, Placed) {
    let first = layout.len();
    let n = spec.counts.red_cells;
    let mut cells = Vec::with_capacity(n as usize);
    for _ in 0..n {
        let cell = RedCell::new(&habit, dice);
        let radius = cell.blob.radius;
        let beside =
            if dice.chance(spec.clumping as f32) { layout.beside(dice, radius, first) } else { None };
        let spot = beside.unwrap_or_else(|| layout.apart(dice, radius, 0.0));
        cells.push((spot, cell));
    }
    let area = canvas.view.area();
    let density = if area > 0.0 { n as f32 / area } else { 0.0 };
    // Never denser than a closed layer.
    let density = density.min(1.0 / (DIAMETER_UM * DIAMETER_UM));
    let extra = layout
        .outside(dice, density, DIAMETER_UM * 0.6, DIAMETER_UM / 2.0)
        .into_iter()
        .map(|spot| (spot, RedCell::new(&habit, dice)))
        .collect();
    (cells, extra)
}

/// Chooses the cells that hold parasites, moves them to the front of `cells`, and says what each holds.
fn infect(canvas: &Canvas, spec: &FieldSpec, cells: &mut Placed, dice: &mut Dice) -> Vec<Vec<Stage>> {
    let counts = &spec.counts;
    let mut inside: Vec<Vec<Stage>> = Vec::new();
    for _ in 0..counts.rings {
        match inside.last_mut() {
            Some(last) if last.len() < MOST_INSIDE && dice.chance(spec.multiple as f32) => {
                last.push(Stage::Ring)
            }
            _ => inside.push(vec![Stage::Ring]),
        }
    }
    let late = [(counts.trophozoites, Stage::Trophozoite), (counts.schizonts, Stage::Schizont)];
    for (n, stage) in late {
        inside.extend((0..n).map(|_| vec![stage]));
    }
    // Cells wholly in view come first, in random order; cut cells are taken only where those run out.
    for i in (1..cells.len()).rev() {
        cells.swap(i, dice.below(i + 1));
    }
    cells.sort_by_key(|(spot, cell)| canvas.view.depth(spot.x, spot.y) < cell.blob.reach());
    inside
}

fn red_cell(canvas: &Canvas, spot: &Spot, extent: Extent, parasites: u32) -> Option<TruthObject> {
    let mut truth = object(canvas, CellClass::RedCell, None, (spot.x, spot.y), extent)?;
    truth.infected = Some(parasites > 0);
    truth.parasites_inside = parasites;
    Some(truth)
}

fn draw_parasites(
    canvas: &mut Canvas,
    dice: &mut Dice,
    inks: &Inks,
    spot: &Spot,
    cell: &RedCell,
    stages: &[Stage],
    truth: &mut Vec<TruthObject>,
) {
    let mut direction = dice.direction();
    let many = stages.len() > 1;
    for stage in stages {
        let (rim, _) = cell.blob.polar(direction.0, direction.1);
        let towards = |share: f32| (spot.x + direction.0 * rim * share, spot.y + direction.1 * rim * share);
        let (at, extent) = match stage {
            Stage::Ring => {
                let applique = dice.chance(0.2);
                let share = match (applique, many) {
                    (true, _) => dice.range(0.88, 1.0),
                    (false, true) => dice.range(0.4, 0.65),
                    (false, false) => dice.range(0.0, 0.68),
                };
                let form = match (applique, dice.chance(0.15)) {
                    (true, _) => RingForm::Applique,
                    (false, true) => RingForm::Comma,
                    (false, false) => RingForm::Closed,
                };
                let at = towards(share);
                (at, Ring::new(dice, form, direction).draw(canvas, at, inks))
            }
            Stage::Trophozoite => {
                let at = towards(dice.range(0.0, 0.3));
                (at, Trophozoite::new(dice).draw(canvas, at, inks))
            }
            Stage::Schizont => {
                let at = towards(dice.range(0.0, 0.1));
                (at, Schizont::new(dice).draw(canvas, at, inks))
            }
            Stage::Gametocyte => continue,
        };
        truth.extend(object(canvas, CellClass::AsexualParasite, Some(*stage), at, extent));
        // The next one lies a third of a turn on.
        direction =
            (-0.5 * direction.0 - 0.866_025_4 * direction.1, 0.866_025_4 * direction.0 - 0.5 * direction.1);
    }
}
