//! The marked picture: title above, legend below, marks on the film.

use std::borrow::Cow;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use imageproc::drawing::draw_filled_rect_mut;
use imageproc::rect::Rect;

use super::label::{self, Place};
use super::lettering::{Size, write};
use super::style::{BLACK, Kind, VERMILLION, WHITE};
use super::{legend, pen};
use crate::error::{Error, ErrorKind, Result};
use crate::intake::Picture;
use crate::locale::Catalogue;
use crate::measure::PxRect;
use crate::record::{DetectionRecord, FieldRecord, ViewRecord};
use crate::report::pictures::{short_reasons, shown_name};
use crate::report::words::Words;
use crate::terms::Film;

/// Longer side of the film on a page, at most.
const LONGEST: u32 = 2000;
/// A smaller picture is enlarged by a whole factor until its longer side reaches this.
const LONG_ENOUGH: u32 = 1200;
/// ... by this factor at most.
const ENLARGED: u32 = 4;
/// A page is never narrower: title and legend need room.
const NARROWEST: u32 = 800;
/// Background of title and legend.
const STRIP: Rgb<u8> = Rgb([32, 32, 32]);
/// JPEG quality, 1 to 100.
const QUALITY: u8 = 90;
/// A field with more labels than this names parasites only.
const MANY_LABELS: usize = 150;

/// The picture of a field with everything that the record says was found in it.
///
/// Boxes in the record are in pixels of the upright picture, as `picture` is.
///
/// # Errors
/// What [`Picture::overview`] refuses; [`ErrorKind::Internal`] where `picture` has not the record's size.
pub fn marked(picture: &Picture, field: &FieldRecord, catalogue: &Catalogue) -> Result<RgbImage> {
    let words = Words::new(catalogue);
    let size = picture.size();
    if (size.width, size.height) != (field.width, field.height) {
        return Err(Error::new(
            ErrorKind::Internal,
            format!(
                "the picture has {} x {} pixels, its record {} x {}",
                size.width, size.height, field.width, field.height
            ),
        ));
    }
    let film = film(picture)?;
    let factor = f64::from(film.width()) / f64::from(size.width.max(1));
    let layout = Layout::new(&film, factor, field, words);
    let mut page = RgbImage::from_pixel(layout.width, layout.height, STRIP);
    imageops::replace(&mut page, film.as_ref(), i64::from(layout.left), i64::from(layout.top));
    layout.draw_disc(&mut page, field);
    layout.draw_marks(&mut page, field, words);
    layout.draw_title(&mut page, field, words);
    legend::draw(&mut page, &layout.legend, layout.top + film.height(), layout.letters, layout.unit);
    Ok(page)
}

/// As [`marked`], as the bytes of a JPEG file of quality 90.
///
/// # Errors
/// As [`marked`].
pub fn marked_jpeg(picture: &Picture, field: &FieldRecord, catalogue: &Catalogue) -> Result<Vec<u8>> {
    let page = marked(picture, field, catalogue)?;
    let mut bytes = Vec::new();
    page.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
        .map_err(|e| Error::new(ErrorKind::Internal, format!("the marked picture has no JPEG form: {e}")))?;
    Ok(bytes)
}

/// The picture at the size in which it is shown.
fn film(picture: &Picture) -> Result<Cow<'_, RgbImage>> {
    let size = picture.size();
    let longer = size.width.max(size.height).max(1);
    if longer > LONGEST {
        return picture.overview(LONGEST).map(Cow::Owned);
    }
    let times = LONG_ENOUGH.div_ceil(longer).min(ENLARGED);
    let shown = match picture.whole() {
        Some(whole) => Cow::Borrowed(whole),
        None => Cow::Owned(picture.overview(LONGEST)?),
    };
    Ok(match times {
        0 | 1 => shown,
        _ => Cow::Owned(imageops::resize(
            shown.as_ref(),
            size.width * times,
            size.height * times,
            FilterType::CatmullRom,
        )),
    })
}

/// Where everything stands on the page.
struct Layout {
    width: u32,
    height: u32,
    left: u32,
    top: u32,
    film_width: u32,
    film_height: u32,
    /// Page pixels per picture pixel.
    factor: f64,
    /// Width of a thin line.
    unit: f64,
    letters: Size,
    title: Size,
    legend: Vec<legend::Entry>,
}

impl Layout {
    fn new(film: &RgbImage, factor: f64, field: &FieldRecord, words: Words<'_>) -> Self {
        let width = film.width().max(NARROWEST);
        let large = film.width().max(film.height()) > 1500;
        let (letters, title) = if large { (Size::Medium, Size::Large) } else { (Size::Small, Size::Medium) };
        let px_per_um = field.scale.as_ref().map(|s| factor / s.um_per_px.get());
        let legend = legend::entries(field, px_per_um, width, words);
        let top = title.height() * 3;
        Self {
            width,
            height: top + film.height() + legend::height(&legend, width, letters),
            left: (width - film.width()) / 2,
            top,
            film_width: film.width(),
            film_height: film.height(),
            factor,
            unit: if large { 2.0 } else { 1.5 },
            letters,
            title,
            legend,
        }
    }

