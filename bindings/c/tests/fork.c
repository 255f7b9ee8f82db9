/* An engine that has worked goes on in a child of its process, whose threads are not there. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hemozoin.h"

static int again(HemozoinSlide *slide) {
    HemozoinRecord *record = NULL;
    const HemozoinStatus status = hemozoin_slide_run(slide, NULL, NULL, &record, NULL);
    hemozoin_record_free(record);
    return status == HEMOZOIN_STATUS_OK ? 0 : 1;
}

int main(void) {
    static uint8_t pixels[64 * 48 * 3];
    memset(pixels, 200, sizeof pixels);
    HemozoinEngine *engine = NULL;
    HemozoinSlide *slide = NULL;
    if (hemozoin_engine_new_with_threads(NULL, NULL, 2, &engine, NULL)) return 1;
    if (hemozoin_slide_new(engine, "S", HEMOZOIN_FILM_THIN, &slide, NULL)) return 1;
    if (hemozoin_slide_add_pixels(slide, "a", 0, pixels, 64, 48, 192, 0.1, NULL)) return 1;
    if (again(slide)) return 1;
    const pid_t child = fork();
    if (child == 0) {
        alarm(60); /* instead of waiting for ever */
        _exit(again(slide));
    }
    int ended = 1;
    if (waitpid(child, &ended, 0) != child || again(slide)) return 1;
    hemozoin_slide_free(slide);
    hemozoin_engine_free(engine);
    return ended == 0 ? 0 : 1;
}
