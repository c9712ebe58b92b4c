/* parse_net.c -- see parse_net.h. */
#include "parse/parse_net.h"

#include "base/utf8.h"

#include <stdio.h>
#include <utf8proc.h>

enum { SHAPE_LENGTH = 10, PREFIXES = 4, SUFFIXES = 5, SHAPE_KIND = 20, SUFFIX_KIND = 10 };
static const float SLOPE = 0.1f; /* of the leaky rectifier; as in train/net.py */

/* ---- binding ---- */

/* The file holds an output a row. */
static enum dps_status bind_matrix(struct dps_net *net, struct dps_matrix *m, const char *name, uint32_t rows,
                                   uint32_t columns, struct dps_error *error) {
    char full[DPS_MODEL_NAME + 2];
    const struct dps_tensor *w;
    snprintf(full, sizeof full, "%s.w", name);
    DPS_TRY(dps_model_need(net->model, full, DPS_MODEL_I8, 2, (uint32_t[]){columns, rows}, &w, error));
    if (w->dims[1] > DPS_KERNEL_MOST_ROWS)
        return dps_error_set(error, DPS_MODEL, "%s: '%s' has too many columns", dps_model_name(net->model), full);
    *m = dps_matrix_of(w);
    if (!m->panels) return dps_error_set(error, DPS_MEMORY, "%s: out of memory", dps_model_name(net->model));
    return DPS_OK;
}

static enum dps_status bind_dense(struct dps_net *net, struct dps_dense *d, const char *name, uint32_t rows,
                                  uint32_t columns, struct dps_error *error) {
    char full[DPS_MODEL_NAME];
    const struct dps_tensor *b;
    DPS_TRY(bind_matrix(net, &d->w, name, rows, columns, error));
    snprintf(full, sizeof full, "%s.b", name);
    DPS_TRY(dps_model_need(net->model, full, DPS_MODEL_F32, 1, (uint32_t[]){d->w.columns}, &b, error));
    d->b = b->data;
    return DPS_OK;
}

static enum dps_status bind_layer(struct dps_net *net, int i, uint32_t in, struct dps_error *error) {
    char name[DPS_MODEL_NAME];
    const struct dps_tensor *t;
    uint32_t H = net->hidden;
    net->enc_skip[i] = in != 2 * H;
    snprintf(name, sizeof name, "enc%d", i);
    DPS_TRY(bind_matrix(net, &net->enc[i], name, in, 2 * H * (net->enc_skip[i] ? 4 : 3), error));
    snprintf(name, sizeof name, "enc%d.v", i);
    DPS_TRY(dps_model_need(net->model, name, DPS_MODEL_F32, 2, (uint32_t[]){2, 2 * H}, &t, error));
    net->enc_v[i] = t->data;
    snprintf(name, sizeof name, "enc%d.b", i);
    DPS_TRY(dps_model_need(net->model, name, DPS_MODEL_F32, 2, (uint32_t[]){2, 2 * H}, &t, error));
    net->enc_b[i] = t->data;
    return DPS_OK;
}

static enum dps_status bind_tables(struct dps_net *net, struct dps_error *error) {
    const struct dps_model *m = net->model;
    const struct dps_tensor *t;
    DPS_TRY(dps_model_need(m, "word.forms", DPS_MODEL_STRINGS, 1, NULL, &net->word_forms, error));
    DPS_TRY(dps_model_need(m, "word.table", DPS_MODEL_I8, 2, (uint32_t[]){net->word_forms->dims[0], 0},
                           &net->word_table, error));
    DPS_TRY(dps_model_need(m, "word.index", DPS_MODEL_I32, 1, NULL, &net->word_index, error));
    DPS_TRY(dps_model_need(m, "affix.table", DPS_MODEL_I8, 2, NULL, &net->affix_table, error));
    uint32_t slots = net->word_index->dims[0], free_slots = 0;
    const int32_t *slot = net->word_index->data;
    for (uint32_t i = 0; i < slots; i++) {
        if (slot[i] < 0 || (uint32_t)slot[i] >= net->word_forms->dims[0])
            return dps_error_set(error, DPS_MODEL, "%s: the word index points outside the word list",
                                 dps_model_name(m));
        free_slots += slot[i] == 0;
    }
    if ((slots & (slots - 1)) != 0 || free_slots == 0) /* a search ends at a free slot */
        return dps_error_set(error, DPS_MODEL, "%s: the word index is malformed", dps_model_name(m));
    if (net->affix_table->dims[0] < 2)
        return dps_error_set(error, DPS_MODEL, "%s: the affix table is too small", dps_model_name(m));
    net->dim_word = net->word_table->dims[1];
    net->dim_affix = net->affix_table->dims[1];
    DPS_TRY(dps_model_need(m, "source", DPS_MODEL_F32, 1, (uint32_t[]){net->dim_word + net->dim_affix}, &t, error));
    net->source = t->data;
    return DPS_OK;
}

