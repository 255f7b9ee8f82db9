//! `hemozoin grade`: counts in, result out, without any picture.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::rules::{Format, RuleFlags, cells, count, film, json, species, species_of};
use crate::cli::session::Session;
use crate::cli::table::{Row, each_row};
use hemozoin::locale::outcome_words;
use hemozoin::standard::{
    Authority, Context, Films, Graded, Outcome, Profile, RbcUsed, ThickOutcome, ThickTotals, ThinCount,
    ThinOutcome, WbcUsed, grade_fields, grade_thin, grade_totals, parse_fields,
};
use hemozoin::terms::{Film, Species};
use hemozoin::{Error, ErrorKind};

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(long, value_parser = film)]
    film: Option<Film>,
    #[arg(long, value_name = "P", value_parser = count)]
    parasites: Option<u64>,
    #[arg(long, value_name = "W", value_parser = count)]
    wbc_counted: Option<u64>,
    #[arg(long, value_name = "N|BLOCKS", allow_hyphen_values = true)]
    fields: Option<String>,
    #[arg(long, value_name = "C", value_parser = cells)]
    wbc_per_ul: Option<f64>,
    #[arg(long, value_name = "G", value_parser = count)]
    gametocytes: Option<u64>,
    #[arg(long, value_name = "I", value_parser = count)]
    infected_rbc: Option<u64>,
    #[arg(long, value_name = "R", value_parser = count)]
    rbc_counted: Option<u64>,
    #[arg(long, value_name = "B", value_parser = cells)]
    rbc_per_ul: Option<f64>,
    #[arg(long, value_name = "SPECIES", value_parser = species)]
    species: Vec<Species>,
    #[arg(long, value_enum)]
    severity: Option<AuthorityFlag>,
    #[command(flatten)]
    rules: RuleFlags,
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[arg(long, value_name = "FILE", conflicts_with_all = [
        "film", "parasites", "wbc_counted", "fields", "gametocytes", "infected_rbc", "rbc_counted", "species",
    ])]
    input: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum AuthorityFlag {
    Who,
    Cdc,
    Uk,
    France,
}

impl From<AuthorityFlag> for Authority {
    fn from(flag: AuthorityFlag) -> Self {
        match flag {
            AuthorityFlag::Who => Self::Who,
            AuthorityFlag::Cdc => Self::Cdc,
            AuthorityFlag::Uk => Self::Uk,
            AuthorityFlag::France => Self::France,
        }
    }
}

/// The counts of one patient, from flags or from a line of a table.
#[derive(Default)]
struct Counts {
    film: Option<Film>,
    parasites: Option<u64>,
    wbc_counted: Option<u64>,
    /// A number of fields, or blocks of fields.
    fields: Option<String>,
    gametocytes: Option<u64>,
    infected_rbc: Option<u64>,
    rbc_counted: Option<u64>,
    wbc_per_ul: Option<f64>,
    rbc_per_ul: Option<f64>,
    species: BTreeSet<Species>,
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    match &flags.input {
        Some(path) => run_many(flags, path, session),
        None => run_one(flags, session),
    }
}

fn run_one(flags: &Flags, session: &Session) -> CommandResult {
    let fields = match flags.fields.as_deref() {
        Some("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map_err(|e| Error::io("-", "read", e))?;
            Some(text)
        }
        Some(text) => Some(match count(text) {
            Ok(number) => number.to_string(),
            Err(two) if two.key() == Some("error-two-numbers") => return Err(two.into()),
            // Blocks of fields are read where the film is graded.
            Err(_) => text.to_owned(),
        }),
        None => None,
    };
    let counts = Counts {
        film: flags.film,
        parasites: flags.parasites,
        wbc_counted: flags.wbc_counted,
        fields,
        gametocytes: flags.gametocytes,
        infected_rbc: flags.infected_rbc,
        rbc_counted: flags.rbc_counted,
        wbc_per_ul: flags.wbc_per_ul,
        rbc_per_ul: flags.rbc_per_ul,
        species: flags.species.iter().copied().collect(),
    };
    let outcome = counts.grade(&profile(flags, None)?)?;
    session.print(&match flags.format {
        Format::Json => json(&outcome, false)?,
        Format::Text => text_of(&outcome, session),
    })?;
    Ok(Exit::Done)
}

