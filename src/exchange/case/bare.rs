//! The record as it leaves the laboratory: without whose blood it is.

use std::collections::HashMap;

use crate::record::SlideRecord;
use crate::source::{PictureFile, SlideSource};

/// A slide as it is sent, with its pictures under the names that they have there.
#[derive(Debug)]
pub(super) struct Bare {
    pub(super) record: SlideRecord,
    pub(super) source: SlideSource,
}

impl Bare {
    /// Of a slide. Unless `identity` is sent, name, number and order of the patient stay behind, and so do the names of
    /// files: whoever takes pictures often names them for the patient. Age, sex, ward, site and the number of the slide go
    /// along: the expert needs some, and the answer another.
    pub(super) fn of(record: &SlideRecord, source: &SlideSource, identity: bool) -> Self {
        let mut record = record.clone();
        if identity {
            return Self { record, source: source.clone() };
        }
        for text in [
            &mut record.slide.patient_name,
            &mut record.slide.patient_id,
            &mut record.slide.order,
            &mut record.slide.specimen,
        ] {
            *text = None;
        }
        let mut names: HashMap<String, String> = HashMap::new();
        for field in &record.fields {
            let next = names.len() + 1;
            names.entry(field.image.clone()).or_insert_with(|| format!("{}-{next}", field.film.code()));
        }
        let named = |name: &mut String| {
            if let Some(new) = names.get(name.as_str()) {
                name.clone_from(new);
            }
        };
        for field in &mut record.fields {
            named(&mut field.image);
            field.copy_of.iter_mut().for_each(named);
            field.repeat_of.iter_mut().for_each(named);
            field.shared.iter_mut().for_each(|shared| named(&mut shared.image));
        }
        for (unread, number) in record.unread.iter_mut().zip(1..) {
            unread.image = format!("unread-{number}");
            unread.fault.key = None;
            unread.fault.values.clear();
            unread.fault.message = unread.fault.kind.clone();
            unread.fault.more.clear();
        }
        record.passed_over.clear();
        for floor in &mut record.settings.site_floors {
            for (slide, number) in floor.slides.iter_mut().zip(1..) {
                slide.id = format!("{number}");
            }
        }
        let files = source.files().iter().filter_map(|file| {
            let name = names.get(&file.name)?.clone();
            Some(PictureFile { film: file.film, path: file.path.clone(), name })
        });
        let source =
            SlideSource::of_parts(record.slide.clone(), source.facts().clone(), files.collect(), Vec::new());
        Self { record, source }
    }
}
