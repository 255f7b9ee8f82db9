//! The command on numbers.

use assert_cmd::Command;

/// A run's exit code, stdout and stderr.
pub fn hemozoin(args: &[&str], stdin: &str) -> (i32, String, String) {
    let output =
        Command::cargo_bin("hemozoin").unwrap().args(args).write_stdin(stdin.to_owned()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
