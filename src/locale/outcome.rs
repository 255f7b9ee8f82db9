//! A graded film in words (falciparum standard, section 9). Every number comes from the outcome; none is computed.

use heck::ToKebabCase;

use super::{Catalogue, Language, decimal, integer, percent};
use crate::standard::profile::ProfileId;
use crate::standard::{
    Advice, Alert, Basis, Certainty, Flag, FloorCheck, OnScale, Outcome, PlusGrade, Presence,
    ReportedPercent, SeverityReport, State, TrapeClass,
};
use crate::terms::Film;

/// What a result says, in the order in which a person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutcomeWords {
    /// Said first where a clinician has to be told, or the film read, at once (MCH-7).
    pub alerts: Vec<String>,
    /// The sentence of the state: the one line that says it all.
    pub state: String,
    /// What the count would be if the suspects were confirmed, or is at least (MCH-1, MCH-5); it follows the state.
    pub estimate: Vec<String>,
    /// Gametocytes, species and limits of severity: what a clinician acts on beside the state.
    pub details: Vec<String>,
    /// How sure it is: upper limits, the whole series, scales, this laboratory's false marks.
    pub background: Vec<String>,
    /// Remarks.
    pub flags: Vec<String>,
    /// What to do next.
    pub advice: Vec<String>,
    /// What the interval leaves out; `None` where there is no interval.
    pub caveat: Option<String>,
    /// The rules used.
    pub profile: String,
}

impl OutcomeWords {
    /// All lines, the most pressing first.
    pub fn lines(&self) -> Vec<&str> {
        let first = self.alerts.iter().chain([&self.state]).chain(&self.estimate).chain(&self.details);
        let rest = self.advice.iter().chain(&self.flags).chain(&self.background).chain(&self.caveat);
        first.chain(rest).chain([&self.profile]).map(String::as_str).collect()
    }
}

/// `outcome` in the words of `catalogue`.
pub fn outcome_words(outcome: &Outcome, catalogue: &Catalogue) -> OutcomeWords {
    OutcomeWords {
        state: state_sentence(outcome, catalogue),
        alerts: outcome.alerts.iter().map(|alert| alert_sentence(alert, catalogue)).collect(),
        estimate: estimate_lines(outcome, catalogue),
        details: details(outcome, catalogue),
        background: background(outcome, catalogue),
        flags: said_flags(outcome).map(|flag| flag_sentence(flag, catalogue)).collect(),
        advice: outcome.advice.iter().map(|advice| advice_sentence(*advice, catalogue)).collect(),
        caveat: outcome
            .ci_method
            .or(outcome.if_confirmed.as_ref().and_then(|e| e.ci_method))
            .map(|_| catalogue.say("outcome-caveat")),
        profile: profile_sentence(&outcome.profile, catalogue),
    }
}

/// The flags that are said: of an interval only where its percentage is.
fn said_flags(outcome: &Outcome) -> impl Iterator<Item = Flag> {
    let percentage = outcome.rbc_counted.is_some() && outcome.parasitaemia_percent.is_some();
    outcome.flags.iter().copied().filter(move |flag| percentage || flag.limit_percent().is_none())
}

/// The sentence of one remark.
pub fn flag_sentence(flag: Flag, catalogue: &Catalogue) -> String {
    match flag.limit_percent() {
        Some(limit) => catalogue.say_with("flag-straddles", &[("limit", limit_number(limit, catalogue))]),
        None if matches!(flag, Flag::Other(_)) => {
            catalogue.say_with("flag-other", &[("code", flag.code().into_owned())])
        }
        None => catalogue.say(&format!("flag-{}", flag.code().replace('_', "-"))),
    }
}

