cli-evaluate-about = Measure the engine on labelled pictures: precision, recall, counts, calibration
cli-evaluate-arg-truth = Labels: annotations in the COCO style with a folder images beside them, a folder of YOLO (data.yaml) or of Pascal VOC; can be given several times
cli-evaluate-arg-fold = Folder of a bundle with a test-SET.json of the pictures held out, a colon, and annotations; can be given several times, and folds of one set are pooled
cli-evaluate-arg-film = Film of the pictures
cli-evaluate-arg-model = Folder of a model bundle to be measured instead of the built-in one
cli-evaluate-arg-images = Folder of the pictures (default: images beside the labels, or the labels' own folder)
cli-evaluate-arg-complete = Categories that are labelled exhaustively where the labels do not say it (YOLO and Pascal VOC cannot), with commas between them
cli-evaluate-arg-um-per-px = Scale: given (the set's own), estimated (the engine finds it per slide), or a number in µm per pixel
cli-evaluate-arg-only = Only these slides, with commas between them
cli-evaluate-arg-from-score = Report every class from this score on instead of from the bundle's thresholds, to study other thresholds and calibration
cli-evaluate-arg-format = How the figures are printed
cli-evaluate-arg-details = With json: every picture's judgements too
cli-evaluate-arg-drop-ignored = Leave annotations whose centre lies in an ignore box out of the figures too, not only detections
cli-evaluate-arg-resize = Resize the pictures first, width and height by this factor, as by a camera of another magnification
cli-evaluate-arg-blur-um = Blur the pictures first: standard deviation in µm
cli-evaluate-arg-warm = Warm white balance first (red x 1.12, blue x 0.85)
cli-evaluate-arg-cold = Cold white balance first (red x 0.85, blue x 1.12)
cli-evaluate-arg-jpeg-quality = Store the pictures as JPEG of this quality first
cli-evaluate-arg-scale-factor = Tell the engine a scale that is this many times the true one
evaluate-heading = { $film }, { $pictures } { $pictures_are ->
    [one] picture
   *[other] pictures
    }: { count-slides }, { $loose } { $loose_are ->
    [one] picture
   *[other] pictures
    } of unknown slide. { $scale } Bundle: { $bundles }.
evaluate-scale-given = Scale given.
evaluate-scale-estimated = Scale estimated by the engine.
evaluate-scale-fixed = Scale { $um } µm per pixel for all.
evaluate-changed = Pictures changed: { $changes }.
evaluate-changed-resize = resized x { $factor }
evaluate-changed-scale = scale told x { $factor }
evaluate-changed-jpeg = JPEG quality { $quality }
evaluate-changed-blur = blur { $um } µm
evaluate-changed-warm = warm white balance
evaluate-changed-cold = cold white balance
evaluate-head-class = class
evaluate-head-labelled = labelled
evaluate-head-precision = precision (95 %)
evaluate-head-recall = recall (95 %)
evaluate-head-f1 = F1 (95 %)
evaluate-head-count = count error per field (all)
evaluate-head-count-slide = per slide, median
evaluate-head-calibration = calibration error
evaluate-head-best = best F1 @ score
evaluate-subject-parasite = parasites
evaluate-subject-asexual-parasite = asexual parasites
evaluate-subject-gametocyte = gametocytes
evaluate-subject-infected-red-cell = infected red cells
evaluate-subject-red-cell = red cells
evaluate-subject-white-cell = white cells
evaluate-subject-platelet = platelets
evaluate-per-red-cells = per 1,000 red cells
evaluate-per-white-cells = per 200 white cells
evaluate-false = False parasites: { $false } in { count-fields } with { $cells } { $cells_are ->
    [one] cell
   *[other] cells
    } (counted by the engine: { $counted }): { $rate } { $per }.
evaluate-false-free = On fields without any parasite: { $false } in { count-fields } with { $cells } { $cells_are ->
    [one] cell
   *[other] cells
    } (counted by the engine: { $counted }): { $rate } { $per }.
evaluate-reliability = Calibration of { $class }, mean score → share right: { $bins }.
evaluate-quality = Quality: fit pictures: { $fit } of { $pictures }; against the others: { $reasons }. All were judged.
evaluate-scale-error = Estimated over true scale: median { $median }, lowest { $lowest }, highest { $highest }; within 15 % on { $within } % of the pictures ({ $pictures }), none found on { $without }.
cli-arg-floor = File of the site's false-positive floor, as hemozoin calibrate writes it (default: none)
error-floor-file = the false-positive floor cannot be used ({ $reason }); write it again with hemozoin calibrate
error-floor-bundle-thick = the thick film's false-positive floor was measured with bundle { $bundle } (digest { $measured }), this run uses digest { $used }; run hemozoin calibrate again, or leave the floor out
error-floor-bundle-thin = the thin film's false-positive floor was measured with bundle { $bundle } (digest { $measured }), this run uses digest { $used }; run hemozoin calibrate again, or leave the floor out
error-truth-json = line { $line }, column { $column }: these are no annotations in the COCO style ({ $reason })
error-truth-category = the category "{ $category }" is unknown; there are parasite, rbc, rbc_infected, wbc, platelet, ignore and names of stages
error-truth-undeclared = annotation { $annotation }: category { $category } is not declared
error-truth-box = annotation { $annotation }: { $box } is no box of x, y, width, height
error-truth-complete = picture { $image }: the category "{ $category }" is unknown
error-truth-unlisted = annotations name picture { $image }, which is not listed
error-truth-none-thick = no picture of a thick film is listed
error-truth-none-thin = no picture of a thin film is listed
error-evaluate-only = { $set }: no picture of the slides asked for
error-evaluate-fold = write the folder of the bundle, a colon, and the annotations
error-evaluate-held-out = line { $line }, column { $column }: expected a list images, each with its file_name ({ $reason })
error-out-of-range = give { $low } to { $high }
calibrate-too-little = This is too little for results to be held against it. Least number of malaria-free slides of this site: { $slides }; of cells in all: { $cells }.
cli-arg-site-threshold = Count asexual parasites from the site's own score on, as the file of --floor has it (default: the model's)
error-floor-no-threshold = this file holds no site threshold; hemozoin calibrate --read measures one on slides that were read
cli-calibrate-arg-read = The slides, or the slides of archives, were read and signed: take the malaria-free ones for the floor, and all of them for the site's threshold; nothing is analysed
calibrate-other-record = { $slide }: analysed again since it was signed; left out until it is read again
calibrate-other-bundle = { $slide }: analysed with another model; left out
calibrate-not-whole = { $slide }: not every field was looked at and not every suspect judged; left out
calibrate-no-balance = No site threshold, { $film }: too few parasites on slides that were read as a whole (at least: { $parasites }), or more of them missed than false at every score.
calibrate-threshold = Site threshold, { $film }: { $score } (the model's own: { $own }). On the slides read ({ $slides }; parasites: { $parasites }) false from there on: { $false }, missed: { $missed }.
calibrate-threshold-use = The site threshold is used only with --site-threshold beside --floor; the record says so.
cli-calibrate-about = Measure the site's false-positive floor on slides known to hold no parasite
cli-calibrate-arg-slides = Folders of photographs, one for each slide that is known to hold no parasite
cli-calibrate-arg-out = File for the floor
calibrate-slide = { $slide }, { $film }: { $parasites } false { $parasites_are ->
    [one] parasite
   *[other] parasites
    } on { $cells } { $cells_are ->
    [one] cell
   *[other] cells
    }
calibrate-thick = Thick film: false parasites per 200 white cells: { $rate }, standard deviation between slides { $spread }; { count-slides }, { $cells } white { $cells_are ->
    [one] cell
   *[other] cells
    }, bundle { $bundle }.
calibrate-thin = Thin film: red cells wrongly called infected per 1,000: { $rate }, standard deviation between slides { $spread }; { count-slides }, { $cells } red { $cells_are ->
    [one] cell
   *[other] cells
    }, bundle { $bundle }.
calibrate-written = Written to { $file }. Use it with --floor { $file }, or with floor = "…" in slide.toml.
calibrate-twice = { $slide }: given twice; a slide counts once
calibrate-left-out = { $slide }: not part of the floor: { $images }; hemozoin analyze says what is wrong with them
calibrate-without-cells = { $slide }: no cell was counted in fit fields; this slide is left out
cli-selftest-about = Check this build on drawn fields whose contents are known: exit code 0 where all holds, 1 where not
cli-selftest-arg-format = How the checks are printed
selftest-bundle = the bundle's weights are the declared ones
selftest-drawing = the drawn fields are those of the release
selftest-found = { $class } found on the drawn fields, F1 at least { $expected }
selftest-threads = one thread and several give the same bytes
selftest-passed = holds
selftest-failed = DOES NOT HOLD
selftest-line = { $verdict }: { $film }, { $check } ({ $found })
selftest-line-expected = { $verdict }: { $film }, { $check }: expected { $expected }, found { $found }
selftest-sound = All checks hold ({ $checks }): this build does what the release does.
selftest-unsound = Checks that do not hold: { $failed } of { $checks }. Do not use this build; install it again and tell its makers.
