cli-about = Read malaria blood films: photographs in, a graded result out
cli-after =
    Exit codes:
      0  all done
      1  some inputs failed or were unfit; each is named
      2  wrong usage or set-up
      3  stopped (Ctrl-C, a full disk): give the command again, or resume the archive
    A finding never sets the exit code.
cli-heading-usage = Usage:
cli-heading-commands = Commands
cli-heading-options = Options
cli-heading-arguments = Arguments
cli-value-command = COMMAND
cli-value-dir = DIR
cli-value-file = FILE
cli-value-name = NAME
cli-value-path = PATH
cli-value-root = ROOT
cli-value-list = LIST
cli-value-slide = SLIDE
cli-value-density = DENSITY
cli-value-visit = VISIT
cli-value-days = DAYS
cli-value-species = SPECIES
cli-value-n-blocks = N|BLOCKS
cli-value-model-file = MODEL:FILE
cli-value-given-estimated-um = given|estimated|UM
cli-value-score = SCORE
cli-value-lang = LANG
cli-value-format = FORMAT
cli-value-marks = CHOICE
cli-value-csv-locale = LOCALE
cli-value-film = FILM
cli-value-rule = RULE
cli-value-severity = AUTHORITY
cli-flag-default = [default: { $value }]
cli-flag-values = [possible values: { $values }]
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
cli-refused-encoding = a word of the command line is not UTF-8 text
cli-refused-few = { $arg } needs { $wanted } { $wanted_are ->
    [one] value
   *[other] values
    } at least; given: { $given }
cli-refused-many = one value too many for { $arg }: { $value }
cli-refused-no-value = { $arg } needs a value
cli-refused-number = { $arg } takes { $wanted } { $wanted_are ->
    [one] value
   *[other] values
    }; given: { $given }
cli-refused-range = give { $low } to { $high }
cli-refused-whole = give a whole number from 0 up
cli-models-about = List the model bundles of this build, with film, licence and digest
cli-models-arg-card = Print the card of this bundle: data, figures, known failures
cli-models-arg-dirs = Folders of other bundles, to be checked and listed too
cli-models-unknown = there is no bundle { $name } in this build; there are: { $known }
film-thick = thick film
film-thin = thin film
cli-analyze-about = Read the photographs of one patient's film or films and grade them
cli-analyze-arg-path = Folder of photographs (sub-folders thick and thin hold both films), or one photograph
cli-analyze-arg-format = How the result is printed
cli-analyze-arg-out = Folder for the result's files (default: hemozoin-result inside PATH, hemozoin-result-NAME beside one photograph; with --format json none)
cli-analyze-arg-no-files = Print the result and write no files
cli-analyze-arg-full = Also show how the result was found: intervals, scales, models, digests, rules
cli-analyze-arg-marks = Which marked pictures are written: found (default) = fields with parasites, the most first, and fields left out, at most 20, or 3 counted fields where there is no parasite; all; none
cli-analyze-arg-csv-locale = Separators of the tables: en = comma and decimal point; fr = semicolon and decimal comma, as a French spreadsheet wants (default: by --lang)
cli-analyze-elsewhere = choose another folder with --out DIR, or print the result only with --no-files
cli-analyze-written = Written to { $dir } (marked pictures: { $marked })
cli-progress-scale = estimating the scale
cli-progress-reading = reading { $files } { $files_are ->
    [one] picture
   *[other] pictures
    }
cli-progress-thick = white cells { $cells }, parasites { $found }
cli-progress-thin = red cells { $cells }, infected { $found }
cli-arg-film = Film of all photographs; goes before folder names and slide.toml
cli-arg-um-per-px = Scale of the photographs in µm per pixel (default: from the files or from the cells)
cli-arg-wbc-per-ul = The patient's own white cells per µL (default: the profile's 8,000)
cli-arg-rbc-per-ul = The patient's own red cells per µL (default: the profile's 5,000,000)
cli-arg-profile = Rule profile
cli-arg-profile-file = TOML file with your own values, laid over the profile
cli-arg-model = Folder of a model bundle to be used instead of the built-in one for its film; can be given twice
error-film-not-stated = thick or thin film? Say so in one of three ways: --film thick (or thin); a slide.toml beside the pictures with film = "thick"; or sub-folders named thick and thin (goutte-epaisse, ge, frottis, fm)
error-no-thick-film = the thick film was asked for, but the folder only holds a thin one
error-no-thin-film = the thin film was asked for, but the folder only holds a thick one
error-film-holds-slides = this looks like a slide of its own, not like a film of the patient around it; analyze one slide's folder, or all of them with hemozoin archive run
error-sheet = slide.toml cannot be used: line { $line }, column { $column } is not TOML ({ $reason }): { $shown }; write name = "text" or name = number, one on a line
error-sheet-film = slide.toml cannot be used: line { $line }: { $shown }; write film = "thick" or film = "thin"
error-sheet-key = slide.toml cannot be used: line { $line }: there is no key { $name }; the keys are { $known }
error-sheet-number = slide.toml cannot be used: line { $line }: { $shown }; write a number from { $low } to { $high } without quotation marks
error-sheet-size = slide.toml has { $bytes } bytes, at most { $limit } are taken: it is no sheet of a slide
error-sheet-text = slide.toml cannot be used: line { $line }: { $shown }; write text between quotation marks
error-sheet-date = slide.toml line { $line }: blood_taken = "{ $value }" is no date; write 2026-11-21 or 2026-11-21T08:30
error-sheet-haematocrit = slide.toml line { $line }: the standard has no rule from a haematocrit to red cells per µL (THN-2); give rbc_per_ul as measured, or leave it out
error-sheet-encoding = slide.toml is not UTF-8 text; save it as UTF-8
error-sheet-contradicts = the folders of this slide do not agree on { $name }; write the same value into the slide.toml of each of them
error-sheet-of-another = the slide.toml beside the pictures is that of slide { $number }, but the list gives them to { $slide }; write the same number into both, or give each slide a folder
error-um-per-px = { $value } µm per pixel cannot be; give { $low } to { $high }
error-not-one-line = { $column } holds a line break or a control character; write it as one line of text
error-file-in-place-of-folder = a file stands here, where a folder for the results is to be made; choose another folder, or move the file
error-grade-too-many = these counts make { $density } parasites/µL, more than the { $rbc } red cells/µL that could hold them; check the parasites, the white cells and the white cells per µL
table-columns-unused = columns that are not used: { $columns }; columns are called like the options (see --help), with _ for -
error-table-empty = no line below the heading; write one for each case
