//! What the exit code says. A clinical finding never sets it.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// 0: all done.
    Done,
    /// 1: some inputs failed or were unfit; each was named, the rest is done.
    SomeFailed,
    /// 2: wrong usage or set-up; nothing was done.
    Usage,
    /// 3: stopped half-way; what was done is kept and can be resumed.
    Stopped,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::SomeFailed => 1,
            Exit::Usage => 2,
            Exit::Stopped => 3,
        })
    }
}
