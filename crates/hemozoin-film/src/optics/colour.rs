//! Whether a picture has the colours of stained blood: what a grey, toned, inverted, swapped or posterised copy has lost.

use image::RgbImage;

use super::plane::{luma, quantile};

/// What is measured on colours.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Colours {
    /// How far colours of equal brightness lie apart (red and blue less green, root mean square, 0 to 255 levels): two
    /// dyes and haemoglobin are never one line through the colours, which a grey or toned picture is.
    pub(super) tint: f64,
    /// Difference in colour from the ground, as a share of it, of the most coloured two-hundredth.
    pub(super) stain: f64,
    /// How much the picture is like a negative, as a sum of what tells one (see [`NEGATIVE`]): film is dark on bright glass
    /// or on a bright veil, and what is stained keeps red rather than green.
    pub(super) negative: f64,
    /// How much bluer (over red, as shares of the ground) the darkest objects are than what is moderately dark: nuclei
    /// take azure. Negative where red and blue are swapped.
    pub(super) azure: f64,
    /// How far a thick film's red and blue stand where they belong, as a sum of what tells them apart (see [`UPRIGHT`]):
    /// below 0 for most pictures in which they are swapped.
    pub(super) upright: f64,
    /// How much more red and how much more blue than green, as shares of the ground, what is darker than the ground keeps
    /// (medians): stained blood takes green light most or nearly most, wood and skin take blue, blue ink takes red. 0 where
    /// too little is dark.
    pub(super) red_kept: f64,
    pub(super) blue_kept: f64,
    /// Share of the view that has one of its sixteen commonest colours to the bit.
    pub(super) few: f64,
}

/// What tells a negative: how far the middle of the brightnesses lies below the middle of their range (as a share of it,
/// twice), the logarithm of red over green in the middle of the greens, green of the darkest quarter over the ground's, and
/// red less green of the darkest fiftieth, each over the ground's; at last a constant. From a logistic regression over all
/// sets, each set left out in turn (`models/training/hemozoin_train/negatives.py`).
const NEGATIVE: [f64; 5] = [4.089, -2.635, -3.973, -3.769, 2.398];
/// What tells that red and blue are not swapped in a thick film: how much bluer than the ground the darkest are (of
/// [`DARKEST`]), and what is moderately dark; at last the logarithm of the ground's blue over its red. All of it changes its
/// sign with the channels. Fitted on all sets, each set left out in turn (`models/training/hemozoin_train/swapped.py`).
const UPRIGHT: [f64; 6] = [2.16, 2.45, 3.94, 5.06, 4.09, -6.98];
/// Shares of the view, by green light.
const DARKEST: [f64; 4] = [0.005, 0.02, 0.08, 0.25];
/// Moderately dark: green over the ground's.
const MIDDLE: std::ops::Range<f64> = 0.6..0.9;
/// About so many pixels are looked at.
const PIXELS: usize = 40_000;
/// What is darker than this share of the ground is looked at, where it is at least that share of the view.
const DARK: f64 = 0.85;
const FEWEST_DARK: f64 = 0.03;
/// Levels of brightness in which colours are compared.
const LEVELS: usize = 32;
/// Colours of which the share is taken.
const FEW: usize = 16;

/// Measures the colours of a reduced picture.
pub(super) fn measure(picture: &RgbImage, in_view: &[bool]) -> Option<Colours> {
    // A prime step, so that no grid in the picture is met in step.
    let mut step = (in_view.len() / PIXELS).max(1);
    while step > 1 && (picture.width() as usize).is_multiple_of(step) {
        step += 1;
    }
    let seen: Vec<[u8; 3]> =
        picture.pixels().zip(in_view).step_by(step).filter(|(_, v)| **v).map(|(p, _)| p.0).collect();
    if seen.len() < 100 {
        return None;
    }
    let light: Vec<f32> = seen.iter().map(|p| luma(*p)).collect();
    let at = |share: f64| quantile(&mut light.clone(), share).map_or(0.0, f64::from);
    let bright = at(0.75);
    let ground: [f64; 3] = std::array::from_fn(|c| {
        let mut values: Vec<f32> = seen
            .iter()
            .zip(&light)
            .filter(|(_, l)| f64::from(**l) >= bright)
            .map(|(p, _)| p.get(c).map_or(0.0, |v| f32::from(*v)))
            .collect();
        quantile(&mut values, 0.5).map_or(1.0, f64::from).max(20.0)
    });
    let over: Vec<[f64; 3]> =
        seen.iter().map(|p| [0, 1, 2].map(|c: usize| f64::from(p[c]) / ground[c])).collect();
    let darker = DARK * at(0.875);
    let dark: Vec<&[f64; 3]> =
        over.iter().zip(&light).filter(|(_, l)| f64::from(**l) < darker).map(|(q, _)| q).collect();
    let kept = |c: usize| {
        let mut values: Vec<f32> = dark.iter().map(|q| (q[c] - q[1]) as f32).collect();
        if (values.len() as f64) < FEWEST_DARK * seen.len() as f64 {
            0.0
        } else {
            quantile(&mut values, 0.5).map_or(0.0, f64::from)
        }
    };
    let mut coloured: Vec<f32> =
        over.iter().map(|[r, g, b]| (r - g).abs().max((b - g).abs()) as f32).collect();
    Some(Colours {
        tint: residual(&seen, &light),
        stain: quantile(&mut coloured, 0.995).map_or(0.0, f64::from),
        negative: negative(
            (at(0.98) + at(0.02) - 2.0 * at(0.5)) / (at(0.98) - at(0.02)).max(1.0),
            &seen,
            ground,
        ),
        azure: azure(&over),
        upright: upright(&seen),
        red_kept: kept(0),
        blue_kept: kept(2),
        few: share_of_few(&seen),
    })
}

