//! `hemozoin grade`: counts in, result out, without any picture.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::rules::{Format, RuleFlags, json};
use crate::cli::session::Session;
use crate::cli::table;
use hemozoin::locale::outcome_words;
use hemozoin::standard::{
    Authority, Context, Films, Graded, Outcome, Profile, RbcUsed, ThickOutcome, ThickTotals, ThinCount,
    ThinOutcome, WbcUsed, grade_fields, grade_thin, grade_totals, parse_fields,
};
use hemozoin::terms::{Film, Species};
use hemozoin::{Error, ErrorKind};

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(long, value_enum)]
    film: Option<FilmFlag>,
    #[arg(long, value_name = "P")]
    parasites: Option<u64>,
    #[arg(long, value_name = "W")]
    wbc_counted: Option<u64>,
    #[arg(long, value_name = "N|BLOCKS", allow_hyphen_values = true)]
    fields: Option<String>,
    #[arg(long, value_name = "C", value_parser = number)]
    wbc_per_ul: Option<f64>,
    #[arg(long, value_name = "G")]
    gametocytes: Option<u64>,
    #[arg(long, value_name = "I")]
    infected_rbc: Option<u64>,
    #[arg(long, value_name = "R")]
    rbc_counted: Option<u64>,
    #[arg(long, value_name = "B", value_parser = number)]
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

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FilmFlag {
    Thick,
    Thin,
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

fn number(text: &str) -> Result<f64, String> {
    // A French keyboard types a comma.
    text.replace(',', ".").parse().map_err(|_| format!("\"{text}\" is not a number"))
}

fn species(text: &str) -> Result<Species, String> {
    Species::ALL.into_iter().find(|s| s.code() == text).ok_or_else(|| {
        let known = Species::ALL.map(Species::code).join(", ");
        format!("\"{text}\" is not a species; the known ones are {known}")
    })
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
        other => other.map(str::to_owned),
    };
    let counts = Counts {
        film: flags.film.map(|film| if film == FilmFlag::Thick { Film::Thick } else { Film::Thin }),
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

/// A result of one line of a table.
#[derive(serde::Serialize)]
struct Line<'o> {
    id: String,
    #[serde(flatten)]
    outcome: &'o Outcome,
}

fn run_many(flags: &Flags, path: &std::path::Path, session: &Session) -> CommandResult {
    // A profile that does not stand is found before the first line.
    let common = profile(flags, None)?;
    let mut exit = Exit::Done;
    for row in table::rows(path)? {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                session.complain(&session.catalogue().error(&error));
                exit = Exit::SomeFailed;
                continue;
            }
        };
        let result = Counts::of_row(&row, flags).and_then(|counts| match row.text("profile") {
            Some(name) => counts.grade(&profile(flags, Some(name)).map_err(own_error)?),
            None => counts.grade(&common),
        });
        match result {
            Ok(outcome) => session.print(&match flags.format {
                Format::Json => json(&Line { id: row.id(), outcome: &outcome }, true)?,
                Format::Text => {
                    format!("{}\t{}\n", row.id(), outcome_words(&outcome, session.catalogue()).state)
                }
            })?,
            Err(error) => {
                session.complain(&row.complaint(&error, session.catalogue()));
                exit = Exit::SomeFailed;
            }
        }
    }
    Ok(exit)
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

fn own_error(error: anyhow::Error) -> Error {
    error.downcast::<Error>().unwrap_or_else(|other| Error::new(ErrorKind::Usage, format!("{other:#}")))
}

fn text_of(outcome: &Outcome, session: &Session) -> String {
    let words = outcome_words(outcome, session.catalogue());
    words.lines().iter().flat_map(|line| [line, "\n"]).collect()
}

impl Counts {
    /// The counts of a line; the columns bear the names of the flags, and `fields_valid` is taken for `fields`.
    fn of_row(row: &table::Row, flags: &Flags) -> hemozoin::Result<Self> {
        let refuse = |value: &str| {
            Error::new(ErrorKind::Usage, format!("{value} is not a film; write thick or thin"))
                .with_key("error-grade-film")
                .with_arg("value", value)
        };
        let film = match row.text("film") {
            None => None,
            Some("thick") => Some(Film::Thick),
            Some("thin") => Some(Film::Thin),
            Some(other) => return Err(refuse(other)),
        };
        let named = row.text("species").unwrap_or_default();
        let species = named
            .split(['+', ';', ' '])
            .filter(|name| !name.is_empty())
            .map(|name| species(name).map_err(|text| Error::new(ErrorKind::Usage, text)))
            .collect::<hemozoin::Result<_>>()?;
        Ok(Self {
            film,
            parasites: row.whole("parasites")?,
            wbc_counted: row.whole("wbc_counted")?,
            fields: row.text("fields").or_else(|| row.text("fields_valid")).map(str::to_owned),
            gametocytes: row.whole("gametocytes")?,
            infected_rbc: row.whole("infected_rbc")?,
            rbc_counted: row.whole("rbc_counted")?,
            wbc_per_ul: row.number("wbc_per_ul")?.or(flags.wbc_per_ul),
            rbc_per_ul: row.number("rbc_per_ul")?.or(flags.rbc_per_ul),
            species,
        })
    }

    /// The result: of the film given, or of the patient where both were counted.
    fn grade(&self, profile: &Profile) -> hemozoin::Result<Outcome> {
        let wbc = match self.wbc_per_ul {
            Some(c) => WbcUsed::measured_from(c)?,
            None => WbcUsed::assumed(profile),
        };
        let rbc = match self.rbc_per_ul {
            Some(b) => RbcUsed::measured_from(b)?,
            None => RbcUsed::assumed(profile),
        };
        let thick = self.thick(wbc, profile)?;
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
        if self.film.is_some() && both {
            return Err(unfitting());
        }
        let films = Films::new(thick, thin).ok_or_else(unfitting)?;
        let context = Context {
            rbc: Some(rbc),
            species_on_thick: self.species.clone(),
            species_on_thin: self.species.clone(),
            ..Context::default()
        };
        let graded = Graded::of(&films, &context, profile);
        let alone = if both { None } else { graded.thick.or(graded.thin) };
        alone.or(Some(graded.patient)).filter(|out| self.fits(out)).ok_or_else(unfitting)
    }

    /// Whether a named film is the film graded.
    fn fits(&self, outcome: &Outcome) -> bool {
        match self.film {
            Some(Film::Thick) => outcome.rbc_counted.is_none(),
            Some(Film::Thin) => outcome.rbc_counted.is_some(),
            None => true,
        }
    }

    fn thick(&self, wbc: WbcUsed, profile: &Profile) -> hemozoin::Result<Option<ThickOutcome>> {
        let fields = self.fields.as_deref().map(str::trim);
        let number = fields.and_then(|text| text.parse::<u64>().ok());
        if let (Some(blocks), None) = (fields, number) {
            if self.parasites.is_some() || self.wbc_counted.is_some() {
                return Err(Error::new(
                    ErrorKind::Usage,
                    "blocks of fields already hold the parasites and white cells",
                )
                .with_key("error-grade-flags"));
            }
            return Ok(Some(grade_fields(&parse_fields(blocks)?, wbc, profile)));
        }
        let (Some(parasites), Some(cells)) = (self.parasites, self.wbc_counted) else { return Ok(None) };
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
        let (Some(infected), Some(cells)) = (self.infected_rbc, self.rbc_counted) else { return Ok(None) };
        let count = ThinCount::new(infected, cells)?.with_gametocyte_cells(self.gametocytes.unwrap_or(0))?;
        Ok(Some(grade_thin(&count, rbc, profile)))
    }
}
