/* parse.c -- runs the network over an article, block by block, and fills the record. See parse.h.
 *
 * Sentences are gathered into blocks of about BLOCK_WORDS words, so that the products are large; a sentence longer than
 * LONGEST words (only files with given tokens have such) is parsed in pieces whose roots hang on the first piece's
 * root. Workspace is taken once per article and is bounded by these two constants.
 */
#include "parse/parse.h"

#include "parse/parse_decode.h"
#include "parse/parse_feats.h"
#include "parse/parse_lemma.h"
#include "parse/parse_net.h"

#include <stdlib.h>

enum {
    BLOCK_WORDS = 512,
    LONGEST = DPS_TEXT_MAX_SENTENCE,
    TABLES_CEILING = 64 * 1024 * 1024 /* bytes of a language's lemma tables and feature records */
};

/* A value that a feature string tells: columns of its score and of the feature's "none". */
struct told {
    uint16_t column, none;
};

struct dps_parser {
    struct dps_model *model;
    struct dps_net net;
    struct dps_arena tables;
    struct dps_lemmas lemmas;
    uint8_t *upos_of, *rel_of;  /* the model's numbers -> ours */
    struct dps_feats *feats_of; /* one a feature string */
    uint32_t **by_upos;         /* feature strings seen with a part of speech (the model's number) */
    uint32_t *n_by_upos;
    struct told *told;    /* what feature strings tell, one after the other */
    uint32_t *told_first; /* where each string's begin in it; one more */
    uint32_t root_rel;    /* the model's number of "root" */
};

/* ---- names ---- */

static const char *const upos_names[] = {
#define NAME(name, text) text,
    DPS_UPOS_MAP(NAME)};
static const char *const rel_names[] = {DPS_REL_MAP(NAME)};
#undef NAME

const char *dps_upos_name(enum dps_upos upos) {
    return (unsigned)upos < DPS_UPOS_COUNT ? upos_names[upos] : "X";
}
const char *dps_rel_name(enum dps_rel rel) {
    return (unsigned)rel < DPS_REL_COUNT ? rel_names[rel] : "dep";
}

bool dps_upos_find(struct dps_str name, enum dps_upos *upos) {
    for (int i = 0; i < DPS_UPOS_COUNT; i++)
        if (dps_str_is(name, upos_names[i])) {
            *upos = (enum dps_upos)i;
            return true;
        }
    return false;
}

static bool rel_exact(struct dps_str name, enum dps_rel *rel) {
    for (int i = 0; i < DPS_REL_COUNT; i++)
        if (dps_str_is(name, rel_names[i])) {
            *rel = (enum dps_rel)i;
            return true;
        }
    return false;
}

bool dps_rel_find(struct dps_str name, enum dps_rel *rel) {
    if (rel_exact(name, rel)) return true;
    const char *colon = name.length ? memchr(name.data, ':', name.length) : NULL;
    return colon && rel_exact(dps_str_cut(name, 0, (size_t)(colon - name.data)), rel);
}

enum dps_rel dps_rel_plain(enum dps_rel rel) {
    struct dps_str name = dps_str_of(dps_rel_name(rel));
    const char *colon = memchr(name.data, ':', name.length);
    enum dps_rel plain = rel;
    if (colon) rel_exact(dps_str_cut(name, 0, (size_t)(colon - name.data)), &plain);
    return plain;
}

/* ---- children ---- */

enum dps_status dps_parse_link(struct dps_arena *arena, struct dps_parse *parse, struct dps_error *error) {
    uint32_t n = parse->text->n_tokens;
    parse->kid_first = DPS_NEW(arena, (size_t)n + 1, uint32_t);
    parse->kid = DPS_NEW(arena, n, uint32_t);
    uint32_t *next = DPS_NEW(arena, (size_t)n + 1, uint32_t);
    if (!parse->kid_first || !parse->kid || !next) return dps_error_set(error, DPS_MEMORY, "parse: out of memory");
    for (uint32_t i = 0; i < n; i++)
        if (parse->head[i] >= 0) parse->kid_first[parse->head[i] + 1]++;
    for (uint32_t i = 0; i < n; i++) parse->kid_first[i + 1] += parse->kid_first[i];
    memcpy(next, parse->kid_first, ((size_t)n + 1) * sizeof *next);
    for (uint32_t i = 0; i < n; i++)
        if (parse->head[i] >= 0) parse->kid[next[parse->head[i]]++] = i;
    return DPS_OK;
}

