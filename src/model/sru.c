/* sru.c -- see sru.h. */
#include "model/sru.h"

#include <stdio.h>

enum dps_status dps_matrix_bind(struct dps_matrix *m, const struct dps_model *model, const char *name, uint32_t rows,
                                uint32_t columns, struct dps_error *error) {
    char full[DPS_MODEL_NAME + 2];
    const struct dps_tensor *w;
    snprintf(full, sizeof full, "%s.w", name);
    DPS_TRY(dps_model_need(model, full, DPS_MODEL_I8, 2, (uint32_t[]){columns, rows}, &w, error));
    if (w->dims[1] > DPS_KERNEL_MOST_ROWS)
        return dps_error_set(error, DPS_MODEL, "%s: '%s' has too many columns", dps_model_name(model), full);
    *m = dps_matrix_of(w);
    if (!m->panels) return dps_error_set(error, DPS_MEMORY, "%s: out of memory", dps_model_name(model));
    return DPS_OK;
}

static enum dps_status need_pair(const struct dps_model *model, const char *name, const char *part, uint32_t columns,
                                 const struct dps_tensor **t, struct dps_error *error) {
    char full[DPS_MODEL_NAME + 2];
    snprintf(full, sizeof full, "%s.%s", name, part);
    return dps_model_need(model, full, DPS_MODEL_F32, 2, (uint32_t[]){2, columns}, t, error);
}

enum dps_status dps_sru_bind(struct dps_sru *sru, const struct dps_model *model, const char *name, uint32_t in,
                             struct dps_error *error) {
    const struct dps_tensor *v, *b;
    DPS_TRY(need_pair(model, name, "v", 0, &v, error));
    if (v->dims[1] % 2 != 0)
        return dps_error_set(error, DPS_MODEL, "%s: '%s': odd hidden size", dps_model_name(model), name);
    DPS_TRY(need_pair(model, name, "b", v->dims[1], &b, error));
    sru->v = v->data;
    sru->b = b->data;
    sru->in = in;
    sru->hidden = v->dims[1] / 2;
    sru->skip = in != 2 * sru->hidden;
    return dps_matrix_bind(&sru->w, model, name, in, 2 * sru->hidden * (sru->skip ? 4 : 3), error);
}

void dps_sru_release(struct dps_sru *sru) {
    dps_matrix_release(&sru->w);
}

size_t dps_sru_stride(const struct dps_sru *sru) {
    return ((size_t)sru->w.columns + DPS_KERNEL_LANES - 1) / DPS_KERNEL_LANES * DPS_KERNEL_LANES;
}

void dps_sru_run(const struct dps_sru *sru, enum dps_kernel_level level, const struct dps_sru_work *work,
                 const float *x, size_t n, const uint32_t *lengths, size_t n_sentences, float *h) {
    size_t H = sru->hidden, in = sru->in, us = dps_sru_stride(sru), hs = 2 * H, half = (sru->skip ? 4 : 3) * H;
    dps_kernel_quantise(level, x, in, in, n, work->q, work->q_scales);
    dps_kernel_product(level, &sru->w, NULL, work->q, work->q_scales, n, work->u, us);
    size_t first = 0;
    for (size_t s = 0; s < n_sentences; s++) {
        for (size_t d = 0; d < 2; d++) {
            const float *u = work->u + first * us + d * half;
            const float *skip = sru->skip ? u + 3 * H : x + first * in + d * H;
            dps_kernel_sru(level, sru->hidden, lengths[s], d == 1, u, us, skip, sru->skip ? us : in, sru->v + d * 2 * H,
                           sru->b + d * 2 * H, work->c, h + first * hs + d * H, hs);
        }
        first += lengths[s];
    }
}
