//! The marked picture: title above, legend below, marks on the film.

use std::borrow::Cow;

use image::{Rgb, RgbImage};

use super::choice::mark_number;
use super::label::{self, Place};
use super::lettering::{self, HEIGHT, fitted, write};
use super::list::List;
use super::style::{BLACK, Kind, VERMILLION, WHITE};
use super::{legend, pen};
use crate::intake::{Picture, Pixels};
use crate::locale::Catalogue;
use crate::measure::{PxRect, PxSize};
use crate::optics::{Disc, View};
use crate::raster;
use crate::record::{DetectionRecord, FieldRecord, ViewRecord};
use crate::report::pictures::{short_reasons, shown_name};
use crate::report::words::Words;
use crate::terms::Film;
use crate::{Error, ErrorKind, Result};

/// The film on a page, at most: a page seen whole on a screen of 1024 x 768 keeps letters that can be read.
const MOST: PxSize = PxSize { width: 1600, height: 1200 };
/// A smaller picture is enlarged by a whole factor until its longer side reaches this.
const LONG_ENOUGH: u32 = 1200;
/// ... by this factor at most.
const ENLARGED: u32 = 4;
/// A page is never narrower: title and legend need room.
const NARROWEST: u32 = 1000;
/// Pixels of the picture left around a disc, as a share of its diameter.
const AROUND_DISC: f64 = 0.02;
/// Background of title and legend.
const STRIP: Rgb<u8> = Rgb([32, 32, 32]);
/// JPEG quality, 1 to 100.
const QUALITY: u8 = 90;
/// Width of a thin line, pixels.
const UNIT: f64 = 2.0;

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
    let part = shown_part(size, field);
    let film = film(picture, part)?;
    let layout = Layout::new(&film, part, field, words);
    let mut page = RgbImage::from_pixel(layout.width, layout.height, STRIP);
    raster::lay(&mut page, film.as_ref(), i64::from(layout.left), i64::from(layout.top));
    layout.draw_disc(&mut page, field);
    let unnumbered = layout.draw_marks(&mut page, field);
    layout.draw_title(&mut page, field, words);
    let below = layout.top + film.height();
    legend::draw(&mut page, &layout.legend, below, UNIT);
    layout.list.draw(&mut page, below + layout.legend_height, unnumbered, words);
    Ok(page)
}

/// As [`marked`], as the bytes of a JPEG file of quality 90.
///
/// # Errors
/// As [`marked`].
pub fn marked_jpeg(picture: &Picture, field: &FieldRecord, catalogue: &Catalogue) -> Result<Vec<u8>> {
    raster::jpeg(&marked(picture, field, catalogue)?, QUALITY)
}

/// A part of a picture, pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    x: u32,
    y: u32,
    size: PxSize,
}

/// The part that shows film: all of it, or the disc with a little around it.
fn shown_part(size: PxSize, field: &FieldRecord) -> Part {
    let whole = Part { x: 0, y: 0, size };
    let ViewRecord::Disc { x, y, radius } = field.view else { return whole };
    let disc = Disc { x, y, radius: radius * (1.0 + AROUND_DISC) };
    let Some(bounds) = View::within(size, disc).bounds() else { return whole };
    let (x, y) = (bounds.x().floor() as u32, bounds.y().floor() as u32);
    let end = |from: f64, length: f64, side: u32| ((from + length).ceil() as u32).min(side);
    let (right, bottom) =
        (end(bounds.x(), bounds.width(), size.width), end(bounds.y(), bounds.height(), size.height));
    match (right.saturating_sub(x), bottom.saturating_sub(y)) {
        (0, _) | (_, 0) => whole,
        (width, height) => Part { x, y, size: PxSize { width, height } },
    }
}

/// The longer side of what is shown, so that both sides keep to [`MOST`].
fn longest(size: PxSize) -> u32 {
    let (width, height) = (u64::from(size.width.max(1)), u64::from(size.height.max(1)));
    let longer = width.max(height);
    let allowed = (u64::from(MOST.width) * longer / width).min(u64::from(MOST.height) * longer / height);
    u32::try_from(allowed).unwrap_or(u32::MAX).max(1)
}

