/* api_conllu.h -- CoNLL-U as a source of sentences for the batch (`depesche parse --input conllu`), and as its output.
 */
#ifndef DPS_API_CONLLU_H
#define DPS_API_CONLLU_H

#include "pipeline.h"

struct dps_api_conllu; /* one per run; next() not by several threads at once */

/* `paths` is borrowed until free; none: standard input. */
enum dps_status dps_api_conllu_new(struct dps_api_conllu **source, const char *const *paths, size_t n_paths,
                                   const char *lang, struct dps_error *error);
void dps_api_conllu_free(struct dps_api_conllu *source);

/* The next piece of a file as article and text, so that the pipeline goes on with the parse. Status as of
 * dps_reader_next. */
enum dps_status dps_api_conllu_next(struct dps_api_conllu *source, struct dps_work *work, struct dps_error *error);

/* The parse of one article; nothing if it was not parsed. Sentences without an id are numbered as in the events' ids.
 */
void dps_api_conllu_print(struct dps_buffer *out, const struct dps_work *work);

#endif
