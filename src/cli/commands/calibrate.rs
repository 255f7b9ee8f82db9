//! `hemozoin calibrate`: how many parasites the engine sees at this site where there are none.

#[cfg(feature = "review")]
mod read;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;

use super::analyze::RunFlags;
use crate::cli::CommandResult;
use crate::cli::exit::Exit;
use crate::cli::session::Session;
use hemozoin::files::write_whole;
use hemozoin::locale::{decimal, integer};
use hemozoin::record::{FilmTally, MeasuredSlide, SiteFloor, SlideRecord, unit_of};
use hemozoin::slide::Engine;
use hemozoin::source::analyze;
use hemozoin::standard::{Floor, FloorBasis, NegativeSlide, Profile};
use hemozoin::tally::FieldTally;
use hemozoin::terms::Film;

#[derive(Args)]
pub(crate) struct Flags {
    #[arg(value_name = "DIR", required = true)]
    slides: Vec<PathBuf>,
    #[arg(long, value_name = "FILE", default_value = "floor.toml")]
    out: PathBuf,
    #[cfg(feature = "review")]
    #[arg(long)]
    read: bool,
    #[command(flatten)]
    run: RunFlags,
}

pub(crate) fn run(flags: &Flags, session: &Session) -> CommandResult {
    let engine = flags.run.engine()?;
    #[cfg(feature = "review")]
    let (floors, exit) = match flags.read {
        true => read::floors(&flags.slides, &engine, session)?,
        false => analysed(flags, &engine, session)?,
    };
    #[cfg(not(feature = "review"))]
    let (floors, exit) = analysed(flags, &engine, session)?;
    if floors.is_empty() {
        return Ok(Exit::Usage);
    }
    let text = SiteFloor::write(&floors)?;
    write_whole(&flags.out, text.as_bytes())?;
    for floor in &floors {
        session.print(&(summary(floor, engine.profile(), session) + "\n"))?;
    }
    let file = [("file", flags.out.display().to_string())];
    session.tell(&session.catalogue().say_with("calibrate-written", &file));
    if floors.iter().any(|floor| floor.threshold.is_some()) {
        session.tell(&session.catalogue().say("calibrate-threshold-use"));
    }
    Ok(exit)
}

/// The floors of slides that are analysed for it.
fn analysed(flags: &Flags, engine: &Engine, session: &Session) -> anyhow::Result<(Vec<SiteFloor>, Exit)> {
    let facts = flags.run.facts()?;
    let mut exit = Exit::Done;
    let mut measured: Vec<(Film, MeasuredSlide)> = Vec::new();
    let mut given = BTreeSet::new();
    for path in &flags.slides {
        // A slide that is measured twice would make the floor look surer than it is.
        if !given.insert(std::fs::canonicalize(path).unwrap_or_else(|_| path.clone())) {
            let slide = [("slide", path.display().to_string())];
            session.warn(&session.catalogue().say_with("calibrate-twice", &slide));
            exit = Exit::SomeFailed;
            continue;
        }
        let record = match analyze(engine, path, &facts) {
            Ok(record) => record,
            Err(error) => {
                session.complain(&session.catalogue().error(&error));
                exit = Exit::SomeFailed;
                continue;
            }
        };
        let left_out = not_counted(&record);
        if !left_out.is_empty() {
            let args = [("slide", record.slide.id.clone()), ("images", left_out.join(", "))];
            session.warn(&session.catalogue().say_with("calibrate-left-out", &args));
            exit = Exit::SomeFailed;
        }
        for (film, slide) in counts(&record) {
            if slide.cells == 0 {
                session
                    .warn(&session.catalogue().say_with("calibrate-without-cells", &[("slide", slide.id)]));
                exit = Exit::SomeFailed;
                continue;
            }
            session.tell(&describe(film, &slide, session));
            measured.push((film, slide));
        }
    }
    let mut floors = Vec::new();
    for film in [Film::Thick, Film::Thin] {
        let slides: Vec<MeasuredSlide> =
            measured.iter().filter(|(f, _)| *f == film).map(|(_, s)| s.clone()).collect();
        if !slides.is_empty() {
            floors.push(floor_of(engine, film, slides)?);
        }
    }
    Ok((floors, exit))
}

