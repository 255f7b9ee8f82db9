/* Everything that a caller can get wrong is an answer, never a crash. Prints one line where one is not. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hemozoin.h"

static int faults = 0;

static void expect(const char *what, HemozoinStatus wanted, HemozoinStatus status, HemozoinError **error) {
    char *english = hemozoin_error_message(*error, HEMOZOIN_LANGUAGE_ENGLISH);
    char *french = hemozoin_error_message(*error, HEMOZOIN_LANGUAGE_FRENCH);
    char *remedy = hemozoin_error_remedy(*error, HEMOZOIN_LANGUAGE_ENGLISH);
    char *advice = hemozoin_error_remedy(*error, HEMOZOIN_LANGUAGE_FRENCH);
    char *file = hemozoin_error_file(*error), *key = hemozoin_error_key(*error);
    /* Each language in its own words, but for what the rules' crate says in English alone. */
    int said = english && *english && french && *french && (status != HEMOZOIN_STATUS_USAGE || strcmp(english, french) != 0);
    said = said && remedy && *remedy && advice && *advice && strcmp(remedy, advice) != 0;
    if (status != wanted || hemozoin_error_status(*error) != status || (status != HEMOZOIN_STATUS_OK && !said)) {
        printf("%s: %d instead of %d (%s)\n", what, (int)status, (int)wanted, english ? english : "nothing said");
        faults++;
    }
    hemozoin_text_free(english);
    hemozoin_text_free(french);
    hemozoin_text_free(remedy);
    hemozoin_text_free(advice);
    hemozoin_text_free(file);
    hemozoin_text_free(key);
    hemozoin_error_free(*error);
    *error = NULL;
}

/* What an error says in both languages holds a word, and its key is as it should be. */
static void named(const char *what, const char *key, const char *word, HemozoinStatus status, HemozoinError **error) {
    char *english = hemozoin_error_message(*error, HEMOZOIN_LANGUAGE_ENGLISH);
    char *french = hemozoin_error_message(*error, HEMOZOIN_LANGUAGE_FRENCH);
    char *known = hemozoin_error_key(*error);
    int said = english && french && strstr(english, word) && strstr(french, word) && !strstr(english, "--") && !strstr(english, "new-slide");
    if (!said || !known || strcmp(known, key) != 0) {
        printf("%s: %s, %s, %s\n", what, known ? known : "no key", english ? english : "nothing", french ? french : "rien");
        faults++;
    }
    hemozoin_text_free(english);
    hemozoin_text_free(french);
    hemozoin_text_free(known);
    expect(what, HEMOZOIN_STATUS_USAGE, status, error);
}

static int past = 0;

static int watch(void *user, uint64_t done, uint64_t files) {
    (void)user;
    if (done > files) past++;
    return 0;
}

static int stop(void *user, uint64_t done, uint64_t files) {
    (void)files;
    *(int *)user += 1;
    return done == 0;
}

