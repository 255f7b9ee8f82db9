//! What a person sees on stderr while a slide is read: fields done, and cells counted towards the rule.

use std::sync::{Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::session::Session;
use hemozoin::locale::integer;
use hemozoin::slide::{Control, Event};
use hemozoin::standard::Profile;
use hemozoin::tally::FieldTally;
use hemozoin::terms::Film;

/// A progress bar on a terminal, else a plain sentence at the start.
///
/// The files end in any order, so the bar shows how far the work has come; where the count stops is decided later, in
/// acquisition order.
pub(crate) struct FieldProgress<'a> {
    session: &'a Session,
    profile: &'a Profile,
    bar: Option<ProgressBar>,
    counted: Mutex<Counted>,
}

#[derive(Default)]
struct Counted {
    thick: Option<FieldTally>,
    thin: Option<FieldTally>,
}

impl<'a> FieldProgress<'a> {
    pub(crate) fn new(session: &'a Session, profile: &'a Profile) -> Self {
        let bar = session.shows_progress().then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            bar.set_style(ProgressStyle::default_spinner());
            bar
        });
        Self { session, profile, bar, counted: Mutex::default() }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// A remark in place of the bar's words, or a line where there is no bar.
    fn say(&self, text: String) {
        match &self.bar {
            Some(bar) => bar.set_message(text),
            None => self.session.tell(&text),
        }
    }

    fn started(&self, files: usize) {
        let count = u64::try_from(files).unwrap_or(u64::MAX);
        let number = integer(count, self.session.language());
        let reading = self.session.catalogue().say_with("cli-progress-reading", &[("files", number)]);
        let Some(bar) = &self.bar else { return self.session.tell(&reading) };
        bar.set_length(count);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len}  {wide_msg}") {
            bar.set_style(style);
        }
        bar.set_message(reading);
    }

    fn counted(&self, film: Film, tally: FieldTally) {
        let Some(bar) = &self.bar else { return };
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let total = match film {
            Film::Thick => counted.thick.get_or_insert_default(),
            Film::Thin => counted.thin.get_or_insert_default(),
        };
        *total += tally;
        let words: Vec<String> = [counted.thick.map(|t| self.thick(&t)), counted.thin.map(|t| self.thin(&t))]
            .into_iter()
            .flatten()
            .collect();
        bar.inc(1);
        bar.set_message(self.session.catalogue().clauses(&words));
    }

    fn thick(&self, total: &FieldTally) -> String {
        let target = white_cell_target(self.profile, total);
        self.towards("cli-progress-thick", total.white_cells, target, total.asexual_parasites)
    }

    fn thin(&self, total: &FieldTally) -> String {
        let target = u64::from(self.profile.values().thin.rbc_target);
        self.towards("cli-progress-thin", total.red_cells, Some(target), total.infected_red_cells)
    }

    fn towards(&self, key: &str, cells: u64, target: Option<u64>, found: u64) -> String {
        let number = |n| integer(n, self.session.language());
        let cells = match target {
            Some(target) => format!("{}/{}", number(cells), number(target)),
            None => number(cells),
        };
        self.session.catalogue().say_with(key, &[("cells", cells), ("found", number(found))])
    }
}

impl Control for FieldProgress<'_> {
    fn on(&self, event: &Event<'_>) {
        match event {
            Event::Scale { .. } => self.say(self.session.catalogue().say("cli-progress-scale")),
            Event::Started { files } => self.started(*files),
            Event::File { film, counted } => self.counted(*film, *counted),
            Event::Unread { name, error } => {
                let mut text = self.session.catalogue().error(error);
                if error.path().is_none() {
                    text = self.session.catalogue().said_of(name, &text);
                }
                match &self.bar {
                    Some(bar) => bar.suspend(|| self.session.warn(&text)),
                    None => self.session.warn(&text),
                }
            }
            _ => {}
        }
    }
}

/// The white cells that end the count as it stands (THK-2, THK-3); `None` where the profile counts every field.
fn white_cell_target(profile: &Profile, total: &FieldTally) -> Option<u64> {
    let rule = &profile.values().thick;
    let checkpoint = u64::from(rule.checkpoint_wbc);
    let enough = total.asexual_parasites >= u64::from(rule.checkpoint_parasites_min);
    let target = if checkpoint > 0 && (enough || total.white_cells < checkpoint) {
        checkpoint
    } else {
        u64::from(rule.extend_wbc)
    };
    (target > 0).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_moves_on_where_parasites_are_few() {
        let who = Profile::standard().expect("built in");
        let of = |white_cells, asexual_parasites| {
            let total = FieldTally { white_cells, asexual_parasites, ..FieldTally::default() };
            white_cell_target(&who, &total)
        };
        assert_eq!((of(40, 0), of(199, 3)), (Some(200), Some(200)));
        assert_eq!((of(204, 99), of(204, 100)), (Some(500), Some(200)));
        let trape = Profile::named("trape-1983").expect("built in");
        assert_eq!(white_cell_target(&trape, &FieldTally::default()), None);
    }
}
