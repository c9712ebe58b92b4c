/* api.h -- what the files of the public functions (include/depesche.h) share. */
#ifndef DPS_API_H
#define DPS_API_H

#include "pipeline.h"

#include "depesche.h" /* behind base/status.h, see there */

/* One article as a JSON line of `depesche read`. */
void dps_api_print_read(struct dps_buffer *out, const struct dps_article *article);
/* Trees, mentions, frames and events of one article as text for people. */
void dps_api_print_explain(struct dps_buffer *out, const struct dps_work *work);

/* Write to a stream: DPS_IO with the reason; with an empty message if the reader closed the pipe. */
enum dps_status dps_api_write(FILE *out, struct dps_str bytes, struct dps_error *error);

/* 16 hex digits over all data files in use (languages, knowledge, weights, the user's own): tells whether two runs code
 * alike. */
enum dps_status dps_api_data_hash(const struct dps_engine *engine, char hash[17], struct dps_error *error);

#endif
