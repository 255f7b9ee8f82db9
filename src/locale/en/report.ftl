report-title = Slide { $slide }
report-blood-taken = Blood taken: { $value }
report-reader = Reader: { $value }
report-stain = Stain: { $value }
report-objective = Objective: { $value }
report-preliminary = Preliminary result: it counts once a reader has checked and signed it.
report-reader-line = Checked by: ____________________   Date: ____________   Signature: ____________________
report-heading-result = RESULT
report-heading-thick = THICK FILM
report-heading-thin = THIN FILM
report-heading-next = WHAT TO DO NEXT
report-heading-remarks = REMARKS
report-heading-pictures = PICTURES
report-heading-basis = HOW IT WAS READ
report-from-thick = Reported from the thick film.
report-from-thin = Reported from the thin film.

report-species-falciparum = P.{"\u00A0"}falciparum
report-species-vivax = P.{"\u00A0"}vivax
report-species-malariae = P.{"\u00A0"}malariae
report-species-ovale = P.{"\u00A0"}ovale
report-species-knowlesi = P.{"\u00A0"}knowlesi
report-stage-rings = rings
report-stage-trophozoites = trophozoites
report-stage-schizonts = schizonts
report-stage-gametocytes = gametocytes
report-stages = ({ $list })
report-basis-default = default
report-basis-measured = measured
report-interval = { $level } % CI { $low }–{ $high }

report-positive = { $species } seen { $stages }.
report-thick-density = { $density } asexual parasites/µL ({ $interval }), { $parasites } { $parasites_are ->
    [one] parasite
   *[other] parasites
    } per { $wbc } WBC, { $per_ul } WBC/µL ({ $basis }).
report-thin-percent = Parasitaemia { $percent } % of red cells ({ $interval } %), { $infected } infected of { $rbc } red cells.
report-thin-density = That is { $density }/µL ({ $interval }) at { $per_ul } red cells/µL ({ $basis }).
report-no-parasites-seen = No malaria parasites seen in { $fields } thick-film fields ({ $volume } µL of blood). Does not exclude malaria; repeat if suspected.
report-insufficient-fields = No parasites so far; examination incomplete: { $fields } more { $fields_are ->
    [one] field
   *[other] fields
    }, { $wbc } more WBC.
report-provisional-count = Parasites seen; provisional density { $density }/µL ({ $interval }); count { $wbc } more WBC.
report-gametocytes-only-thick = Gametocytes seen, no asexual parasites in { $fields } { $fields_are ->
    [one] field
   *[other] fields
    }.
report-gametocytes-only-thin = Gametocytes seen, no asexual parasites in { $rbc } red cells.
report-review-required = Suspect objects in rejected fields: to be read by a person.
report-not-calculable-positive = Parasites seen; density not calculable.
report-not-calculable = Not calculable: no red cell was counted.
report-not-readable = Film not readable: repeat.
report-short-count = Parasitaemia { $percent } % on { $rbc } red cells ({ $interval } %); count { $need } more.
report-too-few-rbc = Parasites seen; too few red cells ({ $rbc }) for a percentage.
report-no-parasite-in-examined-rbc = No parasite in { $rbc } red cells (upper limit { $upper } %); a thin film alone does not conclude.

report-counting-error-thick = The interval covers counting error only; an assumed white cell count adds a systematic error.
report-counting-error-thin = The interval covers counting error only; an assumed red cell count adds a systematic error to the density.
report-counting-error = The interval covers counting error only.
report-counted-thick = Counted: { $parasites } asexual { $parasites_are ->
    [one] parasite
   *[other] parasites
    } and { $wbc } white cells in { $fields } of { $valid } valid fields; { $reason }.
report-counted-thin = Counted: { $infected } infected of { $rbc } red cells in { $fields } { $fields_are ->
    [one] field
   *[other] fields
    }.
report-reason-checkpoint = the count ended at the checkpoint, with enough parasites
report-reason-wbc-limit = the count ended at the last number of white cells of the rule
report-reason-parasite-limit = the count ended at the parasite limit
report-reason-all-fields = every valid field is part of the count
report-reason-totals-only = only totals are known
report-examined = Blood examined: { $volume } µL. A density of { $limit }/µL would have been found in it with 95 % probability, film loss and reading error left aside.
report-multiply-infected = Parasites inside red cells: { $parasites } in { $infected } infected cells.
report-gametocytes-thick = Gametocytes: { $count } ({ $density }/µL), counted apart.
report-gametocytes-thin = Gametocytes: { $count }, counted apart.
report-implied = { $count } of the red cells were not seen themselves, but must surround a parasite that was.

