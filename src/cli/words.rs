//! Puts the catalogue's words into the command line.
//!
//! Keys: `cli-about` and `cli-arg-NAME` for the program, `cli-COMMAND-about` and `cli-COMMAND-arg-NAME` for a
//! command (`cli-archive-run-...` for a command of a command).

use clap::{Arg, ArgAction, Command};

use hemozoin::locale::Catalogue;

/// Options of every command, which stand below the command's own.
const SHARED: [&str; 5] = ["lang", "threads", "quiet", "help", "version"];
const SHARED_FROM: usize = 900;

/// The command line with help, headings and descriptions in the catalogue's language.
pub(crate) fn localised(command: Command, catalogue: &Catalogue) -> Command {
    localise(command, catalogue, "cli", true)
}

fn localise(command: Command, catalogue: &Catalogue, prefix: &str, top: bool) -> Command {
    let say = |key: &str| catalogue.say(key);
    let usage = say("cli-heading-usage");
    let template = format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}\n");
    let mut command = command
        .about(say(&format!("{prefix}-about")))
        .help_template(template)
        .subcommand_help_heading(say("cli-heading-commands"))
        .subcommand_value_name(say("cli-value-command"))
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help(say("cli-arg-help")));
    if top {
        command = command
            .disable_version_flag(true)
            .arg(
                Arg::new("version")
                    .short('V')
                    .long("version")
                    .action(ArgAction::Version)
                    .help(say("cli-arg-version")),
            )
            .after_help(say("cli-after"));
    }
    let names: Vec<String> = command.get_arguments().map(|a| a.get_id().to_string()).collect();
    for name in names {
        let own = format!("{prefix}-arg-{}", name.replace('_', "-"));
        let shared = format!("cli-arg-{}", name.replace('_', "-"));
        let key = if catalogue.has(&own) { own } else { shared };
        command = command.mut_arg(&name, |arg| {
            let heading = if arg.is_positional() { "cli-heading-arguments" } else { "cli-heading-options" };
            // `--wbc-per-ul -1` is an impossible value, and is said to be one, not an unknown option.
            let arg = if arg.get_action().takes_values() { arg.allow_negative_numbers(true) } else { arg };
            let help = format!("{}{}", say(&key), remarks(&arg, catalogue));
            let order = SHARED.iter().position(|shared| *shared == name).map(|n| SHARED_FROM + n);
            let arg = match order {
                Some(order) => arg.display_order(order),
                None => arg,
            };
            let arg = valued(arg, catalogue);
            arg.help(help).help_heading(say(heading))
        });
    }
    let children: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for child in children {
        let child_prefix = format!("{prefix}-{child}");
        command = command.mut_subcommand(&child, |c| localise(c, catalogue, &child_prefix, false));
    }
    command
}

/// The argument without what its parser says of values in English, and with the reader's word for its value.
fn valued(arg: Arg, catalogue: &Catalogue) -> Arg {
    if !arg.get_action().takes_values() {
        return arg;
    }
    let names = value_names(&arg).into_iter().map(|name| match value_key(&name) {
        key if catalogue.has(&key) => catalogue.say(&key),
        _ => name,
    });
    let names: Vec<String> = names.collect();
    arg.value_names(names).hide_possible_values(true).hide_default_value(true)
}

/// The names as the flags give them; one without is named after its option.
fn value_names(arg: &Arg) -> Vec<String> {
    match arg.get_value_names() {
        Some(names) => names.iter().map(ToString::to_string).collect(),
        None => vec![arg.get_id().as_str().to_uppercase()],
    }
}

fn value_key(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphabetic() { c.to_ascii_lowercase() } else { '-' };
    format!("cli-value-{}", name.chars().map(letter).collect::<String>())
}

/// The default and the possible values of an option; the argument parser says both in English alone.
fn remarks(arg: &Arg, catalogue: &Catalogue) -> String {
    if !arg.get_action().takes_values() {
        return String::new();
    }
    let mut said = String::new();
    let defaults: Vec<_> = arg.get_default_values().iter().map(|v| v.to_string_lossy()).collect();
    if !defaults.is_empty() {
        let value = [("value", defaults.join(","))];
        said = format!(" {}", catalogue.say_with("cli-flag-default", &value));
    }
    let possible = arg.get_possible_values();
    let values: Vec<&str> = possible.iter().filter(|v| !v.is_hide_set()).map(|v| v.get_name()).collect();
    if !values.is_empty() {
        let values = [("values", values.join(", "))];
        said = format!("{said} {}", catalogue.say_with("cli-flag-values", &values));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use hemozoin::locale::Language;

    fn missing(command: &Command, catalogue: &Catalogue, prefix: &str, found: &mut Vec<String>) {
        let about = format!("{prefix}-about");
        if !catalogue.has(&about) {
            found.push(about);
        }
        for arg in command.get_arguments() {
            let name = arg.get_id().as_str().replace('_', "-");
            let (own, shared) = (format!("{prefix}-arg-{name}"), format!("cli-arg-{name}"));
            if !catalogue.has(&own) && !catalogue.has(&shared) {
                found.push(own);
            }
            // A letter or two is a symbol, not a word.
            let named =
                value_names(arg).into_iter().filter(|n| arg.get_action().takes_values() && n.len() > 2);
            found.extend(named.map(|n| value_key(&n)).filter(|key| !catalogue.has(key)));
        }
        for child in command.get_subcommands() {
            missing(child, catalogue, &format!("{prefix}-{}", child.get_name()), found);
        }
    }

    #[test]
    fn every_flag_has_its_words_in_both_languages() {
        for &language in Language::ALL {
            let mut found = Vec::new();
            missing(&super::super::flags::command(), &Catalogue::new(language), "cli", &mut found);
            assert!(found.is_empty(), "without words in {language:?}: {found:?}");
        }
    }

    #[test]
    fn help_holds_no_word_of_the_parser() {
        let mut command = localised(super::super::flags::command(), &Catalogue::new(Language::French));
        command.build();
        for child in command.get_subcommands_mut().flat_map(with_children) {
            let help = child.render_long_help().to_string();
            for word in
                ["default:", "possible values", "Possible values", "Usage", "Options:", "Arguments:", "<DIR>"]
            {
                assert!(!help.contains(word), "{word} in {help}");
            }
        }
    }

    fn with_children(command: &mut Command) -> Vec<&mut Command> {
        if command.has_subcommands() { command.get_subcommands_mut().collect() } else { vec![command] }
    }

    #[test]
    fn the_command_line_is_sound() {
        for &language in Language::ALL {
            localised(super::super::flags::command(), &Catalogue::new(language)).debug_assert();
        }
    }
}
