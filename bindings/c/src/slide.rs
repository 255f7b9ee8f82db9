//! A slide: pictures and facts in, a record out.

use std::ffi::{c_char, c_void};
use std::sync::Arc;

use hemozoin::source::SlideSheet;
use hemozoin::{
    Content, Error, Facts, Film, MicronsPerPixel, Picture, RbcPerMicrolitre, Result, Slide, SlideInfo,
    WbcPerMicrolitre,
};
use ndarray::{ArrayView3, ShapeBuilder};

use crate::control::{HemozoinProgress, Watch};
use crate::engine::{HemozoinEngine, Shared};
use crate::error::{HemozoinError, HemozoinStatus, call};
use crate::given::{bytes, object, object_mut, put, refused, text};
use crate::record::HemozoinRecord;

/// Which film a picture shows: one of `HEMOZOIN_FILM_...`.
pub type HemozoinFilm = u32;

/// As stated for the slide; of a slide: stated picture by picture.
pub const HEMOZOIN_FILM_UNSTATED: HemozoinFilm = 0;
/// A thick film.
pub const HEMOZOIN_FILM_THICK: HemozoinFilm = 1;
/// A thin film.
pub const HEMOZOIN_FILM_THIN: HemozoinFilm = 2;

/// The film that a number means.
pub(crate) fn stated(film: HemozoinFilm) -> Result<Option<Film>> {
    match film {
        HEMOZOIN_FILM_UNSTATED => Ok(None),
        HEMOZOIN_FILM_THICK => Ok(Some(Film::Thick)),
        HEMOZOIN_FILM_THIN => Ok(Some(Film::Thin)),
        other => Err(refused(
            "error-call-film",
            "film",
            format!("{other} is no film; give one of HEMOZOIN_FILM_..."),
        )
        .with_arg("number", other)),
    }
}

/// What is known of a slide: its pictures and what the laboratory states. Used by one thread at a time. Freed by
/// `hemozoin_slide_free`.
pub struct HemozoinSlide {
    engine: Arc<Shared>,
    facts: Facts,
    info: SlideInfo,
    pictures: Vec<Given>,
}

struct Given {
    name: String,
    film: Option<Film>,
    um_per_px: Option<MicronsPerPixel>,
    content: Content,
}

impl HemozoinSlide {
    fn slide(&self) -> Slide<'_> {
        let mut slide = self.engine.engine.slide(self.facts.clone()).with_info(self.info.clone());
        for given in &self.pictures {
            let picture = slide.add(given.name.clone(), given.content.clone());
            if let Some(film) = given.film {
                picture.film(film);
            }
            if let Some(um) = given.um_per_px {
                picture.um_per_px(um);
            }
        }
        slide
    }
}

/// A scale as the caller gives it: 0 says that none is known.
fn scale(um_per_px: f64) -> Result<Option<MicronsPerPixel>> {
    if um_per_px == 0.0 {
        return Ok(None);
    }
    MicronsPerPixel::try_from(um_per_px).map(Some).map_err(|e| no_value("um_per_px", um_per_px, e))
}

fn no_value(what: &str, value: f64, why: impl std::fmt::Display) -> Error {
    refused("error-call-value", what, format!("{what}: {why}; give 0 where it is not known"))
        .with_arg("value", value.to_string())
}

/// Makes a slide named `id` (the number on its label), which is the caller's: `hemozoin_slide_free` frees it. The engine may be
/// used by other threads meanwhile, and be freed before the slide. After an error `*out` is as it was.
///
/// # Safety
/// `engine` was made by `hemozoin_engine_new` and is not freed; `id` ends with a zero byte; `out` and `error` are null or can
/// be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_slide_new(
    engine: *const HemozoinEngine,
    id: *const c_char,
    film: HemozoinFilm,
    out: *mut *mut HemozoinSlide,
    error: *mut *mut HemozoinError,
) -> HemozoinStatus {
    call(error, || {
        // SAFETY: as the caller promises.
        let (engine, id) = unsafe { (object(engine, "engine")?, text(id, "id")?) };
        let info = SlideInfo::named(id);
        info.check()?;
        let slide = HemozoinSlide {
            engine: Arc::clone(&engine.0),
            facts: stated(film)?.map_or_else(Facts::default, Facts::of),
            info,
            pictures: Vec::new(),
        };
        // SAFETY: as the caller promises.
        unsafe { put(out, slide) }
    })
}

