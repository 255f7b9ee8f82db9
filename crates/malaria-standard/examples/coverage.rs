//! Simulations of the standard, seeded: `cargo run --release -p malaria-standard --example coverage [SENSITIVITY FALSE_PER_WBC SPREAD]`.
//!
//! 1. Coverage of the 95 % interval and bias of the density of `who-2016` (STA-6).
//! 2. Level and power of the test against a false-positive floor.
//! 3. A panel of 55 slides scored by competence levels (QA-v2), for a perfect detector and for one that sees each
//!    parasite with probability SENSITIVITY and adds FALSE_PER_WBC false parasites per white cell, with standard
//!    deviation SPREAD between slides.
//!
//! The tables stand in `docs/statistics.md`.

use std::collections::BTreeSet;

use malaria_standard::Species;
use malaria_standard::{
    FieldCount, Floor, FloorBasis, FloorUnit, NegativeSlide, PanelSlide, Profile, SlideCall, ThickOutcome,
    WbcUsed, grade_fields, score_panel,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// White cells per field, on average (DET-10: 10 to 20).
const WBC_PER_FIELD: f64 = 16.0;
const FIELDS: usize = 100;

fn main() -> Result<(), malaria_standard::Error> {
    let given: Vec<f64> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let profile = Profile::standard()?;
    coverage(&profile);
    floor(&profile)?;
    let (sensitivity, rate, spread) = match given.as_slice() {
        [s, r, d, ..] => (*s, *r, *d),
        _ => (0.9, 0.002, 0.002),
    };
    panel(&profile, sensitivity, rate, spread);
    Ok(())
}

/// Poisson variate by multiplying uniforms (Knuth), in parts small enough for the exponential.
fn poisson(random: &mut ChaCha8Rng, mean: f64) -> u32 {
    let (mut left, mut total) = (mean, 0);
    while left > 0.0 {
        let part = left.min(20.0);
        left -= part;
        let (bound, mut product) = ((-part).exp(), random.random::<f64>());
        while product > bound {
            product *= random.random::<f64>();
            total += 1;
        }
    }
    total
}

/// Standard normal variate (Box and Muller 1958).
fn normal(random: &mut ChaCha8Rng) -> f64 {
    let (u, v): (f64, f64) = (1.0 - random.random::<f64>(), random.random());
    (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

/// Gamma variate of any shape (Marsaglia and Tsang 2000).
fn gamma(random: &mut ChaCha8Rng, shape: f64) -> f64 {
    if shape < 1.0 {
        let u = 1.0 - random.random::<f64>();
        return gamma(random, shape + 1.0) * u.powf(1.0 / shape);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = normal(random);
        let v = (1.0 + c * x).powi(3);
        let u = 1.0 - random.random::<f64>();
        if v > 0.0 && u.ln() < 0.5 * x * x + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

/// A rate with this mean and standard deviation.
fn rate(random: &mut ChaCha8Rng, mean: f64, sd: f64) -> f64 {
    if mean <= 0.0 || sd <= 0.0 {
        return mean.max(0.0);
    }
    let shape = (mean / sd).powi(2);
    gamma(random, shape) * mean / shape
}

/// A film of blood with `density` parasites per µL, read by a detector.
fn film(
    random: &mut ChaCha8Rng,
    density: f64,
    sensitivity: f64,
    false_per_wbc: f64,
    profile: &Profile,
) -> ThickOutcome {
    let used = WbcUsed::assumed(profile);
    let per_wbc = sensitivity * density / used.per_ul() + false_per_wbc;
    let fields: Vec<FieldCount> = (0..FIELDS)
        .map(|_| {
            let wbc = poisson(random, WBC_PER_FIELD);
            // Parasites follow the blood volume of the field, not the white cells that happened to lie in it.
            FieldCount::new(poisson(random, per_wbc * WBC_PER_FIELD), wbc)
        })
        .collect();
    grade_fields(&fields, used, profile)
}

fn coverage(profile: &Profile) {
    println!(
        "| true density /µL | films | coverage of the 95 % interval | mean density, rule | mean density, whole series |"
    );
    println!("|---|---|---|---|---|");
    for (i, density) in
        [5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1e3, 5e3, 2e4, 1e5].into_iter().enumerate()
    {
        let films = if density > 1e4 { 2000 } else { 10_000 };
        let mut random = ChaCha8Rng::seed_from_u64(1 + i as u64);
        let (mut covered, mut rule, mut whole) = (0, 0.0, 0.0);
        for _ in 0..films {
            let out = film(&mut random, density, 1.0, 0.0, profile);
            covered += u32::from(out.interval.is_some_and(|interval| interval.contains(density)));
            rule += out.density.map_or(0.0, |d| d.raw());
            whole += out.all_density.map_or(0.0, |d| d.raw());
        }
        let n = f64::from(films);
        let bias = |sum: f64| format!("{:+.1} %", 100.0 * (sum / n / density - 1.0));
        println!(
            "| {density} | {films} | {:.1} % | {} | {} |",
            100.0 * f64::from(covered) / n,
            bias(rule),
            bias(whole)
        );
    }
    println!();
}

fn floor(profile: &Profile) -> Result<(), malaria_standard::Error> {
    println!(
        "| floor: mean, spread per 1,000 WBC | slides measured | false calls | found at 100/µL | 500/µL | 2,000/µL |"
    );
    println!("|---|---|---|---|---|---|");
    let runs = 2000;
    for (i, (mean, spread)) in
        [(0.0, 0.0), (0.001, 0.001), (0.005, 0.005), (0.02, 0.01)].into_iter().enumerate()
    {
        for slides in [10, 20, 50] {
            let mut random = ChaCha8Rng::seed_from_u64(100 + 10 * i as u64 + slides);
            let mut exceeding = [0_u32; 4];
            for _ in 0..runs {
                let mut slide = |density: f64| {
                    let false_per_wbc = rate(&mut random, mean, spread);
                    let out = film(&mut random, density, 1.0, false_per_wbc, profile);
                    NegativeSlide { parasites: out.search.asexual.get(), cells: out.search.wbc.get() }
                };
                let measured: Vec<NegativeSlide> = (0..slides).map(|_| slide(0.0)).collect();
                let rule = &profile.values().floor;
                let floor = Floor::measure(FloorUnit::WhiteCell, FloorBasis::Site, &measured, rule)?;
                for (count, density) in exceeding.iter_mut().zip([0.0, 100.0, 500.0, 2000.0]) {
                    let new = slide(density);
                    *count += u32::from(floor.check(new.parasites, new.cells, profile).exceeds);
                }
            }
            let [wrong, a, b, c] =
                exceeding.map(|n| format!("{:.1} %", 100.0 * f64::from(n) / f64::from(runs)));
            println!("| {}, {} | {slides} | {wrong} | {a} | {b} | {c} |", 1000.0 * mean, 1000.0 * spread);
        }
    }
    println!();
    Ok(())
}

/// A panel in the manner of QA-v2: slides without parasites, weak and strong positives; what each part holds is an
/// assumption of this simulation.
fn panel_truth() -> Vec<f64> {
    let part = |n: usize, density: f64| std::iter::repeat_n(density, n);
    part(20, 0.0)
        .chain(part(10, 100.0))
        .chain(part(10, 200.0))
        .chain(part(5, 500.0))
        .chain(part(5, 2000.0))
        .chain(part(5, 20_000.0))
        .collect()
}

fn panel(profile: &Profile, sensitivity: f64, false_rate: f64, spread: f64) {
    println!("| detector | detection % | counts within 25 % | level detection | level count | panels |");
    println!("|---|---|---|---|---|---|");
    let panels = 200;
    let imperfect = format!("sensitivity {sensitivity}, {false_rate} ± {spread} false per WBC");
    for (name, s, m, sd, floor) in [
        ("perfect".to_owned(), 1.0, 0.0, 0.0, false),
        (imperfect.clone(), sensitivity, false_rate, spread, false),
        (format!("{imperfect}, calls above its floor only"), sensitivity, false_rate, spread, true),
    ] {
        let mut random = ChaCha8Rng::seed_from_u64(55);
        let (mut detected, mut within) = (0.0, 0.0);
        let (mut level_detection, mut level_count) = ([0_u32; 4], [0_u32; 4]);
        // The floor is known from many slides.
        let known = Floor::from_rates(FloorUnit::WhiteCell, FloorBasis::Bundle, m, sd, 200, 320_000);
        for _ in 0..panels {
            let slides: Vec<PanelSlide> = panel_truth()
                .into_iter()
                .map(|density| {
                    let false_per_wbc = rate(&mut random, m, sd);
                    let out = film(&mut random, density, s, false_per_wbc, profile);
                    let above = known.as_ref().is_ok_and(|f| {
                        f.check(out.search.asexual.get(), out.search.wbc.get(), profile).exceeds
                    });
                    let positive = out.has_asexual() && (!floor || above);
                    let species = |there: bool| {
                        if there { BTreeSet::from([Species::Falciparum]) } else { BTreeSet::new() }
                    };
                    PanelSlide {
                        truth: SlideCall {
                            positive: density > 0.0,
                            species: species(density > 0.0),
                            density: (density > 0.0).then_some(density as u64),
                        },
                        reader: SlideCall {
                            positive,
                            species: species(positive),
                            density: out.density.map(|d| d.reported()),
                        },
                    }
                })
                .collect();
            let Some(score) = score_panel(&slides, profile) else { continue };
            detected += score.detection.percent();
            within += score.count.map_or(0.0, |c| c.percent());
            let note = |levels: &mut [u32; 4], level: u8| {
                if let Some(slot) = levels.get_mut(usize::from(level) - 1) {
                    *slot += 1;
                }
            };
            note(&mut level_detection, score.levels.detection.get());
            note(&mut level_count, score.levels.count.map_or(4, |l| l.get()));
        }
        let n = f64::from(panels);
        let shares = |levels: [u32; 4]| {
            levels
                .iter()
                .enumerate()
                .filter(|(_, k)| **k > 0)
                .map(|(i, k)| format!("{}: {:.0} %", i + 1, 100.0 * f64::from(*k) / n))
                .collect::<Vec<_>>()
                .join(", ")
        };
        println!(
            "| {name} | {:.1} | {:.1} | {} | {} | {panels} |",
            detected / n,
            within / n,
            shares(level_detection),
            shares(level_count)
        );
    }
}