report-flag-checkpoint-unknown = The order of the fields is not known, so nobody can tell whether the checkpoint was met in time.
report-flag-checkpoint-missed = The parasites passed the checkpoint number only after the checkpoint; the count goes on to the last number of white cells.
report-flag-parasite-limit-stop = The count ended early at the parasite limit.
report-flag-late-positive = The first parasite came late; every valid field is part of the count.
report-flag-recommend-thin = Many parasites: the thin film gives the better count.
report-flag-low-wbc-per-field = Few white cells per field: small frame, thin or badly stained film, or few white cells in the blood.
report-flag-rejected-candidates = There are suspect objects in pictures that were left out; look at them.
report-flag-asexual-search-incomplete = Not enough was examined to say that there are no asexual parasites.
report-flag-fields-unknown = The number of fields is not known.
report-flag-short-count = Fewer red cells than the rule asks for.
report-flag-within-false-positive-floor = So few objects can be errors of the program: to be read by a person before anything is reported.
report-flag-straddles = The interval contains { $limit } %: whether that limit is passed cannot be told from this count.

report-next-wbc = Count { $wbc } more white { $wbc_are ->
    [one] cell
   *[other] cells
    }, about { $fields } more { $fields_are ->
    [one] field
   *[other] fields
    } of the thick film.
report-next-wbc-only = Count { $wbc } more white { $wbc_are ->
    [one] cell
   *[other] cells
    } on the thick film.
report-next-fields = Photograph { $fields } more { $fields_are ->
    [one] field
   *[other] fields
    } of the thick film.
report-next-rbc = Count { $rbc } more red { $rbc_are ->
    [one] cell
   *[other] cells
    } on the thin film.
report-next-thin = Photograph the thin film too.
report-next-thick = Photograph the thick film too: a thin film alone does not show that there are no parasites.
report-next-repeat = If malaria stays suspected, examine a new film after 12 to 24 hours.
report-next-review = A reader looks at the marked pictures of the fields that were left out.
report-next-retake = Take the pictures again that were left out (see below).
report-next-sign = A reader checks the marked pictures and signs.

report-pictures-all = { $all } { $all_are ->
    [one] picture
   *[other] pictures
    }, all counted.
report-pictures = { $all } { $all_are ->
    [one] picture
   *[other] pictures
    }: { $counted } counted, { $left_out } left out, { $unread } not read.
report-left-out = Left out, { $reason }: { $names }
report-left-out-copy = the same picture as { $of }
report-left-out-scale = the scale is not known: give --um-per-px, or um_per_px in slide.toml
report-unread = Not read: { $name }: { $reason }
report-picture-note = { $note }: { $names }
report-passed-over = Passed over: { $list }

report-scale = Scale, { $film }: { $scale } µm per pixel, { $basis }.
report-scale-given = as given
report-scale-file = read from the picture file
report-scale-red-cells = estimated from { $cells } red cells (spread { $spread } %)
report-scale-white-cells = estimated from { $cells } white cell nuclei (spread { $spread } %); this is weak, give --um-per-px
report-scale-disc = estimated from the eyepiece disc alone; this is very weak, give --um-per-px
report-bundle = Model, { $film }: { $name } { $version } (digest { $digest }).
report-profile = Rules: { $name }, version { $version } (digest { $digest }).
report-profile-own = Own values were laid over the rules.
report-program = Program: { $name } { $version }. It looks for parasites and does not tell species apart.

report-mark-title-thick = thick film
report-mark-title-thin = thin film
report-mark-counted = counted
report-mark-left-out = LEFT OUT: { $reasons }
report-mark-copy = same picture as { $of }
report-mark-no-scale = scale not known
report-mark-found-thick = { $parasites } P, { $gametocytes } G, { $wbc } W
report-mark-found-thin = { $infected } infected of { $rbc } red cells, { $gametocytes } G
report-mark-letter-asexual-parasite = P
report-mark-letter-gametocyte = G
report-mark-letter-white-cell = W
report-mark-letter-red-cell = R
report-mark-letter-platelet = T
report-mark-legend-asexual-parasite = P parasite
report-mark-legend-gametocyte = G gametocyte
report-mark-legend-white-cell = W white cell
report-mark-legend-red-cell-infected = infected red cell
report-mark-legend-red-cell = red cell
report-mark-legend-platelet = T platelet
report-mark-legend-disc = examined disc
report-mark-legend-score = number: probability
report-picture-changed = the picture was changed while the slide was read; run again
