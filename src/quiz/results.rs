//! The file of a class: lines of JSON, only ever added, each on the disk before the page shows it as done.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::entry::{Answered, Entry};
use crate::files::{make_folder, open_plain};
use crate::{Error, ErrorKind, Result};

/// Most bytes of a file that is read: some ten thousand sittings.
const MAX_BYTES: u64 = 1 << 30;

/// A file of results that answers are added to.
#[derive(Debug)]
pub struct ResultsFile {
    path: PathBuf,
    /// One line at a time in this process; the lock of the file holds others back.
    writing: Mutex<()>,
}

/// What a file, or several, say.
#[derive(Debug, Default)]
pub struct Read {
    /// Sittings in the order in which they were begun.
    pub sittings: Vec<Sitting>,
    /// Lines that say nothing, each with its file and number: cut off by a power cut, or not of this program.
    pub refused: Vec<Error>,
}

/// One trainee's way through a course.
#[derive(Clone, Debug, PartialEq)]
pub struct Sitting {
    /// Its name.
    pub id: String,
    /// Who.
    pub trainee: String,
    /// Name of the course.
    pub course: String,
    /// SHA-256 of the course.
    pub course_sha256: String,
    /// What was drawn.
    pub seed: u32,
    /// How many questions there are.
    pub questions: u32,
    /// When it was begun (ISO 8601).
    pub began: String,
    /// Answers by the number of their question; the first to each counts.
    pub answers: BTreeMap<u32, Answered>,
}

impl Sitting {
    /// Whether every question is answered.
    pub fn is_complete(&self) -> bool {
        self.answers.len() >= self.questions as usize
    }
}

impl ResultsFile {
    /// A file, that need not be there yet. Nothing is written before the first sitting.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_path_buf(), writing: Mutex::default() }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a line. When this returns it has reached the disk.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the system refuses.
    pub fn add(&self, entry: &Entry) -> Result<()> {
        let _one = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut line = serde_json::to_vec(entry)
            .map_err(|e| Error::new(ErrorKind::Internal, format!("cannot write an answer: {e}")))?;
        line.push(b'\n');
        if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            make_folder(folder)?;
        }
        let io = |e| Error::io(&self.path, "write", e);
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).open(&self.path).map_err(io)?;
        file.lock().map_err(io)?;
        // What a power cut left without an end may not swallow this line.
        if !ends_its_line(&mut file).map_err(io)? {
            line.insert(0, b'\n');
        }
        file.write_all(&line).map_err(io)?;
        file.sync_data().map_err(io)
    }

    /// Reads it; nothing where it is not there.
    ///
    /// # Errors
    /// As [`Read::of`].
    pub fn read(&self) -> Result<Read> {
        if self.path.exists() { Read::of(&[&self.path]) } else { Ok(Read::default()) }
    }
}

impl Read {
    /// Reads the files of a class together: of one computer, or of twenty.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where one cannot be read; [`ErrorKind::Limit`] for one of more than 1 GB.
    pub fn of(paths: &[impl AsRef<Path>]) -> Result<Self> {
        let mut read = Self::default();
        let mut answers: Vec<(String, u32, Answered)> = Vec::new();
        for path in paths.iter().map(AsRef::as_ref) {
            let mut bytes = Vec::new();
            open_plain(path, MAX_BYTES)?.read_to_end(&mut bytes).map_err(|e| Error::io(path, "read", e))?;
            for (number, line) in (1_u64..).zip(bytes.split(|b| *b == b'\n')) {
                if line.iter().all(u8::is_ascii_whitespace) {
                    continue;
                }
                match serde_json::from_slice(line) {
                    Ok(Entry::Began { form, .. }) if form != Entry::FORM => {
                        read.refused.push(refused(
                            path,
                            number,
                            format!("form {form}, this program writes {}", Entry::FORM),
                        ));
                    }
                    Ok(Entry::Began {
                        form: _,
                        sitting: id,
                        trainee,
                        course,
                        course_sha256,
                        seed,
                        questions,
                        at,
                    }) => {
                        if read.sittings.iter().all(|known| known.id != id) {
                            let answers = BTreeMap::new();
                            read.sittings.push(Sitting {
                                id,
                                trainee,
                                course,
                                course_sha256,
                                seed,
                                questions,
                                began: at,
                                answers,
                            });
                        }
                    }
                    Ok(Entry::Answered { sitting, question, answered }) => {
                        answers.push((sitting, question, answered))
                    }
                    Err(e) => read.refused.push(refused(path, number, e.to_string())),
                }
            }
        }
        let mut lost = 0_usize;
        for (sitting, question, answered) in answers {
            match read.sittings.iter_mut().find(|known| known.id == sitting) {
                Some(sitting) if question < sitting.questions => {
                    sitting.answers.entry(question).or_insert(answered);
                }
                _ => lost += 1,
            }
        }
        if lost > 0 {
            let text = format!("{lost} answers are of no sitting that is named here");
            read.refused.push(
                Error::new(ErrorKind::Unreadable, text).with_key("error-quiz-lost").with_arg("answers", lost),
            );
        }
        read.sittings.sort_by(|a, b| a.began.cmp(&b.began));
        Ok(read)
    }
}

