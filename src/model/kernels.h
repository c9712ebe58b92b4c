/* kernels.h -- the arithmetic of the networks: 8-bit matrix products, the SRU recurrence and what goes around them.
 * Plain and fast versions give the same bits.
 *
 * How the bits stay the same: the products add whole numbers, which no order of adding changes; in the rest each output
 * is a fixed chain of IEEE operations without contraction, and vectors run across outputs, never along a chain; exp is
 * ours, not the C library's. NaN and infinities of a bad model spread, but never into an index.
 *
 * The quantisation is the usual dynamic one (Jacob et al. 2018, "Quantization and Training of Neural Networks for
 * Efficient Integer-Arithmetic-Only Inference"): weights have one scale for each output, each row of the input has the
 * scale that makes its greatest magnitude 127.
 */
#ifndef DPS_MODEL_KERNELS_H
#define DPS_MODEL_KERNELS_H

#include "model/model.h"

enum {
    DPS_KERNEL_LANES = 16,        /* columns of a packed panel */
    DPS_KERNEL_GROUP = 4,         /* inner indices that stand together in a panel and in a quantised row */
    DPS_KERNEL_MOST_ROWS = 16384, /* inner size of a matrix: sums stay far inside 32 bits */
    DPS_KERNEL_ZERO = 128         /* quantised values are stored with this added */
};

/* Levels of one processor family; `plain` is the reference and runs everywhere. */
enum dps_kernel_level {
    DPS_KERNEL_PLAIN,
    DPS_KERNEL_AVX2,
    DPS_KERNEL_AVX_VNNI, /* AVX2 with the 8-bit dot product: Alder Lake and later */
    DPS_KERNEL_AVX512,   /* with VNNI: Ice Lake, Zen 4 and later */
    DPS_KERNEL_NEON,     /* every 64-bit ARM */
    DPS_KERNEL_NEON_DOT, /* with the dot product of ARMv8.2 */
    DPS_KERNEL_LEVELS
};
/* "plain", "avx2", "avx-vnni", "avx512", "neon", "neon-dot". */
const char *dps_kernel_name(enum dps_kernel_level level);
/* Can this machine run the level? */
bool dps_kernel_has(enum dps_kernel_level level);
/* The best level of this machine, or the one that the environment variable DEPESCHE_KERNELS names: DPS_USAGE if it
 * names none that the machine has. */
enum dps_status dps_kernel_choose(enum dps_kernel_level *level, struct dps_error *error);

/* A matrix of `rows` (inner index) x `columns` (outputs) of signed bytes in -127..127, packed in panels of 16 columns:
 * for each group of 4 inner indices, 16 columns x 4 bytes; filled up with zeros. */
struct dps_matrix {
    int8_t *panels;  /* heap, 64-byte aligned; NULL when memory ran out */
    float *scales;   /* one for each column, filled up to whole panels; in the same allocation */
    int32_t *offset; /* for each column -128 times the sum of its weights: takes back what DPS_KERNEL_ZERO adds */
    uint32_t rows, columns;
};
/* A heap matrix from an I8 tensor of rank 2 that holds one *output* a row. Release it. rows <= DPS_KERNEL_MOST_ROWS. */
struct dps_matrix dps_matrix_of(const struct dps_tensor *tensor);
void dps_matrix_release(struct dps_matrix *matrix);

/* Bytes of a quantised row of k values: filled up to whole groups. */
static inline size_t dps_kernel_padded(size_t k) {
    return (k + DPS_KERNEL_GROUP - 1) / DPS_KERNEL_GROUP * DPS_KERNEL_GROUP;
}
/* Quantise n rows of k floats (each x_stride apart) into q, rows dps_kernel_padded(k) apart, and a scale for each. */
void dps_kernel_quantise(enum dps_kernel_level level, const float *x, size_t x_stride, size_t k, size_t n, uint8_t *q,
                         float *scales);

/* y[i][c] = bias[c] + q_scale[i] * w.scale[c] * sum over r of q[i][r] * w[r][c], for n rows i of w->rows quantised
 * values. y has room for the columns rounded up to 16 in each row's stride; bias (NULL: zeros) is read for `columns`
 * only. */
void dps_kernel_product(enum dps_kernel_level level, const struct dps_matrix *w, const float *bias, const uint8_t *q,
                        const float *q_scales, size_t n, float *y, size_t y_stride);

/* One direction of an SRU layer over one sentence of n words. For word t: u + t * u_stride holds H values each of u,
 * uf, ur; s + t * s_stride the skip input; h + t * h_stride receives the output. v and b hold 2H values (forget,
 * reset). c is H floats of workspace. (Lei et al. 2018, "Simple Recurrent Units for Highly Parallelizable
 * Recurrence".) */
void dps_kernel_sru(enum dps_kernel_level level, uint32_t H, size_t n, bool reverse, const float *u, size_t u_stride,
                    const float *s, size_t s_stride, const float *v, const float *b, float *c, float *h,
                    size_t h_stride);

/* Arc scores: y[i][c] = sum over r of x[i][r] * heads[r][c] for n rows i and `columns` heads, a multiple of 16; heads
 * has `columns` floats a row, y columns a row of y_stride. */
void dps_kernel_scores(enum dps_kernel_level level, const float *heads, size_t columns, size_t k, const float *x,
                       size_t x_stride, size_t n, float *y, size_t y_stride);

/* out[j] += scale * row[j] */
void dps_kernel_add_i8(enum dps_kernel_level level, float *out, const int8_t *row, float scale, uint32_t n);

/* x < 0 becomes slope * x. */
void dps_kernel_leaky(float *x, size_t n, float slope);

float dps_kernel_exp(float x);
/* Probabilities in place; returns the index of the greatest (the first of equals). n > 0. */
size_t dps_kernel_softmax(float *x, size_t n);

#endif
