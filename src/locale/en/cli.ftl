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
cli-value-period = PERIOD
cli-value-kind = KIND
cli-value-size = SIZE
cli-value-case = CASE
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
cli-value-k-n = K/N
cli-value-key = KEY
cli-value-url = URL
cli-value-seconds = SECONDS
cli-value-csv-locale = LOCALE
cli-value-film = FILM
cli-value-form = FORM
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
cli-refused-extra = { $arg } is one word too many: this command takes no file or folder here without an option before it
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
cli-analyze-arg-marks = Marked pictures to write: all (default); found = fields with parasites, the most first, and fields left out, at most 20, or 3 counted fields where there is no parasite; none
cli-analyze-arg-csv-locale = Separators of the tables: en = comma and decimal point; fr = semicolon and decimal comma, as a French spreadsheet wants (default: by --lang)
cli-analyze-elsewhere = choose another folder with --out DIR, or print the result only with --no-files
cli-analyze-kept = a file of the earlier result had been changed by hand; it is kept as { $file }
cli-analyze-written = Written to { $dir } (marked pictures: { $marked } of { $fields })
cli-progress-scale = estimating the scale
cli-progress-reading = reading { $files } { $files_are ->
    [one] picture
   *[other] pictures
    }
cli-progress-thick = white cells { $cells }, parasites { $found }
cli-progress-thin = red cells { $cells }, infected { $found }
cli-arg-film = Film of all photographs: thick (goutte-epaisse, ge) or thin (frottis, fm); goes before folder names and slide.toml
cli-arg-um-per-px = Scale of the photographs in µm per pixel (default: from the files or from the cells)
cli-arg-wbc-per-ul = The patient's own white cells per µL (default: the profile's 8,000)
cli-arg-rbc-per-ul = The patient's own red cells per µL (default: the profile's 5,000,000)
cli-arg-profile = Rule profile
cli-arg-profile-file = TOML file with your own values, laid over the profile
cli-arg-model = Folder of a model bundle to be used instead of the built-in one for its film; can be given twice
error-film-not-stated =
    { $given ->
        [pictures] thick or thin film? Nothing says so; state it for the whole slide, or for each of its pictures
       *[folder] thick or thin film? Say so in one of three ways: --film thick (or thin); a slide.toml beside the pictures with film = "thick"; or sub-folders named thick and thin (goutte-epaisse, ge, frottis, fm)
    }