/// The columns that a line may have.
const COLUMNS: [&str; 11] = [
    "film",
    "parasites",
    "wbc_counted",
    "fields",
    "gametocytes",
    "infected_rbc",
    "rbc_counted",
    "wbc_per_ul",
    "rbc_per_ul",
    "species",
    "profile",
];

/// A result of one line of a table.
#[derive(serde::Serialize)]
struct Line<'o> {
    id: String,
    #[serde(flatten)]
    outcome: &'o Outcome,
}

fn run_many(flags: &Flags, path: &Path, session: &Session) -> CommandResult {
    // A profile that does not stand is found before the first line.
    let common = profile(flags, None)?;
    each_row(path, session, |row| {
        row.takes(&COLUMNS);
        let counts = Counts::of_row(row, flags)?;
        let outcome = match row.text("profile") {
            Some(name) => counts.grade(&profile(flags, Some(name))?)?,
            None => counts.grade(&common)?,
        };
        Ok(match flags.format {
            Format::Json => json(&Line { id: row.id(), outcome: &outcome }, true)?,
            Format::Text => {
                format!("{}\t{}\n", row.shown_id(), outcome_words(&outcome, session.catalogue()).state)
            }
        })
    })
}

fn profile(flags: &Flags, name: Option<&str>) -> anyhow::Result<Profile> {
    let profile = match name {
        Some(name) => flags.rules.over(name)?,
        None => flags.rules.profile()?,
    };
    Ok(match flags.severity {
        Some(authority) => profile.with_severity(authority.into()),
        None => profile,
    })
}

fn text_of(outcome: &Outcome, session: &Session) -> String {
    let words = outcome_words(outcome, session.catalogue());
    words.lines().iter().flat_map(|line| [line, "\n"]).collect()
}

impl Counts {
    /// The counts of a line; the columns bear the names of the flags, or others of [`hemozoin::entry::canonical`].
    fn of_row(row: &Row, flags: &Flags) -> hemozoin::Result<Self> {
        Ok(Self {
            film: row.text("film").map(film).transpose()?,
            parasites: row.whole("parasites")?,
            wbc_counted: row.whole("wbc_counted")?,
            fields: row.whole_or_text("fields")?,
            gametocytes: row.whole("gametocytes")?,
            infected_rbc: row.whole("infected_rbc")?,
            rbc_counted: row.whole("rbc_counted")?,
            wbc_per_ul: row.cells("wbc_per_ul")?.or(flags.wbc_per_ul),
            rbc_per_ul: row.cells("rbc_per_ul")?.or(flags.rbc_per_ul),
            species: species_of(row.text("species").unwrap_or_default())?,
        })
    }

    /// The result: of the film given, or of the patient where both were counted.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for a count that would enter no result: one half of a pair, a count of the other film,
    /// a count that blocks of fields already hold. Left out in silence it could make a film with parasites one
    /// without (INV-6).
    fn grade(&self, profile: &Profile) -> hemozoin::Result<Outcome> {
        let wbc = match self.wbc_per_ul {
            Some(c) => WbcUsed::measured_from(c)?,
            None => WbcUsed::assumed(profile),
        };
        let rbc = match self.rbc_per_ul {
            Some(b) => RbcUsed::measured_from(b)?,
            None => RbcUsed::assumed(profile),
        };
        self.of_the_film_named()?;
        let thick = self.thick(wbc, profile)?;
        let density = thick.as_ref().and_then(|film| film.density.map(|density| density.raw()));
        if let Some(density) = density.filter(|density| *density > rbc.per_ul()) {
            return Err(too_many(density, rbc.per_ul()));
        }
        let thin = self.thin(rbc, profile)?;
        let both = thick.is_some() && thin.is_some();
        let unfitting = || {
            Error::new(
                ErrorKind::Usage,
                "these counts do not belong together: for a thick film give --fields with blocks, or --parasites \
                 and --wbc-counted; for a thin film --infected-rbc and --rbc-counted",
            )
            .with_key("error-grade-flags")
        };
        let films = Films::new(thick, thin).ok_or_else(unfitting)?;
        let context = Context {
            rbc: Some(rbc),
            species_on_thick: self.species.clone(),
            species_on_thin: self.species.clone(),
            ..Context::default()
        };
        let graded = Graded::of(&films, &context, profile);
        let alone = if both { None } else { graded.thick.or(graded.thin) };
        Ok(alone.unwrap_or(graded.patient))
    }

