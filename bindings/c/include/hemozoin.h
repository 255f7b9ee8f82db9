/* The engine that reads malaria blood films, for programs in C.
 *
 * Made by cbindgen from bindings/c/src: `BLESS=1 cargo test -p hemozoin-c` writes it anew.
 *
 * Objects are opaque. Who makes one frees it, by the function that its type names; NULL may be freed. Every call that can
 * fail answers with a HemozoinStatus and, where `error` is not NULL, with an error object: what is wrong, where, and what to
 * do, in the language that is asked for. Text is UTF-8 and ends with a zero byte. An engine may be used by many threads at
 * once, a record and an error be read by many; a slide by one thread at a time. What a call gets stays the caller's.
 */

#ifndef HEMOZOIN_H
#define HEMOZOIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// How a call ended: well, or whose fault it was that it did not.
typedef enum HemozoinStatus {
  // It did what was asked.
  HEMOZOIN_STATUS_OK = 0,
  // The bytes of a file cannot be understood: truncated, corrupt, or not what its name says.
  HEMOZOIN_STATUS_UNREADABLE = 1,
  // The input is larger than the limits allow.
  HEMOZOIN_STATUS_LIMIT = 2,
  // A sound file of a kind that is not read.
  HEMOZOIN_STATUS_UNSUPPORTED = 3,
  // A model bundle is missing, wrong or cannot run.
  HEMOZOIN_STATUS_MODEL = 4,
  // The rules cannot be used.
  HEMOZOIN_STATUS_PROFILE = 5,
  // The call was wrong: a null where none may be, text that is not UTF-8, a slide without a film.
  HEMOZOIN_STATUS_USAGE = 6,
  // The system refused.
  HEMOZOIN_STATUS_IO = 7,
  // A fault of this library. Please report it.
  HEMOZOIN_STATUS_INTERNAL = 8,
  // The progress function asked to stop.
  HEMOZOIN_STATUS_STOPPED = 9,
} HemozoinStatus;

// Rules, model bundles and threads. May be used by many threads at once. Freed by `hemozoin_engine_free`; slides that were made
// with it keep what they need. After `fork` the child may go on with it: it starts threads of its own.
typedef struct HemozoinEngine HemozoinEngine;

// What went wrong. Freed by `hemozoin_error_free`.
typedef struct HemozoinError HemozoinError;

// Everything that was found on a slide. Freed by `hemozoin_record_free`.
typedef struct HemozoinRecord HemozoinRecord;

// What is known of a slide: its pictures and what the laboratory states. Used by one thread at a time. Freed by
// `hemozoin_slide_free`.
typedef struct HemozoinSlide HemozoinSlide;

// A language in which results and errors can be said: one of `HEMOZOIN_LANGUAGE_...`; any other number is English.
typedef uint32_t HemozoinLanguage;

// Which film a picture shows: one of `HEMOZOIN_FILM_...`.
typedef uint32_t HemozoinFilm;

// The main counts of one film. The caller sets `size` to `sizeof(HemozoinCounts)`; as much is filled in, so that a program
// that was compiled for an earlier version goes on working.
//
// The counts are a machine's: a proposal that a person decides on. `is_read` is false for every record that the engine
// makes; only then `density_per_ul` and `parasitaemia_percent` would be numbers that may be acted on.
typedef struct HemozoinCounts {
  // Size of this struct as the caller knows it, bytes.
  size_t size;
  // Fields that are part of the count.
  uint64_t fields_counted;
  // Fields that were left out.
  uint64_t fields_rejected;
  // Asexual parasites; never gametocytes.
  uint64_t asexual_parasites;
  // Gametocytes.
  uint64_t gametocytes;
  // White cells.
  uint64_t white_cells;
  // Red cells (thin films).
  uint64_t red_cells;
  // Red cells with at least one asexual parasite (thin films).
  uint64_t infected_red_cells;
  // Density per microlitre that is reported; NaN where none is.
  double density_per_ul;
  // Per cent of red cells infected that is reported; NaN where none is.
  double parasitaemia_percent;
  // Density per microlitre if every suspect were a parasite; NaN where that is not formed.
  double density_if_confirmed_per_ul;
  // White cells that are still to be counted; 0 where enough are.
  uint64_t need_white_cells;
  // Red cells that are still to be counted; 0 where enough are.
  uint64_t need_red_cells;
  // Alerts that the result opens with: somebody must look now.
  uint64_t alerts;
  // Whether a person has read the film.
  bool is_read;
} HemozoinCounts;

// Called while a slide is examined, from several threads at once: `done` of `files` pictures are examined, those that cannot be
// read among them. Any answer but
// 0 stops the work; the call then ends with `HEMOZOIN_STATUS_STOPPED`, and the slide can be run again. It must not unwind
// or jump out.
typedef int32_t (*HemozoinProgress)(void *user, uint64_t done, uint64_t files);