/// States what holds for the whole slide; 0 for what is not known. `um_per_px`: micrometres that one pixel shows;
/// `wbc_per_ul`, `rbc_per_ul`: white and red cells of this patient per microlitre, as measured. No other thread may use the slide meanwhile.
///
/// # Safety
/// `slide` was made by `hemozoin_slide_new`, is not freed and is used by nobody else; `error` is null or can be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_slide_state(
    slide: *mut HemozoinSlide,
    um_per_px: f64,
    wbc_per_ul: f64,
    rbc_per_ul: f64,
    error: *mut *mut HemozoinError,
) -> HemozoinStatus {
    call(error, || {
        // SAFETY: as the caller promises.
        let slide = unsafe { object_mut(slide, "slide") }?;
        let mut facts = slide.facts.clone();
        if let Some(um) = scale(um_per_px)? {
            facts = facts.um_per_px(um);
        }
        if wbc_per_ul != 0.0 {
            facts = facts.wbc_per_ul(
                WbcPerMicrolitre::try_from(wbc_per_ul).map_err(|e| no_value("wbc_per_ul", wbc_per_ul, e))?,
            );
        }
        if rbc_per_ul != 0.0 {
            facts = facts.rbc_per_ul(
                RbcPerMicrolitre::try_from(rbc_per_ul).map_err(|e| no_value("rbc_per_ul", rbc_per_ul, e))?,
            );
        }
        slide.facts = facts;
        Ok(())
    })
}

/// Says something about the slide that stands in its record: `name` is one of `patient_id`, `patient_name`, `ward`, `order`,
/// `specimen`, `site`, `blood_taken`, `read_on`, `reader`, `objective`, `stain`. `blood_taken` and `read_on` are dates, with or
/// without a time: `2026-11-21` or `2026-11-21T08:30`. Every text is one line; an empty one says nothing, and takes back what was
/// said. Both texts stay the caller's. No other thread may use the slide meanwhile. After an error the slide is as it was.
///
/// # Safety
/// As `hemozoin_slide_state`; texts end with a zero byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_slide_tell(
    slide: *mut HemozoinSlide,
    name: *const c_char,
    value: *const c_char,
    error: *mut *mut HemozoinError,
) -> HemozoinStatus {
    call(error, || {
        // SAFETY: as the caller promises.
        let (slide, name, value) =
            unsafe { (object_mut(slide, "slide")?, text(name, "name")?, text(value, "value")?) };
        let mut info = slide.info.clone();
        *info.text_mut(name).ok_or_else(|| no_name(name))? =
            Some(value.to_owned()).filter(|text| !text.is_empty());
        info.check()?;
        info.check_order()?;
        slide.info = info;
        Ok(())
    })
}

/// Nothing that is told by its name: the number of the slide, its film and figures have calls of their own.
fn no_name(name: &str) -> Error {
    let mut info = SlideInfo::default();
    let known: Vec<&str> = SlideSheet::KEYS.into_iter().filter(|key| info.text_mut(key).is_some()).collect();
    let known = known.join(", ");
    refused(
        "error-call-name",
        name,
        format!("nothing that is told here is called {name}; the names are {known}"),
    )
    .with_arg("known", known)
}

