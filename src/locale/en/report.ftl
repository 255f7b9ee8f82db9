report-title = Slide { $slide }
report-blood-taken = Blood taken: { $value }
report-reader = Reader: { $value }
report-stain = Stain: { $value }
report-objective = Objective: { $value }
report-preliminary = Preliminary result: valid only once a reader has checked and signed it.
report-reader-line = Checked by: ________________  Date: ____________  Signature: ________________
report-heading-result = RESULT
report-heading-thick = THICK FILM
report-heading-thin = THIN FILM
report-heading-next = WHAT TO DO NEXT
report-heading-remarks = REMARKS
report-heading-pictures = PICTURES
report-heading-count = COUNT
report-heading-basis = HOW THIS WAS FOUND
report-from-thick = Reported from the thick film.
report-from-thin = Reported from the thin film.

report-stage-rings = rings
report-stage-trophozoites = older trophozoites
report-stage-schizonts = schizonts
report-stage-gametocytes = gametocytes
report-stages = Stages seen: { $list }
report-counted-thick = Counted: { $parasites } asexual { $parasites_are ->
    [one] parasite
   *[other] parasites
    } and { count-wbc } in { $fields } of { $valid } valid { $valid_are ->
    [one] field
   *[other] fields
    }; { $reason }.
report-counted-thin = Counted: { $infected } infected of { count-rbc } in { count-fields }.
report-reason-checkpoint = the count ended at the checkpoint, with enough parasites
report-reason-wbc-limit = the count ended at the last number of white cells of the rule
report-reason-parasite-limit = the count ended at the parasite limit
report-reason-all-fields = every valid field is part of the count
report-reason-totals-only = only totals are known
report-examined-thick = Blood examined: { $volume } µL. A density of { $limit }/µL would have been found in it with 95 % probability, film loss and reading error left aside.
report-examined-thin = Blood examined: { $volume } µL. A density of { $limit }/µL would have been found in it with 95 % probability, film loss and reading error left aside.
report-marked-thick = Marked by the program: asexual parasites { $asexual }, gametocytes { $gametocytes }, beside { count-wbc } in { count-fields }.
report-marked-thin = Marked by the program: infected red cells { $asexual }, red cells with gametocytes { $gametocytes }, among { count-rbc } in { count-fields }.
report-stages-marked = Stages proposed by the program: { $list }
report-false-marks-thick = False marks of the program, by its card, on thick films without malaria: on average { $mean } beside { $of } white cells.
report-false-marks-thin = False marks of the program, by its card, on thin films without malaria: on average { $mean } among { $of } red cells.
report-full-hint = Details (intervals, scales, models, digests): --full, or record.json.
report-multiply-infected = Parasites inside red cells: { $parasites } in { $infected } infected { $infected_are ->
    [one] cell
   *[other] cells
    }.
report-implied = Red cells not seen themselves that must surround a parasite seen: { $count }; they are counted.
report-cut = Cut by the edge of the picture and not counted, because a part is out of sight: { $count } { $count_are ->
    [one] red cell
   *[other] red cells
    }.
report-cut-counted = Cut by the edge of the picture, and counted because parasites were seen in them alone: { $count } { $count_are ->
    [one] red cell
   *[other] red cells
    }.

report-next-retake = Take the pictures again that were left out (see below).
report-next-recopy = Copy the files again that could not be read, or take these pictures again (see below).
report-next-sign = A reader checks the marked pictures and signs.

report-pictures-all = { $all } { $all_are ->
    [one] picture
   *[other] pictures
    }, all counted.
report-pictures = { $all } { $all_are ->
    [one] picture
   *[other] pictures
    }: counted { $counted }, left out { $left_out }, not read { $unread }.
report-left-out = Left out, { $reason }: { $names }
report-left-out-copy = the same picture as { $of }
report-left-out-repeat = the same field as { $of }, which is counted
report-left-out-scale = the scale is not known: give --um-per-px, or um_per_px in slide.toml
report-unread = Not read: { $name }: { $reason }
report-picture-note = { $note }: { $names }
report-passed-over = Passed over: { $list }
report-overlap = Overlap in part: { $pairs }. Cells seen in both pictures of a pair and counted once: { $cells }
report-overlap-pair = { $name } on { $with } ({ $share } %)
report-overlap-untold = An overlap of less than a fifth of a picture's side is not recognised: between two pictures, move the slide by a whole field.

report-site-threshold = Counted from this site's own score on, { $film }: { $score }.
report-scale = Scale, { $film }: { $scale } µm per pixel, { $basis }.
report-scale-given = as given
report-scale-file = read from the picture file
report-scale-red-cells = estimated from { $cells } red { $cells_are ->
    [one] cell
   *[other] cells
    } (spread { $spread } %)
report-scale-white-cells = estimated from { $cells } white cell { $cells_are ->
    [one] nucleus
   *[other] nuclei
    } (spread { $spread } %); this is weak, give --um-per-px
report-scale-disc = estimated from the eyepiece disc alone; this is very weak, give --um-per-px
report-scale-frame = guessed from the width of the picture, as cameras on a 100x objective frame it; this is the weakest ground, give --um-per-px
report-scale-other = a basis that a newer program knows
report-bundle = Model, { $film }: { $name } { $version } (digest { $digest }).
report-profile-own = Own values were laid over the rules.
report-program = Program: { $name } { $version }. It looks for parasites and does not tell species apart.

report-mark-title-thick = thick film
report-mark-title-thin = thin film
report-mark-counted = counted
report-mark-left-out = LEFT OUT: { $reasons }
report-mark-copy = same picture as { $of }
report-mark-repeat = same field as { $of }
report-mark-no-scale = scale not known
report-mark-found-thick = { $parasites } P, { $gametocytes } G, { $wbc } W
report-mark-found-thin = { $infected } infected of { count-rbc }, { $gametocytes } G
report-mark-legend-asexual-parasite = P parasite
report-mark-legend-gametocyte = G gametocyte
report-mark-legend-white-cell = W white cell
report-mark-legend-red-cell-infected = infected red cell
report-mark-legend-red-cell = red cell
report-mark-legend-red-cell-cut = red cell cut off, not counted
report-mark-legend-platelet = T platelet
report-mark-legend-disc = examined disc
report-mark-legend-score = number: probability
report-mark-number = { $number }: { $score }
report-mark-many = probabilities: see contact.html and detections.csv
report-mark-unnumbered = without a number, for want of free room: { $count } (see contact.html)
report-picture-changed = the picture was changed while the slide was read; run again
report-patient-id = Patient no.: { $value }
report-patient-name = Name: { $value }
report-age = Age: { $value }
report-sex = Sex: { $value }
report-ward = Ward: { $value }
report-order = Request no.: { $value }
report-specimen = Specimen no.: { $value }
report-site = Site: { $value }
report-read-on = Read on: { $value }
sex-female = female
sex-male = male
age-in-years = { $value } { $value_are ->
    [one] year
   *[other] years
    }
age-in-months = { $value } { $value_are ->
    [one] month
   *[other] months
    }

exchange-picture = Field with what the machine marked, before it was read
exchange-quality = pictures counted: { $counted } of { $all }
exchange-species = Plasmodium, species not determined