/// The picture at the size in which it is shown.
fn film(picture: &Picture, part: Part) -> Result<Cow<'_, RgbImage>> {
    let size = part.size;
    let longer = size.width.max(size.height).max(1);
    let most = longest(size);
    let is_whole = size == picture.size();
    if longer > most {
        if is_whole {
            return picture.overview(most).map(Cow::Owned);
        }
        if let Some(whole) = picture.whole() {
            let cut = raster::part(whole, part.x, part.y, size.width, size.height);
            return Pixels::overview(&cut, most).map(Cow::Owned);
        }
        // A streamed picture is reduced as a whole; what is shown of it is cut out of that.
        let all = picture.size();
        let share = f64::from(most) / f64::from(longer);
        let reduced = picture.overview((f64::from(all.width.max(all.height)) * share).round() as u32)?;
        let of = |v: u32| (f64::from(v) * share).round() as u32;
        let cut =
            raster::part(&reduced, of(part.x), of(part.y), of(size.width).max(1), of(size.height).max(1));
        return Ok(Cow::Owned(cut));
    }
    let times = LONG_ENOUGH.div_ceil(longer).min(ENLARGED).min((most / longer).max(1));
    let shown = match picture.whole() {
        Some(whole) if is_whole => Cow::Borrowed(whole),
        _ => Cow::Owned(picture.read(part.x, part.y, size.width, size.height)?),
    };
    Ok(match times {
        0 | 1 => shown,
        _ => Cow::Owned(raster::resampled(shown.as_ref(), size.width * times, size.height * times)),
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
    part: Part,
    /// Page pixels per picture pixel.
    factor: f64,
    legend: Vec<legend::Entry>,
    legend_height: u32,
    list: List,
}

impl Layout {
    fn new(film: &RgbImage, part: Part, field: &FieldRecord, words: Words<'_>) -> Self {
        let width = film.width().max(NARROWEST);
        let factor = f64::from(film.width()) / f64::from(part.size.width.max(1));
        let px_per_um = field.scale.as_ref().map(|s| factor / s.um_per_px.get());
        let legend = legend::entries(field, px_per_um, width, words);
        let legend_height = legend::height(&legend, width);
        let list = List::of(field, width, words);
        let top = HEIGHT * 3;
        Self {
            width,
            height: top + film.height() + legend_height + list.height(),
            left: (width - film.width()) / 2,
            top,
            film_width: film.width(),
            film_height: film.height(),
            part,
            factor,
            legend,
            legend_height,
            list,
        }
    }

    fn draw_title(&self, page: &mut RgbImage, field: &FieldRecord, words: Words<'_>) {
        let reasons = short_reasons(field, words);
        if !field.counted {
            pen::fill(page, (0, 0), (self.width, HEIGHT * 3 / 2), VERMILLION);
        }
        let verdict = match field.counted {
            true => words.say("report-mark-counted"),
            false => words.with("report-mark-left-out", &[("reasons", reasons.join(", "))]),
        };
        let margin = HEIGHT / 4;
        let width = self.width.saturating_sub(2 * margin);
        // What a long name must not push out of sight stands first.
        let first = format!("{verdict} · {}", shown_name(field));
        write(page, &fitted(&first, width), margin, margin, WHITE);
        let film = words.say(&format!("report-mark-title-{}", field.film.code()));
        let second = format!("{film} · {}", found(field, words));
        let below = margin + HEIGHT * 3 / 2;
        write(page, &fitted(&second, width), margin, below, WHITE);
    }

    fn draw_disc(&self, page: &mut RgbImage, field: &FieldRecord) {
        if let ViewRecord::Disc { x, y, radius } = field.view {
            let (cx, cy) = self.onto_page(x, y);
            let edge = self.clipped(&pen::circle(cx, cy, radius * self.factor));
            for piece in edge {
                pen::stroke(page, &piece, 2.0 * UNIT, None, BLACK);
                pen::stroke(page, &piece, UNIT, Some(4.0 * UNIT), WHITE);
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

    /// Draws all marks and the numbers of the parasites; gives back how many numbers found no free place.
    fn draw_marks(&self, page: &mut RgbImage, field: &FieldRecord) -> usize {
        let mut found: Vec<(Kind, PxRect, &DetectionRecord)> =
            field.detections.iter().filter_map(|d| Some((Kind::of(d), self.bounds(d)?, d))).collect();
        found.sort_by_key(|(kind, ..)| *kind);
        for (kind, bounds, _) in &found {
            pen::mark(page, bounds, &kind.style(), UNIT);
        }
        let marks: Vec<Place> = found
            .iter()
            .map(|(kind, bounds, _)| Place::of(&pen::extent(bounds, &kind.style(), UNIT)))
            .collect();
        let wanted: Vec<(usize, String)> = found
            .iter()
            .enumerate()
            .filter_map(|(at, (_, _, d))| Some((at, mark_number(field, d)?.to_string())))
            .collect();
        let sizes: Vec<(usize, f64, f64)> = wanted
            .iter()
            .map(|(at, text)| (*at, f64::from(lettering::width(text) + 4), f64::from(HEIGHT)))
            .collect();
        let places = label::places(&marks, &sizes, &self.frame());
        for ((at, text), place) in wanted.iter().zip(&places) {
            if let (Some(place), Some(mark)) = (place, marks.get(*at)) {
                label::draw_leader(page, mark, place);
                label::draw(page, text, place);
            }
        }
        places.iter().filter(|place| place.is_none()).count()
    }

    fn onto_page(&self, x: f64, y: f64) -> (f64, f64) {
        (
            f64::from(self.left) + (x - f64::from(self.part.x)) * self.factor,
            f64::from(self.top) + (y - f64::from(self.part.y)) * self.factor,
        )
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
