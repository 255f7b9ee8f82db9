# What a result says (falciparum standard, section 9). Numbers come formatted.
subject-unknown = Malaria parasites
subject-falciparum = P. falciparum
subject-vivax = P. vivax
subject-malariae = P. malariae
subject-ovale = P. ovale
subject-knowlesi = P. knowlesi
basis-default = assumed
basis-measured = measured
count-fields = { $fields } { $fields_are ->
    [one] field
   *[other] fields
    }
count-thick-fields = { $fields } { $fields_are ->
    [one] thick-film field
   *[other] thick-film fields
    }
count-need-fields = { $need_fields } { $need_fields_are ->
    [one] more field
   *[other] more fields
    }
count-parasites = { $parasites } { $parasites_are ->
    [one] parasite
   *[other] parasites
    }
count-wbc = { $wbc } { $wbc_are ->
    [one] white cell
   *[other] white cells
    }
count-need-wbc = { $need_wbc } more WBC
count-rbc = { $rbc } { $rbc_are ->
    [one] red cell
   *[other] red cells
    }
count-need-rbc = { $need_rbc } { $need_rbc_are ->
    [one] more red cell
   *[other] more red cells
    }
count-infected = { $infected } { $infected_are ->
    [one] infected red cell
   *[other] infected red cells
    }
count-density = { $density } { $density_are ->
    [one] asexual parasite/µL
   *[other] asexual parasites/µL
    }
count-slides = { $slides } { $slides_are ->
    [one] slide
   *[other] slides
    }
count-suspects = { $suspects } { $suspects_are ->
    [one] suspect object
   *[other] suspect objects
    }

state-positive-thick = { $subject } seen. { count-density } ({ $level } % CI { $low }–{ $high }), { $parasites } per { $wbc } WBC, { $wbc_per_ul } WBC/µL ({ $basis })
state-no-parasites-seen-thick = No malaria parasites seen in { count-thick-fields } ({ $volume } µL of blood). Does not exclude malaria; repeat if suspected
state-no-parasites-seen-totals-thick = No malaria parasites seen on the thick film: { count-wbc } ({ $volume } µL of blood). Does not exclude malaria; repeat if suspected
state-insufficient-fields-thick = No parasites so far; examination incomplete: { count-need-fields }, { count-need-wbc }
state-insufficient-fields-alone-thick = No parasites so far; examination incomplete: { count-need-fields }
state-insufficient-fields-wbc-thick = No parasites so far; examination incomplete: { count-need-wbc }
state-provisional-count-thick = { $subject } seen; provisional density { $density }/µL ({ $level } % CI { $low }–{ $high }), { $parasites } per { $wbc } WBC; count { count-need-wbc }
state-provisional-count-fields-thick = { $subject } seen; provisional density { $density }/µL ({ $level } % CI { $low }–{ $high }), { $parasites } per { $wbc } WBC; count { count-need-fields }
state-gametocytes-only-thick = Gametocytes seen, no asexual parasites in { count-fields }
state-gametocytes-only-totals-thick = Gametocytes seen, no asexual parasites beside { count-wbc }
state-gametocytes-only-thin = Gametocytes seen, no asexual parasites in { count-rbc }
state-review-required-thick = Suspect objects in rejected fields: to be read by a person
state-review-required-thin = Suspect objects in rejected fields: to be read by a person
state-not-calculable-thick = Parasites seen; density not calculable (no white cell counted)
state-not-calculable-thin = Parasites seen; parasitaemia not calculable (no red cell counted)
state-not-calculable-nothing-thin = No red cell counted; nothing can be said of this thin film
state-not-readable-thick = Film not readable: repeat
state-positive-thin = { $subject } seen. Parasitaemia { $percent } % ({ $level } % CI { $low }–{ $high } %), { $infected } of { count-rbc }; { $density }/µL at { $rbc_per_ul } red cells/µL ({ $basis })
state-short-count-thin = { $subject } seen. Parasitaemia { $percent } % ({ $level } % CI { $low }–{ $high } %) on { count-rbc }; count { count-need-rbc }
state-too-few-rbc-thin = Parasites seen; too few red cells for a percentage ({ $infected } infected of { $rbc }; count { count-need-rbc })
state-no-parasite-in-examined-rbc-thin = No parasite in { count-rbc } (upper limit { $high } %); a thin film alone does not conclude
state-suspects-to-review-thick = { count-suspects } in { count-fields }, beside { count-wbc }: to be judged by a reader
state-suspects-to-review-thin = { count-suspects } in { count-fields }, among { count-rbc }: to be judged by a reader
state-parasites-likely-thick = { count-suspects } in { count-fields }, beside { count-wbc }, more than this laboratory's false ones: to be judged by a reader
state-parasites-likely-thin = { count-suspects } in { count-fields }, among { count-rbc }, more than this laboratory's false ones: to be judged by a reader
state-no-suspect-found-thick = No suspect object in { count-fields } ({ $volume } µL of blood): to be confirmed by a reader
state-no-suspect-found-thin = No suspect object in { count-rbc } (upper limit { $high } %): to be confirmed by a reader; a thin film alone does not conclude
state-review-incomplete-thick = Review incomplete: { count-suspects }, of which judged { $judged }, confirmed { $confirmed }
state-review-incomplete-thin = Review incomplete: { count-suspects }, of which judged { $judged }, confirmed { $confirmed }
state-review-incomplete-positive-thick = Parasites seen; review incomplete: { count-suspects }, of which judged { $judged }, confirmed { $confirmed }
state-review-incomplete-positive-thin = Parasites seen; review incomplete: { count-suspects }, of which judged { $judged }, confirmed { $confirmed }
state-review-incomplete-fields-thick = No parasite among the suspect objects; the fields themselves are still to be looked at
state-review-incomplete-fields-thin = No parasite among the suspect objects; the fields themselves are still to be looked at

