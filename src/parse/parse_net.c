/* parse_net.c -- see parse_net.h. */
#include "parse/parse_net.h"

#include <stdio.h>

static const float SLOPE = 0.1f; /* of the leaky rectifier; as in train/net.py */

/* ---- binding ---- */

static enum dps_status bind_dense(struct dps_net *net, struct dps_dense *d, const char *name, uint32_t rows,
                                  uint32_t columns, struct dps_error *error) {
    char full[DPS_MODEL_NAME];
    const struct dps_tensor *b;
    DPS_TRY(dps_matrix_bind(&d->w, net->model, name, rows, columns, error));
    snprintf(full, sizeof full, "%s.b", name);
    DPS_TRY(dps_model_need(net->model, full, DPS_MODEL_F32, 1, (uint32_t[]){d->w.columns}, &b, error));
    d->b = b->data;
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
    DPS_TRY(dps_words_bind(&net->words, m, error));
    for (int i = 0; i < DPS_NET_LAYERS; i++) {
        char name[DPS_MODEL_NAME];
        snprintf(name, sizeof name, "enc%d", i);
        DPS_TRY(dps_sru_bind(&net->enc[i], m, name, i == 0 ? net->words.width : 2 * net->enc[0].hidden, error));
        if (net->enc[i].hidden != net->enc[0].hidden)
            return dps_error_set(error, DPS_MODEL, "%s: layers of different widths", dps_model_name(m));
    }
    uint32_t h = 2 * net->enc[0].hidden;
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
    for (int i = 0; i < DPS_NET_LAYERS; i++) dps_sru_release(&net->enc[i]);
    struct dps_dense *all[] = {&net->tag,      &net->upos,    &net->feats,   &net->lemma,    &net->arc_dep,
                               &net->arc_head, &net->arc_mat, &net->rel_dep, &net->rel_head, &net->rel_out};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) dps_matrix_release(&all[i]->w);
}

/* ---- running ---- */

static size_t widest_input(const struct dps_net *net) {
    const struct dps_dense *all[] = {&net->tag, &net->upos, &net->arc_mat, &net->rel_out};
    size_t widest = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i]->w.rows > widest) widest = all[i]->w.rows;
    for (int i = 0; i < DPS_NET_LAYERS; i++)
        if (net->enc[i].in > widest) widest = net->enc[i].in;
    return widest;
}

enum dps_status dps_net_work_init(const struct dps_net *net, struct dps_arena *arena, size_t most, size_t longest,
                                  struct dps_net_work *w, struct dps_error *error) {
    size_t h = 2 * (size_t)net->enc[0].hidden, widest = 0;
    for (int i = 0; i < DPS_NET_LAYERS; i++)
        if (dps_sru_stride(&net->enc[i]) > widest) widest = dps_sru_stride(&net->enc[i]);
    memset(w, 0, sizeof *w);
    w->most_words = most;
    w->longest = longest;
    w->score_stride = dps_net_stride((uint32_t)longest + 1);
    struct {
        float **place;
        size_t rows, columns;
    } parts[] = {
        {&w->x, most, net->words.width},
        {&w->sru.u, most, widest},
        {&w->a, most, h},
        {&w->b, most, h},
        {&w->sru.c, 1, net->enc[0].hidden},
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
        {&w->sru.q_scales, 1, most},
        {&w->scores, longest, w->score_stride},
        {&w->hidden, longest, dps_net_stride(net->dim_rel)},
        {&w->rel, longest, dps_net_stride(net->rel_out.w.columns)},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        *parts[i].place = dps_arena_take_array(arena, parts[i].rows * parts[i].columns + 16, sizeof(float));
        if (!*parts[i].place) return dps_error_set(error, DPS_MEMORY, "parse: the article needs too much memory");
    }
    w->sru.q = dps_arena_take_array(arena, most, dps_kernel_padded(widest_input(net)));
    if (!w->sru.q) return dps_error_set(error, DPS_MEMORY, "parse: the article needs too much memory");
    return DPS_OK;
}

/* Quantise n rows; the products below read them until the next call. */
static void take_input(const struct dps_net *net, struct dps_net_work *w, const float *x, size_t x_stride, size_t k,
                       size_t n) {
    dps_kernel_quantise(net->level, x, x_stride, k, n, w->sru.q, w->sru.q_scales);
}

static void run_dense(const struct dps_net *net, const struct dps_net_work *w, const struct dps_dense *d, size_t n,
                      float *y) {
    dps_kernel_product(net->level, &d->w, d->b, w->sru.q, w->sru.q_scales, n, y, dps_net_stride(d->w.columns));
}

void dps_net_encode(const struct dps_net *net, struct dps_net_work *w, const struct dps_word_rows *rows, size_t n,
                    const uint32_t *lengths, size_t n_sentences) {
    size_t h = 2 * (size_t)net->enc[0].hidden;
    dps_words_input(&net->words, net->level, rows, n, w->x);
    dps_sru_run(&net->enc[0], net->level, &w->sru, w->x, n, lengths, n_sentences, w->a);
    dps_sru_run(&net->enc[1], net->level, &w->sru, w->a, n, lengths, n_sentences, w->b);
    dps_sru_run(&net->enc[2], net->level, &w->sru, w->b, n, lengths, n_sentences, w->a);
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
