//! The report on a signed reading, as the page offers it and beside the result.

use super::answers::{self, Answer};
use super::slide::OpenSlide;
use crate::Result;
use crate::intake::Limits;
use crate::locale::{Catalogue, Language};
use crate::report::{Laboratory, Letter, ResultFolder, Signature};

/// The report of a reading as `report.html` or `report.pdf`; `None` for any other name.
///
/// # Errors
/// [`ErrorKind::Usage`](crate::ErrorKind::Usage) for a reading that is not signed; what a `laboratory.toml` around the
/// pictures is refused for.
pub(super) fn letter(
    slide: &OpenSlide,
    reading: i64,
    name: &str,
    words: &Catalogue,
) -> Result<Option<Answer>> {
    let is_page = match name {
        "report.html" => true,
        "report.pdf" => false,
        _ => return Ok(None),
    };
    let (record, reader, at) = slide.as_signed(reading)?;
    let laboratory = Laboratory::near(slide.place.around())?;
    let source = slide.place.source(&slide.record);
    // A picture that is gone is said in its place.
    let (letter, _) = Letter::of(&record, Some(&source), &Limits::default(), &laboratory, words);
    let letter = letter.signed(&Signature { reader, at }, words);
    Ok(Some(match is_page {
        true => answers::report_page(letter.html()),
        false => answers::report_pdf(letter.pdf()?),
    }))
}

/// Writes the report beside the result again after a signature. Of a slide of an archive its pages say it.
pub(super) fn put_beside(slide: &OpenSlide, language: Language) -> Result<()> {
    if slide.place.archive.is_some() {
        return Ok(());
    }
    let source = slide.place.source(&slide.record);
    ResultFolder::report_reading(
        &slide.place.decisions,
        &source,
        &Limits::default(),
        &Catalogue::new(language),
    )
}