outcome-gametocytes = Gametocytes: { $count } ({ $density }/µL)
outcome-gametocytes-alone = Gametocytes: { $count }
outcome-gametocyte-cells = Red cells with gametocytes: { $count }
outcome-species = { $subject }: { count-density }
outcome-upper-limit = Upper limit when none is seen: { $high }/µL; { $detected }/µL would have been met with 95 % probability
outcome-whole-series = Over all valid fields ({ $fields }): { $density }/µL (information; not the reported value)
outcome-caveat = The interval covers counting error only; an assumed white or red cell count adds a systematic error that may be larger
outcome-profile = Rules: { $name }, version { $version }, digest { $digest }
outcome-alert-severe = URGENT: parasitaemia above the limit of hyperparasitaemia; tell the clinician now
outcome-alert-severe-percent = URGENT: parasitaemia of at least { $percent } %, above the limit of hyperparasitaemia ({ $limit } %); tell the clinician now
outcome-alert-severe-density = URGENT: parasite density of at least { $density }/µL; tell the clinician now
outcome-alert-urgent-review = URGENT, TO BE READ NOW: the suspect objects, if confirmed, pass the limit of hyperparasitaemia
outcome-alert-urgent-review-percent = URGENT, TO BE READ NOW: if the suspect objects are confirmed, at least { $percent } % of the red cells are infected (limit of hyperparasitaemia { $limit } %)
outcome-alert-urgent-review-density = URGENT, TO BE READ NOW: if the suspect objects are confirmed, the density is at least { $density }/µL
outcome-at-least = Density by the confirmed parasites alone: at least { $density }/µL
outcome-if-confirmed-thick = If all are confirmed: { count-density } ({ $level } % CI { $low }–{ $high })
outcome-if-confirmed-thin = If all are confirmed: parasitaemia { $percent } % ({ $level } % CI { $low }–{ $high } %), which is { $density }/µL
outcome-if-confirmed-few = If all are confirmed: { $infected } infected of { count-rbc }, too few for a percentage
outcome-if-confirmed-gametocytes = If all are confirmed: gametocytes { $gametocytes }, no asexual form
outcome-if-confirmed-also = Likewise, if all are confirmed: { $said }
outcome-if-confirmed-none = If all are confirmed: density not calculable
outcome-plus = Plus grade: { $grade }
outcome-plus-insufficient-fields = Plus grade: too few fields
outcome-trape = Class by Trape: { $class }
outcome-trape-insufficient-fields = Class by Trape: too few fields
outcome-trape-not-calculable = Class by Trape: no white cell counted
outcome-floor-exceeds = False marks measured in this laboratory ({ count-slides }): expect { $expected }; marked here: { $count }, clearly more (p { $p })
outcome-floor-within = False marks measured in this laboratory ({ count-slides }): expect { $expected }; marked here: { $count }; clearly more from { $smallest } on (p { $p })
outcome-severity-thin = Parasitaemia { $percent } %
outcome-severity-thin-provisional = Parasitaemia { $percent } % (provisional count)
outcome-severity-thick-measured-rbc = Parasitaemia { $percent } % from the thick film and the measured red cells
outcome-severity-thick-assumed-rbc = Parasitaemia would be { $percent } % if the patient had { $rbc_per_ul } red cells/µL
severity-limit = { $limit } % ({ $authorities })
severity-limit-crossed-exclusive = above { $limits }
severity-limit-crossed-inclusive = at or above { $limits }
severity-limit-crossed-exclusive-open = above { $limits }, though the interval does not exclude the contrary
severity-limit-crossed-inclusive-open = at or above { $limits }, though the interval does not exclude the contrary
severity-limit-indeterminate = the count does not tell yet whether it passes { $limits }
severity-knowlesi = P. knowlesi above { $limit }/µL
authority-who = WHO
authority-cdc = US CDC
authority-uk = United Kingdom
authority-france = France
authority-own = this laboratory

