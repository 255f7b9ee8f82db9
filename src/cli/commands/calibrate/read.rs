//! A site's floor and threshold from slides that its readers signed: nothing is analysed again.

use std::path::Path;

use super::{figures, floor_of};
use crate::cli::exit::Exit;
use crate::cli::read_slides::{Found, SignedSlide, each};
use crate::cli::session::Session;
use hemozoin::locale::{decimal, integer};
use hemozoin::measure::Probability;
use hemozoin::record::{MeasuredSlide, MeasuredThreshold, SiteFloor, unit_of};
use hemozoin::review::{Balance, LEAST_PARASITES, ReadScores, counted_from};
use hemozoin::slide::Engine;
use hemozoin::standard::{Floor, FloorBasis, NegativeSlide};
use hemozoin::terms::{CellClass, Film};

/// What the readings of one film say.
#[derive(Default)]
struct OfFilm {
    scores: Vec<ReadScores>,
    /// Slides on which a reader found no parasite.
    free: Vec<MeasuredSlide>,
}

/// A floor for each film of which enough malaria-free slides were read, with the site's threshold where enough parasites
/// were.
pub(super) fn floors(
    paths: &[impl AsRef<Path>],
    engine: &Engine,
    session: &Session,
) -> anyhow::Result<(Vec<SiteFloor>, Exit)> {
    let mut exit = Exit::Done;
    let mut floors = Vec::new();
    let mut said = false;
    for film in [Film::Thick, Film::Thin] {
        let mut of_film = OfFilm::default();
        for path in paths {
            each(path.as_ref(), |found| {
                let left_out = match found {
                    Found::Signed(signed) => add(&signed, film, engine, &mut of_film)?,
                    Found::NotSigned(slide) => Some(("cli-export-not-signed", slide)),
                    Found::NotRead(path) => Some(("cli-export-not-read", path.display().to_string())),
                };
                // What is not read is said once, not for each film.
                if let Some((key, slide)) =
                    left_out.filter(|(key, _)| !said || !key.starts_with("cli-export"))
                {
                    session.warn(&session.catalogue().say_with(key, &[("slide", slide)]));
                    exit = Exit::SomeFailed;
                }
                Ok(())
            })?;
        }
        said = true;
        if of_film.scores.is_empty() {
            continue;
        }
        match floor_of(engine, film, of_film.free.clone()) {
            Ok(mut floor) => {
                floor.threshold = threshold(paths, film, &of_film, engine, session)?;
                floors.push(floor);
            }
            Err(refused) => {
                session.warn(&session.catalogue().error(&refused));
                exit = Exit::SomeFailed;
            }
        }
    }
    Ok((floors, exit))
}

/// Adds one film of a slide; gives back why it is left out, where it is.
fn add(
    signed: &SignedSlide,
    film: Film,
    engine: &Engine,
    of_film: &mut OfFilm,
) -> anyhow::Result<Option<(&'static str, String)>> {
    let record = &signed.record;
    let id = record.slide.id.clone();
    let Some(bundle) = record.provenance.bundles.iter().find(|bundle| bundle.film == film) else {
        return Ok(None);
    };
    if !signed.is_of_record {
        return Ok(Some(("calibrate-other-record", id)));
    }
    if bundle.digest != engine.detector(film)?.digest() {
        return Ok(Some(("calibrate-other-bundle", id)));
    }
    let Some(scores) = ReadScores::of(record, &signed.slide, film) else { return Ok(None) };
    if !scores.is_whole() {
        return Ok(Some(("calibrate-not-whole", id)));
    }
    if scores.is_malaria_free() {
        let tally = match film {
            Film::Thick => record.tally.thick,
            Film::Thin => record.tally.thin,
        };
        let (parasites, cells) = figures(film, &tally.unwrap_or_default().counted);
        if cells == 0 {
            return Ok(Some(("calibrate-without-cells", id)));
        }
        of_film.free.push(MeasuredSlide { id, parasites, cells });
    }
    of_film.scores.push(scores);
    Ok(None)
}

/// The site's threshold, with the floor of counts from it on; `None`, and said, where the slides tell none.
fn threshold(
    paths: &[impl AsRef<Path>],
    film: Film,
    of_film: &OfFilm,
    engine: &Engine,
    session: &Session,
) -> anyhow::Result<Option<MeasuredThreshold>> {
    let (words, language) = (session.catalogue(), session.language());
    let detector = engine.detector(film)?;
    let class = detector.bundle().class(CellClass::AsexualParasite);
    let Some((lowest, own)) = class.map(|class| (class.near_miss_from(), class.threshold)) else {
        return Ok(None);
    };
    let name = words.say(&format!("film-{}", film.code()));
    let balance = Balance::of(&of_film.scores, lowest);
    let Some((balance, score)) = balance.and_then(|b| Some((b, Probability::new(b.score)?))) else {
        let wanted = [("film", name), ("parasites", integer(LEAST_PARASITES as u64, language))];
        session.tell(&words.say_with("calibrate-no-balance", &wanted));
        return Ok(None);
    };
    let mut free: Vec<NegativeSlide> = Vec::new();
    for path in paths {
        each(path.as_ref(), |found| {
            if let Found::Signed(signed) = found {
                let mut again = OfFilm::default();
                if add(&signed, film, engine, &mut again)?.is_none() && !again.free.is_empty() {
                    let tally = counted_from(&signed.record, &signed.slide, film, score.get());
                    let (parasites, cells) = figures(film, &tally);
                    free.push(NegativeSlide { parasites, cells });
                }
            }
            Ok(())
        })?;
    }
    free.retain(|slide| slide.cells > 0);
    let rule = &engine.profile().values().floor;
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let measured = MeasuredThreshold {
        score,
        bundle_digest: detector.counting_from(score)?.digest().to_owned(),
        floor: Floor::measure(unit_of(film), FloorBasis::Site, &free, rule)?,
        slides: count(of_film.scores.len()),
        parasites: count(balance.parasites),
        false_parasites: count(balance.false_parasites),
        missed_parasites: count(balance.missed_parasites),
    };
    let said = [
        ("film", name),
        ("score", decimal(f64::from(score.get()), 3, language)),
        ("own", decimal(f64::from(own), 3, language)),
        ("parasites", integer(measured.parasites, language)),
        ("slides", integer(measured.slides, language)),
        ("false", integer(measured.false_parasites, language)),
        ("missed", integer(measured.missed_parasites, language)),
    ];
    session.print(&(words.say_with("calibrate-threshold", &said) + "\n"))?;
    Ok(Some(measured))
}