fn refused(path: &Path, line: u64, reason: String) -> Error {
    Error::new(ErrorKind::Unreadable, format!("this line is no answer and is left out: {reason}"))
        .with_key("error-quiz-line")
        .with_arg("reason", reason)
        .with_path(path)
        .on_line(line)
}

fn ends_its_line(file: &mut File) -> std::io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Whether `file` lies, or would lie, in `folder`.
///
/// # Errors
/// [`ErrorKind::Io`] where the system does not say where they are.
pub fn is_within(file: &Path, folder: &Path) -> Result<bool> {
    let real = |path: &Path| -> Result<PathBuf> {
        let path = std::path::absolute(path).map_err(|e| Error::io(path, "look at", e))?;
        // Of what is not there yet the nearest folder that is says where it is.
        for above in path.ancestors() {
            if let (Ok(real), Ok(rest)) = (above.canonicalize(), path.strip_prefix(above)) {
                return Ok(real.join(rest));
            }
        }
        Ok(path)
    };
    Ok(real(file)?.starts_with(real(folder)?))
}

#[cfg(test)]
mod tests {
    use super::super::answer::Answer;
    use super::super::truth::Truth;
    use super::super::what::What;
    use super::*;

    fn began(sitting: &str, trainee: &str) -> Entry {
        Entry::Began {
            form: Entry::FORM.to_owned(),
            sitting: sitting.to_owned(),
            trainee: trainee.to_owned(),
            course: "x".to_owned(),
            course_sha256: "0".to_owned(),
            seed: 7,
            questions: 2,
            at: "2026-11-30T09:00:00Z".to_owned(),
        }
    }

    fn said(sitting: &str, question: u32, thing: What) -> Entry {
        let answered = Answered {
            at: "2026-11-30T09:01:00Z".to_owned(),
            seconds: 5,
            truth: Truth::Crop { thing: What::Ring },
            answer: Answer::Crop { thing },
        };
        Entry::Answered { sitting: sitting.to_owned(), question, answered }
    }

    #[test]
    fn a_line_that_a_power_cut_cut_off_loses_no_other() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = ResultsFile::at(&dir.path().join("class").join("results.jsonl"));
        assert!(file.read().expect("nothing").sittings.is_empty() && !dir.path().join("class").exists());
        file.add(&began("a", "Awa")).expect("kept");
        file.add(&said("a", 0, What::Ring)).expect("kept");
        let mut cut = OpenOptions::new().append(true).open(file.path()).expect("open");
        cut.write_all(b"{\"entry\":\"answered\",\"sit").expect("written");
        drop(cut);
        file.add(&said("a", 1, What::Platelet)).expect("kept");
        // The first answer counts.
        file.add(&said("a", 0, What::Platelet)).expect("kept");
        let read = file.read().expect("read");
        assert_eq!((read.sittings.len(), read.refused.len()), (1, 1));
        assert_eq!((read.refused[0].key(), read.refused[0].line()), (Some("error-quiz-line"), Some(3)));
        let sitting = &read.sittings[0];
        assert!(sitting.is_complete());
        assert_eq!(sitting.answers[&0].answer, Answer::Crop { thing: What::Ring });
    }

    #[test]
    fn files_of_several_computers_are_one_class() {
        let dir = tempfile::tempdir().expect("a folder");
        let paths: Vec<PathBuf> = ["a", "b"].map(|name| dir.path().join(name)).to_vec();
        for (path, trainee) in paths.iter().zip(["Awa", "Issa"]) {
            let file = ResultsFile::at(path);
            file.add(&began(trainee, trainee)).expect("kept");
            file.add(&said(trainee, 1, What::Ring)).expect("kept");
            file.add(&said("nobody", 1, What::Ring)).expect("kept");
        }
        let read = Read::of(&paths).expect("read");
        let names: Vec<&str> = read.sittings.iter().map(|s| s.trainee.as_str()).collect();
        assert_eq!(names, ["Awa", "Issa"]);
        assert_eq!(read.refused.iter().map(Error::key).collect::<Vec<_>>(), [Some("error-quiz-lost")]);
    }

    #[test]
    fn where_a_file_would_lie_is_known_before_it_is_there() {
        let dir = tempfile::tempdir().expect("a folder");
        let slide = dir.path().join("slide");
        std::fs::create_dir(&slide).expect("a folder");
        assert!(is_within(&slide.join("new").join("r.jsonl"), &slide).expect("known"));
        assert!(is_within(&slide.join("..").join("slide").join("r.jsonl"), &slide).expect("known"));
        assert!(!is_within(&dir.path().join("slide-2").join("r.jsonl"), &slide).expect("known"));
    }
}