/* ---- opening ---- */

static enum dps_status bind_names(struct dps_parser *p, struct dps_error *error) {
    const struct dps_net *net = &p->net;
    const char *name = dps_model_name(p->model);
    uint32_t n_upos = net->upos_names->dims[0], n_rels = net->rel_names->dims[0];
    p->upos_of = DPS_NEW(&p->tables, n_upos, uint8_t);
    p->rel_of = DPS_NEW(&p->tables, n_rels, uint8_t);
    if (!p->upos_of || !p->rel_of) return dps_error_set(error, DPS_MEMORY, "%s: out of memory", name);
    for (uint32_t i = 0; i < n_upos; i++) {
        enum dps_upos u;
        struct dps_str s = dps_model_string(net->upos_names, i);
        if (!dps_upos_find(s, &u))
            return dps_error_set(error, DPS_MODEL, "%s: unknown part of speech '%.*s'", name, DPS_STR_ARG(s));
        p->upos_of[i] = (uint8_t)u;
    }
    p->root_rel = UINT32_MAX;
    for (uint32_t i = 0; i < n_rels; i++) {
        enum dps_rel r;
        struct dps_str s = dps_model_string(net->rel_names, i);
        if (!dps_rel_find(s, &r))
            return dps_error_set(error, DPS_MODEL, "%s: unknown relation '%.*s'", name, DPS_STR_ARG(s));
        p->rel_of[i] = (uint8_t)r;
        if (r == DPS_REL_ROOT) p->root_rel = i;
    }
    if (p->root_rel == UINT32_MAX || n_rels < 2)
        return dps_error_set(error, DPS_MODEL, "%s: lacks the relation root", name);
    return DPS_OK;
}

static enum dps_status bind_feats(struct dps_parser *p, struct dps_error *error) {
    const struct dps_net *net = &p->net;
    uint32_t n = net->feats_strings->dims[0], n_upos = net->upos_names->dims[0];
    const int32_t *upos = net->feats_upos->data;
    p->feats_of = DPS_NEW(&p->tables, n, struct dps_feats);
    p->by_upos = DPS_NEW(&p->tables, n_upos, uint32_t *);
    p->n_by_upos = DPS_NEW(&p->tables, n_upos, uint32_t);
    if (!p->feats_of || !p->by_upos || !p->n_by_upos)
        return dps_error_set(error, DPS_MEMORY, "%s: out of memory", dps_model_name(p->model));
    for (uint32_t i = 0; i < n; i++) {
        if (upos[i] < 0 || (uint32_t)upos[i] >= n_upos)
            return dps_error_set(error, DPS_MODEL, "%s: feature string %u has no part of speech",
                                 dps_model_name(p->model), i);
        p->n_by_upos[upos[i]]++;
        p->feats_of[i] = dps_feats_read(dps_model_string(net->feats_strings, i));
    }
    for (uint32_t u = 0; u < n_upos; u++) {
        p->by_upos[u] = DPS_NEW(&p->tables, p->n_by_upos[u], uint32_t);
        if (!p->by_upos[u]) return dps_error_set(error, DPS_MEMORY, "%s: out of memory", dps_model_name(p->model));
        p->n_by_upos[u] = 0;
    }
    for (uint32_t i = 0; i < n; i++) p->by_upos[upos[i]][p->n_by_upos[upos[i]]++] = i;
    return DPS_OK;
}

static enum dps_status bind_told(struct dps_parser *p, struct dps_error *error) {
    const struct dps_net *net = &p->net;
    uint32_t n = net->feats_column->dims[0], features = net->feats_column->dims[1], count = 0;
    const int32_t *column = net->feats_column->data, *start = net->feats_start->data;
    if (net->feats.w.columns > UINT16_MAX)
        return dps_error_set(error, DPS_MODEL, "%s: too many feature values", dps_model_name(p->model));
    p->told = DPS_NEW(&p->tables, (size_t)n * features, struct told);
    p->told_first = DPS_NEW(&p->tables, (size_t)n + 1, uint32_t);
    if (!p->told || !p->told_first)
        return dps_error_set(error, DPS_MEMORY, "%s: out of memory", dps_model_name(p->model));
    for (uint32_t i = 0; i < n; i++) {
        p->told_first[i] = count;
        for (uint32_t f = 0; f < features; f++)
            if (column[(size_t)i * features + f] != start[f])
                p->told[count++] = (struct told){(uint16_t)column[(size_t)i * features + f], (uint16_t)start[f]};
    }
    p->told_first[n] = count;
    return DPS_OK;
}

