//! What was missed where: the places that a trainee pointed at against the things in the field.

use serde::Serialize;

use super::answer::FieldAnswer;
use super::truth::Object;
use super::what::What;

/// A place is that of a thing where it lies within the thing's box and this much around it, as a share of the longer
/// side of the box, or of pixels where that is more.
const AROUND: f64 = 0.75;
const AROUND_PX: f64 = 14.0;

/// What became of a thing, or of a place that was pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkedState {
    /// Pointed at, and called what it is; of an asexual parasite any of its stages.
    Found,
    /// Pointed at, and called something else.
    Confused,
    /// There, and nobody counted it.
    Missed,
    /// There; something was counted in this field without pointing, so that nobody knows what.
    There,
    /// Pointed at, and nothing is there.
    Nothing,
}

/// One mark over a field.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Marked {
    /// Where, and what it is; of a place with nothing, what it was taken for.
    #[serde(flatten)]
    pub object: Object,
    /// What became of it.
    pub state: MarkedState,
}

/// Lays an answer over the things of its field. Each place takes the nearest thing that no other has taken.
pub fn marked(objects: &[Object], answer: Option<&FieldAnswer>) -> Vec<Marked> {
    let places = answer.map(|a| a.marks.as_slice()).unwrap_or_default();
    let counted: u64 = answer.map_or(0, |a| a.counts.iter().map(|n| u64::from(*n)).sum());
    let unplaced = counted > places.len() as u64;
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (p, (_, x, y)) in places.iter().enumerate() {
        for (o, object) in objects.iter().enumerate() {
            let ((cx, cy), reach) = (object.centre(), (object.w.max(object.h) * AROUND).max(AROUND_PX));
            let distance = (f64::from(*x) - cx).hypot(f64::from(*y) - cy);
            if distance <= reach {
                pairs.push((distance, p, o));
            }
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut of_place, mut of_object) = (vec![None; places.len()], vec![None; objects.len()]);
    for (_, p, o) in pairs {
        if let (Some(place @ None), Some(object @ None)) = (of_place.get_mut(p), of_object.get_mut(o)) {
            *place = Some(o);
            *object = Some(p);
        }
    }
    let called = |p: usize| places.get(p).map(|(what, ..)| *what);
    // What nobody has to count is shown only where it was taken for something.
    let shown =
        |(object, place): &(&Object, &Option<usize>)| place.is_some() || object.thing != Some(What::Platelet);
    let things = objects.iter().zip(&of_object).filter(shown).map(|(object, place)| {
        let state = match place.and_then(called) {
            Some(said) if agrees(said, object.thing) => MarkedState::Found,
            Some(_) => MarkedState::Confused,
            None if unplaced => MarkedState::There,
            None => MarkedState::Missed,
        };
        Marked { object: *object, state }
    });
    let empty =
        places.iter().zip(&of_place).filter(|(_, object)| object.is_none()).map(|((what, x, y), _)| {
            let (x, y) = (f64::from(*x) - AROUND_PX, f64::from(*y) - AROUND_PX);
            let object = Object { thing: Some(*what), x, y, w: 2.0 * AROUND_PX, h: 2.0 * AROUND_PX };
            Marked { object, state: MarkedState::Nothing }
        });
    things.chain(empty).collect()
}

/// Asexual parasites are one class in a count; their stages are asked of crops.
fn agrees(said: What, thing: Option<What>) -> bool {
    let class = |what: What| match what {
        What::Ring | What::Trophozoite | What::Schizont => 0,
        other => 1 + other as u8,
    };
    thing.map_or(class(said) == 0, |thing| class(said) == class(thing))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(thing: What, x: f64, y: f64) -> Object {
        Object { thing: Some(thing), x: x - 8.0, y: y - 8.0, w: 16.0, h: 16.0 }
    }

    fn states(objects: &[Object], counts: [u32; 5], marks: &[(What, i32, i32)]) -> Vec<MarkedState> {
        let answer = FieldAnswer { field: 0, counts, marks: marks.to_vec() };
        marked(objects, Some(&answer)).iter().map(|m| m.state).collect()
    }

    #[test]
    fn places_find_their_things() {
        use MarkedState::{Confused, Found, Missed, Nothing, There};
        let things =
            [at(What::Ring, 100.0, 50.0), at(What::Ring, 118.0, 50.0), at(What::WhiteCell, 400.0, 300.0)];
        // Two rings side by side: each place takes its own, also where the first lies within reach of both.
        let two = [(What::Ring, 110, 50), (What::Trophozoite, 101, 50)];
        assert_eq!(states(&things, [1, 1, 0, 0, 0], &two), [Found, Found, Missed]);
        let wrong = [(What::Ring, 402, 300), (What::Ring, 700, 700)];
        assert_eq!(states(&things, [2, 0, 0, 0, 0], &wrong), [Missed, Missed, Confused, Nothing]);
        // Typed, not pointed at: nobody knows which were meant.
        assert_eq!(states(&things, [1, 0, 0, 0, 1], &[]), [There, There, There]);
        let nobody: Vec<_> = marked(&things, None).iter().map(|m| m.state).collect();
        assert_eq!(nobody, [Missed, Missed, Missed]);
        let platelet = [at(What::Platelet, 9.0, 9.0)];
        assert_eq!(states(&platelet, [0; 5], &[]), []);
        assert_eq!(states(&platelet, [1, 0, 0, 0, 0], &[(What::Ring, 9, 9)]), [Confused]);
    }
}