static enum dps_status bind_names(struct dps_net *net, struct dps_error *error) {
    const struct dps_model *m = net->model;
    DPS_TRY(
        dps_model_need(m, "upos", DPS_MODEL_STRINGS, 1, (uint32_t[]){net->upos.w.columns}, &net->upos_names, error));
    DPS_TRY(
        dps_model_need(m, "rels", DPS_MODEL_STRINGS, 1, (uint32_t[]){net->rel_out.w.columns}, &net->rel_names, error));
    DPS_TRY(
        dps_model_need(m, "scripts", DPS_MODEL_STRINGS, 1, (uint32_t[]){net->lemma.w.columns}, &net->scripts, error));
    DPS_TRY(dps_model_need(m, "feats.strings", DPS_MODEL_STRINGS, 1, NULL, &net->feats_strings, error));
    uint32_t n = net->feats_strings->dims[0];
    DPS_TRY(dps_model_need(m, "feats.upos", DPS_MODEL_I32, 1, (uint32_t[]){n}, &net->feats_upos, error));
    DPS_TRY(dps_model_need(m, "feats.column", DPS_MODEL_I32, 2, (uint32_t[]){n, 0}, &net->feats_column, error));
    DPS_TRY(dps_model_need(m, "feats.start", DPS_MODEL_I32, 1, (uint32_t[]){net->feats_column->dims[1] + 1},
                           &net->feats_start, error));
    const int32_t *column = net->feats_column->data, *start = net->feats_start->data;
    for (size_t i = 0; i < net->feats_column->count; i++)
        if (column[i] < 0 || (uint32_t)column[i] >= net->feats.w.columns)
            return dps_error_set(error, DPS_MODEL, "%s: a feature points outside the scores", dps_model_name(m));
    for (uint32_t k = 0; k + 1 < net->feats_start->dims[0]; k++)
        if (start[k] < 0 || start[k + 1] <= start[k] || (uint32_t)start[k + 1] > net->feats.w.columns)
            return dps_error_set(error, DPS_MODEL, "%s: the feature ranges are malformed", dps_model_name(m));
    return DPS_OK;
}

static enum dps_status bind_all(struct dps_net *net, struct dps_error *error) {
    const struct dps_model *m = net->model;
    const struct dps_tensor *t;
    DPS_TRY(bind_tables(net, error));
    DPS_TRY(dps_model_need(m, "enc0.v", DPS_MODEL_F32, 2, NULL, &t, error));
    net->hidden = t->dims[1] / 2;
    if (t->dims[1] % 2 != 0) return dps_error_set(error, DPS_MODEL, "%s: odd hidden size", dps_model_name(m));
    uint32_t h = 2 * net->hidden;
    for (int i = 0; i < DPS_NET_LAYERS; i++)
        DPS_TRY(bind_layer(net, i, i == 0 ? net->dim_word + net->dim_affix : h, error));
    DPS_TRY(bind_dense(net, &net->tag, "tag", h, 0, error));
    uint32_t tag = net->tag.w.columns;
    DPS_TRY(bind_dense(net, &net->upos, "upos", tag, 0, error));
    DPS_TRY(bind_dense(net, &net->feats, "feats", tag, 0, error));
    DPS_TRY(bind_dense(net, &net->lemma, "lemma", tag, 0, error));
    DPS_TRY(bind_dense(net, &net->arc_dep, "arc_dep", h, 0, error));
    net->dim_arc = net->arc_dep.w.columns;
    DPS_TRY(bind_dense(net, &net->arc_head, "arc_head", h, net->dim_arc, error));
    DPS_TRY(bind_dense(net, &net->arc_mat, "arc_mat", net->dim_arc, net->dim_arc, error));
    DPS_TRY(bind_dense(net, &net->rel_dep, "rel_dep", h, 0, error));
    net->dim_rel = net->rel_dep.w.columns;
    DPS_TRY(bind_dense(net, &net->rel_head, "rel_head", h, net->dim_rel, error));
    DPS_TRY(bind_dense(net, &net->rel_out, "rel_out", net->dim_rel, 0, error));
    DPS_TRY(dps_model_need(m, "arc_root", DPS_MODEL_F32, 1, (uint32_t[]){net->dim_arc}, &t, error));
    net->arc_root = t->data;
    DPS_TRY(dps_model_need(m, "rel_root", DPS_MODEL_F32, 1, (uint32_t[]){net->dim_rel}, &t, error));
    net->rel_root = t->data;
    return bind_names(net, error);
}