static bool knows(const void *words, struct dps_str word) {
    return dps_words_knows(words, word);
}

static enum dps_status open_parser(struct dps_parser *p, const char *model_path, const char *lang_dir, const char *code,
                                   struct dps_error *error) {
    DPS_TRY(dps_model_open(&p->model, model_path, error));
    if (strcmp(dps_model_lang(p->model), code) != 0)
        return dps_error_set(error, DPS_MODEL, "%s: is for language '%s', not '%s'", model_path,
                             dps_model_lang(p->model), code);
    DPS_TRY(dps_net_new(&p->net, p->model, error));
    DPS_TRY(bind_names(p, error));
    DPS_TRY(bind_feats(p, error));
    DPS_TRY(bind_told(p, error));
    DPS_TRY(dps_lemmas_init(&p->lemmas, &p->tables, p->net.scripts, lang_dir, code, error));
    p->lemmas.known = knows;
    p->lemmas.known_context = &p->net.words;
    return DPS_OK;
}

enum dps_status dps_parser_new(struct dps_parser **parser, const char *model_path, const char *lang_dir,
                               const char *code, struct dps_error *error) {
    *parser = NULL;
    struct dps_parser *p = calloc(1, sizeof *p);
    if (!p) return dps_error_set(error, DPS_MEMORY, "%s: out of memory", model_path);
    dps_arena_init(&p->tables, TABLES_CEILING);
    enum dps_status status = open_parser(p, model_path, lang_dir, code, error);
    if (status != DPS_OK) {
        dps_parser_free(p);
        return status;
    }
    *parser = p;
    return DPS_OK;
}

const struct dps_model *dps_parser_model(const struct dps_parser *parser) {
    return parser->model;
}

void dps_parser_free(struct dps_parser *p) {
    if (!p) return;
    dps_net_release(&p->net);
    dps_arena_release(&p->tables);
    dps_model_close(p->model);
    free(p);
}

/* ---- running ---- */

struct piece { /* words that are parsed as one sentence */
    uint32_t first, count;
    bool continues; /* a later piece of an overlong sentence: its root hangs on `anchor`, found when the first piece is
                       done */
    uint32_t sentence_first;
};

struct run {
    const struct dps_parser *p;
    struct dps_arena *arena;
    const struct dps_text *text;
    struct dps_parse *out;
    struct dps_net_work work;
    struct dps_decode_work decode;
    struct dps_word_rows *rows;
    uint32_t *lengths;
    int32_t heads[LONGEST];
};

static size_t argmax(const float *x, size_t n) {
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (x[i] > x[best]) best = i;
    return best;
}

/* The likeliest feature string among those known for this part of speech: the product of its features' probabilities.
 * Every string has a value for every feature, so scores compare like log probabilities; most values are "none", so
 * only the others are added, each less its feature's "none". */
static uint32_t choose_feats(const struct dps_parser *p, const float *score, uint32_t upos) {
    uint32_t best = UINT32_MAX;
    float best_sum = 0.0f;
    for (uint32_t k = 0; k < p->n_by_upos[upos]; k++) {
        uint32_t i = p->by_upos[upos][k];
        float sum = 0.0f;
        for (const struct told *t = p->told + p->told_first[i]; t < p->told + p->told_first[i + 1]; t++)
            sum += score[t->column] - score[t->none];
        if (best == UINT32_MAX || sum > best_sum) best = i, best_sum = sum;
    }
    return best;
}

static bool heads_clause(const struct run *r, const struct piece *piece, uint32_t token) {
    bool subject = false;
    for (uint32_t i = piece->first; i < piece->first + piece->count; i++) {
        if (r->out->head[i] != (int32_t)token) continue;
        enum dps_rel relation = dps_rel_plain((enum dps_rel)r->out->rel[i]);
        if (relation == DPS_REL_COP || relation == DPS_REL_AUX) return false;
        subject |= relation == DPS_REL_NSUBJ;
    }
    return subject;
}

