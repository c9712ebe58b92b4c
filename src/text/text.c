/* text.c -- the text stage: sentences and tokens of one article.
 *
 * In: an article's title and blocks.  Out: struct dps_text (T1-T3 of text.h).
 * The splitting itself is in text_split.c; here its sentence ends become records, and a sentence over the ceiling is
 * cut at the last strong mark within it, so that a list of a thousand names cannot cost the parser its memory. */
#include "text/text.h"
#include "text/text_boundary.h"
#include "text/text_rules.h"

#include <assert.h>

static enum dps_status no_memory(struct dps_error *error) {
    return dps_error_set(error, DPS_MEMORY, "out of memory");
}

struct sentences {
    struct dps_arena *arena;
    struct dps_sentence *list;
    uint32_t count, room;
    bool failed;
};

static void add(struct sentences *out, const struct dps_splitter *p, uint32_t first, uint32_t end,
                struct dps_sentence like) {
    if (first >= end || out->failed) return;
    if (out->count == out->room) {
        uint32_t room = out->room ? out->room * 2 : 64;
        struct dps_sentence *grown = dps_arena_grow(out->arena, out->list, out->count, room, sizeof *grown);
        if (!grown) {
            out->failed = true;
            return;
        }
        out->list = grown;
        out->room = room;
    }
    like.first = first;
    like.count = end - first;
    like.start = p->tokens[first].start;
    like.end = p->tokens[end - 1].end;
    out->list[out->count++] = like;
}

/* How good a place to cut is behind this token: 2 a semicolon or stop, 1 a comma or dash, 0 anywhere. */
static int cut_value(const struct dps_token *t) {
    if (t->form.length == 0) return 0;
    char c = t->form.data[0];
    if (c == ';' || c == '.' || c == '!' || c == '?' || c == ':') return t->form.length == 1 ? 2 : 0;
    return (c == ',' && t->form.length == 1) || (unsigned char)c == 0xE2 ? 1 : 0;
}

/* Tokens first..end as one sentence, or as several if there are too many (T2). */
static void add_all(struct sentences *out, const struct dps_splitter *p, uint32_t first, uint32_t end,
                    struct dps_sentence like) {
    while (end - first > DPS_TEXT_MAX_SENTENCE) {
        uint32_t cut = first + DPS_TEXT_MAX_SENTENCE;
        int best = 0;
        for (uint32_t i = first + DPS_TEXT_MAX_SENTENCE / 2; i < first + DPS_TEXT_MAX_SENTENCE; i++) {
            int value = cut_value(&p->tokens[i]);
            if (value && value >= best) {
                best = value;
                cut = i + 1;
            }
        }
        while (cut > first + 1 && p->tokens[cut].mwt_part > 1) cut--; /* not through a multi-word token */
        add(out, p, first, cut, like);
        first = cut;
    }
    add(out, p, first, end, like);
}

/* Sentences of the tokens from `token` on; `end_at`: the first sentence end among p->ends that is theirs. */
static void take_sentences(struct sentences *out, const struct dps_splitter *p, uint32_t end_at,
                           struct dps_sentence like) {
    uint32_t first = end_at ? p->ends[end_at - 1] : 0;
    for (uint32_t i = end_at; i < p->n_ends; i++) {
        add_all(out, p, first, p->ends[i], like);
        first = p->ends[i];
    }
}

enum dps_status dps_text_run(const struct dps_text_rules *rules, struct dps_arena *arena,
                             const struct dps_article *article, struct dps_text *text, struct dps_error *error) {
    static const struct dps_text_rules none = {0}; /* an unknown language: cut at white space and marks */
    struct dps_splitter p = {.rules = rules ? rules : &none, .arena = arena};
    struct sentences out = {.arena = arena};
    *text = (struct dps_text){.article = article};
    if (article->title.length) {
        p.base = article->title;
        dps_split_block(&p, 0, article->title.length, true);
        take_sentences(&out, &p, 0, (struct dps_sentence){.kind = DPS_SENTENCE_TITLE, .in_title = true});
    }
    p.base = article->text;
    for (uint32_t i = 0; i < article->n_blocks && !p.failed; i++) {
        const struct dps_block *block = &article->blocks[i];
        assert(block->start < block->end && block->end <= article->text.length); /* I3 */
        bool heading = block->kind == DPS_BLOCK_HEADING;
        uint32_t before = p.n_ends, first = p.n_tokens;
        dps_split_block(&p, block->start, block->end, heading);
        if (!heading && !p.failed && p.rules->boundary) dps_boundary_mend(p.rules->boundary, &p, first, before);
        take_sentences(&out, &p, before,
                       (struct dps_sentence){.kind = heading ? DPS_SENTENCE_HEADING : DPS_SENTENCE_BODY, .block = i});
    }
    if (p.failed || out.failed) return no_memory(error);
    text->sentences = out.list;
    text->n_sentences = out.count;
    text->tokens = p.tokens;
    text->n_tokens = p.n_tokens;
    text->cut_hyphens = p.rules->conllu_hyphen_split;
    return DPS_OK;
}
