cli-about = Reads malaria blood films: photographs in, a graded result out
cli-after =
    Exit codes: 0 all done; 1 some inputs failed or were unfit, each is named; 2 wrong usage or set-up;
    3 stopped, can be resumed. A finding never sets the exit code.
cli-heading-usage = Usage:
cli-heading-commands = Commands
cli-heading-options = Options
cli-heading-arguments = Arguments
cli-value-command = COMMAND
cli-arg-help = Show this help
cli-arg-version = Show the version
cli-arg-lang = Language of everything that is read by a person (default: the session's)
cli-arg-threads = Number of threads (default: all cores); the result does not depend on it
cli-arg-quiet = No progress and no remarks; errors are still told
cli-refused-help = Help: hemozoin --help, or hemozoin COMMAND --help
cli-refused-unknown = there is no option { $arg } here
cli-refused-command = there is no command { $arg }
cli-refused-missing-command = a command is missing; one of: { $valid }
cli-refused-missing = missing: { $arg }
cli-refused-conflict = { $arg } and { $other } exclude each other
cli-refused-value-of = { $arg } cannot be { $value }; possible: { $valid }
cli-refused-value = { $arg } cannot be { $value }: { $reason }
cli-models-about = List the model bundles of this build, with film, licence and digest
cli-models-arg-card = Print the card of this bundle: data, figures, known failures
cli-models-arg-dirs = Folders of other bundles, to be checked and listed too
cli-models-unknown = there is no bundle { $name } in this build; there are: { $known }
film-thick = thick film
film-thin = thin film
