//! From TOML text to a checked profile; every refusal names the key and its line.

use toml::de::DeTable;
use toml::{Table, Value};

use super::choices::Authority;
use super::demand::Demand;
use super::embedded;
use super::identity::Profile;
use super::limits::{LimitRole, limits};
use super::ranges;
use super::values::Values;
use crate::{Error, ErrorKind, Result};

/// Section that holds the name and version; its keys are not rules.
const HEAD: &str = "profile";

/// The default profile, from its complete file.
pub(super) fn base() -> Result<Profile> {
    let broken =
        |what: String| Error::new(ErrorKind::Internal, format!("the built-in profile is damaged: {what}"));
    let mut table: Table = toml::from_str(embedded::BASE).map_err(|e| broken(e.to_string()))?;
    let head = table.remove(HEAD);
    let (name, version) =
        head_of(head.as_ref()).map_err(|(key, demand)| broken(demand.refuse(key, None).to_string()))?;
    let values: Values = table.try_into().map_err(|e: toml::de::Error| broken(e.to_string()))?;
    if let Some(fault) = ranges::first_fault(&values) {
        return Err(broken(fault.demand.refuse(fault.key, None).to_string()));
    }
    Ok(Profile::seal(name.unwrap_or_default(), version.unwrap_or_default(), values))
}

/// `under` with the values of `text` in place of its own.
pub(super) fn overlay(under: &Profile, text: &str, source: &str) -> Result<Profile> {
    let lines = Lines::read(text, source)?;
    let mut changes: Table =
        toml::from_str(text).map_err(|e| lines.refuse(None, Demand::Whole(e.message().trim().to_owned())))?;
    let head = changes.remove(HEAD);
    let (name, version) =
        head_of(head.as_ref()).map_err(|(key, demand)| lines.refuse(Some((HEAD, key)), demand))?;

    let mut table = Table::try_from(under.values())
        .map_err(|e| Error::new(ErrorKind::Internal, format!("a profile cannot be written as TOML: {e}")))?;
    let own_limit = keep_limit_and_authority_together(&mut changes);
    for (section, entries) in changes {
        let Value::Table(entries) = entries else {
            return Err(lines.refuse(Some((&section, "")), Demand::InSection));
        };
        for (key, value) in entries {
            let known = table.get_mut(&section).and_then(Value::as_table_mut);
            let Some(slot) = known.and_then(|s| s.get_mut(&key)) else {
                return Err(lines.refuse(Some((&section, &key)), Demand::Known));
            };
            let before = std::mem::replace(slot, value);
            // One key at a time, so that a wrong type is reported with the key that has it.
            if let Err(fault) = table.clone().try_into::<Values>() {
                let reason = fault.message().trim().replace('\n', ", ");
                let demand = Demand::Type { reason, before: before.to_string() };
                return Err(lines.refuse(Some((&section, &key)), demand));
            }
        }
    }
    let mut values: Values = table
        .try_into()
        .map_err(|e: toml::de::Error| lines.refuse(None, Demand::Whole(e.message().trim().to_owned())))?;
    if own_limit {
        values.severity.authority = Authority::Own;
    }
    if let Some(fault) = ranges::first_fault(&values) {
        let (section, key) = fault.key.split_once('.').unwrap_or((fault.key, ""));
        return Err(lines.refuse(Some((section, key)), fault.demand));
    }
    let name = name.unwrap_or_else(|| format!("{}+{source}", under.id().name));
    Ok(Profile::seal(name, version.unwrap_or(under.id().version), values))
}

/// A limit belongs to its authority: naming only the authority brings its limit along, and giving only the
/// limit makes it the laboratory's own. True in the second case.
fn keep_limit_and_authority_together(changes: &mut Table) -> bool {
    let Some(severity) = changes.get_mut("severity").and_then(Value::as_table_mut) else { return false };
    let has_limit = severity.contains_key("hyperparasitaemia_percent") || severity.contains_key("inclusive");
    let Some(authority) = severity.get("authority").and_then(Value::as_str) else { return has_limit };
    let known = limits().iter().find(|l| l.authority.code() == authority && l.role == LimitRole::Severe);
    if let (false, Some(limit)) = (has_limit, known) {
        severity.insert("hyperparasitaemia_percent".to_owned(), Value::Float(limit.percent));
        severity.insert("inclusive".to_owned(), Value::Boolean(limit.inclusive));
    }
    false
}

/// Name and version from the `[profile]` section, or the key at fault with what is demanded of it.
type Head = (Option<String>, Option<u32>);

fn head_of(head: Option<&Value>) -> std::result::Result<Head, (&'static str, Demand)> {
    let Some(head) = head else { return Ok((None, None)) };
    let Some(head) = head.as_table() else { return Err(("", Demand::Section)) };
    let (mut name, mut version) = (None, None);
    for (key, value) in head {
        match key.as_str() {
            "name" => {
                let sound = value.as_str().filter(|s| !s.trim().is_empty() && s.len() <= 100);
                name = Some(sound.ok_or(("name", Demand::Name))?.to_owned());
            }
            "version" => {
                let sound = value.as_integer().and_then(|v| u32::try_from(v).ok());
                version = Some(sound.ok_or(("version", Demand::Version))?);
            }
            other => return Err(("", Demand::Head(other.to_owned()))),
        }
    }
    Ok((name, version))
}

