//! Pictures that are no field, or several, or have lost what is needed, are refused as what they are, and fields are not
//! (rows `drawn` of `tests/cases/odd.csv`; drawn by `tests/support/odd.rs`).

use hemozoin::intake::Picture;
use hemozoin::optics::examine;
use hemozoin::terms::Film;
use rayon::prelude::*;

use crate::support::odd::{drawn, stored};
use crate::support::table::{Row, of_kind};

#[test]
fn each_picture_is_said_as_what_it_is() {
    let rows = of_kind("drawn");
    assert!(rows.len() > 40, "{}", rows.len());
    let fault = |Row { case, film, expected }: &Row| -> Vec<String> {
        let (case, expected) = (case.as_str(), expected.as_str());
        let films: &[Film] = match film.as_str() {
            "thin" => &[Film::Thin],
            "thick" => &[Film::Thick],
            _ => &[Film::Thin, Film::Thick],
        };
        let judge = |film: &Film| {
            let picture = drawn(case, *film)?;
            let picture = if case == "compressed-8" || case == "sixteen-colours" {
                picture
            } else {
                stored(&picture, 88)
            };
            let stated = case.strip_prefix("stated-at-").and_then(|um| um.parse().ok());
            let stated = stated.and_then(hemozoin::MicronsPerPixel::new);
            let picture = Picture::from_pixels(picture);
            let mut seen = examine(&picture, *film, stated).expect("held in memory");
            stated.inspect(|um| seen.hold_scale(*um));
            let reasons: Vec<&str> = seen.quality.reasons.iter().map(|r| r.code.code()).collect();
            let right = match expected {
                "counted" => reasons.is_empty(),
                "refused" => !reasons.is_empty(),
                code => reasons.contains(&code),
            };
            (!right)
                .then(|| format!("{case}, {film:?}: {reasons:?}, not {expected}; {:?}", seen.measurements))
        };
        if drawn(case, films[0]).is_none() {
            return vec![format!("{case} is not drawn")];
        }
        films.iter().filter_map(judge).collect()
    };
    let faults: Vec<String> = rows.par_iter().flat_map_iter(fault).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
