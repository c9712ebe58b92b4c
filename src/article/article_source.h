/* article_source.h -- a stream of bytes from a file or standard input, decompressed on the way. Private to src/article.
 */
#ifndef DPS_ARTICLE_SOURCE_H
#define DPS_ARTICLE_SOURCE_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

struct dps_source;

/* Open `path`; NULL is standard input. The packing (none, gzip, zstd) is told by the first bytes. */
enum dps_status dps_source_new(struct dps_source **source, const char *path, struct dps_error *error);
void dps_source_free(struct dps_source *source);

/* Up to `room` bytes into `out`. DPS_OK with *got > 0; DPS_END; DPS_INPUT for damaged or cut data, DPS_IO, DPS_MEMORY
 * (message without the file's name). After a failure nothing more can be read, but all bytes given out before it are
 * good. */
enum dps_status dps_source_read(struct dps_source *source, char *out, size_t room, size_t *got,
                                struct dps_error *error);

#endif
