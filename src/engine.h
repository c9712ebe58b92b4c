/* engine.h -- what is opened once and shared by all threads: where the data lies, the knowledge tables, each language's
 * rules and weights.
 *
 * In:  the options of dps_engine_new (include/depesche.h).  Out: for a language code, the open data of that language up
 * to a stage. How: languages are opened when the first article needs them, and only as far as it needs them, so that
 * `read` maps no weights. N1:  what dps_engine_lang gave out stays valid and unchanged until dps_engine_free.
 */
#ifndef DPS_ENGINE_H
#define DPS_ENGINE_H

#include "article/article.h"
#include "base/status.h"
#include "event/event.h"
#include "know/know.h"
#include "mention/mention.h"
#include "parse/parse.h"
#include "text/text.h"

/* The stages of one article, in the order of the flow. */
#define DPS_STAGE_MAP(X) X(READ, "read") X(TEXT, "text") X(PARSE, "parse") X(MENTION, "mention") X(EVENT, "event")
enum dps_stage {
#define DPS_STAGE_ENUM(name, text) DPS_STAGE_##name,
    DPS_STAGE_MAP(DPS_STAGE_ENUM)
#undef DPS_STAGE_ENUM
        DPS_STAGE_COUNT
};

struct dps_lang { /* one language's data; a part is NULL until a stage asked for it */
    char code[DPS_LANG_CODE];
    struct dps_text_rules *text;
    struct dps_parser *parser;
    struct dps_mention_rules *mention;
    struct dps_frames *frames;
};

struct dps_engine; /* made by dps_engine_new of include/depesche.h */

/* The data of language `code`, open through `stage`. DPS_OK with *lang NULL: lang/LANGS does not list it. Safe from
 * many threads. */
enum dps_status dps_engine_lang(struct dps_engine *engine, const char *code, enum dps_stage stage,
                                const struct dps_lang **lang, struct dps_error *error);
/* The knowledge tables; NULL until a language was opened through DPS_STAGE_MENTION. */
const struct dps_know *dps_engine_know(const struct dps_engine *engine);
/* The data folder's lang/. */
const char *dps_engine_lang_dir(const struct dps_engine *engine);
/* Codes that lang/LANGS lists. */
size_t dps_engine_langs(const struct dps_engine *engine);
const char *dps_engine_code(const struct dps_engine *engine, size_t index);
/* All folders and files that decide how an article is coded: lang/, models/, know.dps, the user's own folders; NULL
 * where there is none. */
enum { DPS_ENGINE_PATHS = 5 };
void dps_engine_paths(const struct dps_engine *engine, const char *paths[DPS_ENGINE_PATHS]);

#endif
