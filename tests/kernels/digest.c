/* digest.c -- runs every kernel of every level that the machine has on the same pseudo-random input and prints a digest
 * of all bits that come out: `LEVEL DIGEST`, one a line. Equal digests mean equal trees; arm64.sh compares those of two
 * processor families. */
#include "model/kernels.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static uint32_t seed;
static uint32_t next_random(void) {
    seed = seed * 1664525u + 1013904223u;
    return seed >> 8;
}
static void fill(float *x, size_t n) {
    for (size_t i = 0; i < n; i++) x[i] = ((float)(next_random() % 20001) - 10000.0f) / 3000.0f;
}

static uint64_t digest;
static void take(const void *bytes, size_t n) { /* FNV-1a */
    for (size_t i = 0; i < n; i++) digest = (digest ^ ((const unsigned char *)bytes)[i]) * 1099511628211u;
}

enum { K = 451, COLUMNS = 150, STRIDE = 160, ROWS = 53, H = 73, HEADS = 48 };
static float x[ROWS * K], y[ROWS * STRIDE], bias[COLUMNS], scales[ROWS], weight_scales[COLUMNS];
static float u[ROWS * 3 * H], skip[ROWS * H], v[2 * H], b[2 * H], state[H], h[ROWS * H], heads[K * HEADS];
static int8_t weights[COLUMNS * K];
static uint8_t q[ROWS * (K + DPS_KERNEL_GROUP)];

static void run(enum dps_kernel_level level, const struct dps_matrix *w) {
    dps_kernel_quantise(level, x, K, K, ROWS, q, scales);
    take(q, ROWS * dps_kernel_padded(K));
    take(scales, sizeof scales);
    dps_kernel_product(level, w, bias, q, scales, ROWS, y, STRIDE);
    take(y, sizeof y);
    for (int reverse = 0; reverse < 2; reverse++) {
        dps_kernel_sru(level, H, ROWS, reverse, u, 3 * H, skip, H, v, b, state, h, H);
        take(h, sizeof h);
    }
    dps_kernel_scores(level, heads, HEADS, K, x, K, ROWS, y, STRIDE);
    take(y, sizeof y);
    dps_kernel_add_i8(level, h, weights, 0.37f, H);
    dps_kernel_leaky(h, H, 0.1f);
    take(h, sizeof h);
    dps_kernel_softmax(h, H);
    take(h, sizeof h);
}

int main(void) {
    seed = 20220121;
    fill(x, ROWS * K), fill(bias, COLUMNS), fill(u, ROWS * 3 * H), fill(skip, ROWS * H), fill(v, 2 * H), fill(b, 2 * H);
    fill(heads, K * HEADS);
    for (size_t i = 0; i < COLUMNS * K; i++) weights[i] = (int8_t)((int)(next_random() % 255) - 127);
    for (size_t i = 0; i < COLUMNS; i++) weight_scales[i] = 0.001f + (float)(next_random() % 1000) / 10000.0f;
    struct dps_tensor t = {.type = DPS_MODEL_I8,
                           .rank = 2,
                           .dims = {COLUMNS, K},
                           .count = sizeof weights,
                           .data = weights,
                           .scales = weight_scales};
    struct dps_matrix w = dps_matrix_of(&t);
    if (!w.panels) return EXIT_FAILURE;
    for (enum dps_kernel_level level = DPS_KERNEL_PLAIN; level < DPS_KERNEL_LEVELS; level++) {
        if (!dps_kernel_has(level)) continue;
        digest = 14695981039346656037u;
        run(level, &w);
        printf("%s %016" PRIx64 "\n", dps_kernel_name(level), digest);
    }
    dps_matrix_release(&w);
    return 0;
}