flag-checkpoint-unknown = Totals only: it is not known whether the first checkpoint was met in time
flag-checkpoint-missed = The parasites passed the checkpoint number only after the checkpoint; the count has to go on
flag-parasite-limit-stop = The count ended at the parasite limit
flag-late-positive = The first parasite came late: all fields were counted
flag-recommend-thin = Very many parasites: the thin film gives the better count
flag-low-wbc-per-field = Few white cells per field: small frame, thin or badly stained film, or leucopenia
flag-rejected-candidates = Suspect objects stand in rejected fields; they were not counted
flag-asexual-search-incomplete = The search for asexual forms is not complete
flag-fields-unknown = The number of fields examined was not given
flag-other = A remark of a newer program ({ $code })
flag-short-count = Fewer red cells than the rule asks for
flag-straddles = The interval contains { $limit } %: indeterminate at this count
flag-read-by-sample = Read by a random sample of the suspect objects; the others were not looked at

advice-tell-clinician-now = Tell the clinician now
advice-other = A newer program advises something here that this one does not know ({ $code }); open the record with it
advice-read-now = Read this film now, before the others
advice-judge-suspects = Judge { count-suspects }: hemozoin review
advice-look-at-fields = Look at the fields themselves before anything is concluded: hemozoin review
advice-read-by-person = Have the suspect objects read by a person
advice-examine-more = Examine { $fields } { $fields_are ->
    [one] more field
   *[other] more fields
    } and { $wbc } { $wbc_are ->
    [one] more white cell
   *[other] more white cells
    }
advice-examine-more-fields = Examine { $fields } { $fields_are ->
    [one] more field
   *[other] more fields
    }
advice-examine-more-wbc = Examine { $wbc } { $wbc_are ->
    [one] more white cell
   *[other] more white cells
    }
advice-count-more-wbc = Count { $wbc } { $wbc_are ->
    [one] more white cell
   *[other] more white cells
    }, with the parasites of the same fields
advice-count-more-wbc-fields = Count { $wbc } { $wbc_are ->
    [one] more white cell
   *[other] more white cells
    }, with the parasites of the same fields (about { count-fields })
advice-count-more-fields = Count { $fields } { $fields_are ->
    [one] more field
   *[other] more fields
    }
advice-count-more-rbc = Count { $rbc } { $rbc_are ->
    [one] more red cell
   *[other] more red cells
    }
advice-count-wbc = Count the white cells of the same fields
advice-count-rbc = Count the red cells of the same fields
advice-give-fields = Give the number of fields examined
advice-repeat-film = Make a new film and read it
advice-read-thin-film = Read the thin film
advice-read-thick-film = Read a thick film: a thin film alone does not rule malaria out
advice-repeat-if-suspected = If malaria stays suspected, repeat the films after 12 to 24 hours, { $films } { $films_are ->
    [one] time
   *[other] times
    } in all
advice-search-second-species = Examine { $fields } { $fields_are ->
    [one] further field
   *[other] further fields
    } for a second species
advice-measure-wbc = Measure the patient's white cells
advice-measure-rbc = Measure the patient's red cells, or read the thin film, before a percentage is used

final-rule-mean-of-two = mean of the two readings
final-rule-third-reading-needed = a third reading is needed
final-rule-mean-of-two-closest = mean of the two closest readings
final-rule-mean-of-three = mean of all three readings
final-rule-negative-by-majority = no parasites, by majority
final-rule-mean-of-two-positive = mean of the two positive readings
readers-difference = Difference: { $percent } % of the mean { $mean }/µL; rule { $rule }
readers-presence-discordant = Presence is discordant
readers-species-discordant = Species are discordant
readers-final = Final density: { $density }/µL ({ $rule })
readers-none = No final density: { $rule }

competence-detection = Detection: { $hits } of { $of }, { $percent } % ({ $low }–{ $high } %), level { $level }
competence-species = Species: { $hits } of { $of }, { $percent } % ({ $low }–{ $high } %), level { $level }
competence-count = Counts within the tolerance: { $hits } of { $of }, { $percent } % ({ $low }–{ $high } %), level { $level }
competence-false-positive = False positives: { $hits } of { $of }, { $percent } % ({ $low }–{ $high } %)
competence-false-negative = False negatives: { $hits } of { $of }, { $percent } % ({ $low }–{ $high } %)
competence-overall = Overall level: { $level }