enum dps_status dps_net_new(struct dps_net *net, const struct dps_model *model, struct dps_error *error) {
    memset(net, 0, sizeof *net);
    net->model = model;
    enum dps_status status = dps_kernel_choose(&net->level, error);
    if (status == DPS_OK) status = bind_all(net, error);
    if (status != DPS_OK) dps_net_release(net);
    return status;
}

void dps_net_release(struct dps_net *net) {
    for (int i = 0; i < DPS_NET_LAYERS; i++) dps_matrix_release(&net->enc[i]);
    struct dps_dense *all[] = {&net->tag,      &net->upos,    &net->feats,   &net->lemma,    &net->arc_dep,
                               &net->arc_head, &net->arc_mat, &net->rel_dep, &net->rel_head, &net->rel_out};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) dps_matrix_release(&all[i]->w);
}

/* ---- words to table rows ---- */

static const uint32_t FNV_START = 2166136261u, FNV_PRIME = 16777619u;

static uint32_t fnv_bytes(uint32_t h, const char *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)bytes[i]) * FNV_PRIME;
    return h;
}

static uint32_t affix_row(const struct dps_net *net, unsigned char kind, const char *bytes, size_t n) {
    uint32_t h = fnv_bytes((FNV_START ^ kind) * FNV_PRIME, bytes, n);
    return h % (net->affix_table->dims[0] - 1) + 1;
}

static uint32_t word_row(const struct dps_net *net, const char *bytes, size_t n) {
    const int32_t *slot = net->word_index->data;
    uint32_t mask = net->word_index->dims[0] - 1;
    for (uint32_t k = fnv_bytes(FNV_START, bytes, n) & mask; slot[k] != 0; k = (k + 1) & mask) {
        struct dps_str s = dps_model_string(net->word_forms, (uint32_t)slot[k]);
        if (s.length == n && memcmp(s.data, bytes, n) == 0) return (uint32_t)slot[k];
    }
    return 0;
}

bool dps_net_knows(const struct dps_net *net, struct dps_str form) {
    return word_row(net, form.data, form.length) != 0;
}

static size_t shape_of(struct dps_str form, char out[SHAPE_LENGTH * 4]) {
    uint32_t last = 0, before = 0;
    size_t n = 0, letters = 0;
    for (size_t at = 0; at < form.length && letters < SHAPE_LENGTH;) {
        uint32_t c = dps_utf8_next(form, &at);
        uint32_t s = dps_utf8_is_upper(c) ? 'X' : dps_utf8_is_letter(c) ? 'x' : dps_utf8_is_digit(c) ? 'd' : c;
        if (letters >= 2 && s == last && s == before) continue;
        n += dps_utf8_put(s, out + n);
        before = last;
        last = s;
        letters++;
    }
    return n;
}

void dps_net_rows(const struct dps_net *net, struct dps_str form, struct dps_word_rows *rows) {
    enum { ROOM = 256 }; /* bytes of a word that are looked at; longer words (addresses) are cut */
    char zero[ROOM + 4], low[3 * ROOM + 12] /* a bad byte becomes three */, shape[SHAPE_LENGTH * 4];
    uint16_t start[2 * ROOM + 1]; /* where each letter of `low` begins */
    size_t n_zero = 0, n_low = 0, letters = 0;
    for (size_t at = 0; at < form.length && n_zero < ROOM;) {
        size_t from = at;
        uint32_t c = dps_utf8_next(form, &at);
        bool digit = c >= '0' && c <= '9';
        if (at - from > 4) break;
        memcpy(zero + n_zero, form.data + from, at - from);
        if (digit) zero[n_zero] = '0';
        n_zero += at - from;
        start[letters++] = (uint16_t)n_low;
        n_low += dps_utf8_put(digit ? '0' : (uint32_t)utf8proc_tolower((utf8proc_int32_t)c), low + n_low);
    }
    start[letters] = (uint16_t)n_low;
    rows->word = word_row(net, zero, n_zero);
    if (rows->word == 0) rows->word = word_row(net, low, n_low);
    uint32_t *slot = rows->affix;
    for (size_t k = 1; k <= PREFIXES; k++) *slot++ = letters >= k ? affix_row(net, (unsigned char)k, low, start[k]) : 0;
    for (size_t k = 1; k <= SUFFIXES; k++)
        *slot++ = letters >= k ? affix_row(net, (unsigned char)(SUFFIX_KIND + k), low + start[letters - k],
                                           n_low - start[letters - k])
                               : 0;
    *slot = affix_row(net, SHAPE_KIND, shape, shape_of(form, shape));
}

