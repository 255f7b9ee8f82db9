quiz-title = Training corner
quiz-about = Slides to be read for practice or for an examination. They are drawn by this program, or were signed by readers; what is answered here is kept apart and never becomes part of a patient's record.
quiz-trainee = Name of the trainee
quiz-course = Course
quiz-course-practice = Practice
quiz-course-who-55 = 55 slides in the manner of WHO's examination
quiz-course-signed = Slides that readers signed
quiz-course-line = { $name }: { $slides } { $slides_are ->
    [one] slide
   *[other] slides
 }, { $things } { $things_are ->
    [one] single thing
   *[other] single things
 }; { $when }
quiz-shown-each = what was right is shown after each answer
quiz-shown-end = what was right is shown at the end
quiz-begin = Begin, or go on
quiz-kept = Answers are kept in
quiz-slide = Slide
quiz-thing = The thing that is asked
quiz-question = Question

quiz-ask-detection = { $film }: are there malaria parasites?
quiz-ask-count = { $film }: how many parasites? Count asexual parasites and white cells in the same fields, until the rule lets you stop.
quiz-ask-both = { $film }: are there parasites, and how many? Count asexual parasites and white cells in the same fields, until the rule lets you stop.
quiz-ask-crop = { $film }: what lies in the middle?

quiz-key-undo = undo
quiz-key-next = next field
quiz-key-previous = field before
quiz-key-seen = parasites seen
quiz-key-none = none seen
quiz-key-hand-in = hand in

quiz-page-failed = That did not work. Load the page again.
quiz-page-no-server = The program does not answer. See whether its window is still open.
quiz-page-not-written = Not kept yet: the program does not answer. Hand it in again.
quiz-page-question = Question
quiz-page-field = Field
quiz-page-fields = Fields
quiz-page-ring = ring
quiz-page-trophozoite = trophozoite
quiz-page-schizont = schizont
quiz-page-gametocyte = gametocyte
quiz-page-white-cell = white cell
quiz-page-platelet = platelet
quiz-page-nothing = none of these
quiz-page-parasite = parasite
quiz-page-counted = Counted
quiz-page-this-field = this field
quiz-page-all-fields = all fields
quiz-page-in-this-field = in this field
quiz-page-asexual = asexual parasites
quiz-page-looked = fields looked at:
quiz-page-seen = Parasites seen (A)
quiz-page-none = None seen (R)
quiz-page-hand-in = Hand in
quiz-page-next-question = Next question
quiz-page-to-result = Result
quiz-page-result = Result
quiz-page-right = Right
quiz-page-wrong = Not right
quiz-page-kept = Kept
quiz-page-pointing = Keys 1 to 5 count; with the pointer over a thing they mark it, too. A click marks what is chosen here; a click on a mark takes it away.
quiz-page-fit = whole field
quiz-page-previous = Field before (P)
quiz-page-next = Next field (N)
quiz-page-undo = Undo (U)
quiz-page-legend-found = found
quiz-page-legend-missed = missed
quiz-page-legend-confused = called something else
quiz-page-legend-nothing = nothing there
quiz-page-legend-there = there
quiz-page-off-fields = Fields that differ
quiz-page-sheet = Result sheet (PDF)
quiz-page-print = Result sheet to print
quiz-page-questions = Questions
quiz-page-again = Another sitting
quiz-page-open = open
quiz-page-drawing = The field is being drawn …

quiz-right-positive = Presence: right, there are parasites.
quiz-right-negative = Presence: right, there are no parasites.
quiz-missed = Presence: not right; there are parasites, and none were reported.
quiz-invented = Presence: not right; there are no parasites, and some were reported.
quiz-density = On the slide: { $density } per µL.
quiz-count-within = Counted { $counted } per µL; on the slide { $density } per µL: within { $tolerance } %.
quiz-count-off = Counted { $counted } per µL; on the slide { $density } per µL: not within { $tolerance } %.
quiz-count-none = Nothing was counted; on the slide { $density } per µL.
quiz-count-short = The rule asks for { $cells } more { $cells_are ->
    [one] white cell
   *[other] white cells
 }: with fewer, chance alone can lead a count astray.
quiz-field-off = field { $field }: { $there } there, { $counted } counted
quiz-fields-off = Parasites: { $list }.
quiz-fields-off-more = Parasites: { $list }, and { $more } more { $more_are ->
    [one] field
   *[other] fields
 }.