/// The sentence of one thing to do.
pub fn advice_sentence(advice: Advice, catalogue: &Catalogue) -> String {
    let whole = |n: u64| integer(n, catalogue.language());
    let mut key = format!("advice-{}", advice.code().replace('_', "-"));
    let args: Vec<(&str, String)> = match advice {
        Advice::ExamineMore { fields, wbc } => {
            key.push_str(match (fields, wbc) {
                (_, 0) => "-fields",
                (0, _) => "-wbc",
                _ => "",
            });
            vec![("fields", whole(fields)), ("wbc", whole(wbc))]
        }
        Advice::CountMoreWbc { wbc, fields: Some(fields) } => {
            key.push_str("-fields");
            vec![("wbc", whole(wbc)), ("fields", whole(fields))]
        }
        Advice::CountMoreWbc { wbc, fields: None } => vec![("wbc", whole(wbc))],
        Advice::CountMoreFields { fields } | Advice::SearchSecondSpecies { fields } => {
            vec![("fields", whole(fields))]
        }
        Advice::CountMoreRbc { rbc } => vec![("rbc", whole(rbc))],
        Advice::RepeatIfSuspected { films } => vec![("films", whole(films))],
        Advice::JudgeSuspects { suspects } => vec![("suspects", whole(suspects))],
        Advice::Other { code } => vec![("code", code.into())],
        _ => Vec::new(),
    };
    catalogue.say_with(&key, &args)
}

fn profile_sentence(profile: &ProfileId, catalogue: &Catalogue) -> String {
    let digest = profile.digest.get(..12).unwrap_or(&profile.digest).to_owned();
    let args = [("name", profile.name.clone()), ("version", profile.version.to_string()), ("digest", digest)];
    catalogue.say_with("outcome-profile", &args)
}

/// Where the sentences of a state begin in the catalogue, such as `state-no-parasites-seen`.
fn state_key(state: State) -> String {
    format!("state-{}", state.code().to_kebab_case())
}

fn state_sentence(out: &Outcome, catalogue: &Catalogue) -> String {
    let language = catalogue.language();
    let thin = out.rbc_counted.is_some();
    let whole = |n: Option<u64>| integer(n.unwrap_or(0), language);
    let per_ul = |n: Option<f64>| n.map_or_else(String::new, |n| density(n, catalogue));
    let limit = |n: Option<f64>| match n {
        Some(n) if thin => percent(ReportedPercent::of(n), language),
        Some(n) => density(n, catalogue),
        None => "\u{2013}".to_owned(),
    };
    let suspects = out.suspects.unwrap_or_default();
    let nothing = thin && out.presence != Presence::Positive;
    let variant = match out.state {
        State::NotCalculable if nothing => "-nothing",
        State::ProvisionalCount if out.need_wbc.is_none() => "-fields",
        State::InsufficientFields if out.need_wbc.unwrap_or(0) == 0 => "-alone",
        State::InsufficientFields if out.need_fields.unwrap_or(0) == 0 => "-wbc",
        State::NoParasitesSeen | State::GametocytesOnly if !thin && out.fields_valid.is_none() => "-totals",
        State::ReviewIncomplete if suspects.left() == 0 => "-fields",
        State::ReviewIncomplete if out.presence == Presence::Positive => "-positive",
        _ => "",
    };
    let key = format!("{}{variant}-{}", state_key(out.state), if thin { "thin" } else { "thick" });
    let basis = if thin { out.rbc_basis } else { out.wbc_basis }.unwrap_or(Basis::Default);
    let args = [
        ("subject", subject(out, catalogue)),
        ("density", whole(out.density_per_ul)),
        ("level", decimal(100.0 * out.ci_level.unwrap_or(0.95), 0, language)),
        ("low", limit(out.ci_low)),
        ("high", limit(out.ci_high)),
        ("parasites", whole(out.parasites)),
        ("wbc", whole(out.wbc_counted)),
        ("wbc_per_ul", per_ul(out.wbc_per_ul)),
        ("infected", whole(out.infected_rbc)),
        ("rbc", whole(out.rbc_counted)),
        ("rbc_per_ul", per_ul(out.rbc_per_ul)),
        ("basis", catalogue.say(&format!("basis-{}", basis.code()))),
        ("percent", out.parasitaemia_shown().map_or_else(String::new, |p| percent(p, language))),
        ("fields", whole(out.fields_valid)),
        ("volume", decimal(out.volume_ul.unwrap_or(0.0), 3, language)),
        ("need_fields", whole(out.need_fields)),
        ("need_wbc", whole(out.need_wbc)),
        ("need_rbc", whole(out.need_rbc)),
        ("suspects", integer(suspects.total(), language)),
        ("judged", integer(suspects.judged, language)),
        ("confirmed", integer(suspects.confirmed, language)),
    ];
    catalogue.say_with(&key, &args)
}