/* ---- running ---- */

static size_t widest_input(const struct dps_net *net) {
    const struct dps_dense *all[] = {&net->tag, &net->upos, &net->arc_mat, &net->rel_out};
    size_t widest = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i]->w.rows > widest) widest = all[i]->w.rows;
    for (int i = 0; i < DPS_NET_LAYERS; i++)
        if (net->enc[i].rows > widest) widest = net->enc[i].rows;
    return widest;
}

enum dps_status dps_net_work_init(const struct dps_net *net, struct dps_arena *arena, size_t most, size_t longest,
                                  struct dps_net_work *w, struct dps_error *error) {
    size_t h = 2 * (size_t)net->hidden, in = net->dim_word + net->dim_affix;
    size_t widest = dps_net_stride(net->enc[0].columns);
    for (int i = 1; i < DPS_NET_LAYERS; i++)
        if (dps_net_stride(net->enc[i].columns) > widest) widest = dps_net_stride(net->enc[i].columns);
    memset(w, 0, sizeof *w);
    w->most_words = most;
    w->longest = longest;
    w->score_stride = dps_net_stride((uint32_t)longest + 1);
    struct {
        float **place;
        size_t rows, columns;
    } parts[] = {
        {&w->x, most, in},
        {&w->u, most, widest},
        {&w->a, most, h},
        {&w->b, most, h},
        {&w->c, 1, net->hidden},
        {&w->tag, most, dps_net_stride(net->tag.w.columns)},
        {&w->upos, most, dps_net_stride(net->upos.w.columns)},
        {&w->feats, most, dps_net_stride(net->feats.w.columns)},
        {&w->lemma, most, dps_net_stride(net->lemma.w.columns)},
        {&w->arc_dep, most, dps_net_stride(net->dim_arc)},
        {&w->arc_q, most, dps_net_stride(net->dim_arc)},
        {&w->arc_head, most, dps_net_stride(net->dim_arc)},
        {&w->rel_dep, most, dps_net_stride(net->dim_rel)},
        {&w->rel_head, most, dps_net_stride(net->dim_rel)},
        {&w->heads, net->dim_arc, w->score_stride},
        {&w->q_scales, 1, most},
        {&w->scores, longest, w->score_stride},
        {&w->hidden, longest, dps_net_stride(net->dim_rel)},
        {&w->rel, longest, dps_net_stride(net->rel_out.w.columns)},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        *parts[i].place = dps_arena_take_array(arena, parts[i].rows * parts[i].columns + 16, sizeof(float));
        if (!*parts[i].place) return dps_error_set(error, DPS_MEMORY, "parse: the article needs too much memory");
    }
    w->q = dps_arena_take_array(arena, most, dps_kernel_padded(widest_input(net)));
    if (!w->q) return dps_error_set(error, DPS_MEMORY, "parse: the article needs too much memory");
    return DPS_OK;
}

/* Quantise n rows; the products below read them until the next call. */
static void take_input(const struct dps_net *net, struct dps_net_work *w, const float *x, size_t x_stride, size_t k,
                       size_t n) {
    dps_kernel_quantise(net->level, x, x_stride, k, n, w->q, w->q_scales);
}

static void run_dense(const struct dps_net *net, const struct dps_net_work *w, const struct dps_dense *d, size_t n,
                      float *y) {
    dps_kernel_product(net->level, &d->w, d->b, w->q, w->q_scales, n, y, dps_net_stride(d->w.columns));
}

static void fill_inputs(const struct dps_net *net, float *x, const struct dps_word_rows *rows, size_t n) {
    size_t in = net->dim_word + net->dim_affix;
    const int8_t *words = net->word_table->data, *affixes = net->affix_table->data;
    for (size_t i = 0; i < n; i++) {
        float *out = x + i * in;
        memcpy(out, net->source, in * sizeof(float));
        uint32_t w = rows[i].word;
        dps_kernel_add_i8(net->level, out, words + (size_t)w * net->dim_word, net->word_table->scales[w],
                          net->dim_word);
        for (int k = 0; k < DPS_NET_SLOTS; k++) {
            uint32_t a = rows[i].affix[k];
            if (a)
                dps_kernel_add_i8(net->level, out + net->dim_word, affixes + (size_t)a * net->dim_affix,
                                  net->affix_table->scales[a], net->dim_affix);
        }
    }
}

