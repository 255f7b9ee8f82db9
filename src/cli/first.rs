//! `hemozoin` without arguments, typed or double-clicked: what to do, and the page for who wants it.

#[cfg(feature = "review")]
use std::io::IsTerminal;

use super::CommandResult;
use super::exit::Exit;
use super::session::Session;

/// Says what to do. In a window that a person looks at, Enter opens the page; a window that a double-click opened
/// would else close before anybody read it.
pub(crate) fn run(session: &Session) -> CommandResult {
    session.print(&format!("{}\n", session.catalogue().say("cli-first")))?;
    #[cfg(feature = "review")]
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        session.print(&format!("\n{}\n", session.catalogue().say("cli-first-enter")))?;
        let mut line = String::new();
        let read = std::io::stdin().read_line(&mut line)?;
        if read > 0 && line.trim().is_empty() {
            return super::commands::review::empty(session);
        }
    }
    Ok(Exit::Usage)
}
