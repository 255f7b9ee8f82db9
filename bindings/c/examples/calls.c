/* What a call costs through C: the median of ROUNDS slides of one picture, in seconds. `bindings/python/bench.py` runs it.
 *
 *   calls FILE ROUNDS UM_PER_PX
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "hemozoin.h"

static void ended(HemozoinStatus status, HemozoinError *error) {
    if (status == HEMOZOIN_STATUS_OK) return;
    char *message = hemozoin_error_message(error, HEMOZOIN_LANGUAGE_ENGLISH);
    fprintf(stderr, "%s\n", message);
    hemozoin_text_free(message);
    hemozoin_error_free(error);
    exit((int)status);
}

static double now(void) {
    struct timespec time;
    timespec_get(&time, TIME_UTC);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int by_size(const void *one, const void *other) {
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

static void read_once(const HemozoinEngine *engine, const unsigned char *bytes, size_t length, double um_per_px) {
    HemozoinError *error = NULL;
    HemozoinSlide *slide = NULL;
    ended(hemozoin_slide_new(engine, "N-1", HEMOZOIN_FILM_THICK, &slide, &error), error);
    ended(hemozoin_slide_state(slide, um_per_px, 0, 0, &error), error);
    ended(hemozoin_slide_add_file(slide, "1.jpg", HEMOZOIN_FILM_UNSTATED, bytes, length, &error), error);
    HemozoinRecord *record = NULL;
    ended(hemozoin_slide_run(slide, NULL, NULL, &record, &error), error);
    char *json = NULL;
    ended(hemozoin_record_json(record, &json, &error), error);
    hemozoin_text_free(json);
    hemozoin_record_free(record);
    hemozoin_slide_free(slide);
}

int main(int count, char **words) {
    size_t rounds = count == 4 ? (size_t)atol(words[2]) : 0;
    double *took = calloc(rounds ? rounds : 1, sizeof *took);
    if (!rounds || !took) { fprintf(stderr, "usage: calls FILE ROUNDS UM_PER_PX\n"); return 2; }
    FILE *file = fopen(words[1], "rb");
    if (!file) { perror(words[1]); return 2; }
    fseek(file, 0, SEEK_END);
    size_t length = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(length ? length : 1);
    if (!bytes || fread(bytes, 1, length, file) != length) { perror(words[1]); return 2; }
    fclose(file);

    HemozoinError *error = NULL;
    HemozoinEngine *engine = NULL;
    ended(hemozoin_engine_new("who-2016", NULL, &engine, &error), error);
    double um_per_px = atof(words[3]);
    read_once(engine, bytes, length, um_per_px); /* warms up */
    for (size_t at = 0; at < rounds; at++) {
        double began = now();
        read_once(engine, bytes, length, um_per_px);
        took[at] = now() - began;
    }
    qsort(took, rounds, sizeof *took, by_size);
    printf("%.9f\n", took[rounds / 2]);
    hemozoin_engine_free(engine);
    free(bytes);
    free(took);
    return 0;
}
