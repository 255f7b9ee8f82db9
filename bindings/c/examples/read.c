/* Reads a slide from files that are in memory, and prints what a laboratory reads.
 *
 *   read thick|thin FILE...
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hemozoin.h"

static int progress(void *user, uint64_t done, uint64_t files) {
    (void)user;
    fprintf(stderr, "%" PRIu64 " / %" PRIu64 "\n", done, files);
    return 0; /* anything else stops */
}

static void ended(HemozoinStatus status, HemozoinError *error) {
    if (status == HEMOZOIN_STATUS_OK) return;
    char *message = hemozoin_error_message(error, HEMOZOIN_LANGUAGE_ENGLISH);
    fprintf(stderr, "%s\n", message);
    hemozoin_text_free(message);
    hemozoin_error_free(error);
    exit((int)status);
}

static unsigned char *whole(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    if (!file) { perror(path); exit(2); }
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(*length ? *length : 1);
    if (!bytes || fread(bytes, 1, *length, file) != *length) { perror(path); exit(2); }
    fclose(file);
    return bytes;
}

int main(int count, char **words) {
    if (count < 3) { fprintf(stderr, "usage: read thick|thin FILE...\n"); return 2; }
    const int thin = strcmp(words[1], "thin") == 0;
    if (!thin && strcmp(words[1], "thick") != 0) { fprintf(stderr, "%s is no film: say thick or thin\n", words[1]); return 2; }
    HemozoinFilm film = thin ? HEMOZOIN_FILM_THIN : HEMOZOIN_FILM_THICK;
    HemozoinError *error = NULL;
    HemozoinEngine *engine = NULL;
    ended(hemozoin_engine_new("who-2016", NULL, &engine, &error), error);
    HemozoinSlide *slide = NULL;
    ended(hemozoin_slide_new(engine, "N-17", film, &slide, &error), error);
    for (int at = 2; at < count; at++) {
        size_t length;
        unsigned char *bytes = whole(words[at], &length);
        const char *name = strrchr(words[at], '/') ? strrchr(words[at], '/') + 1 : words[at];
        ended(hemozoin_slide_add_file(slide, name, HEMOZOIN_FILM_UNSTATED, bytes, length, &error), error);
        free(bytes); /* it was copied */
    }
    HemozoinRecord *record = NULL;
    ended(hemozoin_slide_run(slide, progress, NULL, &record, &error), error);

    HemozoinCounts counts = {.size = sizeof counts};
    ended(hemozoin_record_counts(record, film, &counts, &error), error);
    fprintf(stderr, "%" PRIu64 " suspects, %" PRIu64 " white cells, %" PRIu64 " red cells; read by a person: %s\n",
            counts.asexual_parasites, counts.white_cells, counts.red_cells, counts.is_read ? "yes" : "no");
    char *json = NULL;
    ended(hemozoin_record_json(record, &json, &error), error);
    fputs(json, stdout);

    hemozoin_text_free(json);
    hemozoin_record_free(record);
    hemozoin_slide_free(slide);
    hemozoin_engine_free(engine);
    return 0;
}