static void run_layer(const struct dps_net *net, struct dps_net_work *w, int i, const float *x, size_t in, float *h,
                      size_t n, const uint32_t *lengths, size_t n_sentences) {
    uint32_t H = net->hidden;
    size_t us = dps_net_stride(net->enc[i].columns), hs = 2 * (size_t)H, half = (net->enc_skip[i] ? 4 : 3) * (size_t)H;
    take_input(net, w, x, in, in, n);
    dps_kernel_product(net->level, &net->enc[i], NULL, w->q, w->q_scales, n, w->u, us);
    size_t first = 0;
    for (size_t s = 0; s < n_sentences; s++) {
        for (size_t d = 0; d < 2; d++) {
            const float *u = w->u + first * us + d * half;
            const float *skip = net->enc_skip[i] ? u + 3 * (size_t)H : x + first * in + d * H;
            dps_kernel_sru(net->level, H, lengths[s], d == 1, u, us, skip, net->enc_skip[i] ? us : in,
                           net->enc_v[i] + d * 2 * H, net->enc_b[i] + d * 2 * H, w->c, h + first * hs + d * H, hs);
        }
        first += lengths[s];
    }
}

void dps_net_encode(const struct dps_net *net, struct dps_net_work *w, const struct dps_word_rows *rows, size_t n,
                    const uint32_t *lengths, size_t n_sentences) {
    size_t in = net->dim_word + net->dim_affix, h = 2 * (size_t)net->hidden;
    fill_inputs(net, w->x, rows, n);
    run_layer(net, w, 0, w->x, in, w->a, n, lengths, n_sentences);
    run_layer(net, w, 1, w->a, h, w->b, n, lengths, n_sentences);
    run_layer(net, w, 2, w->b, h, w->a, n, lengths, n_sentences);
    size_t ts = dps_net_stride(net->tag.w.columns), as = dps_net_stride(net->dim_arc);
    take_input(net, w, w->b, h, h, n);
    run_dense(net, w, &net->tag, n, w->tag);
    dps_kernel_leaky(w->tag, n * ts, SLOPE);
    take_input(net, w, w->tag, ts, net->tag.w.columns, n);
    run_dense(net, w, &net->upos, n, w->upos);
    run_dense(net, w, &net->feats, n, w->feats);
    run_dense(net, w, &net->lemma, n, w->lemma);
    take_input(net, w, w->a, h, h, n);
    run_dense(net, w, &net->arc_dep, n, w->arc_dep);
    run_dense(net, w, &net->arc_head, n, w->arc_head);
    run_dense(net, w, &net->rel_dep, n, w->rel_dep);
    run_dense(net, w, &net->rel_head, n, w->rel_head);
    dps_kernel_leaky(w->arc_dep, n * as, SLOPE);
    dps_kernel_leaky(w->arc_head, n * as, SLOPE);
    take_input(net, w, w->arc_dep, as, net->dim_arc, n);
    run_dense(net, w, &net->arc_mat, n, w->arc_q);
}

void dps_net_arcs(const struct dps_net *net, struct dps_net_work *w, size_t first, size_t n) {
    size_t as = dps_net_stride(net->dim_arc), D = net->dim_arc, columns = dps_net_stride((uint32_t)n + 1);
    const float *h = w->arc_head + first * as;
    for (size_t r = 0; r < D; r++) { /* heads are turned so that the scores of a word stand side by side */
        float *row = w->heads + r * columns;
        row[0] = net->arc_root[r];
        for (size_t c = 1; c <= n; c++) row[c] = h[(c - 1) * as + r];
        for (size_t c = n + 1; c < columns; c++) row[c] = 0.0f;
    }
    dps_kernel_scores(net->level, w->heads, columns, D, w->arc_q + first * as, as, n, w->scores, w->score_stride);
}

void dps_net_labels(const struct dps_net *net, struct dps_net_work *w, size_t first, size_t n, const int32_t *heads) {
    size_t rs = dps_net_stride(net->dim_rel);
    for (size_t i = 0; i < n; i++) {
        const float *dep = w->rel_dep + (first + i) * rs;
        const float *head = heads[i] == 0 ? net->rel_root : w->rel_head + (first + (size_t)heads[i] - 1) * rs;
        for (size_t j = 0; j < net->dim_rel; j++) w->hidden[i * rs + j] = dep[j] + head[j];
    }
    dps_kernel_leaky(w->hidden, n * rs, SLOPE);
    take_input(net, w, w->hidden, rs, net->dim_rel, n);
    run_dense(net, w, &net->rel_out, n, w->rel);
}
