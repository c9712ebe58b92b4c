/* text_boundary.c -- see text_boundary.h. Blocks are read in windows that overlap, so that memory is bounded and a word
 * is judged with words on both sides of it. */
#include "text/text_boundary.h"

enum { WINDOW = 512, OVERLAP = 48, GAP_RULE = 1, GAP_TIGHT = 2, GAPS = 4, ODDS = 2 };

enum dps_status dps_boundary_bind(struct dps_boundary *b, const struct dps_model *model, struct dps_error *error) {
    const struct dps_tensor *t;
    memset(b, 0, sizeof *b);
    if (!dps_model_tensor(model, "split.gap")) return DPS_END;
    DPS_TRY(dps_kernel_choose(&b->level, error));
    DPS_TRY(dps_words_bind(&b->words, model, error));
    DPS_TRY(dps_model_need(model, "split.gap", DPS_MODEL_F32, 2, (uint32_t[]){GAPS, b->words.width}, &t, error));
    b->gap = t->data;
    DPS_TRY(dps_model_need(model, "split.odds", DPS_MODEL_F32, 1, (uint32_t[]){ODDS}, &t, error));
    b->odds = t->data;
    DPS_TRY(dps_model_need(model, "split.out.b", DPS_MODEL_F32, 1, (uint32_t[]){1}, &t, error));
    b->out_bias = t->data;
    DPS_TRY(dps_sru_bind(&b->layer, model, "split.enc", b->words.width, error));
    enum dps_status status = dps_matrix_bind(&b->out, model, "split.out", 2 * b->layer.hidden, 1, error);
    if (status != DPS_OK) dps_boundary_release(b);
    return status;
}

void dps_boundary_release(struct dps_boundary *b) {
    dps_sru_release(&b->layer);
    dps_matrix_release(&b->out);
}

struct work {
    struct dps_word_rows *rows;
    float *x, *h, *y;
    struct dps_sru_work sru;
};

/* The workspace of an article's first block serves the later ones. */
static bool take_work(const struct dps_boundary *b, struct dps_splitter *p) {
    struct work *w = p->boundary_work;
    if (w) return true;
    size_t in = b->layer.in, hidden = 2 * (size_t)b->layer.hidden, wide = in > hidden ? in : hidden;
    w = DPS_NEW(p->arena, 1, struct work);
    if (!w) return false;
    w->rows = DPS_NEW(p->arena, WINDOW, struct dps_word_rows);
    w->x = DPS_NEW(p->arena, WINDOW * in, float);
    w->h = DPS_NEW(p->arena, WINDOW * hidden, float);
    w->y = DPS_NEW(p->arena, WINDOW * DPS_KERNEL_LANES, float);
    w->sru.u = DPS_NEW(p->arena, WINDOW * dps_sru_stride(&b->layer), float);
    w->sru.c = DPS_NEW(p->arena, b->layer.hidden, float);
    w->sru.q = DPS_NEW(p->arena, WINDOW * dps_kernel_padded(wide), uint8_t);
    w->sru.q_scales = DPS_NEW(p->arena, WINDOW, float);
    p->boundary_work = w;
    return w->rows && w->x && w->h && w->y && w->sru.u && w->sru.c && w->sru.q && w->sru.q_scales;
}

/* Scores of tokens first .. first + n, above zero where a sentence ends; `is_end` holds the rules' ends. */
static void run_window(const struct dps_boundary *b, const struct dps_splitter *p, struct work *w, uint32_t first,
                       uint32_t n, const bool *is_end) {
    uint32_t in = b->layer.in;
    for (uint32_t i = 0; i < n; i++) dps_words_rows(&b->words, p->tokens[first + i].form, &w->rows[i]);
    dps_words_input(&b->words, b->level, w->rows, n, w->x);
    for (uint32_t i = 0; i < n; i++) {
        const float *gap =
            b->gap + ((is_end[i] ? GAP_RULE : 0) | (p->tokens[first + i].space_after ? 0 : GAP_TIGHT)) * (size_t)in;
        for (uint32_t j = 0; j < in; j++) w->x[(size_t)i * in + j] += gap[j];
    }
    dps_sru_run(&b->layer, b->level, &w->sru, w->x, n, &n, 1, w->h);
    size_t hidden = 2 * (size_t)b->layer.hidden;
    dps_kernel_quantise(b->level, w->h, hidden, hidden, n, w->sru.q, w->sru.q_scales);
    dps_kernel_product(b->level, &b->out, b->out_bias, w->sru.q, w->sru.q_scales, n, w->y, DPS_KERNEL_LANES);
}

/* May a sentence end behind this token? Not within what is written as one word, and behind an abbreviation only where
 * the rules say so. */
static bool may_end(const struct dps_splitter *p, uint32_t token, bool by_rule) {
    struct dps_str form = p->tokens[token].form;
    if (!by_rule && form.length > 1 && form.data[form.length - 1] == '.' && form.data[0] != '.') return false;
    for (uint32_t back = 0; back < 4 && back <= token; back++) {
        const struct dps_token *t = &p->tokens[token - back];
        uint8_t together = t->mwt_length ? t->mwt_length : t->glued;
        if (together > back + 1) return false;
    }
    return true;
}

void dps_boundary_mend(const struct dps_boundary *b, struct dps_splitter *p, uint32_t first, uint32_t end_at) {
    uint32_t n = p->n_tokens - first;
    if (n < 2) return;
    bool *is_end = DPS_NEW(p->arena, n, bool), *now = DPS_NEW(p->arena, n, bool);
    if (!is_end || !now || !take_work(b, p)) {
        p->failed = true;
        return;
    }
    for (uint32_t i = end_at; i < p->n_ends; i++) is_end[p->ends[i] - first - 1] = true;
    for (uint32_t from = 0; from < n;) {
        uint32_t start = from > OVERLAP ? from - OVERLAP : 0, end = start + WINDOW < n ? start + WINDOW : n;
        uint32_t sure = end < n ? end - OVERLAP : n; /* later tokens are judged in the next window */
        struct work *w = p->boundary_work;
        run_window(b, p, w, first + start, end - start, is_end + start);
        for (; from < sure; from++)
            now[from] = w->y[(from - start) * DPS_KERNEL_LANES] > b->odds[is_end[from]] &&
                        may_end(p, first + from, is_end[from]);
    }
    for (uint32_t i = 0; i + 1 < n; i++) /* a smiley goes with what it smiles at */
        if (now[i] && dps_split_is_smiley(p->tokens[first + i + 1].form)) now[i] = false, now[i + 1] = true;
    now[n - 1] = true;
    p->n_ends = end_at;
    for (uint32_t i = 0; i < n; i++)
        if (now[i]) dps_split_end(p, first + i + 1);
}