// English.
#define HEMOZOIN_LANGUAGE_ENGLISH 0

// French.
#define HEMOZOIN_LANGUAGE_FRENCH 1

// As stated for the slide; of a slide: stated picture by picture.
#define HEMOZOIN_FILM_UNSTATED 0

// A thick film.
#define HEMOZOIN_FILM_THICK 1

// A thin film.
#define HEMOZOIN_FILM_THIN 2

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Version of this library, such as `0.1.0`. Never freed.
const char *hemozoin_version(void);

// Makes an engine by the rules of `profile` (`who-2016`, `cdc`, ...; NULL for the standard ones), with the text of a file of
// overrides in TOML, or NULL; it works on all cores. The bundles inside the library are loaded when they are needed first. The
// engine is the caller's: `hemozoin_engine_free` frees it. Any thread may call this. After an error `*out` is as it was.
//
// # Safety
// Texts are null or end with a zero byte; `out` and `error` are null or can be written.
enum HemozoinStatus hemozoin_engine_new(const char *profile,
                                        const char *overrides,
                                        struct HemozoinEngine **out,
                                        struct HemozoinError **error);

// The same on `threads` threads; 0: as many as there are cores. The record is the same for any number.
//
// # Safety
// As `hemozoin_engine_new`.
enum HemozoinStatus hemozoin_engine_new_with_threads(const char *profile,
                                                     const char *overrides,
                                                     uint32_t threads,
                                                     struct HemozoinEngine **out,
                                                     struct HemozoinError **error);

// Frees an engine; any thread may, once, while no call uses it.
//
// # Safety
// `engine` is null, or was made by `hemozoin_engine_new` and is not freed; no call is using it.
void hemozoin_engine_free(struct HemozoinEngine *engine);

// Whose fault it was. Several threads may ask one error at once.
//
// # Safety
// `error` was made by a call of this library and is not freed.
enum HemozoinStatus hemozoin_error_status(const struct HemozoinError *error);

// One sentence: which file, what is wrong, what to do. The text is the caller's:
// `hemozoin_text_free` frees it; NULL for a null error.
//
// # Safety
// As `hemozoin_error_status`.
char *hemozoin_error_message(const struct HemozoinError *error, HemozoinLanguage language);

// What to do, alone: the end of the message, or what goes for every error of its status. Freed by `hemozoin_text_free`;
// NULL for a null error.
//
// # Safety
// As `hemozoin_error_status`.
char *hemozoin_error_remedy(const struct HemozoinError *error,
                            HemozoinLanguage language);

// A name for programs, such as `film-not-stated`, that stays the same in every version. Freed by `hemozoin_text_free`;
// NULL where the error has none.
//
// # Safety
// As `hemozoin_error_status`.
char *hemozoin_error_key(const struct HemozoinError *error);

// The file or picture that it is about. Freed by `hemozoin_text_free`; NULL where it is about none.
//
// # Safety
// As `hemozoin_error_status`.
char *hemozoin_error_file(const struct HemozoinError *error);

// Frees an error; any thread may, once, while no call uses it.
//
// # Safety
// `error` is null, or was made by a call of this library and is not freed.
void hemozoin_error_free(struct HemozoinError *error);

// Frees text that a call of this library gave; any thread may, once.
//
// # Safety
// `text` is null, or was given by a call of this library and is not freed.
void hemozoin_text_free(char *text);

// The record as JSON, as `hemozoin analyze --format json` prints it. The text is the caller's: `hemozoin_text_free` frees it.
// Several threads may read one record at once.
//
// # Safety
// `record` was made by this library and is not freed; `out` and `error` are null or can be written.
enum HemozoinStatus hemozoin_record_json(const struct HemozoinRecord *record,
                                         char **out,
                                         struct HemozoinError **error);

// The result as a laboratory reads it. The text is the caller's: `hemozoin_text_free` frees it. Several threads may read one
// record at once.
//
// # Safety
// As `hemozoin_record_json`.
enum HemozoinStatus hemozoin_record_text(const struct HemozoinRecord *record,
                                         HemozoinLanguage language,
                                         char **out,
                                         struct HemozoinError **error);

// The main counts of one film, into a struct of the caller. Several threads may read one record at once.
//
// # Safety
// As `hemozoin_record_json`; `counts` is null, or points to `counts->size` bytes that can be written.
enum HemozoinStatus hemozoin_record_counts(const struct HemozoinRecord *record,
                                           HemozoinFilm film,
                                           struct HemozoinCounts *counts,
                                           struct HemozoinError **error);

