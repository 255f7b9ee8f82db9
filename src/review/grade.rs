//! What the standard makes of a reading (section 9.1). The one place where the review meets the rules.

use serde::Serialize;

use super::counts::ReadCounts;
use super::replay::ReadSlide;
use crate::error::{Error, ErrorKind, Result};
use crate::record::{Results, SlideRecord};
use crate::standard::{
    Asexual, Context, FieldCount, Films, Gametocytes, Graded, Profile, RbcUsed, ThickOutcome, ThinCount,
    ThinOutcome, WbcUsed, grade_fields, grade_thin,
};
use crate::tally::FieldTally;
use crate::terms::Film;

/// The result of one reading; the machine's stands in the record and stays there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReadResult {
    /// What the standard makes of what the reader counts, per film and for the patient.
    pub result: Results,
}

/// Grades a slide as it is read so far, by the rules and blood counts that its record was made with.
///
/// # Errors
/// [`ErrorKind::Profile`] where the rules of the record are not known to this program; [`ErrorKind::Internal`] for a
/// record without a film.
pub fn grade_reading(record: &SlideRecord, slide: &ReadSlide, counts: &ReadCounts) -> Result<ReadResult> {
    let settings = &record.settings;
    let profile = match &settings.profile_overrides {
        Some(text) => Profile::named(&settings.profile)?.with_overrides(text, "profile")?,
        None => Profile::named(&settings.profile)?,
    };
    let thick = has(record, Film::Thick).then(|| thick_film(record, slide, counts, &profile));
    let thin = has(record, Film::Thin).then(|| thin_film(record, slide, counts, &profile)).transpose()?;
    let films = Films::new(thick, thin)
        .ok_or_else(|| Error::new(ErrorKind::Internal, "a record without a field has no reading"))?;
    // No floor applies to what a person has read (MCH-4).
    let context = Context { rbc: settings.rbc_per_ul.map(RbcUsed::measured), ..Context::default() };
    let graded = Graded::of(&films, &context, &profile);
    Ok(ReadResult { result: Results { thick: graded.thick, thin: graded.thin, patient: graded.patient } })
}

fn has(record: &SlideRecord, film: Film) -> bool {
    record.fields.iter().any(|f| f.film == film)
}

fn thick_film(
    record: &SlideRecord,
    slide: &ReadSlide,
    counts: &ReadCounts,
    profile: &Profile,
) -> ThickOutcome {
    let fields: Vec<FieldCount> = counts
        .of_film(slide, Film::Thick)
        .map(|(field, counts)| {
            let counted = field.counts();
            let shown = if counted { counts.read } else { counts.open };
            let field = FieldCount::new(small(shown.asexual_parasites), small(shown.white_cells))
                .with_gametocytes(small(shown.gametocytes));
            if counted { field } else { field.rejected() }
        })
        .collect();
    grade_fields(&fields, WbcUsed::measured_or_assumed(record.settings.wbc_per_ul, profile), profile)
}

fn thin_film(
    record: &SlideRecord,
    slide: &ReadSlide,
    counts: &ReadCounts,
    profile: &Profile,
) -> Result<ThinOutcome> {
    let (mut counted, mut rejected) = (FieldTally::default(), FieldTally::default());
    for (field, counts) in counts.of_film(slide, Film::Thin) {
        if field.counts() {
            counted += counts.read;
        } else {
            rejected += counts.open;
        }
    }
    let counted = counted.with_cut_cells_where_they_decide();
    let count = ThinCount::new(counted.infected_red_cells, counted.red_cells)?
        .with_gametocyte_cells(counted.gametocyte_red_cells)?
        .with_parasites(counted.parasites_in_red_cells.max(counted.infected_red_cells))?
        .with_rejected_candidates(Asexual(rejected.asexual_parasites), Gametocytes(rejected.gametocytes));
    Ok(grade_thin(&count, RbcUsed::measured_or_assumed(record.settings.rbc_per_ul, profile), profile))
}

/// Counts of one field; a field of more than four thousand million cells does not exist.
fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
