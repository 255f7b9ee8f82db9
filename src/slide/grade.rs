//! From the fields of a film to what the standard makes of them: one way for the machine's counts and for a reader's.

use crate::Result;
use crate::measure::{RbcPerMicrolitre, WbcPerMicrolitre};
use crate::standard::{
    Asexual, FieldCount, Gametocytes, Profile, RbcUsed, ThickOutcome, ThinCount, ThinOutcome, WbcUsed,
    grade_fields, grade_thin,
};
use crate::tally::FieldTally;

/// Grades the fields of a thick film in the order of acquisition, copies left out: whether each is counted, and its
/// counts. `wbc_per_ul` is the patient's own (THK-6).
pub(crate) fn grade_thick_fields(
    fields: impl IntoIterator<Item = (bool, FieldTally)>,
    wbc_per_ul: Option<WbcPerMicrolitre>,
    profile: &Profile,
) -> ThickOutcome {
    let counts: Vec<FieldCount> = fields
        .into_iter()
        .map(|(counted, tally)| {
            let count = FieldCount::new(small(tally.asexual_parasites), small(tally.white_cells))
                .with_gametocytes(small(tally.gametocytes));
            if counted { count } else { count.rejected() }
        })
        .collect();
    grade_fields(&counts, WbcUsed::measured_or_assumed(wbc_per_ul, profile), profile)
}

/// The same of a thin film, whose fields are one count. `rbc_per_ul` is the patient's own (THN-2).
///
/// # Errors
/// [`ErrorKind::Usage`](crate::ErrorKind::Usage) where more red cells are infected than there are.
pub(crate) fn grade_thin_fields(
    fields: impl IntoIterator<Item = (bool, FieldTally)>,
    rbc_per_ul: Option<RbcPerMicrolitre>,
    profile: &Profile,
) -> Result<ThinOutcome> {
    let (mut counted, mut rejected, mut number) = (FieldTally::default(), FieldTally::default(), 0);
    for (counts, tally) in fields {
        if counts {
            counted += tally;
            number += 1;
        } else {
            rejected += tally;
        }
    }
    let counted = counted.with_cut_cells_where_they_decide();
    let count = ThinCount::new(counted.infected_red_cells, counted.red_cells)?
        .with_gametocyte_cells(counted.gametocyte_red_cells)?
        .with_parasites(counted.parasites_in_red_cells.max(counted.infected_red_cells))?
        .with_fields(number)
        .with_rejected_candidates(Asexual(rejected.asexual_parasites), Gametocytes(rejected.gametocytes));
    Ok(grade_thin(&count, RbcUsed::measured_or_assumed(rbc_per_ul, profile), profile))
}

/// Counts of one field; a field of more than four thousand million cells does not exist.
fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
