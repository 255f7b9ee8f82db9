//! Puts the catalogue's words into the command line.
//!
//! Keys: `cli-about` and `cli-arg-NAME` for the program, `cli-COMMAND-about` and `cli-COMMAND-arg-NAME` for a
//! command (`cli-archive-run-...` for a command of a command).

use clap::{Arg, ArgAction, Command};

use hemozoin::locale::Catalogue;

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
            arg.help(say(&key)).help_heading(say(heading)).hide_possible_values(false)
        });
    }
    let children: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for child in children {
        let child_prefix = format!("{prefix}-{child}");
        command = command.mut_subcommand(&child, |c| localise(c, catalogue, &child_prefix, false));
    }
    command
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
        }
        for child in command.get_subcommands() {
            missing(child, catalogue, &format!("{prefix}-{}", child.get_name()), found);
        }
    }

    #[test]
    fn every_flag_has_its_words_in_both_languages() {
        for language in Language::ALL {
            let mut found = Vec::new();
            missing(&super::super::flags::command(), &Catalogue::new(language), "cli", &mut found);
            assert!(found.is_empty(), "without words in {language:?}: {found:?}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        for language in Language::ALL {
            localised(super::super::flags::command(), &Catalogue::new(language)).debug_assert();
        }
    }
}
