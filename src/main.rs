//! The `hemozoin` command: thin over the library, which can do everything that this can.
#![forbid(unsafe_code)]

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
