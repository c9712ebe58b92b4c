/* parse_conllu.h -- CoNLL-U in (given sentences and tokens, and the given analysis if wanted) and out.
 *
 * Reading: the article's text is put together from the tokens (one sentence a line, SpaceAfter=No obeyed), so offsets
 * are sure to fit; empty nodes (8.1) are passed over. A malformed line is an error with file and line; the whole read
 * stops there.
 */
#ifndef DPS_PARSE_PARSE_CONLLU_H
#define DPS_PARSE_PARSE_CONLLU_H

#include "parse/parse.h"

struct dps_conllu_reader {
    struct dps_str rest; /* borrowed bytes of the file */
    const char *name;    /* for messages */
    unsigned line;       /* number of the line last read */
};
void dps_conllu_init(struct dps_conllu_reader *reader, struct dps_str bytes, const char *name);

/* Read up to `most` sentences as one article. `parse` (may be NULL) receives upos, rel, head, lemma, feats as the file
 * gives them. DPS_OK, DPS_END (no sentence left), DPS_INPUT, DPS_MEMORY. `article` needs to live as long as `text`. */
enum dps_status dps_conllu_next(struct dps_conllu_reader *reader, struct dps_arena *arena, uint32_t most,
                                struct dps_article *article, struct dps_text *text, struct dps_parse *parse,
                                struct dps_error *error);

/* Write all sentences; ids count on from *next_id where a sentence has none. False if the buffer failed. */
bool dps_conllu_write(struct dps_buffer *out, const struct dps_parse *parse, uint32_t *next_id);

#endif
