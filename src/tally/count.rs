//! What one detection counts as.

use super::field_tally::FieldTally;
use crate::detect::Detection;
use crate::terms::{CellClass, Film, Stage};

/// Counts the detections of one field.
///
/// On a thin film a parasite whose red cell was not found implies one: *P. falciparum* lives inside red cells,
/// and leaving such a parasite out of I and R would lower the parasitaemia. How many cells were implied is
/// kept in [`FieldTally::implied_red_cells`]. Red cells that the edge of the view cuts are counted apart, with
/// what is seen in them.
pub fn tally_field(film: Film, detections: &[Detection]) -> FieldTally {
    let mut tally = FieldTally::default();
    for detection in detections {
        count(&mut tally, film, detection);
    }
    tally
}

fn count(tally: &mut FieldTally, film: Film, detection: &Detection) {
    let implied = film == Film::Thin && detection.in_red_cell == Some(false);
    if implied && !detection.cut {
        tally.implied_red_cells += 1;
    }
    match detection.class {
        CellClass::AsexualParasite => {
            tally.asexual_parasites += 1;
            match detection.stage {
                Some(Stage::Ring) => tally.rings += 1,
                Some(Stage::Trophozoite) => tally.trophozoites += 1,
                Some(Stage::Schizont) => tally.schizonts += 1,
                Some(Stage::Gametocyte) | None => {}
            }
            if film == Film::Thin && !detection.cut {
                tally.parasites_in_red_cells += 1;
            }
            if implied {
                red_cell(tally, detection.cut, Some(CellClass::AsexualParasite));
            }
        }
        CellClass::Gametocyte => {
            tally.gametocytes += 1;
            if implied {
                red_cell(tally, detection.cut, Some(CellClass::Gametocyte));
            }
        }
        CellClass::WhiteCell => tally.white_cells += 1,
        CellClass::RedCell => {
            let holds = if detection.parasites_inside.is_some_and(|n| n > 0) {
                Some(CellClass::AsexualParasite)
            } else {
                detection.gametocytes_inside.filter(|n| *n > 0).map(|_| CellClass::Gametocyte)
            };
            red_cell(tally, detection.cut, holds);
        }
        CellClass::Platelet => tally.platelets += 1,
    }
}