error-no-thick-film = the thick film was asked for, but the folder only holds a thin one
error-no-thin-film = the thin film was asked for, but the folder only holds a thick one
error-film-holds-slides = this looks like a slide of its own, not like a film of the patient around it; analyze one slide's folder, or all of them with hemozoin archive run
error-sheet = this line is not TOML ({ $reason }): { $shown }; write name = "text" or name = number, one on a line
error-sheet-film = { $shown }: write film = "thick" (goutte-epaisse, ge) or film = "thin" (frottis, fm)
error-sheet-key = { $shown }: there is no key { $name }; the keys are { $known }
error-sheet-number = { $shown }: write a number from { $low } to { $high }
error-sheet-text = { $shown }: write one text between quotation marks
error-sheet-date = { $shown }: this is no date; write 2026-11-21 or 2026-11-21T08:30 (years 1900 to 2100)
error-sheet-haematocrit = { $shown }: the standard has no rule from a haematocrit to red cells per µL (THN-2); give rbc_per_ul as measured, or leave it out
error-sheet-encoding = this is neither UTF-8 nor Windows-1252 text; save it as UTF-8
error-sheet-contradicts = the folders of this slide do not agree on { $name }; write the same value into the slide.toml of each of them
error-sheet-of-another = the slide.toml beside the pictures is that of slide { $number }, but the list gives them to { $slide }; write the same number into both, or give each slide a folder
error-um-per-px = { $value } µm per pixel cannot be; give { $low } to { $high }
error-not-one-line = { $column } holds a line break or a control character; write it as one line of text
error-dates-order = the slide cannot be read on { $read }, before the blood is taken on { $taken }; correct one of the two dates
error-file-in-place-of-folder = a file stands here, where a folder for the results is to be made; choose another folder, or move the file
error-grade-too-many = these counts make { $density } parasites/µL, more than the { $rbc } red cells/µL that could hold them; check the parasites, the white cells and the white cells per µL
table-columns-unused = columns that are not used: { $columns }; columns are called like the options (see --help), with _ for -
table-columns-unnamed = columns without a name, which are not used: { $columns } (counted from the left); name them in the heading if they matter
error-table-cell-empty = the cell of the column { $column } is empty; fill it in
error-table-empty = no line below the heading; write one for each case
error-sheet-age = { $shown }: this is no age; write 4, 4.5 or 18 months
error-sheet-sex = { $shown }: write F or M
error-sheet-two = { $name } and { $other } could both be the sheet of this slide; keep one of them, as slide.toml
error-sheet-name = { $name } may be meant for the sheet of this slide and is not called slide.toml; rename it to slide.toml, or move it elsewhere
error-sheet-twice = the key { $name } stands twice, on the lines { $first } and { $second }; leave one of them
error-sheet-section = { $shown }: this file has no sections; take this line out and leave the lines below it
error-sheet-no-floor = { $shown }: there is no file { $file }; write its path from the folder of this sheet, or take the line out
cli-value-number = NUMBER
cli-value-age = AGE
cli-value-f-m = F|M
cli-value-text = TEXT
cli-value-date = DATE
cli-arg-slide = Number of the slide (default: the folder's name)
cli-arg-patient-id = The laboratory's number of the patient
cli-arg-patient-name = The patient's name
cli-arg-age = Age: 4, 4.5 or 18 months
cli-arg-sex = Sex: F or M
cli-arg-ward = Ward that asked for the examination
cli-arg-order = Number of the request
cli-arg-specimen = Number of the specimen
cli-arg-site = Health facility or village
cli-arg-blood-taken = When the blood was taken: 2026-11-21, 21/11/2026 or 2026-11-21T08:30
cli-arg-read-on = When a person reads the slide, written as the date of the blood
cli-arg-reader = Who reads the slide
cli-arg-objective = Objective, such as 100x/1.25
cli-arg-stain = Stain, such as Giemsa 10 %
cli-analyze-arg-with-identity = Takes the patient's name of slide.toml into the result, the record and all files; without it the name stays in slide.toml alone
cli-analyze-arg-patient-name = The patient's name, for the result and all files (with --with-identity)
cli-new-slide-about = Write a slide.toml to be filled in, with what the options say; an existing one is never written over
cli-new-slide-arg-folder = Folder of the slide's pictures; made where there is none (default: this one)
cli-new-slide-written = Written: { $file }
cli-manual-about = Write pages for man, and completions for bash, zsh and fish
cli-manual-arg-out = Folder that gets man/ and completions/
cli-manual-written = Written: { $dir }
cli-schema-about = Print the JSON Schema of the record
cli-archive-describe-about = Lay a list of slides over an archive that has been read: patients, dates, sites, blood counts; no picture is read again
cli-archive-describe-arg-manifest = The list (.csv or .toml); its column of pictures, if any, is not looked at
cli-stopped = stopped; nothing half-written is kept
cli-refused-unknown-near = there is no option { $arg } here; did you mean { $near }?
cli-refused-command-near = there is no command { $arg }; did you mean { $near }?
cli-refused-command-path = there is no command { $arg }; to read that folder or picture: hemozoin analyze { $arg }
error-sheet-there = this folder has a slide.toml already, or a file with nearly that name; nothing was written
error-not-an-age = "{ $value }" is no age; write 4, 4.5 or 18 months
error-not-a-date = "{ $value }" is no date; write 2026-11-21 or 2026-11-21T08:30 (years 1900 to 2100)
error-not-a-sex = "{ $value }" is not F or M
slide-toml-title = The sheet of one slide. Take the # away before a key and write its value between the quotation marks.
slide-toml-slide = Number of the slide; the folder's name where there is none.
slide-toml-slide-example = N-17
slide-toml-film = Film of all pictures of the folder: thick (goutte-epaisse, ge) or thin (frottis, fm).
slide-toml-film-example = thick
slide-toml-patient-id = The laboratory's number of the patient.
slide-toml-patient-id-example = P-0042
slide-toml-patient-name = The patient's name. It stays in this file unless --with-identity asks for it.
slide-toml-patient-name-example = A. M.
slide-toml-age = Age: 4, 4.5 or 18 months.
slide-toml-age-example = 18 months
slide-toml-sex = Sex: F or M.
slide-toml-sex-example = F
slide-toml-ward = Ward that asked for the examination.
slide-toml-ward-example = Paediatrics
slide-toml-order = Number of the request.
slide-toml-order-example = 2026-1180
slide-toml-specimen = Number of the specimen.
slide-toml-specimen-example = E-311
slide-toml-site = Health facility or village.
slide-toml-site-example = Dosso
slide-toml-blood-taken = When the blood was taken, with or without a time.
slide-toml-blood-taken-example = 2026-11-21T08:30
slide-toml-read-on = When a person read the slide.
slide-toml-read-on-example = 2026-11-21
slide-toml-reader = Who reads the slide.
slide-toml-reader-example = H. I.
slide-toml-wbc-per-ul = The patient's own white cells per µL, same day, same blood; without them the profile's 8,000 are assumed.
slide-toml-wbc-per-ul-example = 6200
slide-toml-rbc-per-ul = The patient's own red cells per µL; without them the profile's 5,000,000 are assumed. A haematocrit is no such number.
slide-toml-rbc-per-ul-example = 4200000
slide-toml-um-per-px = Scale of the pictures, µm per pixel; without it, that of the files or of the cells.
slide-toml-um-per-px-example = 0.104
slide-toml-objective = Objective.
slide-toml-objective-example = 100x/1.25
slide-toml-stain = Stain.
slide-toml-stain-example = Giemsa 10 %
slide-toml-floor = File of the site's own false-positive floor, as hemozoin calibrate writes it.
slide-toml-floor-example = floor.toml

cli-review-about = Let a reader decide: suspects, fields and signature on a page in the browser of this computer
cli-review-arg-path = Folder of a slide that was analysed, folder of its result, output folder of an archive, or a case that another laboratory sent
cli-review-arg-pictures = Where the pictures of the slide lie, if not around its result
cli-review-arg-port = Port to listen on; 0 takes a free one
cli-review-arg-no-open = Print the address and open no browser
cli-review-open = The page opens in the browser. Everything that it shows as done is on the disk. Ctrl+C ends it.
cli-review-not-reported = the report beside the result does not show yet what was signed: { $reason }. Mend it, then: hemozoin report
cli-review-by-hand = No browser could be opened: open the address above by hand.
cli-review-arg-labels = Labels made elsewhere (COCO, YOLO, Pascal VOC) that become decisions of the reader first; nothing is signed
cli-review-arg-reader = Whose decisions these labels become
cli-review-arg-labels-complete = Every parasite is labelled in those pictures: every other suspect is rejected
cli-review-labels = { $reader } has decisions now, by the labels of { $pictures } { $pictures_are ->
    [one] picture
   *[other] pictures
    }: { $judged } { $judged_are ->
    [one] mark
   *[other] marks
    } judged, { $added } added

cli-export-about = Write what readers decided as labels (coco, yolo, voc, geojson, cvat, csv), results for other systems (fhir, hl7), and figures of an archive (dhis2)
cli-export-arg-paths = Slides that were read, or output folders of archives
cli-export-arg-form = Form of what is written
cli-export-arg-out = File to write, or the folder where the form takes several; annotations.json, .xml or .csv, or labels, fhir, hl7 or dhis2.json, unless it is given
cli-export-not-read = { $slide }: nobody has read this slide
cli-export-not-signed = { $slide }: no reading is signed; its decisions are left out
cli-export-nothing = no signed reading was found: nothing was written
cli-export-written = { $file }: labels of { $pictures } { $pictures_are ->
    [one] picture
   *[other] pictures
    }

cli-case-about = Ask a far expert about a slide: one file goes, a small one comes back
cli-case-export-about = Write a slide as one file for a far expert: crops, reduced fields, record, PDF
cli-case-export-arg-path = Folder of a slide that was analysed, folder of its result, or output folder of an archive
cli-case-export-arg-slide = Which slide, where the path is the output folder of an archive
cli-case-export-arg-max-size = Largest file, from 20kB to 500MB (2MB unless given); the best crops go in first
cli-case-export-arg-question = What the expert is asked, in words
cli-case-export-arg-with-identity = Send the patient's name and numbers, and the names of files, too
cli-case-export-arg-out = File to write
cli-case-export-arg-pictures = Where the pictures of the slide lie, if not around its result
cli-case-export-arg-laboratory = Name, address and logo for the PDF; laboratory.toml near the pictures unless given
cli-case-answer-about = Write the signed reading of a case as a small file for those who asked
cli-case-answer-arg-case = The case, as it came; hemozoin review opens it
cli-case-answer-arg-reader = Whose reading, where several have signed
cli-case-answer-arg-out = File to write
cli-case-import-about = Add an expert's answer to the readings of a slide
cli-case-import-arg-file = The answer, as it came
cli-case-import-arg-to = Folder of the slide, folder of its result, or output folder of its archive
cli-case-import-arg-reader = Another name for the expert, where a reader here has the same
cli-case-export-arg-recipients = Encrypt it to this public key (age1...), which hemozoin case key makes; may be given several times
cli-case-answer-arg-key = Your secret key, where the case is encrypted
cli-case-answer-arg-recipients = Encrypt the answer to this public key (age1...)
cli-case-import-arg-key = Your secret key, where the answer is encrypted
cli-case-key-about = Make a secret key of your own; prints the public key that others encrypt to
cli-case-key-arg-out = File for the secret key; nothing there is written over
cli-case-key-made = { $file } is the secret key: keep a copy in a safe place and give it to nobody; send the public key above to whoever encrypts for you
cli-review-arg-key = Your secret key, where the case is encrypted
cli-case-written = { $file }: slide { $slide }, { $kilobytes } kB with { $crops } { $crops_are ->
    [one] crop
   *[other] crops
    } and { $fields } reduced { $fields_are ->
    [one] field
   *[other] fields
    }
cli-case-left-out = did not fit: { $crops } { $crops_are ->
    [one] crop
   *[other] crops
    }, { $fields } { $fields_are ->
    [one] field
   *[other] fields
    } (--max-size allows more)
cli-case-no-report = the page for the clinician did not fit
cli-case-no-identity = name and numbers of the patient and names of files stay here; number and site of the slide, ward, age and sex go along
cli-case-identity = the patient's name and numbers go along
cli-case-answered = { $file }: what { $reader } decided and signed, { $kilobytes } kB
cli-case-new = { $slide }: read by { $reader }, { $decisions } { $decisions_are ->
    [one] decision
   *[other] decisions
    } added
cli-case-more = { $slide }: { $decisions } { $decisions_are ->
    [one] decision
   *[other] decisions
    } came to the reading of { $reader }
cli-case-known = { $slide }: this reading of { $reader } is here already; nothing was added
cli-case-earlier = { $reader } read an earlier analysis of this slide: it is kept as signed on that one
cli-refused-size = give a size from 20kB to 500MB
cli-export-arg-attach = With each signed result its report (PDF) and up to three small marked pictures (fhir)
cli-export-arg-codes = File of codes laid over those of the standard (fhir, hl7), or of ids (dhis2; see archive summary --print-config)
cli-export-figures = { $file } written: the values of every month, from signed films
cli-export-results = { $file }: { $slides } { $slides_are ->
    [one] result
   *[other] results
    }, { $preliminary } preliminary
cli-export-earlier = { $slide }: { $reader } signed an earlier analysis; this one goes as preliminary, until it is signed

cli-quiz-about = Training corner: slides to be read for practice or examination on a page in the browser of this computer; answers are kept apart from every patient's record
cli-quiz-arg-path = Folder that was analysed and signed, or output folder of an archive: its signed readings are asked; without it, slides that this program draws
cli-quiz-arg-course = Course: practice, who-55 or a TOML file; without it the page offers those in this program
cli-quiz-arg-results = File that answers are added to; hemozoin-quiz/results.jsonl in the user's own folder, if not said
cli-quiz-arg-trainee = Name of the trainee, if the page shall not ask for it
cli-quiz-arg-port = Port to listen on; 0 takes a free one
cli-quiz-arg-no-open = Print the address and open no browser
cli-quiz-left-out = { $slides } { $slides_are ->
    [one] slide that nobody has signed, or on an earlier result, is
   *[other] slides that nobody has signed, or on an earlier result, are
 } left out
cli-quiz-results-about = Show what a class has answered: scores and levels, one line for each sitting
cli-quiz-results-arg-files = Files of results, also of several computers; the user's own, if none is named
cli-quiz-results-arg-format = Form of the table
cli-quiz-results-arg-trainee = Only this trainee
cli-quiz-results-arg-sheets = Also write a result sheet (PDF) for each sitting into this folder
cli-quiz-sheets = { $sheets } { $sheets_are ->
    [one] result sheet
   *[other] result sheets
 } in { $folder }

cli-first =
    hemozoin reads malaria blood films from photographs. It proposes; a person decides.

    To read a slide:      hemozoin analyze FOLDER, then hemozoin review FOLDER
    On a page instead:    hemozoin review
    Many slides:          hemozoin archive run FOLDER --out RESULTS
    Everything else:      hemozoin --help

    FOLDER holds the photographs of one slide; sub-folders thick and thin say which film they show.
cli-first-enter = Press Enter to open the page in the browser, Ctrl+C to leave.

cli-send-about = Send results and figures to the servers of other systems
cli-send-fhir-about = Send the result of each slide to a FHIR R4 server; what it has not accepted waits on the disk for the next run
cli-send-fhir-arg-address = Address of the server, such as https://example.org/fhir
cli-send-fhir-arg-authorization = File with the header Authorization, such as: Bearer eyJhbGciOi... (else the variable HEMOZOIN_AUTHORIZATION)
cli-send-fhir-arg-authority = Certificates (PEM) of the only authorities to trust
cli-send-fhir-arg-unencrypted = Allow an http:// address of another computer: everybody on the way can read the results
cli-send-fhir-arg-tries = How often each thing is tried in this run
cli-send-fhir-arg-wait = Seconds before the second try; twice as long before each further one
cli-send-fhir-arg-paths = Folders of slides that were analysed, or output folders of archives; none sends what waits
cli-send-fhir-arg-outbox = Folder of what waits, with what the server said
cli-send-fhir-arg-signed-only = Only what a reader has signed
cli-send-fhir-arg-attach = With each signed result its report (PDF) and up to three small marked pictures
cli-send-fhir-arg-codes = Codes of this laboratory, laid over those of the program
cli-send-dhis2-about = Send the figures of an archive to a DHIS2 server; it says first what it would make of them
cli-send-dhis2-arg-address = Address of the server, such as https://dhis2.example.org
cli-send-dhis2-arg-authorization = File with the header Authorization, such as: ApiToken d2pat_... (else the variable HEMOZOIN_AUTHORIZATION)
cli-send-dhis2-arg-authority = Certificates (PEM) of the only authorities to trust
cli-send-dhis2-arg-unencrypted = Allow an http:// address of another computer
cli-send-dhis2-arg-tries = How often it is tried
cli-send-dhis2-arg-wait = Seconds before the second try; twice as long before each further one
cli-send-dhis2-arg-archive = Output folder of the archive
cli-send-dhis2-arg-period = Period of the values
cli-send-dhis2-arg-config = File with this country's ids and bands (see archive summary --print-config)
cli-send-dhis2-arg-yes = Send, where the server would take every value; without it nothing is sent
cli-send-refused = { $slide }: the server refuses it: { $said }
cli-send-waiting = { $slide }: not accepted yet, it is sent again by the next run: { $said }
cli-send-done = { $server }: { $accepted } accepted, { $known } there before, { $refused } refused, { $waiting } waiting in { $outbox }
cli-send-not-signed = { $slides } not sent: no reader has signed them
cli-send-conflict = the server says: { $said }
cli-send-dry = { $server } would take new values: { $imported }, in the place of others: { $updated }, left out: { $ignored }
cli-send-dry-refused = nothing was sent: the server would not take every value; mend the ids in the configuration (--config) or on the server
cli-send-dry-only = nothing was sent; with --yes it is
cli-send-sent = { $server } has taken new values: { $imported }, in the place of others: { $updated }, left out: { $ignored }
