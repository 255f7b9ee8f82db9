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
    /// 3: stopped half-way, by a full disk among others; what was done is kept, and the same can be done again.
    Stopped,
}

impl Exit {
    /// Of a command that could not do its work, or not write what came of it, for this reason.
    pub(crate) fn of(error: &hemozoin::Error, otherwise: Self) -> Self {
        if error.is_disk_full() { Self::Stopped } else { otherwise }
    }
}

impl Exit {
    /// The number that the system hears.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::SomeFailed => 1,
            Self::Usage => 2,
            Self::Stopped => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
