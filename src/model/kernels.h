/* kernels.h -- the arithmetic of the networks: matrix products and the SRU recurrence. Plain and fast versions give the
 * same bits.
 *
 * How the bits stay the same: each output is one chain of fused multiply-adds over the inner index in ascending order,
 * whatever the vector width (the vectors run across outputs, never along the chain); everything else is plain IEEE
 * arithmetic without contraction; exp is ours, not the C library's. NaN and infinities of a bad model spread, but never
 * into an index.
 */
#ifndef DPS_MODEL_KERNELS_H
#define DPS_MODEL_KERNELS_H

#include "model/model.h"

enum { DPS_KERNEL_LANES = 16 }; /* columns of a packed panel */

enum dps_kernel_level { DPS_KERNEL_PLAIN, DPS_KERNEL_AVX2, DPS_KERNEL_AVX512, DPS_KERNEL_LEVELS };
/* The best level of this machine. */
enum dps_kernel_level dps_kernel_best(void);

/* A matrix of `rows` (inner index) x `columns` (outputs), packed in panels of 16 columns: panel p holds rows x 16
 * floats; the last panel is filled up with zeros. */
struct dps_matrix {
    float *panels; /* owned by who packed it; 64-byte aligned */
    uint32_t rows, columns;
};
/* Floats that `panels` needs. */
size_t dps_matrix_floats(uint32_t rows, uint32_t columns);
/* Fill panels from element (r, c) at data[r * row_step + c * column_step]. */
void dps_matrix_pack(struct dps_matrix *matrix, const float *data, size_t row_step, size_t column_step);
/* A heap matrix from an F32 or F16 tensor of rank 2; panels NULL when memory ran out. */
struct dps_matrix dps_matrix_of(const struct dps_tensor *tensor);
void dps_matrix_release(struct dps_matrix *matrix);

/* y[i][c] = bias[c] + sum over r of x[i][r] * w[r][c], for n rows i. y has room for the columns rounded up to 16 in
 * each row's stride; bias (NULL: zeros) is read for `columns` only. */
void dps_kernel_gemm(enum dps_kernel_level level, const struct dps_matrix *w, const float *bias, const float *x,
                     size_t x_stride, size_t n, float *y, size_t y_stride);

/* One direction of an SRU layer over one sentence of n words. For word t: u + t * u_stride holds H values each of u,
 * uf, ur; s + t * s_stride the skip input; h + t * h_stride receives the output. v and b hold 2H values (forget,
 * reset). c is H floats of workspace. */
void dps_kernel_sru(enum dps_kernel_level level, uint32_t H, size_t n, bool reverse, const float *u, size_t u_stride,
                    const float *s, size_t s_stride, const float *v, const float *b, float *c, float *h,
                    size_t h_stride);

/* out[j] += scale * row[j] */
void dps_kernel_add_i8(float *out, const int8_t *row, float scale, uint32_t n);

/* x < 0 becomes slope * x. */
void dps_kernel_leaky(float *x, size_t n, float slope);

float dps_kernel_exp(float x);
/* Probabilities in place; returns the index of the greatest (the first of equals). n > 0. */
size_t dps_kernel_softmax(float *x, size_t n);

#endif
