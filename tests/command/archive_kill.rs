//! An archive that is killed at any moment ends with the bytes of one that was not (needs `cli` and `archive`).

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::archive::{archive_of, assert_same, code, final_bytes, hemozoin, run_archive, words};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Kills the command `kills` times at moments spread over `whole`, then lets it finish; returns how often it had
/// already finished before it could be killed. A machine that has become faster since `whole` was taken shows by
/// that, and `whole` is shortened.
fn killed_again_and_again(root: &Path, out: &Path, kills: u32, whole: &mut Duration, seed: u64) -> u32 {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut too_late = 0;
    for kill in 0..kills {
        let verb = if kill == 0 || !out.join("journal.sqlite").exists() { "run" } else { "resume" };
        let mut command = hemozoin();
        command.args(["archive", verb]);
        if verb == "run" {
            command.arg(root).arg("--out");
        }
        let mut child =
            command.arg(out).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command runs");
        std::thread::sleep(whole.mul_f64(random.random::<f64>()));
        if child.try_wait().expect("a state").is_some() {
            too_late += 1;
            *whole = whole.mul_f64(0.7);
        }
        // SIGKILL: nothing in the process can react to it.
        let _ = child.kill();
        child.wait().expect("an end");
    }
    let last = run_archive(root, out, &[]);
    assert!(code(&last) <= 1, "{}", words(&last));
    too_late
}

fn killed(slides: u32, rounds: u32, kills: u32) {
    let dir = tempfile::tempdir().expect("a folder");
    let (root, calm) = (dir.path().join("in"), dir.path().join("calm"));
    archive_of(&root, slides, 2, 300);
    let begun = Instant::now();
    let undisturbed = run_archive(&root, &calm, &[]);
    let mut window = begun.elapsed().mul_f64(0.6);
    assert!(code(&undisturbed) <= 1, "{}", words(&undisturbed));
    let mut too_late = 0;
    for round in 0..rounds {
        let out = dir.path().join(format!("killed-{round}"));
        too_late += killed_again_and_again(&root, &out, kills, &mut window, u64::from(round));
        assert_same(&calm, &out);
    }
    let all = rounds * kills;
    println!(
        "{all} kills in {rounds} archives, {too_late} after the end; {} files each",
        final_bytes(&calm).len()
    );
    assert!(too_late * 2 < all, "most runs had ended before they were killed: {too_late} of {all}");
}

#[test]
fn killed_at_random_moments() {
    killed(8, 3, 4);
}

/// The same a hundred times: `cargo test --test archive_kill -- --ignored --nocapture`.
#[test]
#[ignore = "several minutes"]
fn killed_a_hundred_times() {
    killed(12, 20, 5);
}
