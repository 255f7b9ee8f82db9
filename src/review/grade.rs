//! What the standard makes of a reading (section 9.1). The one place where the review meets the rules.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::counts::{Counted, ReadCounts};
use super::decision::Verdict;
use super::marks::{Mark, MarkId};
use super::replay::ReadSlide;
use super::sample::SAMPLE_LEAST;
use crate::record::{Results, SlideRecord};
use crate::slide::{grade_thick_fields, grade_thin_fields};
use crate::standard::{Context, CountedFilm, Graded, Judged, Profile, RbcUsed, Suspects};
use crate::tally::FieldTally;
use crate::terms::{CellClass, Film};
use crate::{Error, ErrorKind, Result};

/// The result of one reading; the machine's stands in the record and stays there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    let profile = settings.rules().to_profile()?;
    let of = OneSlide { record, slide, counts, profile: &profile };
    let thick = of.has(Film::Thick).then(|| {
        of.judged(Film::Thick, |fields| Ok(grade_thick_fields(fields, settings.wbc_per_ul, &profile)))
    });
    let thin = of
        .has(Film::Thin)
        .then(|| of.judged(Film::Thin, |fields| grade_thin_fields(fields, settings.rbc_per_ul, &profile)));
    let (thick, thin) = (thick.transpose()?, thin.transpose()?);
    let floor = |film: Film| {
        let bundle = record.provenance.bundles.iter().find(|b| b.film == film)?;
        let site = settings.site_floors.iter().find(|f| f.film == film)?;
        site.for_bundle(&bundle.digest).ok()
    };
    let context = Context {
        rbc: settings.rbc_per_ul.map(RbcUsed::measured),
        thick_floor: floor(Film::Thick),
        thin_floor: floor(Film::Thin),
        ..Context::default()
    };
    let graded = Graded::of_judged(thick.as_ref(), thin.as_ref(), &context, &profile)
        .ok_or_else(|| Error::new(ErrorKind::Internal, "a record without a field has no reading"))?;
    Ok(ReadResult { result: Results { thick: graded.thick, thin: graded.thin, patient: graded.patient } })
}

struct OneSlide<'a> {
    record: &'a SlideRecord,
    slide: &'a ReadSlide,
    counts: &'a ReadCounts,
    profile: &'a Profile,
}

/// The fields of a film, copies left out: whether each counts, and its counts.
type Fields = Vec<(bool, FieldTally)>;

impl OneSlide<'_> {
    fn has(&self, film: Film) -> bool {
        self.record.fields.iter().any(|f| f.film == film)
    }

    /// A film with how far it was judged. `grade` grades its fields.
    fn judged<F: CountedFilm>(&self, film: Film, grade: impl Fn(Fields) -> Result<F>) -> Result<Judged<F>> {
        let (suspects, seen) = (self.suspects(film, |_| true), self.fields_seen(film));
        let of = |counted: Counted| {
            let fields = self.counts.of_film(self.slide, film);
            grade(
                fields
                    .map(|(field, counts)| (field.counts(), counts.of_kind(counted, field.counts())))
                    .collect(),
            )
        };
        let confirmed = of(Counted::Read)?;
        if self.slide.sample(film).is_some() {
            let drawn: HashSet<MarkId> = self.slide.drawn(film).iter().map(|mark| mark.id).collect();
            let of_sample = self.suspects(film, |mark| drawn.contains(&mark.id));
            let whole = of_sample.judged == of_sample.total()
                && of_sample.total() >= SAMPLE_LEAST.min(suspects.total());
            if whole && suspects.judged < suspects.total() {
                let sampled =
                    Suspects { judged: of_sample.judged, confirmed: of_sample.confirmed, ..suspects };
                let fields = self.counts.sampled(self.record, self.slide, film, &drawn);
                let seed = self.slide.seed(film);
                return Judged::sampled(grade(fields)?, of(Counted::Marked)?, sampled, seed, self.profile);
            }
        }
        let nothing_done = suspects.judged == 0 && !self.begun(film);
        if nothing_done {
            return Ok(Judged::machine(of(Counted::Open)?));
        }
        if suspects.judged == suspects.total() {
            return Ok(Judged::read(confirmed, suspects, seen));
        }
        Judged::partly(confirmed, of(Counted::Open)?, suspects)
    }

    /// The suspects of the counted fields that `wanted` takes: parasites on a thick film, red cells with one on a thin film
    /// (THN-3). A red cell is judged when all that was marked in it is, and confirmed where one of those is a parasite.
    fn suspects(&self, film: Film, wanted: impl Fn(&Mark) -> bool) -> Suspects {
        let mut found = Suspects::default();
        let fields = self.slide.fields.iter().filter(|f| f.key.film == film && f.counts());
        for unit in fields.flat_map(|f| f.suspect_units()).filter(|unit| unit.iter().any(|mark| wanted(mark)))
        {
            match unit.iter().all(|mark| mark.class == CellClass::Gametocyte) {
                true => found.gametocytes += 1,
                false => found.asexual += 1,
            }
            found.judged += u64::from(unit.iter().all(|mark| mark.verdict.is_some()));
            let parasite = |mark: &&Mark| {
                mark.verdict.and_then(Verdict::counts_as).is_some_and(|(class, _)| class.is_parasite())
            };
            found.confirmed += u64::from(unit.iter().any(parasite));
        }
        found
    }

    /// Whether every counted field was looked at as a whole.
    fn fields_seen(&self, film: Film) -> bool {
        let mut fields = self.slide.fields.iter().filter(|f| f.key.film == film && f.counts()).peekable();
        fields.peek().is_some() && fields.all(|f| f.looked)
    }

    /// Whether the reader looked at a field of the film, left one out, or added something.
    fn begun(&self, film: Film) -> bool {
        let mut fields = self.slide.fields.iter().filter(|f| f.key.film == film);
        fields.any(|f| f.looked || f.excluded.is_some() || f.marks.iter().any(|m| m.decided.is_some()))
    }
}