    /// Refuses counts of the other film where one is named.
    fn of_the_film_named(&self) -> hemozoin::Result<()> {
        let given = match self.film {
            None => None,
            Some(Film::Thick) => {
                given([("infected-rbc", self.infected_rbc), ("rbc-counted", self.rbc_counted)])
            }
            Some(Film::Thin) if self.fields.is_some() => Some("fields"),
            Some(Film::Thin) => given([("parasites", self.parasites), ("wbc-counted", self.wbc_counted)]),
        };
        given.map_or(Ok(()), |name| {
            Err(refused(
                "error-grade-other-film",
                format!("--{name} belongs to the other film: leave it out, or name no film to grade both"),
            )
            .with_arg("given", name))
        })
    }

    fn thick(&self, wbc: WbcUsed, profile: &Profile) -> hemozoin::Result<Option<ThickOutcome>> {
        let fields = self.fields.as_deref().map(str::trim);
        let number = fields.and_then(|text| text.parse::<u64>().ok());
        if let (Some(blocks), None) = (fields, number) {
            // Beside a thin film the gametocytes are those of its cells.
            let gametocytes = self.gametocytes.filter(|_| self.rbc_counted.is_none());
            let twice = [
                ("parasites", self.parasites),
                ("wbc-counted", self.wbc_counted),
                ("gametocytes", gametocytes),
            ];
            return match given(twice) {
                Some(name) => Err(refused(
                    "error-grade-blocks",
                    format!(
                        "blocks of fields already hold parasites, white cells and gametocytes (COUNTxP:W:G): leave \
                         --{name} out"
                    ),
                )
                .with_arg("given", name)),
                None => Ok(Some(grade_fields(&parse_fields(blocks)?, wbc, profile))),
            };
        }
        let totals = pair(("parasites", self.parasites), ("wbc-counted", self.wbc_counted))?;
        let Some((parasites, cells)) = totals else {
            return if number.is_some() { Err(half("fields", "parasites")) } else { Ok(None) };
        };
        let mut totals = ThickTotals::new(parasites, cells);
        if self.rbc_counted.is_none() {
            totals = totals.with_gametocytes(self.gametocytes.unwrap_or(0));
        }
        if let Some(fields) = number {
            totals = totals.with_fields(fields)?;
        }
        Ok(Some(grade_totals(&totals, wbc, profile)))
    }

    fn thin(&self, rbc: RbcUsed, profile: &Profile) -> hemozoin::Result<Option<ThinOutcome>> {
        let counted = pair(("infected-rbc", self.infected_rbc), ("rbc-counted", self.rbc_counted))?;
        let Some((infected, cells)) = counted else { return Ok(None) };
        let count = ThinCount::new(infected, cells)?.with_gametocyte_cells(self.gametocytes.unwrap_or(0))?;
        Ok(Some(grade_thin(&count, rbc, profile)))
    }
}

/// More than one parasite for each red cell: a count of another field, or one with a digit too many.
fn too_many(density: f64, rbc: f64) -> Error {
    refused(
        "error-grade-too-many",
        format!(
            "these counts make {density:.0} parasites/µL, more than the {rbc:.0} red cells/µL that could hold them; \
             check the parasites, the white cells and the white cells per µL"
        ),
    )
    .with_arg("density", format!("{density:.0}"))
    .with_arg("rbc", format!("{rbc:.0}"))
}

/// Both counts of a pair, or none.
fn pair(
    (first, a): (&'static str, Option<u64>),
    (second, b): (&'static str, Option<u64>),
) -> hemozoin::Result<Option<(u64, u64)>> {
    match (a, b) {
        (Some(a), Some(b)) => Ok(Some((a, b))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(half(first, second)),
        (None, Some(_)) => Err(half(second, first)),
    }
}

/// Name of the first count that is given.
fn given<const N: usize>(counts: [(&'static str, Option<u64>); N]) -> Option<&'static str> {
    counts.into_iter().find(|(_, count)| count.is_some()).map(|(name, _)| name)
}

/// A film given by half; the names are those of the flags and, with `_`, of the columns.
fn half(given: &'static str, missing: &'static str) -> Error {
    refused(
        "error-grade-half",
        format!(
            "--{given} is given without --{missing}: a film is graded from both; give both, or leave both out"
        ),
    )
    .with_arg("given", given)
    .with_arg("missing", missing)
}

fn refused(key: &'static str, message: String) -> Error {
    Error::new(ErrorKind::Usage, message).with_key(key)
}
