//! Drawn fields: each drawn when it is first looked at, some of them kept.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::Result;
use crate::intake::Picture;
use crate::quiz::{Object, drawn_objects};
use crate::render::{FieldSpec, render};
use crate::serve::pictures::Decoded;

/// Drawn fields held at once, some 6 MB each with their reductions.
const HELD: usize = 16;

/// A drawn field with what is in it.
#[derive(Debug)]
pub(super) struct DrawnField {
    pub(super) decoded: Decoded,
    pub(super) objects: Vec<Object>,
}

type Slot = Arc<Mutex<Option<Arc<DrawnField>>>>;

/// The fields drawn last, each by what was asked to be drawn.
#[derive(Debug, Default)]
pub(super) struct DrawnPictures {
    held: Mutex<VecDeque<(FieldSpec, Slot)>>,
}

impl DrawnPictures {
    /// A field; who asks for one that is being drawn waits for it.
    pub(super) fn field(&self, spec: &FieldSpec) -> Result<Arc<DrawnField>> {
        let slot = self.slot(spec);
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(field) = &*slot {
            return Ok(Arc::clone(field));
        }
        let rendered = render(spec)?;
        let objects = drawn_objects(&rendered.truth);
        let field =
            Arc::new(DrawnField { decoded: Decoded::of(Picture::from_pixels(rendered.image)), objects });
        *slot = Some(Arc::clone(&field));
        Ok(field)
    }

    fn slot(&self, spec: &FieldSpec) -> Slot {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let known = held.iter().position(|(of, _)| of == spec).and_then(|at| held.remove(at));
        let (spec, slot) = known.unwrap_or_else(|| (spec.clone(), Slot::default()));
        held.push_back((spec, Arc::clone(&slot)));
        if held.len() > HELD {
            held.pop_front();
        }
        slot
    }
}
