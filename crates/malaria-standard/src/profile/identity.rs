//! A profile: checked values with a name, a version and a digest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::choices::Authority;
use super::limits::{LimitRole, limits};
use super::values::Values;
use super::{embedded, load, ranges};
use crate::{Error, ErrorKind, Result};

/// What a result says about the rules that made it (INV-9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProfileId {
    /// Name, such as `who-2016`.
    pub name: String,
    /// Version of the file.
    pub version: u32,
    /// SHA-256 of the resolved values as JSON, in hexadecimal; the same numbers give the same digest.
    pub digest: String,
}

/// A rule profile whose values are complete and within their ranges.
///
/// ```
/// use malaria_standard::Profile;
/// let profile = Profile::named("who-2016")?;
/// assert_eq!(profile.values().thick.checkpoint_wbc, 200); // THK-2
/// # Ok::<(), malaria_standard::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    id: ProfileId,
    values: Values,
}

impl Profile {
    /// The profile `name`.
    ///
    /// # Errors
    /// [`ErrorKind::Profile`] for a name that is not known, and for a reserved name, whose numbers nobody has
    /// given yet: the text says what is missing and whom to ask.
    pub fn named(name: &str) -> Result<Self> {
        if let Some((_, missing)) = embedded::RESERVED.iter().find(|(n, _)| *n == name) {
            return Err(Error::new(
                ErrorKind::Profile,
                format!(
                    "the profile {name} has no numbers yet; unknown is {missing}. Ask the laboratory, then write \
                     its numbers into a profile file of your own"
                ),
            )
            .with_key("error-profile-reserved")
            .with_arg("name", name)
            .with_arg("missing", missing));
        }
        if name == embedded::DEFAULT {
            return load::base();
        }
        match embedded::OVERLAYS.iter().find(|(n, _)| *n == name) {
            Some((n, text)) => load::base()?.with_overrides(text, &format!("{n}.toml")),
            None => {
                let known = Self::names().collect::<Vec<_>>().join(", ");
                Err(Error::new(
                    ErrorKind::Profile,
                    format!("there is no profile {name}; the known ones are {known}"),
                )
                .with_key("error-profile-unknown")
                .with_arg("name", name)
                .with_arg("known", known))
            }
        }
    }

    /// The default profile, `who-2016`.
    ///
    /// # Errors
    /// [`ErrorKind::Internal`] where the built-in file is damaged, which the tests exclude.
    pub fn standard() -> Result<Self> {
        load::base()
    }

    /// Names of all profiles, the default first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        std::iter::once(embedded::DEFAULT).chain(embedded::OVERLAYS.iter().map(|(n, _)| *n))
    }

    /// Names kept for profiles whose numbers are not known.
    pub fn reserved_names() -> impl Iterator<Item = &'static str> {
        embedded::RESERVED.iter().map(|(n, _)| *n)
    }

    /// Hyperparasitaemia limits of all authorities, in rising order (section 11.2).
    pub fn limits() -> &'static [super::limits::Limit] {
        limits()
    }

    /// This profile with the values of a TOML text in place of its own. `source` names the text in errors and,
    /// where the text gives no `[profile] name`, in the new profile's name.
    ///
    /// # Errors
    /// [`ErrorKind::Profile`] for text that is not TOML, an unknown key, a value of the wrong type or out of
    /// range, each with its name and line.
    pub fn with_overrides(&self, text: &str, source: &str) -> Result<Self> {
        load::overlay(self, text, source)
    }

    /// This profile with the severity limit of another authority (section 11.2).
    #[must_use]
    pub fn with_severity(&self, authority: Authority) -> Self {
        let mut values = self.values.clone();
        let severe = limits().iter().find(|l| l.authority == authority && l.role == LimitRole::Severe);
        if let Some(limit) = severe {
            values.severity.authority = authority;
            values.severity.hyperparasitaemia_percent = limit.percent;
            values.severity.inclusive = limit.inclusive;
        }
        if values == self.values {
            return self.clone();
        }
        let name = format!("{}+{}", self.id.name, authority.code());
        Self::seal(name, self.id.version, values)
    }

    /// Name, version and digest.
    pub fn id(&self) -> &ProfileId {
        &self.id
    }

    /// The numbers.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// A profile from values given whole, for instance those of a record.
    ///
    /// # Errors
    /// [`ErrorKind::Profile`] where a value is out of its range.
    pub fn from_values(name: &str, version: u32, values: Values) -> Result<Self> {
        if let Some(fault) = ranges::first_fault(&values) {
            return Err(fault.demand.refuse(fault.key, None));
        }
        Ok(Self::seal(name.to_owned(), version, values))
    }

    /// Values that are already checked, with their digest.
    pub(super) fn seal(name: String, version: u32, values: Values) -> Self {
        // Plain numbers and words always have a JSON form; the fields keep the order of their declaration.
        let json = serde_json::to_vec(&values).unwrap_or_default();
        let digest = Sha256::digest(&json).iter().map(|byte| format!("{byte:02x}")).collect();
        Self { id: ProfileId { name, version, digest }, values }
    }
}