    fn draw_title(&self, page: &mut RgbImage, field: &FieldRecord, words: Words<'_>) {
        let reasons = short_reasons(field, words);
        if !field.counted {
            let strip = Rect::at(0, 0).of_size(self.width, self.title.height() * 3 / 2);
            draw_filled_rect_mut(page, strip, VERMILLION);
        }
        let verdict = match field.counted {
            true => words.say("report-mark-counted"),
            false => words.with("report-mark-left-out", &[("reasons", reasons.join(", "))]),
        };
        let margin = self.title.height() / 4;
        let width = self.width.saturating_sub(2 * margin);
        // What a long name must not push out of sight stands first.
        let first = format!("{verdict} · {}", shown_name(field));
        write(page, &self.title.fitted(&first, width), margin, margin, self.title, WHITE);
        let film = words.say(&format!("report-mark-title-{}", field.film.code()));
        let second = format!("{film} · {}", found(field, words));
        let below = margin + self.title.height() * 3 / 2;
        write(page, &self.title.fitted(&second, width), margin, below, self.title, WHITE);
    }

    fn draw_disc(&self, page: &mut RgbImage, field: &FieldRecord) {
        if let ViewRecord::Disc { x, y, radius } = field.view {
            let (cx, cy) = self.onto_page(x, y);
            let edge = self.clipped(&pen::circle(cx, cy, radius * self.factor));
            for piece in edge {
                pen::stroke(page, &piece, 2.0 * self.unit, None, BLACK);
                pen::stroke(page, &piece, self.unit, Some(4.0 * self.unit), WHITE);
            }
        }
    }

    /// The pieces of a path that lie on the film.
    fn clipped(&self, path: &[(f64, f64)]) -> Vec<pen::Path> {
        let frame = self.frame();
        let on_film = |p: &(f64, f64)| {
            p.0 >= frame.x && p.0 < frame.x + frame.width && p.1 >= frame.y && p.1 < frame.y + frame.height
        };
        path.split(|p| !on_film(p)).filter(|piece| piece.len() > 1).map(<[_]>::to_vec).collect()
    }

    fn draw_marks(&self, page: &mut RgbImage, field: &FieldRecord, words: Words<'_>) {
        let mut found: Vec<(Kind, PxRect, &DetectionRecord)> =
            field.detections.iter().filter_map(|d| Some((Kind::of(d), self.bounds(d)?, d))).collect();
        found.sort_by_key(|(kind, ..)| *kind);
        for (kind, bounds, _) in &found {
            pen::mark(page, bounds, &kind.style(), self.unit);
        }
        let labelled = found.iter().filter(|(kind, ..)| kind.letter_key().is_some()).count();
        let frame = self.frame();
        let place = |b: &PxRect, room: f64| {
            let (cx, cy) = b.centre();
            let (width, height) = (b.width() * room + 4.0 * self.unit, b.height() * room + 4.0 * self.unit);
            Place { x: cx - width / 2.0, y: cy - height / 2.0, width, height }
        };
        let mut taken: Vec<Place> = found
            .iter()
            .filter(|(kind, ..)| matches!(kind, Kind::Parasite | Kind::Gametocyte))
            .map(|(kind, bounds, _)| place(bounds, kind.style().room))
            .collect();
        // Parasites choose their places first.
        for (kind, bounds, detection) in found.iter().rev() {
            let Some(letter) = kind.letter_key() else { continue };
            if labelled > MANY_LABELS && *kind != Kind::Parasite && *kind != Kind::Gametocyte {
                continue;
            }
            let score = words.decimal(f64::from(detection.score.get()), 2);
            let text = format!("{} {score}", words.say(letter));
            let width = f64::from(self.letters.width(&text) + 4);
            let height = f64::from(self.letters.height());
            let at = label::best_place(&place(bounds, kind.style().room), width, height, &frame, &taken);
            label::draw(page, &text, &at, &frame, self.letters);
            taken.push(at);
        }
    }

    fn onto_page(&self, x: f64, y: f64) -> (f64, f64) {
        (f64::from(self.left) + x * self.factor, f64::from(self.top) + y * self.factor)
    }

    fn bounds(&self, d: &DetectionRecord) -> Option<PxRect> {
        let (x, y) = self.onto_page(d.x, d.y);
        PxRect::new(x, y, d.width * self.factor, d.height * self.factor)
    }

    fn frame(&self) -> Place {
        Place {
            x: f64::from(self.left),
            y: f64::from(self.top),
            width: f64::from(self.film_width),
            height: f64::from(self.film_height),
        }
    }
}

/// The field's counts in a few words.
fn found(field: &FieldRecord, words: Words<'_>) -> String {
    let tally = &field.tally;
    let gametocytes = ("gametocytes", words.integer(tally.gametocytes));
    match field.film {
        Film::Thick => words.with(
            "report-mark-found-thick",
            &[
                ("parasites", words.integer(tally.asexual_parasites)),
                gametocytes,
                ("wbc", words.integer(tally.white_cells)),
            ],
        ),
        Film::Thin => words.with(
            "report-mark-found-thin",
            &[
                ("infected", words.integer(tally.infected_red_cells)),
                ("rbc", words.integer(tally.red_cells)),
                gametocytes,
            ],
        ),
    }
}
