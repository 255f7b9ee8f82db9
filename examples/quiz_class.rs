//! A class of twenty simulated trainees of known skill, and the level that the quiz gives each.
//!
//! ```text
//! cargo run --release --example quiz_class                    prints the table
//! cargo run --release --example quiz_class -- --docs          puts it into docs/quiz.md and docs/exercices.md
//! cargo run --release --example quiz_class -- --out FILE      writes the class as `hemozoin quiz results FILE` reads it
//! ```
//!
//! A trainee sees each asexual parasite and each white cell with a chance of their own, takes something for a parasite
//! that is none so often in 100 fields, and stops counting where the rule stops him. He says that a slide is positive as
//! soon as he has counted one parasite. What his skill is worth in the long run comes from [`LONG_RUN`] other drawings of
//! the panel; beside it stands what one sitting of 55 slides gives him.

use std::collections::BTreeMap;
use std::path::Path;

use hemozoin::quiz::{
    Answer, Answered, Course, Entry, FieldAnswer, FieldTruth, Question, ResultsFile, Score, Sitting,
    SlideAnswer, SlideQuestion, Truth, questions,
};
use hemozoin::standard::{Levels, Profile};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Drawings of the panel from which the long run is taken.
const LONG_RUN: u32 = 40;
/// The drawing that the class sits.
const CLASS: u32 = 1;

/// What a trainee can.
#[derive(Clone, Copy)]
struct Skill {
    /// Share of the asexual parasites that he sees.
    sees: f64,
    /// Share of the white cells that he counts.
    cells: f64,
    /// What he takes for a parasite and is none, in 100 fields.
    invents: f64,
}

/// From who sees nearly everything to who sees little and invents much.
fn class() -> Vec<Skill> {
    let skill = |(sees, cells, invents)| Skill { sees, cells, invents };
    let all = [
        (0.98, 1.00, 0.00),
        (0.95, 0.98, 0.02),
        (0.92, 1.00, 0.05),
        (0.90, 0.97, 0.05),
        (0.88, 1.00, 0.10),
        (0.85, 0.95, 0.15),
        (0.83, 1.00, 0.10),
        (0.80, 0.95, 0.20),
        (0.78, 0.98, 0.30),
        (0.75, 0.90, 0.40),
        (0.75, 1.00, 0.15),
        (0.72, 1.00, 0.50),
        (0.70, 0.95, 0.60),
        (0.65, 0.90, 0.70),
        (0.60, 1.00, 0.20),
        (0.50, 1.00, 0.10),
        (0.40, 0.90, 0.50),
        (0.30, 1.00, 1.00),
        (0.10, 1.00, 0.05),
        (0.05, 0.80, 2.00),
    ];
    all.map(skill).to_vec()
}

struct Chance(ChaCha8Rng);

impl Chance {
    fn of(trainee: usize, seed: u32) -> Self {
        Self(ChaCha8Rng::seed_from_u64(u64::from(seed) << 32 | trainee as u64))
    }

    fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn of_each(&mut self, n: u32, chance: f64) -> u32 {
        (0..n).map(|_| u32::from(self.unit() < chance)).sum()
    }

    /// Poisson of a small mean (Knuth).
    fn some(&mut self, mean: f64) -> u32 {
        let (limit, mut product, mut n) = ((-mean).exp(), self.unit(), 0);
        while product > limit {
            product *= self.unit();
            n += 1;
        }
        n
    }
}

/// What a trainee answers to a slide.
fn read(slide: &SlideQuestion, skill: Skill, profile: &Profile, chance: &mut Chance) -> SlideAnswer {
    let Truth::Slide { fields: truth, .. } = &slide.truth else { return SlideAnswer::default() };
    let rule = &profile.values().thick;
    let (mut fields, mut parasites, mut cells, mut looked) = (Vec::new(), 0, 0, 0);
    let mut checkpoint = false;
    for (field, FieldTruth { asexual, white_cells, .. }) in (0_u32..).zip(truth) {
        looked += 1;
        let seen = chance.of_each(*asexual, skill.sees) + chance.some(skill.invents / 100.0);
        let counted = chance.of_each(*white_cells, skill.cells);
        (parasites, cells) = (parasites + seen, cells + counted);
        let answer = FieldAnswer { field, counts: [seen, 0, 0, 0, counted], marks: Vec::new() };
        fields.extend((seen + counted > 0).then_some(answer));
        if !slide.ask.count() {
            continue;
        }
        let early = parasites >= rule.parasite_limit && cells < rule.parasite_limit_below_wbc;
        let first = !checkpoint && cells >= rule.checkpoint_wbc;
        checkpoint |= first;
        let enough = first && parasites >= rule.checkpoint_parasites_min;
        if early || enough || cells >= rule.extend_wbc {
            break;
        }
    }
    SlideAnswer { positive: slide.ask.detection().then_some(parasites > 0), looked, fields }
}

fn sit(trainee: usize, seed: u32, asked: &[Question], profile: &Profile) -> Sitting {
    let skill = class()[trainee];
    let mut chance = Chance::of(trainee, seed);
    let mut answers = BTreeMap::new();
    for (number, question) in (0_u32..).zip(asked) {
        let Question::Slide(slide) = question else { continue };
        let answer = Answer::Slide(read(slide, skill, profile, &mut chance));
        answer.check(&slide.truth).expect("an answer that the page would take");
        let at = format!("2026-11-30T{:02}:{:02}:00Z", 8 + number / 6, number % 6 * 10);
        answers.insert(number, Answered { at, seconds: 600, truth: slide.truth.clone(), answer });
    }
    Sitting {
        id: format!("simulated-{seed}-{trainee}"),
        trainee: format!("Trainee {:02}", trainee + 1),
        course: "who-55".to_owned(),
        course_sha256: String::new(),
        seed,
        questions: asked.len() as u32,
        began: format!("2026-11-30T07:{:02}:00Z", trainee),
        answers,
    }
}