int main(void) {
    const HemozoinStatus usage = HEMOZOIN_STATUS_USAGE, fine = HEMOZOIN_STATUS_OK;
    HemozoinError *error = NULL;
    HemozoinEngine *engine = NULL;
    HemozoinSlide *slide = NULL;
    HemozoinRecord *record = NULL;
    char *text = NULL;
    const uint8_t noise[12] = {0xFF, 0xD8, 1, 2, 3};
    uint8_t pixels[64 * 48 * 3];
    memset(pixels, 200, sizeof pixels);

    /* Nothing is given, nothing is freed. */
    hemozoin_engine_free(NULL);
    hemozoin_slide_free(NULL);
    hemozoin_record_free(NULL);
    hemozoin_error_free(NULL);
    hemozoin_text_free(NULL);
    if (hemozoin_error_message(NULL, 0) || hemozoin_error_remedy(NULL, 0) || hemozoin_error_file(NULL) || hemozoin_error_key(NULL)) faults++;
    if (strlen(hemozoin_version()) < 5) faults++;

    expect("no profile of this name", HEMOZOIN_STATUS_PROFILE, hemozoin_engine_new("who-1066", NULL, &engine, &error), &error);
    expect("overrides that are no TOML", HEMOZOIN_STATUS_PROFILE, hemozoin_engine_new(NULL, "thick = [", &engine, &error), &error);
    expect("a profile that is not UTF-8", usage, hemozoin_engine_new("\xff", NULL, &engine, &error), &error);
    expect("no place for the engine", usage, hemozoin_engine_new(NULL, NULL, NULL, &error), &error);
    if (hemozoin_engine_new("who-1066", NULL, &engine, NULL) != HEMOZOIN_STATUS_PROFILE) faults++;
    expect("an engine", fine, hemozoin_engine_new("who-2016", NULL, &engine, &error), &error);

    expect("a slide of no engine", usage, hemozoin_slide_new(NULL, "S", 1, &slide, &error), &error);
    expect("a slide without a name", usage, hemozoin_slide_new(engine, NULL, 1, &slide, &error), &error);
    expect("a film that is none", usage, hemozoin_slide_new(engine, "S", 77, &slide, &error), &error);
    expect("a slide", fine, hemozoin_slide_new(engine, "S", HEMOZOIN_FILM_THICK, &slide, &error), &error);
    HemozoinStatus ended = hemozoin_slide_run(slide, NULL, NULL, &record, &error);
    named("a slide without pictures", "slide-empty", "", ended, &error);
    HemozoinSlide *unstated = NULL;
    expect("a name of two lines", usage, hemozoin_slide_new(engine, "a\nb", 0, &unstated, &error), &error);
    expect("a slide of no film", fine, hemozoin_slide_new(engine, "S", HEMOZOIN_FILM_UNSTATED, &unstated, &error), &error);
    expect("its picture", fine, hemozoin_slide_add_file(unstated, "noise.jpg", 0, noise, 12, &error), &error);
    ended = hemozoin_slide_run(unstated, NULL, NULL, &record, &error);
    named("a film that nobody states", "film-not-stated", "noise.jpg", ended, &error);
    hemozoin_slide_free(unstated);
    expect("no slide", usage, hemozoin_slide_run(NULL, NULL, NULL, &record, &error), &error);
    expect("a scale of -1", usage, hemozoin_slide_state(slide, -1, 0, 0, &error), &error);
    expect("white cells that are no number", usage, hemozoin_slide_state(slide, 0, 0.0 / 0.0, 0, &error), &error);
    expect("nothing of this name", usage, hemozoin_slide_tell(slide, "colour", "blue", &error), &error);
    const char *elsewhere[] = {"age", "sex", "film", "slide", "wbc_per_ul", "floor"};
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
        ended = hemozoin_slide_tell(slide, elsewhere[i], "1", &error);
        named(elsewhere[i], "call-name", "patient_id, patient_name, ward", ended, &error);
    }
    const char *dates[] = {"blood_taken", "read_on"}, *none[] = {"03/04/2026", "yesterday", "2026-02-30", "2026-11-21T08:30Z", "2026-11"};
    for (size_t i = 0; i < 10; i++) {
        ended = hemozoin_slide_tell(slide, dates[i % 2], none[i / 2], &error);
        named(none[i / 2], "date-form", dates[i % 2], ended, &error);
    }
    expect("a date and its time", fine, hemozoin_slide_tell(slide, "blood_taken", "2026-11-21T08:30", &error), &error);
    ended = hemozoin_slide_tell(slide, "read_on", "2026-11-20", &error);
    named("read before it was taken", "dates-order", "2026-11-20", ended, &error);
    expect("read on that day", fine, hemozoin_slide_tell(slide, "read_on", "2026-11-21", &error), &error);
    expect("two lines", usage, hemozoin_slide_tell(slide, "ward", "a\nb", &error), &error);
    expect("taken back", fine, hemozoin_slide_tell(slide, "ward", "", &error), &error);
    expect("told", fine, hemozoin_slide_tell(slide, "ward", "Pédiatrie", &error), &error);
    expect("a picture without bytes", usage, hemozoin_slide_add_file(slide, "a", 0, NULL, 4, &error), &error);
    expect("more bytes than there can be", usage, hemozoin_slide_add_file(slide, "a", 0, noise, SIZE_MAX, &error), &error);
    expect("a picture without a name", usage, hemozoin_slide_add_file(slide, NULL, 0, noise, 12, &error), &error);
    expect("rows that overlap", usage, hemozoin_slide_add_pixels(slide, "a", 0, pixels, 64, 48, 64, 0.1, &error), &error);
    expect("no pixels", usage, hemozoin_slide_add_pixels(slide, "a", 0, pixels, 0, 48, 192, 0.1, &error), &error);
    expect("more pixels than memory", usage, hemozoin_slide_add_pixels(slide, "a", 0, pixels, 64, UINT32_MAX, SIZE_MAX / 2, 0, &error), &error);
    expect("a scale that is none", usage, hemozoin_slide_add_pixels(slide, "a", 0, pixels, 64, 48, 192, 1.0 / 0.0, &error), &error);

    /* What cannot be read is part of the record. */
    expect("noise", fine, hemozoin_slide_add_file(slide, "noise.jpg", 0, noise, 12, &error), &error);
    expect("nothing at all", fine, hemozoin_slide_add_file(slide, "empty.jpg", 0, noise, 0, &error), &error);
    expect("a grey frame", fine, hemozoin_slide_add_pixels(slide, "frame", 0, pixels, 64, 48, 192, 0.1, &error), &error);
    int asked = 0;
    expect("stopped", HEMOZOIN_STATUS_STOPPED, hemozoin_slide_run(slide, stop, &asked, &record, &error), &error);
    if (asked == 0) faults++;
    expect("no place for the record", usage, hemozoin_slide_run(slide, NULL, NULL, NULL, &error), &error);
    expect("run again", fine, hemozoin_slide_run(slide, watch, NULL, &record, &error), &error);
    if (past) { printf("told %d times of more pictures than there are\n", past); faults++; }
    hemozoin_slide_free(slide);
    hemozoin_engine_free(engine);

    expect("no record", usage, hemozoin_record_json(NULL, &text, &error), &error);
    expect("no place for the text", usage, hemozoin_record_json(record, NULL, &error), &error);
    expect("text", fine, hemozoin_record_text(record, HEMOZOIN_LANGUAGE_FRENCH, &text, &error), &error);
    if (!text || !strstr(text, "Pédiatrie")) faults++;
    hemozoin_text_free(text);
    expect("the whole record", fine, hemozoin_record_json(record, &text, &error), &error);
    if (!text || !strstr(text, "2026-11-21T08:30") || strstr(text, "yesterday")) faults++;
    hemozoin_text_free(text);
    HemozoinCounts counts = {0};
    expect("counts without a size", usage, hemozoin_record_counts(record, HEMOZOIN_FILM_THICK, &counts, &error), &error);
    counts.size = sizeof counts;
    expect("counts of no film", usage, hemozoin_record_counts(record, HEMOZOIN_FILM_UNSTATED, &counts, &error), &error);
    expect("counts of the other film", usage, hemozoin_record_counts(record, HEMOZOIN_FILM_THIN, &counts, &error), &error);
    expect("no place for counts", usage, hemozoin_record_counts(record, HEMOZOIN_FILM_THICK, NULL, &error), &error);
    expect("counts", fine, hemozoin_record_counts(record, HEMOZOIN_FILM_THICK, &counts, &error), &error);
    if (counts.is_read || counts.fields_rejected != 1 || counts.density_per_ul == counts.density_per_ul) faults++;
    /* A program of an earlier version knows less, one of a later version more. */
    struct { size_t size; uint64_t counted; unsigned char after[8]; } less = {16, 9, {7, 7, 7, 7, 7, 7, 7, 7}};
    expect("fewer counts", fine, hemozoin_record_counts(record, HEMOZOIN_FILM_THICK, (HemozoinCounts *)&less, &error), &error);
    if (less.counted != 0 || less.after[0] != 7) faults++;
    struct { HemozoinCounts known; uint64_t later; } more = {.known = {.size = sizeof more}, .later = 9};
    expect("more counts", fine, hemozoin_record_counts(record, HEMOZOIN_FILM_THICK, (HemozoinCounts *)&more, &error), &error);
    if (more.later != 0 || more.known.size != sizeof more) faults++;
    hemozoin_record_free(record);

    expect("a record that is none", HEMOZOIN_STATUS_UNREADABLE, hemozoin_record_read((const uint8_t *)"{}", 2, &record, &error), &error);
    expect("no record to read", usage, hemozoin_record_read(NULL, 2, &record, &error), &error);
    if (faults) printf("%d faults\n", faults);
    return faults != 0;
}