fn subject(out: &Outcome, catalogue: &Catalogue) -> String {
    if out.species_seen.is_empty() {
        return catalogue.say("subject-unknown");
    }
    let names = out.species_seen.iter().map(|s| catalogue.say(&format!("subject-{}", s.code())));
    names.collect::<Vec<_>>().join(" + ")
}

/// A density: whole from 10 up, one decimal below.
fn density(value: f64, catalogue: &Catalogue) -> String {
    decimal(value, usize::from(value < 10.0 && value.fract() != 0.0), catalogue.language())
}

fn limit_number(limit: f64, catalogue: &Catalogue) -> String {
    decimal(limit, usize::from(limit.fract() != 0.0), catalogue.language())
}

fn details(out: &Outcome, catalogue: &Catalogue) -> Vec<String> {
    let language = catalogue.language();
    let mut lines = Vec::new();
    if let Some(count) = out.gametocytes.filter(|n| *n > 0) {
        let args = |d| vec![("count", integer(count, language)), ("density", integer(d, language))];
        lines.push(match (out.gametocytes_on, out.gametocyte_density_per_ul) {
            (Some(Film::Thin), _) => catalogue.say_with("outcome-gametocyte-cells", &args(0)),
            (_, Some(d)) => catalogue.say_with("outcome-gametocytes", &args(d)),
            (_, None) => catalogue.say_with("outcome-gametocytes-alone", &args(0)),
        });
    }
    lines.extend(scale_lines(out.plus_grade, out.trape_class, catalogue));
    for one in &out.species {
        if let Some(d) = one.density_per_ul {
            let name = catalogue.say(&format!("subject-{}", one.species.code()));
            let args = [("subject", name), ("density", integer(d, language))];
            lines.push(catalogue.say_with("outcome-species", &args));
        }
    }
    lines.extend(out.severity.iter().filter_map(|report| severity_line(report, catalogue)));
    lines
}

/// A density, percentage or grade that nobody has confirmed (MCH-1), or the least that was (MCH-5).
fn estimate_lines(out: &Outcome, catalogue: &Catalogue) -> Vec<String> {
    let language = catalogue.language();
    let mut lines = Vec::new();
    if let Some(least) = out.at_least_per_ul {
        lines.push(catalogue.say_with("outcome-at-least", &[("density", integer(least, language))]));
    }
    let Some(estimate) = out.if_confirmed.as_deref() else { return lines };
    if out.suspects.is_none_or(|s| s.total() == 0) {
        return lines;
    }
    let thin = estimate.rbc_counted.is_some();
    let limit = |n: Option<f64>| match n {
        Some(n) if thin => percent(ReportedPercent::of(n), language),
        Some(n) => density(n, catalogue),
        None => "\u{2013}".to_owned(),
    };
    let whole = |n: Option<u64>| integer(n.unwrap_or(0), language);
    let args = [
        ("density", whole(estimate.density_per_ul)),
        ("level", decimal(100.0 * estimate.ci_level.unwrap_or(0.95), 0, language)),
        ("low", limit(estimate.ci_low)),
        ("high", limit(estimate.ci_high)),
        ("percent", estimate.parasitaemia_shown().map_or_else(String::new, |p| percent(p, language))),
        ("infected", whole(estimate.infected_rbc)),
        ("rbc", whole(estimate.rbc_counted)),
        ("gametocytes", whole(estimate.gametocytes)),
    ];
    let key = match (thin, estimate.density_per_ul, estimate.parasitaemia_percent) {
        (false, Some(_), _) => "outcome-if-confirmed-thick",
        (true, _, Some(_)) => "outcome-if-confirmed-thin",
        (true, ..) if estimate.infected_rbc.unwrap_or(0) > 0 => "outcome-if-confirmed-few",
        _ if estimate.gametocytes.unwrap_or(0) > 0 => "outcome-if-confirmed-gametocytes",
        _ => "outcome-if-confirmed-none",
    };
    lines.push(catalogue.say_with(key, &args));
    let beside = scale_lines(estimate.plus_grade, estimate.trape_class, catalogue);
    let beside = beside
        .into_iter()
        .chain(estimate.severity.iter().filter_map(|report| severity_line(report, catalogue)));
    let also =
        |said: String| catalogue.say_with("outcome-if-confirmed-also", &[("said", after_colon(&said))]);
    lines.extend(beside.map(also));
    lines
}