/// Root mean square distance of (R - G, B - G) from its mean at the pixel's brightness.
fn residual(seen: &[[u8; 3]], light: &[f32]) -> f64 {
    let level = |l: f32| ((l as usize) * LEVELS / 256).min(LEVELS - 1);
    let differences = |p: &[u8; 3]| {
        let [r, g, b] = p.map(f64::from);
        [r - g, b - g]
    };
    let mut sums = [[0.0_f64; 3]; LEVELS];
    for (p, l) in seen.iter().zip(light) {
        let [red, blue] = differences(p);
        if let Some(sum) = sums.get_mut(level(*l)) {
            *sum = [sum[0] + red, sum[1] + blue, sum[2] + 1.0];
        }
    }
    let square: f64 = seen
        .iter()
        .zip(light)
        .map(|(p, l)| {
            let [red, blue] = differences(p);
            let [reds, blues, n] = sums.get(level(*l)).copied().unwrap_or([0.0, 0.0, 1.0]);
            (red - reds / n).powi(2) + (blue - blues / n).powi(2)
        })
        .sum();
    (square / seen.len() as f64).sqrt()
}

fn negative(lean: f64, seen: &[[u8; 3]], ground: [f64; 3]) -> f64 {
    let mut green: Vec<f32> = seen.iter().map(|p| f32::from(p[1])).collect();
    let mut cut = |share: f64| quantile(&mut green, share).unwrap_or(0.0);
    let (fiftieth, quarter, low, high) = (cut(0.02), cut(0.25), cut(0.4), cut(0.6));
    let median = |channel: usize, holds: &dyn Fn(f32) -> bool| {
        let of = |p: &&[u8; 3]| holds(f32::from(p[1]));
        let mut values: Vec<f32> = seen.iter().filter(of).map(|p| f32::from(p[channel])).collect();
        // Where nothing lies between two neighbouring levels, they are one.
        quantile(&mut values, 0.5).map_or(f64::from(low), f64::from)
    };
    let middle = |channel| median(channel, &|g| g > low && g < high) + 5.0;
    let darkest = |channel: usize, most: f32| median(channel, &|g| g <= most) / ground[channel];
    let told = [
        lean,
        (middle(0) / middle(1)).ln(),
        darkest(1, quarter),
        darkest(0, fiftieth) - darkest(1, fiftieth),
        1.0,
    ];
    told.iter().zip(NEGATIVE).map(|(value, weight)| value * weight).sum()
}

/// Blue less red of the darkest fiftieth in green light, less that of the darkest quarter.
fn azure(over: &[[f64; 3]]) -> f64 {
    let mut green: Vec<f32> = over.iter().map(|q| q[1] as f32).collect();
    let mut bluer = |share: f64| {
        let Some(cut) = quantile(&mut green, share).map(f64::from) else { return 0.0 };
        let channel = |c: usize| {
            let mut values: Vec<f32> =
                over.iter().filter(|q| q[1] as f32 <= cut as f32).map(|q| q[c] as f32).collect();
            quantile(&mut values, 0.5).map_or(0.0, f64::from)
        };
        channel(2) - channel(0)
    };
    bluer(0.02) - bluer(0.25)
}

fn upright(seen: &[[u8; 3]]) -> f64 {
    /// Fewer than these say nothing.
    const FEWEST: usize = 20;
    let median = |channel: usize, holds: &dyn Fn(f64) -> bool| {
        let of = |p: &&[u8; 3]| holds(f64::from(p[1]));
        let mut values: Vec<f32> = seen.iter().filter(of).map(|p| f32::from(p[channel])).collect();
        if values.len() > FEWEST { quantile(&mut values, 0.5).map(f64::from) } else { None }
    };
    let mut green: Vec<f32> = seen.iter().map(|p| f32::from(p[1])).collect();
    let mut cut = |share: f64| quantile(&mut green, share).map_or(0.0, f64::from);
    let bright = cut(0.75);
    let darkest = DARKEST.map(&mut cut);
    let ground: [f64; 3] =
        std::array::from_fn(|channel| median(channel, &|g| g >= bright).unwrap_or(0.0).max(20.0));
    let bluer = |holds: &dyn Fn(f64) -> bool| match (median(0, holds), median(2, holds)) {
        (Some(red), Some(blue)) => blue / ground[2] - red / ground[0],
        _ => 0.0,
    };
    let [a, b, c, d] = darkest.map(|most| bluer(&|g| g <= most));
    let middle = bluer(&|g| MIDDLE.start < g / ground[1] && g / ground[1] < MIDDLE.end);
    let told = [a, b, c, d, middle, (ground[2] / ground[0]).ln()];
    told.iter().zip(UPRIGHT).map(|(value, weight)| value * weight).sum()
}

fn share_of_few(seen: &[[u8; 3]]) -> f64 {
    let mut colours: Vec<u32> =
        seen.iter().map(|p| u32::from(p[0]) << 16 | u32::from(p[1]) << 8 | u32::from(p[2])).collect();
    colours.sort_unstable();
    let mut counts: Vec<usize> = colours.chunk_by(|a, b| a == b).map(<[u32]>::len).collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    counts.iter().take(FEW).sum::<usize>() as f64 / seen.len() as f64
}
