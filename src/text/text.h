/* text.h -- article -> text: sentences and tokens (UD words) with byte offsets.
 *
 * T1: sentence 0 is the title where the article has one (`in_title`); then the blocks' sentences in order; a heading
 * block is one sentence. T2: tokens of a sentence are consecutive: tokens[first .. first + count). No sentence is empty
 * or longer than DPS_TEXT_MAX_SENTENCE tokens (longer ones are split at the best place). T3: base(sentence)[token.start
 * .. token.end) are the token's bytes, where base is article title or text. Words of one multi-word token (German "im"
 * = "in" + "dem") share start and end; then `form` differs from those bytes. English "don't" has plain parts with
 * bytes of their own (`glued`).
 * T4: no token covers more than DPS_TEXT_MAX_TOKEN bytes; a longer run without white space is cut, wherever that is.
 */
#ifndef DPS_TEXT_TEXT_H
#define DPS_TEXT_TEXT_H

#include "article/article.h"
#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include "model/model.h"

enum {
    DPS_TEXT_MAX_SENTENCE = 256, /* tokens; longest in news samples: 187 */
    DPS_TEXT_MAX_TOKEN = 512     /* bytes; web addresses with tracking marks come near, encoded pictures go beyond */
};

struct dps_token {
    struct dps_str form; /* the word; points into the article, or to language data for parts of multi-word tokens */
    uint32_t start, end; /* bytes into the sentence's base (T3) */
    uint8_t mwt_length;  /* > 0 on the first word of a multi-word token: how many words share its bytes */
    uint8_t mwt_part;    /* 0: an ordinary word; 1, 2, ...: which part of a multi-word token */
    uint8_t glued;    /* > 1: first of so many words written together, each with bytes of its own: Russia|'s, do|n't */
    bool space_after; /* white space (or the end) follows */
};

enum dps_sentence_kind { DPS_SENTENCE_TITLE, DPS_SENTENCE_HEADING, DPS_SENTENCE_BODY };
struct dps_sentence {
    uint32_t first, count; /* tokens */
    uint32_t start, end;   /* bytes into base */
    uint32_t block;        /* number of the article's block; 0 for the title */
    enum dps_sentence_kind kind;
    bool in_title;     /* base is article->title, else article->text */
    struct dps_str id; /* CoNLL-U sent_id when read from there */
};

struct dps_text {
    const struct dps_article *article;
    struct dps_sentence *sentences;
    uint32_t n_sentences;
    struct dps_token *tokens; /* of the whole article */
    uint32_t n_tokens;
    bool cut_hyphens; /* the language's treebanks cut words at hyphens that are whole here: CoNLL-U is written so */
};

/* The string that a sentence's offsets count into. */
static inline struct dps_str dps_text_base(const struct dps_text *text, const struct dps_sentence *s) {
    return s->in_title ? text->article->title : text->article->text;
}
/* Bytes start..end of a sentence's base. */
static inline struct dps_str dps_text_span(const struct dps_text *text, const struct dps_sentence *s, uint32_t start,
                                           uint32_t end) {
    return dps_str_cut(dps_text_base(text, s), start, end);
}

/* Sentence and token rules of one language, read from lang/<code>/ (abbreviations, ordinals, contractions). Read-only,
 * shared by threads. */
struct dps_text_rules;
enum dps_status dps_text_rules_new(struct dps_text_rules **rules, const char *lang_dir, const char *code,
                                   struct dps_error *error);
/* Let the sentence splitter of the language's model mend the rules; a model without one changes nothing. The model
 * outlives the rules. Not while other threads use them. */
enum dps_status dps_text_rules_learn(struct dps_text_rules *rules, const struct dps_model *model,
                                     struct dps_error *error);
void dps_text_rules_free(struct dps_text_rules *rules);

/* Split one article. Everything lives in `arena`. Only DPS_MEMORY can fail. */
enum dps_status dps_text_run(const struct dps_text_rules *rules, struct dps_arena *arena,
                             const struct dps_article *article, struct dps_text *text, struct dps_error *error);

#endif