struct Row {
    skill: Skill,
    /// Per cent in the long run: detection, counts.
    long: (f64, f64),
    known: u8,
    given: Score,
}

fn rows() -> hemozoin::Result<Vec<Row>> {
    let profile = Profile::standard()?;
    let course = panel()?;
    let percent = |score: &Score| {
        let of = |scored: Option<hemozoin::quiz::Scored>| scored.map_or(0.0, |s| s.ratio.percent());
        (of(score.detection), of(score.count))
    };
    let mut sums = vec![(0.0, 0.0); class().len()];
    for seed in (CLASS + 1..).take(LONG_RUN as usize) {
        let asked = questions(&course, seed, None, &profile)?;
        for (trainee, sum) in sums.iter_mut().enumerate() {
            let (detection, count) = percent(&Score::of(&sit(trainee, seed, &asked, &profile), &profile));
            *sum = (sum.0 + detection, sum.1 + count);
        }
    }
    let asked = questions(&course, CLASS, None, &profile)?;
    let row = |(trainee, (skill, sum)): (usize, (Skill, (f64, f64)))| {
        let long = (sum.0 / f64::from(LONG_RUN), sum.1 / f64::from(LONG_RUN));
        // No species is asked: as if all were right.
        let known = Levels::of_percentages(long.0, 100.0, long.1, &profile.values().competence).overall.get();
        Row { skill, long, known, given: Score::of(&sit(trainee, CLASS, &asked, &profile), &profile) }
    };
    Ok(class().into_iter().zip(sums).enumerate().map(row).collect())
}

fn panel() -> hemozoin::Result<Course> {
    let courses = Course::built_in()?;
    Ok(courses.into_iter().find(|course| course.name == "who-55").expect("in this program"))
}

/// The tables, in English and in French.
pub fn tables() -> hemozoin::Result<[String; 2]> {
    let rows = rows()?;
    Ok([false, true].map(|french| table(&rows, french)))
}

fn table(rows: &[Row], french: bool) -> String {
    let number = |value: f64, decimals: usize| {
        let text = format!("{value:.decimals$}");
        if french { text.replace('.', ",") } else { text }
    };
    let mut text = String::from(if french {
        "| stagiaire | voit, % des parasites | compte, % des leucocytes | invente, par 100 champs | à la longue : détection, % | comptages, % | niveau connu | une séance : détection | comptages | niveau donné |\n"
    } else {
        "| trainee | sees, % of parasites | counts, % of white cells | invents, in 100 fields | in the long run: detection, % | counts, % | known level | one sitting: detection | counts | level given |\n"
    });
    text.push_str("|---|---|---|---|---|---|---|---|---|---|\n");
    let share = |scored: Option<hemozoin::quiz::Scored>| {
        scored.map_or_else(String::new, |s| format!("{}/{}", s.ratio.hits(), s.ratio.of()))
    };
    let (mut same, mut near) = (0, 0);
    for (n, row) in rows.iter().enumerate() {
        let given = row.given.level.map_or(0, |level| level.get());
        same += u32::from(given == row.known);
        near += u32::from(given.abs_diff(row.known) <= 1);
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {given} |\n",
            n + 1,
            number(row.skill.sees * 100.0, 0),
            number(row.skill.cells * 100.0, 0),
            number(row.skill.invents, 2),
            number(row.long.0, 1),
            number(row.long.1, 1),
            row.known,
            share(row.given.detection),
            share(row.given.count),
        ));
    }
    let all = rows.len();
    text.push_str(&if french {
        format!("\nUne séance donne à {same} stagiaires sur {all} le niveau que leur capacité vaut à la longue, et à {near} ce niveau ou un niveau voisin.\n")
    } else {
        format!("\nOne sitting gives {same} of {all} trainees the level that their skill is worth in the long run, and {near} that level or the next to it.\n")
    });
    text
}

/// Where the table stands in the documents.
pub const MARKS: (&str, &str) = ("<!-- quiz_class -->\n", "<!-- /quiz_class -->");

#[allow(dead_code)] // The tests take the table alone.
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => print!("{}", tables()?[0]),
        ["--docs"] => {
            for (file, table) in ["docs/quiz.md", "docs/exercices.md"].into_iter().zip(tables()?) {
                let text = std::fs::read_to_string(file)?;
                let (before, rest) = text.split_once(MARKS.0).ok_or("no place for the table")?;
                let (_, after) = rest.split_once(MARKS.1).ok_or("no end of the table")?;
                std::fs::write(file, format!("{before}{}{table}{}{after}", MARKS.0, MARKS.1))?;
            }
        }
        ["--out", file] => write_class(Path::new(file))?,
        _ => return Err("give nothing, --docs, or --out FILE".into()),
    }
    Ok(())
}

/// Writes the class into a file of results.
pub fn write_class(path: &Path) -> hemozoin::Result<()> {
    let (profile, file) = (Profile::standard()?, ResultsFile::at(path));
    let asked = questions(&panel()?, CLASS, None, &profile)?;
    for trainee in 0..class().len() {
        let sitting = sit(trainee, CLASS, &asked, &profile);
        file.add(&Entry::Began {
            form: Entry::FORM.to_owned(),
            sitting: sitting.id.clone(),
            trainee: sitting.trainee,
            course: sitting.course,
            course_sha256: sitting.course_sha256,
            seed: sitting.seed,
            questions: sitting.questions,
            at: sitting.began,
        })?;
        for (question, answered) in sitting.answers {
            file.add(&Entry::Answered { sitting: sitting.id.clone(), question, answered })?;
        }
    }
    Ok(())
}
