//! A film's count with how far it was judged.

use super::sample::Sampled;
use super::status::{ReadingStatus, Suspects};
use crate::profile::Profile;
use crate::thick::ThickOutcome;
use crate::thin::ThinOutcome;
use crate::{Error, ErrorKind, Result};

/// A graded film that can be judged: thick or thin, and nothing else.
pub trait CountedFilm: private::Sealed + Clone {
    /// Asexual parasites over all valid fields (thick), infected red cells (thin).
    fn asexual(&self) -> u64;
    /// Gametocytes over all valid fields (thick), red cells that hold one (thin).
    fn gametocytes(&self) -> u64;
}

mod private {
    pub trait Sealed {}
    impl Sealed for crate::thick::ThickOutcome {}
    impl Sealed for crate::thin::ThinOutcome {}
}

impl CountedFilm for ThickOutcome {
    fn asexual(&self) -> u64 {
        self.search.asexual.get()
    }

    fn gametocytes(&self) -> u64 {
        self.search.gametocytes.get()
    }
}

impl CountedFilm for ThinOutcome {
    fn asexual(&self) -> u64 {
        self.count.infected().get()
    }

    fn gametocytes(&self) -> u64 {
        self.count.gametocyte_cells().get()
    }
}

/// A film's count and how far it was judged. What is not judged can be looked at only as
/// [`Outcome::if_confirmed`](crate::Outcome::if_confirmed).
///
/// ```compile_fail
/// # use malaria_standard::{FieldCount, Judged, Profile, WbcUsed, grade_fields};
/// let profile = Profile::standard().unwrap();
/// let marked = grade_fields(&[FieldCount::new(33, 11)], WbcUsed::assumed(&profile), &profile);
/// let machine = Judged::machine(marked);
/// let density = machine.confirmed.density; // private: a machine count has none
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Judged<F> {
    /// What a reader has confirmed; for a machine count, what was marked.
    pub(crate) confirmed: F,
    /// As if everything that was not rejected were confirmed.
    pub(crate) open: F,
    pub(crate) status: ReadingStatus,
    pub(crate) suspects: Suspects,
    /// Whether the reader has looked at the fields themselves, not at the suspects alone.
    pub(crate) fields_seen: bool,
    pub(crate) sample: Option<Sampled>,
}

impl<F: CountedFilm> Judged<F> {
    /// A machine count: `marked` is the film graded as if every mark were a parasite (MCH-1 to MCH-3).
    pub fn machine(marked: F) -> Self {
        let suspects =
            Suspects { asexual: marked.asexual(), gametocytes: marked.gametocytes(), ..Suspects::default() };
        Self {
            confirmed: marked.clone(),
            open: marked,
            status: ReadingStatus::Machine,
            suspects,
            fields_seen: false,
            sample: None,
        }
    }

    /// A read count: `confirmed` is the film graded by what the reader has confirmed of `suspects` (and added to them),
    /// each of which he has judged (MCH-4). `fields_seen`: whether he has looked at the fields themselves; without that
    /// nothing is said of a film in which nothing was confirmed (MCH-3).
    pub fn read(confirmed: F, suspects: Suspects, fields_seen: bool) -> Self {
        let suspects = Suspects {
            judged: suspects.total(),
            confirmed: confirmed.asexual().saturating_add(confirmed.gametocytes()).min(suspects.total()),
            ..suspects
        };
        Self {
            open: confirmed.clone(),
            confirmed,
            status: ReadingStatus::Read,
            suspects,
            fields_seen,
            sample: None,
        }
    }

    /// A person's own count, without any machine.
    pub fn counted(film: F) -> Self {
        let suspects =
            Suspects { asexual: film.asexual(), gametocytes: film.gametocytes(), ..Suspects::default() };
        Self::read(film, suspects, true)
    }

    /// A count judged in part (MCH-5): `confirmed` by what was confirmed alone, `open` as if all that was not rejected
    /// were confirmed too. With all judged it is [`Self::read`] and wants the fields looked at.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] where more are judged than there are suspects, or more confirmed than judged.
    pub fn partly(confirmed: F, open: F, suspects: Suspects) -> Result<Self> {
        check(&suspects)?;
        let status = if suspects.judged == 0 { ReadingStatus::Machine } else { ReadingStatus::PartlyRead };
        Ok(Self { confirmed, open, status, suspects, fields_seen: false, sample: None })
    }

    /// A count judged by a random sample of its suspects (MCH-6). `marked`: graded as if every mark were a parasite;
    /// `confirmed`: by what was confirmed alone; `seed`: that of the draw, by the slide's digest. A sample below the
    /// profile's least number is a count judged in part.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] as [`Self::partly`].
    pub fn sampled(
        confirmed: F,
        marked: F,
        suspects: Suspects,
        seed: u64,
        profile: &Profile,
    ) -> Result<Self> {
        check(&suspects)?;
        let enough = suspects.judged >= u64::from(profile.values().machine.sample_min);
        // Of a sample without a parasite nothing follows for what nobody has judged.
        if !enough || confirmed.asexual() == 0 || suspects.left() == 0 {
            return Self::partly(confirmed, marked, suspects);
        }
        // On a thin film what was marked are red cells, however many parasites lie in each.
        let sample = Sampled {
            suspects: marked.asexual().saturating_add(marked.gametocytes()),
            judged: suspects.judged,
            confirmed: confirmed.asexual().min(suspects.judged),
            seed,
        };
        Ok(Self {
            confirmed,
            open: marked,
            status: ReadingStatus::ReadBySample,
            suspects,
            fields_seen: false,
            sample: Some(sample),
        })
    }

    /// How far it was judged.
    pub fn status(&self) -> ReadingStatus {
        self.status
    }

    /// The suspects and what became of them.
    pub fn suspects(&self) -> Suspects {
        self.suspects
    }
}

fn check(suspects: &Suspects) -> Result<()> {
    let Suspects { judged, confirmed, .. } = *suspects;
    if judged <= suspects.total() && confirmed <= judged {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Usage,
        format!("{judged} suspects judged and {confirmed} confirmed of {}: that cannot be", suspects.total()),
    )
    .with_key("error-judged")
    .with_arg("judged", judged)
    .with_arg("confirmed", confirmed)
    .with_arg("suspects", suspects.total()))
}