quiz-crop-right = Right: { $thing }.
quiz-crop-wrong = It is: { $thing }. The answer was: { $said }.
quiz-things = Single things named rightly: { $hits } of { $of }, { $percent } % ({ $low }–{ $high } %)
quiz-not-complete = Questions answered: { $answered } of { $questions }; no level yet

quiz-sheet-title = Result sheet of a training course
quiz-sheet-status = Training: no slide of this sheet is reported on a patient.
quiz-sheet-trainee = Trainee:
quiz-sheet-course = Course:
quiz-sheet-date = Begun:
quiz-sheet-seed = Number of the drawing:
quiz-sheet-answered = Answered:
quiz-sheet-answered-of = { $answered } of { $questions }
quiz-sheet-time = Time:
quiz-sheet-minutes = { $minutes } min
quiz-sheet-result = Result
quiz-sheet-missed = What was missed
quiz-sheet-question = Question { $number }: { $said }
quiz-sheet-rule = How it is scored
quiz-sheet-levels = Levels 1 (expert) to 4 by WHO's Malaria microscopy quality assurance manual, version 2: detection from { $detection } %, counts within { $tolerance } % from { $count } %. The level of all is the lowest of them. In brackets stand 95 % intervals: with few slides they are wide. Species and stages give no level here.
quiz-sheet-truth = The true count of a slide is that of all fields that were shown; the count of the trainee follows by the rule from his own tallies. Drawn slides show P. falciparum alone.
quiz-sheet-trainer = Trainer
quiz-sheet-made = { $program }, rules { $profile }
quiz-sheet-page = Trainee { $trainee }

quiz-column-trainee = Trainee
quiz-column-course = Course
quiz-column-began = Begun
quiz-column-answered = Answered
quiz-column-detection = Detection
quiz-column-count = Counts
quiz-column-things = Things
quiz-column-level = Level
quiz-share = { $percent } % ({ $hits }/{ $of })

error-quiz-course-toml = this course cannot be asked: line { $line }: { $reason }
error-quiz-course-name = this course cannot be asked: name: give one line of at most { $limit } { $limit_are ->
    [one] letter
   *[other] letters
 }
error-quiz-course-number = this course cannot be asked: questions asked: { $asked }; give 1 to { $limit }
error-quiz-course-fields = this course cannot be asked: fields is { $fields }; give 1 to { $limit }
error-quiz-course-thin = this course cannot be asked: ask: counts are asked of thick films, as competence asks them; give detection for a thin film
error-quiz-course-density = this course cannot be asked: parasites_per_ul: give 0, or one number or a range above 0, at most { $limit }
error-quiz-course-no-density = this course cannot be asked: parasites_per_ul: a drawn slide needs its density
error-quiz-course-no-count = this course cannot be asked: ask: a slide without parasites has no count
error-quiz-course-gametocytes = this course cannot be asked: gametocytes_per_ul: give 0 to { $limit }
error-quiz-course-stains = this course cannot be asked: stains and cameras: give at least one of each, or leave them out
error-quiz-course-nothing = this course cannot be asked: things: nothing is asked only of signed readings; the renderer knows no place where nothing is
error-quiz-course-empty = this course cannot be asked: parasites_per_ul is { $density }, fields is { $fields }: no parasite lies in so few fields; give more of them
error-quiz-course-unsigned = this course cannot be asked: it asks for signed readings; name the folder or the archive that holds them
error-quiz-course-few-slides = this course cannot be asked: slides of signed readings asked for: { $asked }; that fit: { $there }
error-quiz-course-few-crops = this course cannot be asked: crops of signed readings asked for: { $asked }; that fit: { $there }
error-quiz-no-result = there is no result here yet: run hemozoin analyze on this folder
error-quiz-not-signed = nobody has signed a slide here: hemozoin review is where readers sign
error-quiz-name = type a name of at most 80 letters
error-quiz-say = say first whether you see parasites (A) or none (R)
error-quiz-contradiction = you counted parasites, and say that there are none
error-quiz-answer = this answer does not fit its question; load the page again
error-quiz-answered = this question is answered already, and stays so
error-quiz-not-yet = what was right is shown once it was answered
error-quiz-no-question = there is no such question here; open the first page again
error-quiz-line = this line is no answer and is left out: { $reason }
error-quiz-lost = { $answers } { $answers_are ->
    [one] answer is
   *[other] answers are
 } of no sitting that is named here, and left out
error-quiz-results-inside = the results may not lie where patients' records do; choose another place with --results
error-quiz-no-home = the system names no folder of yours: say with --results where answers are kept
error-quiz-unknown-course = no course is called { $name }; there are { $known }, and files