/* The network takes weak preterites for adjectives ("protestierten"): a form that the tables know as a verb only and
 * that heads a clause with a subject, without a copula, is one. */
static uint32_t mend_upos(struct run *r, const struct piece *piece, uint32_t token, uint32_t upos) {
    const struct dps_parser *p = r->p;
    enum dps_upos tag = (enum dps_upos)p->upos_of[upos];
    if (tag != DPS_UPOS_ADJ && tag != DPS_UPOS_ADV && tag != DPS_UPOS_ADP) return upos;
    struct dps_str form = r->text->tokens[token].form;
    if (!heads_clause(r, piece, token) || !dps_lemma_only_verb(&p->lemmas, r->arena, form, tag)) return upos;
    for (uint32_t i = 0; i < p->net.upos.w.columns; i++)
        if (p->upos_of[i] == DPS_UPOS_VERB) return i;
    return upos;
}

/* One word's part of speech, features and lemma. */
static bool tag_word(struct run *r, const struct piece *piece, size_t in_block, uint32_t token) {
    const struct dps_parser *p = r->p;
    const struct dps_net *net = &p->net;
    struct dps_net_work *w = &r->work;
    uint32_t upos = (uint32_t)argmax(w->upos + in_block * dps_net_stride(net->upos.w.columns), net->upos.w.columns);
    upos = mend_upos(r, piece, token, upos);
    uint32_t feats = choose_feats(p, w->feats + in_block * dps_net_stride(net->feats.w.columns), upos);
    r->out->upos[token] = p->upos_of[upos];
    if (feats != UINT32_MAX) {
        r->out->feats[token] = p->feats_of[feats];
        r->out->feats_text[token] = dps_model_string(net->feats_strings, feats);
    }
    r->out->lemma[token] =
        dps_lemma_find(&p->lemmas, r->arena, r->text->tokens[token].form, (enum dps_upos)p->upos_of[upos],
                       w->lemma + in_block * dps_net_stride(net->lemma.w.columns));
    return r->out->lemma[token].data != NULL || r->text->tokens[token].form.length == 0;
}

static enum dps_status tree_of_piece(struct run *r, const struct piece *piece, size_t in_block,
                                     struct dps_error *error) {
    const struct dps_parser *p = r->p;
    struct dps_net_work *w = &r->work;
    uint32_t n = piece->count, n_rels = p->net.rel_out.w.columns;
    dps_net_arcs(&p->net, w, in_block, n);
    DPS_TRY(dps_decode_tree(&r->decode, w->scores, w->score_stride, n, r->heads, error));
    dps_net_labels(&p->net, w, in_block, n, r->heads);
    int32_t anchor = -1;
    if (piece->continues)
        for (anchor = (int32_t)piece->sentence_first; r->out->head[anchor] >= 0;) anchor = r->out->head[anchor];
    for (uint32_t i = 0; i < n; i++) {
        uint32_t token = piece->first + i;
        float *scores = w->scores + i * w->score_stride, *rel = w->rel + i * dps_net_stride(n_rels);
        bool root = r->heads[i] == 0;
        scores[i + 1] = -1e30f; /* no word is its own head */
        dps_kernel_softmax(scores, (size_t)n + 1);
        r->out->score[token] = scores[r->heads[i]];
        r->out->head[token] = root ? anchor : (int32_t)piece->first + r->heads[i] - 1;
        rel[p->root_rel] = -1e30f;
        size_t best = argmax(rel, n_rels);
        if (best == p->root_rel) best = p->root_rel == 0 ? 1 : 0; /* all scores are bad */
        r->out->rel[token] = p->rel_of[best];
        if (root) r->out->rel[token] = anchor < 0 ? DPS_REL_ROOT : DPS_REL_PARATAXIS;
    }
    return DPS_OK;
}

static bool is_case(const struct run *r, uint32_t token) {
    return dps_rel_plain((enum dps_rel)r->out->rel[token]) == DPS_REL_CASE;
}

static bool is_noun(const struct run *r, uint32_t token) {
    return r->out->upos[token] == DPS_UPOS_NOUN || r->out->upos[token] == DPS_UPOS_PROPN;
}

static bool is_under(const struct run *r, uint32_t token, uint32_t top) {
    for (int32_t t = (int32_t)token; t >= 0; t = r->out->head[t])
        if (t == (int32_t)top) return true;
    return false;
}

