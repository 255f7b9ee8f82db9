//! One field, from its specification to picture and truth.

use super::camera;
use super::canvas::{Canvas, Extent};
use super::dice::{Dice, Stream};
use super::ground;
use super::red_cell::Habit;
use super::spec::FieldSpec;
use super::stain::Inks;
use super::thick;
use super::thin;
use super::truth::{Rendered, TruthObject};
use super::view::View;
use crate::Result;
use crate::terms::{CellClass, Film, Stage};

/// Draws a field.
///
/// # Errors
/// A value that [`FieldSpec::check`] refuses.
///
/// # Example
/// ```
/// use hemozoin::render::{Counts, FieldSpec, render};
/// use hemozoin::terms::CellClass;
///
/// let spec = FieldSpec {
///     counts: Counts { red_cells: 60, rings: 3, ..Counts::default() },
///     seed: 7,
///     ..FieldSpec::default()
/// };
/// let field = render(&spec)?;
/// assert_eq!(field.image.dimensions(), (640, 480));
/// assert_eq!(field.count(CellClass::AsexualParasite), 3);
/// # Ok::<(), hemozoin::Error>(())
/// ```
pub fn render(spec: &FieldSpec) -> Result<Rendered> {
    spec.check()?;
    let view = View::new(spec);
    let mut canvas = Canvas::new(spec.width, spec.height, spec.um_per_px as f32, view);
    let mut ground = Dice::new(spec.seed, Stream::Ground, 0);
    let mut dice = Dice::new(spec.seed, Stream::Layout, 0);
    let mut look = Dice::new(spec.look, Stream::Look, 0);
    let inks = Inks::new(spec.film, spec.stain, spec.stain_variation as f32, &mut look);
    ground::lay(&mut canvas, spec.film, spec.texture as f32, &inks, &mut ground);
    let truth = match spec.film {
        Film::Thin => thin::draw(&mut canvas, spec, &inks, Habit::new(spec, &mut look), &mut dice),
        Film::Thick => thick::draw(&mut canvas, spec, &inks, &mut dice),
    };
    let image = camera::shoot(canvas, spec, &inks, &mut ground);
    Ok(Rendered { image, truth })
}

/// Truth of an object from what its drawing covered. An object that covers no whole pixel gets the pixel of its centre.
/// `None` where nothing of it is in view.
pub(super) fn object(
    canvas: &Canvas,
    class: CellClass,
    stage: Option<Stage>,
    centre: (f32, f32),
    extent: Extent,
) -> Option<TruthObject> {
    let centre_in_view = canvas.view.depth(centre.0, centre.1) >= 0.0;
    let mut extent = extent;
    if extent.is_empty() {
        if !centre_in_view {
            return None;
        }
        let x = ((centre.0 / canvas.um) as i64).clamp(0, canvas.width as i64 - 1);
        let y = ((centre.1 / canvas.um) as i64).clamp(0, canvas.height as i64 - 1);
        extent.join(Extent { x0: x, y0: y, x1: x + 1, y1: y + 1, cut: false });
    }
    Some(TruthObject {
        class,
        stage,
        x: extent.x0 as f64,
        y: extent.y0 as f64,
        width: (extent.x1 - extent.x0) as f64,
        height: (extent.y1 - extent.y0) as f64,
        infected: None,
        parasites_inside: 0,
        cut: extent.cut,
        centre_in_view,
    })
}