/// A sentence as it goes on behind a colon: only a name keeps its capital.
fn after_colon(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match (letters.next(), letters.as_str().chars().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => sentence.to_owned(),
    }
}

/// What a result opens with.
fn alert_sentence(alert: &Alert, catalogue: &Catalogue) -> String {
    let language = catalogue.language();
    // The point estimate alone crosses the limit: the lower limit of the interval is no news.
    let passes = match (alert.at_least_percent, alert.limit_percent) {
        (Some(least), Some(limit)) => least >= limit,
        _ => true,
    };
    let kind = match (alert.at_least_percent, alert.limit_per_ul) {
        (Some(_), _) if passes => "-percent",
        (_, Some(_)) => "-density",
        _ => "",
    };
    let least = ReportedPercent::of(alert.at_least_percent.unwrap_or(0.0));
    let args = [
        ("percent", percent(least, language)),
        ("limit", limit_number(alert.limit_percent.or(alert.limit_per_ul).unwrap_or(0.0), catalogue)),
        ("density", integer(alert.at_least_per_ul.round() as u64, language)),
    ];
    catalogue.say_with(&format!("outcome-alert-{}{kind}", alert.code.code().replace('_', "-")), &args)
}

/// What stands behind the numbers, for those who ask how it was found.
fn background(out: &Outcome, catalogue: &Catalogue) -> Vec<String> {
    let language = catalogue.language();
    let mut lines = Vec::new();
    if let (State::NoParasitesSeen, Some(high), Some(detected)) =
        (out.state, out.ci_high_per_ul, out.detection_limit_95_per_ul)
    {
        let args = [("high", density(high, catalogue)), ("detected", density(detected, catalogue))];
        lines.push(catalogue.say_with("outcome-upper-limit", &args));
    }
    // Information only where the count ended before the fields did.
    if let (Some(all), Some(fields)) = (out.all_density_raw, out.fields_valid)
        && out.fields_counted.is_some_and(|counted| counted < fields)
    {
        let args = [("fields", integer(fields, language)), ("density", density(all, catalogue))];
        lines.push(catalogue.say_with("outcome-whole-series", &args));
    }
    lines.extend(out.floor.iter().map(|check| floor_line(check, catalogue)));
    lines
}

fn scale_lines(
    plus: Option<OnScale<PlusGrade>>,
    trape: Option<OnScale<TrapeClass>>,
    catalogue: &Catalogue,
) -> Vec<String> {
    let plus = plus.map(|place| match place {
        OnScale::At(grade) => catalogue.say_with("outcome-plus", &[("grade", grade.code().to_owned())]),
        _ => catalogue.say("outcome-plus-insufficient-fields"),
    });
    let trape = trape.map(|place| match place {
        OnScale::At(class) => catalogue.say_with("outcome-trape", &[("class", class.get().to_string())]),
        OnScale::InsufficientFields => catalogue.say("outcome-trape-insufficient-fields"),
        OnScale::NotCalculable => catalogue.say("outcome-trape-not-calculable"),
    });
    plus.into_iter().chain(trape).collect()
}

