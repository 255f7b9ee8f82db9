//! The doors under seeds, past finds and small mutations: what `fuzz/` does, within every test run.
//!
//! `HEMOZOIN_FUZZ_SECONDS=N` runs each door for N seconds instead of a fixed number of times and tells how often.

#[path = "../../fuzz/src/lib.rs"]
mod doors;

use std::path::Path;
use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Mutations of each door in a usual test run.
const USUAL: u64 = 1_500;

/// Longest input, bytes.
const LONGEST: usize = 64 << 10;

fn seeds(door: &str) -> Vec<Vec<u8>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(door);
    let mut paths: Vec<_> =
        std::fs::read_dir(&dir).expect("seeds").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    let found: Vec<Vec<u8>> = paths.iter().map(|p| std::fs::read(p).expect("a seed")).collect();
    assert!(!found.is_empty(), "{} holds no seed", dir.display());
    found
}

/// One to four small changes: bits, bytes, stretches removed, doubled or taken from another seed, numbers made
/// extreme.
fn mutate(random: &mut ChaCha8Rng, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut data = seeds[random.random_range(0..seeds.len())].clone();
    for _ in 0..random.random_range(1..5) {
        if data.is_empty() {
            data.push(random.random());
        }
        let at = random.random_range(0..data.len());
        let length = random.random_range(1..=(data.len() - at).min(64));
        match random.random_range(0..8) {
            0 => data[at] ^= 1 << random.random_range(0..8),
            1 => data[at] = random.random(),
            2 => data[at] = [0, 1, 0x7f, 0x80, 0xff][random.random_range(0..5)],
            3 => {
                data.drain(at..at + length);
            }
            4 => {
                let part = data[at..at + length].to_vec();
                let to = random.random_range(0..=data.len());
                data.splice(to..to, part);
            }
            5 => data.truncate(at),
            6 => {
                let other = &seeds[random.random_range(0..seeds.len())];
                if !other.is_empty() {
                    let from = random.random_range(0..other.len());
                    let to = (from + length).min(other.len());
                    data.splice(at..at + length, other[from..to].iter().copied());
                }
            }
            _ => {
                let extreme: &[u8] = [
                    &b"-1"[..],
                    b"0",
                    b"1e308",
                    b"nan",
                    b"18446744073709551616",
                    b"\"\"",
                    b"\xff\xff\xff\xff",
                    b"\x00\x00\x00\x80",
                ][random.random_range(0..8)];
                let to = (at + extreme.len()).min(data.len());
                data.splice(at..to, extreme.iter().copied());
            }
        }
        data.truncate(LONGEST);
    }
    data
}

fn run(name: &str, door: fn(&[u8])) {
    let seeds = seeds(name);
    for seed in &seeds {
        door(seed);
    }
    let seconds = std::env::var("HEMOZOIN_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok());
    let mut random = ChaCha8Rng::seed_from_u64(if seconds.is_some() { std::process::id().into() } else { 1 });
    let start = Instant::now();
    let mut done = 0_u64;
    loop {
        let over = match seconds {
            Some(seconds) => start.elapsed() >= Duration::from_secs(seconds),
            None => done >= USUAL,
        };
        if over {
            break;
        }
        let data = mutate(&mut random, &seeds);
        if let Err(panic) = std::panic::catch_unwind(|| door(&data)) {
            let kept = std::env::temp_dir().join(format!("{name}-{done}.find"));
            std::fs::write(&kept, &data).expect("the find is kept");
            eprintln!("{name}: a find, kept in {}", kept.display());
            std::panic::resume_unwind(panic);
        }
        done += 1;
    }
    println!("{name}: {done} executions in {} s", start.elapsed().as_secs());
}

macro_rules! doors {
    ($($name:ident),+) => {
        $(#[test]
        fn $name() {
            run(stringify!($name), doors::$name);
        })+
    };
}

doors!(
    intake,
    slide_toml,
    bundle_toml,
    network_onnx,
    record_json,
    profile_toml,
    floor_toml,
    labels_json,
    labels_yolo,
    labels_voc,
    standard_counts,
    case_zip,
    course_toml,
    quiz_results,
    surveillance_toml
);