/// One red cell, among the whole or the cut ones, with the parasite that it counts for.
fn red_cell(tally: &mut FieldTally, cut: bool, holds: Option<CellClass>) {
    let (cells, infected, with_gametocytes) = if cut {
        (&mut tally.cut_red_cells, &mut tally.cut_infected_red_cells, &mut tally.cut_gametocyte_red_cells)
    } else {
        (&mut tally.red_cells, &mut tally.infected_red_cells, &mut tally.gametocyte_red_cells)
    };
    *cells += 1;
    match holds {
        Some(CellClass::AsexualParasite) => *infected += 1,
        Some(CellClass::Gametocyte) => *with_gametocytes += 1,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Probability, PxRect};

    fn found(class: CellClass) -> Detection {
        Detection {
            class,
            stage: None,
            score: Probability::new(0.9).expect("a probability"),
            bounds: PxRect::new(0.0, 0.0, 9.0, 7.0).expect("a box"),
            parasites_inside: None,
            gametocytes_inside: None,
            in_red_cell: None,
            cut: false,
        }
    }

    #[test]
    fn cut_cells_are_counted_apart_and_only_where_they_decide() {
        let mut whole = found(CellClass::RedCell);
        whole.parasites_inside = Some(0);
        let mut cut = Detection { cut: true, ..whole.clone() };
        cut.parasites_inside = Some(1);
        let ring = Detection { cut: true, in_red_cell: Some(true), ..found(CellClass::AsexualParasite) };
        let alone = Detection { cut: true, in_red_cell: Some(false), ..found(CellClass::AsexualParasite) };
        let t = tally_field(Film::Thin, &[whole.clone(), cut, ring, alone]);
        assert_eq!((t.red_cells, t.infected_red_cells, t.asexual_parasites), (1, 0, 2));
        assert_eq!((t.cut_red_cells, t.cut_infected_red_cells, t.implied_red_cells), (2, 2, 0));
        let decided = t.with_cut_cells_where_they_decide();
        assert_eq!(
            (decided.red_cells, decided.infected_red_cells),
            (3, 2),
            "a parasite that was seen is not lost"
        );
        whole.parasites_inside = Some(1);
        let more: FieldTally = [t, tally_field(Film::Thin, &[whole])].into_iter().sum();
        assert_eq!(more.with_cut_cells_where_they_decide(), more);
    }

    #[test]
    fn a_gametocyte_in_a_cut_cell_changes_no_parasitaemia() {
        let whole = FieldTally {
            red_cells: 1000,
            cut_red_cells: 200,
            cut_gametocyte_red_cells: 2,
            ..FieldTally::default()
        };
        // 3.00 %, not 30 of 1,200: the share is one of whole cells.
        let infected = FieldTally { infected_red_cells: 30, ..whole };
        assert_eq!(infected.with_cut_cells_where_they_decide(), infected);
        // Without an infected cell it is the only sign, and only its own cell joins the whole ones.
        let decided = whole.with_cut_cells_where_they_decide();
        assert_eq!(
            (decided.red_cells, decided.infected_red_cells, decided.gametocyte_red_cells),
            (1002, 0, 2)
        );
        let more = FieldTally { gametocyte_red_cells: 1, ..whole };
        assert_eq!(more.with_cut_cells_where_they_decide(), more);
        // An infected cut cell decides for all of them.
        let cut = FieldTally { cut_infected_red_cells: 1, ..more }.with_cut_cells_where_they_decide();
        assert_eq!((cut.red_cells, cut.infected_red_cells, cut.gametocyte_red_cells), (1200, 1, 3));
    }

    #[test]
    fn a_cell_with_two_parasites_counts_once() {
        let mut cell = found(CellClass::RedCell);
        cell.parasites_inside = Some(2);
        cell.gametocytes_inside = Some(0);
        let mut ring = found(CellClass::AsexualParasite);
        ring.in_red_cell = Some(true);
        let t = tally_field(Film::Thin, &[cell, ring.clone(), ring]);
        assert_eq!((t.red_cells, t.infected_red_cells, t.parasites_in_red_cells), (1, 1, 2));
    }

    #[test]
    fn gametocytes_never_infect() {
        let mut cell = found(CellClass::RedCell);
        cell.parasites_inside = Some(0);
        cell.gametocytes_inside = Some(1);
        let mut free = found(CellClass::Gametocyte);
        free.in_red_cell = Some(false);
        let t = tally_field(Film::Thin, &[cell, free]);
        assert_eq!(
            (t.red_cells, t.infected_red_cells, t.gametocyte_red_cells, t.implied_red_cells),
            (2, 0, 2, 1)
        );
        assert_eq!(t.asexual_parasites, 0);
    }

    #[test]
    fn a_parasite_without_a_cell_implies_one_on_thin_films_only() {
        let mut ring = found(CellClass::AsexualParasite);
        ring.in_red_cell = Some(false);
        let thin = tally_field(Film::Thin, std::slice::from_ref(&ring));
        assert_eq!((thin.red_cells, thin.infected_red_cells, thin.implied_red_cells), (1, 1, 1));
        ring.in_red_cell = None;
        let thick = tally_field(Film::Thick, &[ring]);
        assert_eq!((thick.red_cells, thick.asexual_parasites), (0, 1));
    }

    #[test]
    fn adding_is_the_sum_of_the_parts() {
        let fields = [
            tally_field(Film::Thick, &[found(CellClass::WhiteCell)]),
            tally_field(Film::Thick, &[found(CellClass::AsexualParasite), found(CellClass::Platelet)]),
        ];
        let forward: FieldTally = fields.into_iter().sum();
        let backward: FieldTally = fields.into_iter().rev().sum();
        assert_eq!(forward, backward);
        assert_eq!((forward.white_cells, forward.asexual_parasites, forward.platelets), (1, 1, 1));
    }
}