/* A noun between a preposition and its head, itself without one and hung outside: what the preposition stands with. */
static int32_t nearer_noun(const struct run *r, uint32_t from, uint32_t to) {
    for (uint32_t n = from + 1; n < to; n++) {
        if (is_case(r, n)) return -1;
        bool outside = r->out->head[n] < (int32_t)from || r->out->head[n] > (int32_t)to;
        if (!outside || !(is_noun(r, n) || r->out->upos[n] == DPS_UPOS_PRON)) continue;
        return is_under(r, n, from) ? -1 : (int32_t)n; /* no ring */
    }
    return -1;
}

/* Two prepositions hung on one noun, "mit Lawrow in Genf": the first goes to the noun behind it. */
static void mend_case(struct run *r, const struct piece *piece) {
    uint32_t end = piece->first + piece->count;
    for (uint32_t token = piece->first; token < end; token++) {
        int32_t head = r->out->head[token];
        if (!is_case(r, token) || head <= (int32_t)token + 1) continue;
        for (uint32_t second = token + 2; second < (uint32_t)head; second++) {
            if (!is_case(r, second)) continue;
            int32_t noun = r->out->head[second] == head ? nearer_noun(r, token, second) : -1;
            if (noun >= 0) r->out->head[token] = noun;
            break;
        }
    }
}

/* The plainest feature string of verbs that tells a finite past of the third person. */
static uint32_t finite_past(const struct dps_parser *p) {
    uint32_t best = UINT32_MAX;
    for (uint32_t u = 0; u < p->net.upos.w.columns; u++)
        for (uint32_t k = 0; p->upos_of[u] == DPS_UPOS_VERB && k < p->n_by_upos[u]; k++) {
            uint32_t i = p->by_upos[u][k];
            const struct dps_feats *f = &p->feats_of[i];
            if (f->verbform != DPS_VERBFORM_FIN || f->tense != DPS_TENSE_PAST || f->mood != DPS_MOOD_IND ||
                f->person != 3 || f->number != DPS_NUMBER_SING)
                continue;
            const struct dps_tensor *strings = p->net.feats_strings;
            if (best == UINT32_MAX || dps_model_string(strings, i).length < dps_model_string(strings, best).length)
                best = i;
        }
    return best;
}

/* "The president dissolved parliament" read as one noun phrase: a participle behind a noun of that phrase is the verb,
 * what stands before it the subject, the root the object. Attributes never follow the nouns of a compound. */
static void mend_clause(struct run *r, const struct piece *piece) {
    struct dps_parse *out = r->out;
    uint32_t end = piece->first + piece->count, root = end, verb = end;
    for (uint32_t t = piece->first; t < end; t++) {
        if (out->head[t] < 0 && is_noun(r, t)) root = t;
        if (out->upos[t] == DPS_UPOS_AUX || out->feats[t].verbform == DPS_VERBFORM_FIN) return; /* has its verb */
    }
    for (uint32_t t = piece->first + 1; root < end && t < root; t++)
        if (out->head[t] == (int32_t)root && out->rel[t] == DPS_REL_AMOD && out->upos[t] == DPS_UPOS_VERB &&
            out->feats[t].verbform == DPS_VERBFORM_PART && is_noun(r, t - 1) && out->head[t - 1] == (int32_t)root &&
            out->rel[t - 1] == DPS_REL_COMPOUND)
            verb = t;
    uint32_t feats = verb < end ? finite_past(r->p) : UINT32_MAX;
    if (feats == UINT32_MAX) return;
    for (uint32_t t = piece->first; t < end; t++) {
        if (out->head[t] != (int32_t)root) continue;
        if (t < verb)
            out->head[t] = (int32_t)verb - 1;
        else if (out->rel[t] == DPS_REL_PUNCT && t > root)
            out->head[t] = (int32_t)verb;
    }
    out->head[verb] = out->head[root], out->rel[verb] = out->rel[root];
    out->head[root] = (int32_t)verb, out->rel[root] = DPS_REL_OBJ;
    out->head[verb - 1] = (int32_t)verb, out->rel[verb - 1] = DPS_REL_NSUBJ;
    out->feats[verb] = r->p->feats_of[feats];
    out->feats_text[verb] = dps_model_string(r->p->net.feats_strings, feats);
}