/// With its sign, and never rounded to nothing.
fn p_value(p: f64, language: Language) -> String {
    const LEAST: f64 = 0.0001;
    let sign = if p < LEAST { "<" } else { "=" };
    format!("{sign} {}", decimal(p.max(LEAST), 4, language))
}

fn floor_line(check: &FloorCheck, catalogue: &Catalogue) -> String {
    let language = catalogue.language();
    let mut args = vec![
        ("count", integer(check.count, language)),
        ("expected", decimal(check.expected_false, 1, language)),
        ("slides", integer(check.slides, language)),
        ("p", p_value(check.p_value, language)),
    ];
    if check.exceeds {
        return catalogue.say_with("outcome-floor-exceeds", &args);
    }
    let smallest = check.smallest_exceeding.map_or_else(|| "\u{2013}".to_owned(), |n| integer(n, language));
    args.push(("smallest", smallest));
    catalogue.say_with("outcome-floor-within", &args)
}

/// The limits that a count crosses or may cross; `None` where it stays below all of them.
fn severity_line(report: &SeverityReport, catalogue: &Catalogue) -> Option<String> {
    let language = catalogue.language();
    let key = format!("outcome-severity-{}", report.basis.code().replace('_', "-"));
    let head = catalogue.say_with(
        &key,
        &[
            ("percent", percent(report.shown_percent(), language)),
            ("rbc_per_ul", density(report.rbc_per_ul, catalogue)),
        ],
    );
    let knowlesi = report.knowlesi_hyperparasitaemia.filter(|above| *above).map(|_| {
        catalogue
            .say_with("severity-knowlesi", &[("limit", density(report.knowlesi_limit_per_ul, catalogue))])
    });
    let said: Vec<String> = limits_said(report, catalogue).into_iter().chain(knowlesi).collect();
    (!said.is_empty()).then(|| catalogue.clauses(&std::iter::once(head).chain(said).collect::<Vec<_>>()))
}

/// What is to be said of limits, and the percentages of which it is, each with all who set it.
struct OfLimits {
    key: &'static str,
    limits: Vec<(f64, Vec<String>)>,
}