response-class-ETF = early treatment failure
response-class-LCF = late clinical failure
response-class-LPF = late parasitological failure
response-class-ACPR = adequate clinical and parasitological response
response-class-Unclassified = not classified
response-reason-early-danger = danger signs with parasites on days 1 to 3
response-reason-day2-above-day0 = density on day 2 above day 0
response-reason-day3-fever = parasites on day 3 with fever
response-reason-day3-fraction = too many parasites left on day 3
response-reason-late-danger = danger signs with parasites from day 4
response-reason-late-fever = fever with parasites from day 4
response-reason-late-parasitaemia = parasites without fever from day 7
response-reason-clear-on-last-day = no parasites on the last day
response-reason-lost = no visit on the last day
response-sentence = { $code }, { $class }: { $reason } (day { $day })
response-sentence-lost = { $code }, { $class }: { $reason }

error-profile-reserved = the profile { $name } has no numbers yet; unknown is { $missing }. Ask the laboratory, then write its numbers into a profile file of your own
error-profile-unknown = there is no profile { $name }; the known ones are { $known }
error-profile-unknown-key = { profile-place } is not a key of a profile
error-profile-type = { profile-place } cannot take this value ({ $reason }); it was { $before }
error-profile-section = { profile-place } must be a section
error-profile-name = { profile-place } must be a word of 1 to 100 bytes
error-profile-version = { profile-place } must be a whole number from 0 up
error-profile-head = { profile-place } takes name and version, not { $key }
error-profile-syntax = line { $line }, column { $column } is not TOML ({ $reason })
profile-place = { $line ->
    [none] { $place }
   *[other] line { $line }: { $place }
    }
error-profile-within = { profile-place } must lie between { $low } and { $high }
error-profile-at-most = { profile-place } must not be above { $high }
error-profile-above-zero = { profile-place } must be above 0 and not above { $high }
error-profile-extend = { profile-place } must be 0, or above thick.checkpoint_wbc and not above { $high }
error-profile-some-blood = { profile-place } must not be 0 where min_volume_ul and min_wbc are 0 too: some blood must be examined
error-profile-rising = { profile-place } must rise from class to class
error-profile-falling = { profile-place } must fall from level to level, within 0 to 100
error-profile-short-list = { profile-place } must hold at most 16 values, each above 0 and not above 100
error-profile-languages = { profile-place } must name fr, en or both
error-profile-unfit = { profile-place } does not form a profile with the rest ({ $reason })
error-profile-outside = { profile-place } is a value outside any section
error-wbc-per-ul = { $value } white { $value_are ->
    [one] cell
   *[other] cells
    } per µL cannot be; give { $low } to { $high }
error-rbc-per-ul = { $value } red { $value_are ->
    [one] cell
   *[other] cells
    } per µL cannot be; give { $low } to { $high }
error-zero-fields = parasites or cells were counted in 0 fields: give the number of fields examined, or leave it out
error-species-exceed = { $named } { $named_are ->
    [one] parasite is
   *[other] parasites are
    } named by species, but only { $asexual } asexual { $asexual_are ->
    [one] parasite was
   *[other] parasites were
    } counted
error-thin-parasites = { $infected } infected { $infected_are ->
    [one] cell
   *[other] cells
    } cannot hold only { count-parasites }
error-thin-exceed = infected and gametocyte cells ({ $infected }) exceed the red cells counted ({ $counted }), which include them
error-fields-block = { $block } is not a block of fields; write COUNTxP:W, COUNTxP:W:G or COUNTx!P:W
error-fields-limit = too many fields for one film: the limit is { $limit }
error-visit = { $text } is not a visit; write day:density:temperature:danger, such as 3:0:36.5:0
error-day0 = day 0 shows no asexual parasites, so there is no response to class
error-follow-up = the follow-up is too short; give 28 or 42 days
error-visit-day0 = day 0 stands among the visits; give it as the day-0 density
error-visit-twice = two visits stand on one day; leave one
error-visit-temperature = that temperature cannot be; give 25 to 45 °C
error-floor-rates = a false-positive floor needs at least one slide and one cell, and a mean and spread from 0 up
error-floor-few = { count-slides } { $slides_are ->
    [one] is
   *[other] are
    } too few for a floor: give at least { $wanted }, each known to hold no parasite