static enum dps_status run_block(struct run *r, const struct piece *pieces, size_t n_pieces, struct dps_error *error) {
    size_t n = 0;
    for (size_t s = 0; s < n_pieces; s++) {
        r->lengths[s] = pieces[s].count;
        for (uint32_t i = 0; i < pieces[s].count; i++)
            dps_words_rows(&r->p->net.words, r->text->tokens[pieces[s].first + i].form, &r->rows[n++]);
    }
    dps_net_encode(&r->p->net, &r->work, r->rows, n, r->lengths, n_pieces);
    size_t at = 0;
    for (size_t s = 0; s < n_pieces; s++) {
        DPS_TRY(tree_of_piece(r, &pieces[s], at, error));
        for (uint32_t i = 0; i < pieces[s].count; i++)
            if (!tag_word(r, &pieces[s], at + i, pieces[s].first + i))
                return dps_error_set(error, DPS_MEMORY, "parse: out of memory");
        mend_case(r, &pieces[s]);
        mend_clause(r, &pieces[s]);
        at += pieces[s].count;
    }
    return DPS_OK;
}

static enum dps_status take_record(struct dps_arena *arena, const struct dps_text *text, struct dps_parse *parse,
                                   struct dps_error *error) {
    size_t n = text->n_tokens;
    *parse = (struct dps_parse){.text = text};
    parse->upos = DPS_NEW(arena, n, uint8_t);
    parse->rel = DPS_NEW(arena, n, uint8_t);
    parse->head = DPS_NEW(arena, n, int32_t);
    parse->lemma = DPS_NEW(arena, n, struct dps_str);
    parse->feats = DPS_NEW(arena, n, struct dps_feats);
    parse->feats_text = DPS_NEW(arena, n, struct dps_str);
    parse->score = DPS_NEW(arena, n, float);
    if (!parse->upos || !parse->rel || !parse->head || !parse->lemma || !parse->feats || !parse->feats_text ||
        !parse->score)
        return dps_error_set(error, DPS_MEMORY, "parse: out of memory");
    return DPS_OK;
}

static enum dps_status take_work(struct run *r, struct dps_error *error) {
    size_t longest = 1, words = r->text->n_tokens;
    for (uint32_t s = 0; s < r->text->n_sentences; s++)
        if (r->text->sentences[s].count > longest) longest = r->text->sentences[s].count;
    if (longest > LONGEST) longest = LONGEST;
    if (words > BLOCK_WORDS + LONGEST) words = BLOCK_WORDS + LONGEST;
    DPS_TRY(dps_net_work_init(&r->p->net, r->arena, words, longest, &r->work, error));
    DPS_TRY(dps_decode_work_init(&r->decode, r->arena, longest, error));
    r->rows = DPS_NEW(r->arena, words, struct dps_word_rows);
    r->lengths = DPS_NEW(r->arena, words, uint32_t);
    if (!r->rows || !r->lengths) return dps_error_set(error, DPS_MEMORY, "parse: out of memory");
    return DPS_OK;
}

static enum dps_status run_all(struct run *r, struct dps_error *error) {
    struct piece pieces[BLOCK_WORDS + 1];
    size_t n = 0, words = 0;
    for (uint32_t s = 0; s < r->text->n_sentences; s++) {
        const struct dps_sentence *sentence = &r->text->sentences[s];
        for (uint32_t done = 0; done < sentence->count;) {
            uint32_t count = sentence->count - done < LONGEST ? sentence->count - done : LONGEST;
            pieces[n++] = (struct piece){sentence->first + done, count, done > 0, sentence->first};
            words += count;
            done += count;
            if (words >= BLOCK_WORDS) {
                DPS_TRY(run_block(r, pieces, n, error));
                n = words = 0;
            }
        }
    }
    return n ? run_block(r, pieces, n, error) : DPS_OK;
}

enum dps_status dps_parse_run(const struct dps_parser *parser, struct dps_arena *arena, const struct dps_text *text,
                              struct dps_parse *parse, struct dps_error *error) {
    struct run r = {.p = parser, .arena = arena, .text = text, .out = parse};
    DPS_TRY(take_record(arena, text, parse, error));
    if (text->n_tokens > 0) {
        DPS_TRY(take_work(&r, error));
        DPS_TRY(run_all(&r, error));
    }
    return dps_parse_link(arena, parse, error);
}