/// Limits of which the same is to be said stand together.
fn limits_said(report: &SeverityReport, catalogue: &Catalogue) -> Vec<String> {
    let mut groups: Vec<OfLimits> = Vec::new();
    for check in &report.limits {
        let key = match (check.crossed, check.certainty == Certainty::Straddles, check.limit.inclusive) {
            (true, false, false) => "severity-limit-crossed-exclusive",
            (true, false, true) => "severity-limit-crossed-inclusive",
            (true, true, false) => "severity-limit-crossed-exclusive-open",
            (true, true, true) => "severity-limit-crossed-inclusive-open",
            (false, true, _) => "severity-limit-indeterminate",
            (false, false, _) => continue,
        };
        let authority = catalogue.say(&format!("authority-{}", check.limit.authority.code()));
        let limit = (check.limit.percent, vec![authority.clone()]);
        match groups.iter_mut().find(|group| group.key == key) {
            None => groups.push(OfLimits { key, limits: vec![limit] }),
            Some(group) => match group.limits.iter_mut().find(|(percent, _)| *percent == check.limit.percent)
            {
                Some((_, authorities)) => authorities.push(authority),
                None => group.limits.push(limit),
            },
        }
    }
    let said = |group: OfLimits| {
        let one = |(percent, authorities): (f64, Vec<String>)| {
            let args = [("limit", limit_number(percent, catalogue)), ("authorities", authorities.join(", "))];
            catalogue.say_with("severity-limit", &args)
        };
        let listed: Vec<String> = group.limits.into_iter().map(one).collect();
        catalogue.say_with(group.key, &[("limits", listed.join(", "))])
    };
    groups.into_iter().map(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::{
        Context, FieldCount, Films, FinalRule, Floor, FloorBasis, FloorUnit, Graded, Judged, Profile,
        RbcUsed, ResponseClass, ResponseReason, Suspects, ThickTotals, ThinCount, WbcUsed, grade_fields,
        grade_thin, grade_totals, parse_fields,
    };

    fn graded(fields: &str) -> Outcome {
        let profile = Profile::standard().unwrap();
        let fields: Vec<FieldCount> = parse_fields(fields).unwrap();
        let film = grade_fields(&fields, WbcUsed::assumed(&profile), &profile);
        Graded::of(&Films::Thick(film), &Context::default(), &profile).patient
    }

    #[test]
    fn every_code_has_its_words() {
        for &language in Language::ALL {
            let catalogue = Catalogue::new(language);
            for flag in Flag::PLAIN {
                let key = format!("flag-{}", flag.code().replace('_', "-"));
                assert!(catalogue.has(&key), "{key}");
            }
            for advice in Advice::examples() {
                let said = advice_sentence(advice, &catalogue);
                assert!(!said.contains("advice-") && !said.contains("{$"), "{said}");
            }
            for &state in State::ALL {
                let thick = catalogue.has(&format!("{}-thick", state_key(state)));
                let thin = catalogue.has(&format!("{}-thin", state_key(state)));
                assert!(thick || thin, "{state:?}");
            }
            for &rule in FinalRule::ALL {
                assert!(catalogue.has(&format!("final-rule-{}", rule.code().replace('_', "-"))), "{rule:?}");
            }
            for &class in ResponseClass::ALL {
                assert!(catalogue.has(&format!("response-class-{}", class.code())), "{class:?}");
            }
            for &reason in ResponseReason::ALL {
                assert!(
                    catalogue.has(&format!("response-reason-{}", reason.code().replace('_', "-"))),
                    "{reason:?}"
                );
            }
        }
    }

    #[test]
    fn every_state_of_real_counts_is_a_whole_sentence() {
        let profile = Profile::standard().unwrap();
        let thin = |i, r, g| {
            let count = ThinCount::new(i, r).unwrap().with_gametocyte_cells(g).unwrap();
            let film = grade_thin(&count, RbcUsed::assumed(&profile), &profile);
            Graded::of(&Films::Thin(film), &Context::default(), &profile).patient
        };
        let thick = [
            "120x10:16",
            "100x0:16",
            "50x0:16",
            "20x1:16",
            "100x0:16:1",
            "99x0:16 3x!2:16",
            "3x4:0",
            "5x!3:16",
            "120x120:16",
            "",
        ];
        let outcomes = thick.iter().map(|f| graded(f)).chain([
            thin(50, 5000, 0),
            thin(600, 5000, 0),
            thin(50, 1000, 0),
            thin(5, 100, 0),
            thin(0, 5000, 0),
            thin(0, 5000, 3),
            thin(3, 0, 0),
            thin(0, 0, 0),
        ]);
        let machine = |fields: &str, judged: u64, confirmed: u64| {
            let grade = |blocks: &str| {
                let fields: Vec<FieldCount> = parse_fields(blocks).unwrap();
                grade_fields(&fields, WbcUsed::assumed(&profile), &profile)
            };
            let marked = grade(fields);
            let suspects = Suspects { judged, confirmed, ..Judged::machine(marked.clone()).suspects() };
            let kept = grade(if confirmed > 0 { "50x0:16 3x1:16" } else { "53x0:16" });
            let film = Judged::sampled(kept, marked, suspects, 7, &profile).unwrap();
            let floor = Floor::from_rates(FloorUnit::WhiteCell, FloorBasis::Site, 0.001, 0.001, 20, 20_000);
            let context = Context { thick_floor: floor.ok(), ..Context::default() };
            Graded::of_judged(Some(&film), None, &context, &profile).unwrap().patient
        };
        let machine = [
            machine("120x0:16", 0, 0),
            machine("1x1:16 52x0:16", 0, 0),
            machine("53x5:16", 0, 0),
            machine("53x5:16", 10, 3),
            machine("53x5:16", 10, 0),
            machine("53x5:16", 120, 108),
            machine("53x400:16", 0, 0),
            machine("53x0:16:1", 0, 0),
        ];
        let outcomes = outcomes.chain(machine);
        let mut states = std::collections::BTreeSet::new();
        for outcome in outcomes {
            states.insert(outcome.state);
            for &language in Language::ALL {
                let words = outcome_words(&outcome, &Catalogue::new(language));
                for line in words.lines() {
                    let raw = ["state-", "flag-", "advice-", "outcome-", "{$", "{ $"]
                        .iter()
                        .any(|k| line.contains(k));
                    assert!(!raw && !line.is_empty(), "{:?}: {line}", outcome.state);
                }
            }
        }
        assert_eq!(states.len(), State::ALL.len(), "{states:?}");
    }

    #[test]
    fn a_percentage_is_said_as_it_is_recorded() {
        let profile = Profile::standard().unwrap();
        // 4.005 % rounds to 4.01, which is above 4 %; as a float it lies a little below.
        let film = grade_thin(&ThinCount::new(801, 20_000).unwrap(), RbcUsed::assumed(&profile), &profile);
        let out = Graded::of(&Films::Thin(film), &Context::default(), &profile).patient;
        assert_eq!(out.parasitaemia_percent, Some(4.01));
        let words = outcome_words(&out, &Catalogue::new(Language::English));
        assert!(words.state.contains("4.01 %"), "{}", words.state);
        assert!(
            words
                .details
                .iter()
                .any(|line| line.starts_with("Parasitaemia 4.01 %;") && line.contains("above 4 %")),
            "{words:?}"
        );
        assert!(!words.lines().iter().any(|line| line.contains("4.00")), "{words:?}");
    }

    #[test]
    fn totals_without_fields_speak_of_no_fields() {
        let profile = Profile::named("tes-2009").unwrap();
        for gametocytes in [0, 3] {
            let totals = ThickTotals::new(0, 1000).with_gametocytes(gametocytes);
            let film = grade_totals(&totals, WbcUsed::assumed(&profile), &profile);
            let out = Graded::of(&Films::Thick(film), &Context::default(), &profile).patient;
            for &language in Language::ALL {
                let said = outcome_words(&out, &Catalogue::new(language)).state;
                assert!(!said.contains(" 0 ") && said.contains("000"), "{said}");
            }
        }
    }

    #[test]
    fn nobody_is_asked_for_none_more() {
        for fields in ["99x0:16", "100x0:1", "50x0:1"] {
            let outcome = graded(fields);
            assert_eq!(outcome.state, State::InsufficientFields, "{fields}");
            for &language in Language::ALL {
                let said = outcome_words(&outcome, &Catalogue::new(language));
                let (state, advice) = (&said.state, said.advice.join(" "));
                for asked in [state, &advice] {
                    assert!(!asked.split([' ', ',']).any(|word| word == "0"), "{asked}");
                }
            }
        }
    }

    #[test]
    fn numbers_are_written_as_the_reader_writes_them() {
        let outcome = graded("120x10:16");
        let french = outcome_words(&outcome, &Catalogue::new(Language::French)).state;
        assert!(
            french.contains("5\u{202f}000 parasites asexués/µL") && french.contains("par défaut"),
            "{french}"
        );
        let english = outcome_words(&outcome, &Catalogue::new(Language::English)).state;
        assert!(english.contains("5,000 asexual parasites/µL (95 % CI"), "{english}");
        let none = outcome_words(&graded("100x0:16"), &Catalogue::new(Language::English));
        assert!(
            none.state.starts_with("No malaria parasites seen in 100 thick-film fields (0.200 µL"),
            "{}",
            none.state
        );
        assert!(!none.lines().iter().any(|l| l.contains("negative for")));
    }
}