/// Adds a picture as the bytes of its file (JPEG, PNG, TIFF, BMP or WebP), under the name that it shall have in the record.
/// They are copied, and stay the caller's. That they cannot be read is part of the record, no error of this call. No other
/// thread may use the slide meanwhile.
///
/// # Safety
/// As `hemozoin_slide_state`; `file` points to `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_slide_add_file(
    slide: *mut HemozoinSlide,
    name: *const c_char,
    film: HemozoinFilm,
    file: *const u8,
    length: usize,
    error: *mut *mut HemozoinError,
) -> HemozoinStatus {
    call(error, || {
        // SAFETY: as the caller promises.
        let (slide, name, file) =
            unsafe { (object_mut(slide, "slide")?, text(name, "name")?, bytes(file, length, "file")?) };
        slide.pictures.push(Given {
            name: name.to_owned(),
            film: stated(film)?,
            um_per_px: None,
            content: file.into(),
        });
        Ok(())
    })
}

fn frame() -> Error {
    let message = "a picture has a width, a height, and rows that do not overlap and fit into memory; correct width, height, \
                   stride";
    refused("error-call-frame", "stride", message)
}

/// Adds a picture as pixels: `height` rows of `width` pixels of three bytes each (red, green, blue), each row `stride` bytes
/// after the one before. They are copied, and stay the caller's. `um_per_px` may be 0. No other thread may use the slide
/// meanwhile.
///
/// # Safety
/// As `hemozoin_slide_state`; `pixels` points to `stride * (height - 1) + 3 * width` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_slide_add_pixels(
    slide: *mut HemozoinSlide,
    name: *const c_char,
    film: HemozoinFilm,
    pixels: *const u8,
    width: u32,
    height: u32,
    stride: usize,
    um_per_px: f64,
    error: *mut *mut HemozoinError,
) -> HemozoinStatus {
    call(error, || {
        // SAFETY: as the caller promises.
        let (slide, name) = unsafe { (object_mut(slide, "slide")?, text(name, "name")?) };
        let (width, height) = (width as usize, height as usize);
        let row = width.saturating_mul(3);
        if row == 0 || height == 0 || stride < row {
            return Err(frame());
        }
        let length = stride.checked_mul(height - 1).and_then(|all| all.checked_add(row));
        let length = length.ok_or_else(frame)?;
        // SAFETY: as the caller promises.
        let pixels = unsafe { bytes(pixels, length, "pixels") }?;
        let view = ArrayView3::from_shape((height, width, 3).strides((stride, 3, 1)), pixels);
        let view = view.map_err(|_| frame())?;
        let picture = Picture::from_view(view, slide.engine.engine.limits())?;
        slide.pictures.push(Given {
            name: name.to_owned(),
            film: stated(film)?,
            um_per_px: scale(um_per_px)?,
            content: picture.into(),
        });
        Ok(())
    })
}

/// Examines every picture on the threads of the engine and applies the rules. The record is the caller's:
/// `hemozoin_record_free` frees it. `progress` may be NULL; it may read records and make errors, and must not use this slide. The
/// slide may be used by no other thread meanwhile; several slides of one engine may be run at once. More pictures may be added
/// afterwards, and the slide run again. After an error `*out` is as it was.
///
/// # Safety
/// As `hemozoin_slide_state`; `progress` and what `user` points to bear calls from several threads at once; `out` can be
/// written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_slide_run(
    slide: *const HemozoinSlide,
    progress: HemozoinProgress,
    user: *mut c_void,
    out: *mut *mut HemozoinRecord,
    error: *mut *mut HemozoinError,
) -> HemozoinStatus {
    call(error, || {
        // SAFETY: as the caller promises.
        let slide = unsafe { object(slide, "slide") }?;
        let watch = Watch::new(progress, user);
        let record = slide.engine.work(|| slide.slide().run(&watch))?;
        // SAFETY: as the caller promises.
        unsafe { put(out, HemozoinRecord(record)) }
    })
}

/// Frees a slide; any thread may, once, while no call uses it.
///
/// # Safety
/// `slide` is null, or was made by `hemozoin_slide_new` and is not freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn hemozoin_slide_free(slide: *mut HemozoinSlide) {
    if !slide.is_null() {
        // SAFETY: as the caller promises.
        drop(unsafe { Box::from_raw(slide) });
    }
}