error-floor-cells = slide { $slide } has no cell counted and cannot measure a floor: leave it out
error-judged = suspects judged: { $judged }, confirmed: { $confirmed }, in all: { $suspects }; that cannot be
error-on-line = line { $line }: { $reason }
error-grade-column = the column { $column } is missing
error-grade-number = { $column } is { $value }, which is not a whole number from 0 up
error-grade-flags = these counts do not belong together: for a thick film give --fields with blocks, or --parasites and --wbc-counted; for a thin film --infected-rbc and --rbc-counted
error-grade-half = --{ $given } is given without --{ $missing }: a film is graded from both; give both, or leave both out
error-grade-other-film = --{ $given } belongs to the other film: leave it out, or name no film to grade both
error-grade-blocks = blocks of fields already hold parasites, white cells and gametocytes (COUNTxP:W:G): leave --{ $given } out
error-competence-empty = the panel holds no slide: give one a line below the heading
error-not-a-number = "{ $value }" is not a number
error-not-a-species = "{ $value }" is not a species; the known ones are { $known }
error-table = line { $line } is not CSV ({ $reason })
error-table-length = line { $line } has { $found } cells, the heading { $wanted }: write one cell for each column
error-table-encoding = line { $line } is neither UTF-8 nor Windows-1252 text: save the table as CSV in UTF-8
error-table-number = { $column } is { $value }, which is not a number

cli-grade-about = Grade counts made by a person or another program: counts in, result out
cli-grade-arg-film = Which film was counted
cli-grade-arg-parasites = Asexual parasites counted (thick film)
cli-grade-arg-wbc-counted = White cells counted in the same fields (thick film)
cli-grade-arg-fields = Valid thick-film fields examined: a number, or the fields in order in blocks COUNTxP:W[:G] (COUNTx!P:W for rejected ones), or - to read the blocks from standard input
cli-grade-arg-wbc-per-ul = The patient's white cells per µL (default: the profile's)
cli-grade-arg-gametocytes = Gametocytes counted; red cells with gametocytes on a thin film
cli-grade-arg-infected-rbc = Infected red cells counted (thin film)
cli-grade-arg-rbc-counted = All red cells counted, infected ones included (thin film)
cli-grade-arg-rbc-per-ul = The patient's red cells per µL (default: the profile's)
cli-grade-arg-species = Species seen
cli-grade-arg-profile = Rule profile
cli-grade-arg-profile-file = Your own values over the profile's (TOML)
cli-grade-arg-severity = Whose severity limit is shown (default: the profile's)
cli-grade-arg-format = Form of the result
cli-grade-arg-input = CSV of many counts, one a line; - reads standard input
cli-readers-about = Compare two or three readings of one slide and give the final density
cli-readers-arg-densities = Densities per µL of the first, second and, where made, third reading; 0 for no parasites seen
cli-readers-arg-rule = When a third reading is needed (default: the profile's rule)
cli-readers-arg-profile = Rule profile
cli-readers-arg-profile-file = Your own values over the profile's (TOML)
cli-readers-arg-format = Form of the result
cli-readers-arg-input = CSV of many slides with columns id, reader_a, reader_b, reader_c; - reads standard input
cli-competence-about = Score a reader on a panel of slides
cli-competence-arg-input = CSV with columns true_positive, true_species, true_density, reader_positive, reader_species, reader_density; - reads standard input
cli-competence-arg-profile = Rule profile
cli-competence-arg-profile-file = Your own values over the profile's (TOML)
cli-competence-arg-format = Form of the result
cli-response-about = Class the response to treatment from a series of visits
cli-response-arg-day0 = Asexual density per µL on day 0
cli-response-arg-visits = Visits day:density:temperature:danger, such as 3:0:36.5:0
cli-response-arg-follow-up = Days of follow-up
cli-response-arg-profile = Rule profile
cli-response-arg-profile-file = Your own values over the profile's (TOML)
cli-response-arg-format = Form of the result
cli-response-arg-input = CSV of many patients with columns id, d0_density, visits, followup_days; - reads standard input
error-not-a-film = "{ $value }" is not a film; write thick (goutte-epaisse, ge) or thin (frottis, fm)
error-two-numbers = "{ $value }" is { $thousands } in one country and { $whole }.{ $part } in another; write { $thousands } or { $whole }.{ $part }
error-two-days = "{ $value }" is { $day_first } in one country and { $month_first } in another; write { $day_first } or { $month_first }
error-table-quote = a quotation mark (") is opened on line { $line } and never closed; close it or take it out
error-table-column-twice = line { $line }: two columns are called { $column }; leave one, or give the other another name
error-table-answer = { $column } is { $value }; write yes or no (oui, non, 1, 0)