// Reads a record that was stored as JSON, by this version or an earlier one. The record is the caller's:
// `hemozoin_record_free` frees it; the bytes stay the caller's. Any thread may call this. After an error `*out` is as it was.
//
// # Safety
// `json` points to `length` bytes; `out` and `error` are null or can be written.
enum HemozoinStatus hemozoin_record_read(const uint8_t *json,
                                         size_t length,
                                         struct HemozoinRecord **out,
                                         struct HemozoinError **error);

// Frees a record; any thread may, once, while no call uses it.
//
// # Safety
// `record` is null, or was made by this library and is not freed.
void hemozoin_record_free(struct HemozoinRecord *record);

// Makes a slide named `id` (the number on its label), which is the caller's: `hemozoin_slide_free` frees it. The engine may be
// used by other threads meanwhile, and be freed before the slide. After an error `*out` is as it was.
//
// # Safety
// `engine` was made by `hemozoin_engine_new` and is not freed; `id` ends with a zero byte; `out` and `error` are null or can
// be written.
enum HemozoinStatus hemozoin_slide_new(const struct HemozoinEngine *engine,
                                       const char *id,
                                       HemozoinFilm film,
                                       struct HemozoinSlide **out,
                                       struct HemozoinError **error);

// States what holds for the whole slide; 0 for what is not known. `um_per_px`: micrometres that one pixel shows;
// `wbc_per_ul`, `rbc_per_ul`: white and red cells of this patient per microlitre, as measured. No other thread may use the slide meanwhile.
//
// # Safety
// `slide` was made by `hemozoin_slide_new`, is not freed and is used by nobody else; `error` is null or can be written.
enum HemozoinStatus hemozoin_slide_state(struct HemozoinSlide *slide,
                                         double um_per_px,
                                         double wbc_per_ul,
                                         double rbc_per_ul,
                                         struct HemozoinError **error);

// Says something about the slide that stands in its record: `name` is one of `patient_id`, `patient_name`, `ward`, `order`,
// `specimen`, `site`, `blood_taken`, `read_on`, `reader`, `objective`, `stain`. `blood_taken` and `read_on` are dates, with or
// without a time: `2026-11-21` or `2026-11-21T08:30`. Every text is one line; an empty one says nothing, and takes back what was
// said. Both texts stay the caller's. No other thread may use the slide meanwhile. After an error the slide is as it was.
//
// # Safety
// As `hemozoin_slide_state`; texts end with a zero byte.
enum HemozoinStatus hemozoin_slide_tell(struct HemozoinSlide *slide,
                                        const char *name,
                                        const char *value,
                                        struct HemozoinError **error);

// Adds a picture as the bytes of its file (JPEG, PNG, TIFF, BMP or WebP), under the name that it shall have in the record.
// They are copied, and stay the caller's. That they cannot be read is part of the record, no error of this call. No other
// thread may use the slide meanwhile.
//
// # Safety
// As `hemozoin_slide_state`; `file` points to `length` bytes.
enum HemozoinStatus hemozoin_slide_add_file(struct HemozoinSlide *slide,
                                            const char *name,
                                            HemozoinFilm film,
                                            const uint8_t *file,
                                            size_t length,
                                            struct HemozoinError **error);

// Adds a picture as pixels: `height` rows of `width` pixels of three bytes each (red, green, blue), each row `stride` bytes
// after the one before. They are copied, and stay the caller's. `um_per_px` may be 0. No other thread may use the slide
// meanwhile.
//
// # Safety
// As `hemozoin_slide_state`; `pixels` points to `stride * (height - 1) + 3 * width` bytes.
enum HemozoinStatus hemozoin_slide_add_pixels(struct HemozoinSlide *slide,
                                              const char *name,
                                              HemozoinFilm film,
                                              const uint8_t *pixels,
                                              uint32_t width,
                                              uint32_t height,
                                              size_t stride,
                                              double um_per_px,
                                              struct HemozoinError **error);

// Examines every picture on the threads of the engine and applies the rules. The record is the caller's:
// `hemozoin_record_free` frees it. `progress` may be NULL; it may read records and make errors, and must not use this slide. The
// slide may be used by no other thread meanwhile; several slides of one engine may be run at once. More pictures may be added
// afterwards, and the slide run again. After an error `*out` is as it was.
//
// # Safety
// As `hemozoin_slide_state`; `progress` and what `user` points to bear calls from several threads at once; `out` can be
// written.
enum HemozoinStatus hemozoin_slide_run(const struct HemozoinSlide *slide,
                                       HemozoinProgress progress,
                                       void *user,
                                       struct HemozoinRecord **out,
                                       struct HemozoinError **error);

// Frees a slide; any thread may, once, while no call uses it.
//
// # Safety
// `slide` is null, or was made by `hemozoin_slide_new` and is not freed.
void hemozoin_slide_free(struct HemozoinSlide *slide);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* HEMOZOIN_H */