/// Pictures that could not be read or were unfit; a second copy of a picture is no loss.
fn not_counted(record: &SlideRecord) -> Vec<&str> {
    let unfit = record.fields.iter().filter(|f| f.is_unfit()).map(|f| f.image.as_str());
    record.unread.iter().map(|unread| unread.image.as_str()).chain(unfit).collect()
}

/// What the slide's films count towards a floor: the very counts that an analysis holds against it.
fn counts(record: &SlideRecord) -> Vec<(Film, MeasuredSlide)> {
    let of = |film: Film, tally: Option<&FilmTally>| {
        tally.map(|tally| {
            let (parasites, cells) = figures(film, &tally.counted);
            (film, MeasuredSlide { id: record.slide.id.clone(), parasites, cells })
        })
    };
    [of(Film::Thick, record.tally.thick.as_ref()), of(Film::Thin, record.tally.thin.as_ref())]
        .into_iter()
        .flatten()
        .collect()
}

/// Parasites and cells of a film, as the test of its floor takes them.
fn figures(film: Film, counted: &FieldTally) -> (u64, u64) {
    match film {
        Film::Thick => (counted.asexual_parasites, counted.white_cells),
        Film::Thin => {
            let counted = counted.with_cut_cells_where_they_decide();
            (counted.infected_red_cells, counted.red_cells)
        }
    }
}

fn floor_of(engine: &Engine, film: Film, slides: Vec<MeasuredSlide>) -> hemozoin::Result<SiteFloor> {
    let detector = engine.detector(film)?;
    let negative: Vec<NegativeSlide> = slides.iter().map(NegativeSlide::from).collect();
    let rule = &engine.profile().values().floor;
    Ok(SiteFloor {
        film,
        bundle: detector.bundle().name.clone(),
        bundle_digest: detector.digest().to_owned(),
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        floor: Floor::measure(unit_of(film), FloorBasis::Site, &negative, rule)?,
        slides,
        threshold: None,
    })
}

fn describe(film: Film, slide: &MeasuredSlide, session: &Session) -> String {
    let (words, language) = (session.catalogue(), session.language());
    words.say_with(
        "calibrate-slide",
        &[
            ("slide", slide.id.clone()),
            ("film", words.say(&format!("film-{}", film.code()))),
            ("parasites", integer(slide.parasites, language)),
            ("cells", integer(slide.cells, language)),
        ],
    )
}

fn summary(site: &SiteFloor, profile: &Profile, session: &Session) -> String {
    let (words, language) = (session.catalogue(), session.language());
    let (key, per) = match site.film {
        Film::Thick => ("calibrate-thick", 200.0),
        Film::Thin => ("calibrate-thin", 1000.0),
    };
    let said = words.say_with(
        key,
        &[
            ("rate", decimal(site.floor.mean() * per, 3, language)),
            ("spread", decimal(site.floor.spread() * per, 3, language)),
            ("slides", integer(site.floor.slides(), language)),
            ("cells", integer(site.floor.cells(), language)),
            ("bundle", site.bundle.clone()),
        ],
    );
    if site.floor.decides(profile) {
        return said;
    }
    let rule = &profile.values().machine;
    let cells = match site.film {
        Film::Thick => rule.site_floor_wbc_min,
        Film::Thin => rule.site_floor_rbc_min,
    };
    let wanted = [
        ("slides", integer(u64::from(rule.site_floor_slides_min), language)),
        ("cells", integer(u64::from(cells), language)),
    ];
    format!("{said}\n{}", words.say_with("calibrate-too-little", &wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_floor_is_measured_on_the_counts_that_are_held_against_it() {
        let counted = FieldTally {
            red_cells: 900,
            cut_red_cells: 100,
            cut_infected_red_cells: 2,
            ..FieldTally::default()
        };
        assert_eq!(figures(Film::Thin, &counted), (2, 1000));
        let counted = FieldTally { infected_red_cells: 3, ..counted };
        assert_eq!(figures(Film::Thin, &counted), (3, 900));
    }
}