/// Where each key of a text stands.
struct Lines<'t> {
    text: &'t str,
    source: &'t str,
    keys: Vec<(String, String, usize)>,
}

impl<'t> Lines<'t> {
    fn read(text: &'t str, source: &'t str) -> Result<Self> {
        let mut lines = Self { text, source, keys: Vec::new() };
        let table = DeTable::parse(text).map_err(|e| {
            let at = e.span().map_or(0, |s| s.start);
            let reason = e.message().trim().replace('\n', ", ");
            Error::new(ErrorKind::Profile, format!("line {} is not TOML: {reason}", lines.line_at(at)))
                .with_key("error-profile-syntax")
                .with_place(text, at)
                .with_arg("reason", reason)
                .with_path(source)
        })?;
        for (section, entries) in table.get_ref() {
            let name = section.get_ref().to_string();
            lines.keys.push((name.clone(), String::new(), lines.line_at(section.span().start)));
            for key in entries.get_ref().as_table().into_iter().flatten().map(|(key, _)| key) {
                let line = lines.line_at(key.span().start);
                lines.keys.push((name.clone(), key.get_ref().to_string(), line));
            }
        }
        Ok(lines)
    }

    fn line_at(&self, byte: usize) -> usize {
        1 + self.text.bytes().take(byte).filter(|b| *b == b'\n').count()
    }

    /// A refusal that names the key and, where the key stands in this text, its line.
    fn refuse(&self, at: Option<(&str, &str)>, demand: Demand) -> Error {
        let place = at.map_or_else(
            || HEAD.to_owned(),
            |(section, key)| {
                if key.is_empty() { section.to_owned() } else { format!("{section}.{key}") }
            },
        );
        let line = at.and_then(|(section, key)| {
            self.keys.iter().find(|(s, k, _)| s == section && k == key).map(|(_, _, line)| *line)
        });
        demand.refuse(&place, line).with_path(self.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        base().unwrap().with_overrides(text, "lab.toml").unwrap_err().to_string()
    }

    #[test]
    fn an_unknown_key_is_refused_by_name_and_line() {
        let said = refusal("[thick]\n\ncheckpoint = 3\n");
        assert!(
            said.contains("lab.toml") && said.contains("line 3") && said.contains("thick.checkpoint"),
            "{said}"
        );
        let said = refusal("\n[thik]\ncheckpoint_wbc = 3\n");
        assert!(said.contains("line 3") && said.contains("thik.checkpoint_wbc"), "{said}");
        let said = refusal("[profile]\nnme = \"x\"\n");
        assert!(said.contains("line 1") && said.contains("nme"), "{said}");
        let said = refusal("checkpoint_wbc = 3\n");
        assert!(said.contains("line 1") && said.contains("checkpoint_wbc"), "{said}");
    }

    #[test]
    fn a_value_out_of_range_or_type_is_refused_by_name_and_line() {
        for (text, line, key) in [
            ("[thick]\nwbc_per_ul_default = 50\n", "line 2", "thick.wbc_per_ul_default"),
            ("[thick]\nwbc_per_ul_default = -1\n", "line 2", "thick.wbc_per_ul_default"),
            ("[thick]\nextend_wbc = 150\n", "line 2", "thick.extend_wbc"),
            ("[statistics]\nlevel = nan\n", "line 2", "statistics.level"),
            ("[statistics]\n# x\nlevel = \"high\"\n", "line 3", "statistics.level"),
            ("[severity]\nhyperparasitaemia_percent = inf\n", "line 2", "severity.hyperparasitaemia_percent"),
            ("[competence]\ncount_percent = [1.0, 2.0, 3.0]\n", "line 2", "competence.count_percent"),
            ("[readers]\nrule = \"mine\"\n", "line 2", "readers.rule"),
            ("[negative]\nmin_fields = 0\nmin_volume_ul = 0.0\n", "line 2", "negative.min_fields"),
            ("[report]\nlanguages = []\n", "line 2", "report.languages"),
        ] {
            let said = refusal(text);
            assert!(said.contains(line) && said.contains(key), "{text}: {said}");
        }
    }

    #[test]
    fn text_that_is_not_toml_is_refused_with_its_line() {
        let said = refusal("[thick]\ncheckpoint_wbc = = 3\n");
        assert!(said.contains("line 2"), "{said}");
    }

    #[test]
    fn an_authority_brings_its_limit_and_a_limit_alone_is_ones_own() {
        let cdc = base().unwrap().with_overrides("[severity]\nauthority = \"cdc\"\n", "x").unwrap();
        assert_eq!(cdc.values().severity.hyperparasitaemia_percent, 5.0);
        assert!(cdc.values().severity.inclusive);
        let own =
            base().unwrap().with_overrides("[severity]\nhyperparasitaemia_percent = 3.0\n", "x").unwrap();
        assert_eq!(own.values().severity.authority, Authority::Own);
    }
}
