//! Facts about slides that were read, laid over those of the plan.

use super::open::{Journal, damaged};
use super::planned::Plan;
use crate::Result;
use crate::archive::case::Case;
use crate::archive::rows::SlideRow;
use crate::record::{Facts, SlideInfo};

/// What is said of a slide now.
#[derive(Debug)]
pub(in crate::archive) struct Described {
    /// Its number in the journal.
    pub(in crate::archive) slide: i64,
    pub(in crate::archive) info: SlideInfo,
    pub(in crate::archive) facts: Facts,
    pub(in crate::archive) case: Case,
}

impl Journal {
    /// Keeps facts about slides, all of them or none. A slide that ended with a record is open again, with the outcomes
    /// of its files in place: a later process ends it, should this one not come to it. Returns the numbers of those.
    pub(in crate::archive) fn describe(&mut self, slides: &[Described]) -> Result<Vec<i64>> {
        let mut opened = Vec::new();
        let mut updates = Vec::new();
        for fact in slides {
            let plan: String = self
                .db
                .query_row("SELECT plan FROM slide WHERE number = ?1", [fact.slide], |r| r.get(0))
                .map_err(|e| self.refused(e))?;
            let mut plan: Plan = serde_json::from_str(&plan).map_err(|e| damaged(&self.path, &e))?;
            plan.info = fact.info.clone();
            plan.facts = fact.facts.clone();
            plan.case = fact.case.clone();
            let plan = serde_json::to_string(&plan).map_err(|e| damaged(&self.path, &e))?;
            // A slide that could not be read keeps its fault; what is known of it is told all the same.
            let failed = self
                .row(fact.slide)?
                .map(|row| row.fault.is_some().then(|| SlideRow { case: fact.case.clone(), ..row }));
            let row = match failed {
                Some(Some(row)) => Some(serde_json::to_string(&row).map_err(|e| damaged(&self.path, &e))?),
                Some(None) => {
                    opened.push(fact.slide);
                    None
                }
                None => None,
            };
            updates.push((fact.slide, plan, row));
        }
        self.durably(|db| {
            for (slide, plan, row) in &updates {
                db.execute(
                    "UPDATE slide SET plan = ?2, row = coalesce(?3, row) WHERE number = ?1",
                    (slide, plan, row),
                )?;
            }
            for slide in &opened {
                db.execute("UPDATE slide SET ended = 0 WHERE number = ?1", [slide])?;
            }
            Ok(())
        })?;
        Ok(opened)
    }
}
