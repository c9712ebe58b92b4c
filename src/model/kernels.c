/* kernels.c -- see kernels.h. The vector versions are chosen at run time; other processors than x86-64 use the plain
 * one. */
#include "model/kernels.h"

#include <math.h>
#include <stdlib.h>

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define DPS_X86 1
#include <immintrin.h>
#define TARGET_AVX2   __attribute__((target("avx2,fma")))
#define TARGET_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,fma")))
#endif

enum { LANES = DPS_KERNEL_LANES };

enum dps_kernel_level dps_kernel_best(void) {
#ifdef DPS_X86
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw"))
        return DPS_KERNEL_AVX512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return DPS_KERNEL_AVX2;
#endif
    return DPS_KERNEL_PLAIN;
}

/* ---- packing ---- */

static size_t panels_of(uint32_t columns) {
    return ((size_t)columns + LANES - 1) / LANES;
}

size_t dps_matrix_floats(uint32_t rows, uint32_t columns) {
    return panels_of(columns) * LANES * rows;
}

void dps_matrix_pack(struct dps_matrix *m, const float *data, size_t row_step, size_t column_step) {
    for (size_t p = 0; p < panels_of(m->columns); p++)
        for (size_t r = 0; r < m->rows; r++)
            for (size_t j = 0; j < LANES; j++) {
                size_t c = p * LANES + j;
                m->panels[(p * m->rows + r) * LANES + j] = c < m->columns ? data[r * row_step + c * column_step] : 0.0f;
            }
}

struct dps_matrix dps_matrix_of(const struct dps_tensor *t) {
    struct dps_matrix m = {NULL, t->dims[0], t->dims[1]};
    size_t bytes = (dps_matrix_floats(m.rows, m.columns) * sizeof(float) + 63) / 64 * 64;
    m.panels = aligned_alloc(64, bytes);
    if (!m.panels) return m;
    if (t->type == DPS_MODEL_F32) {
        dps_matrix_pack(&m, t->data, m.columns, 1);
        return m;
    }
    const uint16_t *half = t->data;
    for (size_t p = 0; p < panels_of(m.columns); p++)
        for (size_t r = 0; r < m.rows; r++)
            for (size_t j = 0; j < LANES; j++) {
                size_t c = p * LANES + j;
                m.panels[(p * m.rows + r) * LANES + j] = c < m.columns ? dps_model_half(half[r * m.columns + c]) : 0.0f;
            }
    return m;
}

void dps_matrix_release(struct dps_matrix *m) {
    free(m->panels);
    m->panels = NULL;
}

/* ---- products: `rows` rows of x against one panel ---- */

static void panel_plain(const float *panel, size_t k, const float *bias, const float *x, size_t xs, size_t rows,
                        float *y, size_t ys) {
    for (size_t i = 0; i < rows; i++) {
        float sum[LANES];
        memcpy(sum, bias, sizeof sum);
        for (size_t r = 0; r < k; r++)
            for (size_t j = 0; j < LANES; j++) sum[j] = fmaf(x[i * xs + r], panel[r * LANES + j], sum[j]);
        memcpy(y + i * ys, sum, sizeof sum);
    }
}

#ifdef DPS_X86
/* Six rows at a time keep twelve 8-lane sums in registers. */
TARGET_AVX2 static void panel_avx2(const float *panel, size_t k, const float *bias, const float *x, size_t xs,
                                   size_t rows, float *y, size_t ys) {
    __m256 b0 = _mm256_loadu_ps(bias), b1 = _mm256_loadu_ps(bias + 8);
    size_t i = 0;
    for (; i + 6 <= rows; i += 6) {
        const float *a = x + i * xs;
        __m256 s00 = b0, s01 = b1, s10 = b0, s11 = b1, s20 = b0, s21 = b1;
        __m256 s30 = b0, s31 = b1, s40 = b0, s41 = b1, s50 = b0, s51 = b1;
        for (size_t r = 0; r < k; r++) {
            __m256 w0 = _mm256_loadu_ps(panel + r * LANES), w1 = _mm256_loadu_ps(panel + r * LANES + 8);
#define STEP(n, p, q)                                                                                                  \
    do {                                                                                                               \
        __m256 v = _mm256_set1_ps(a[(n)*xs + r]);                                                                      \
        p = _mm256_fmadd_ps(v, w0, p);                                                                                 \
        q = _mm256_fmadd_ps(v, w1, q);                                                                                 \
    } while (0)
            STEP(0, s00, s01);
            STEP(1, s10, s11);
            STEP(2, s20, s21);
            STEP(3, s30, s31);
            STEP(4, s40, s41);
            STEP(5, s50, s51);
#undef STEP
        }
        const __m256 out[12] = {s00, s01, s10, s11, s20, s21, s30, s31, s40, s41, s50, s51};
        for (size_t n = 0; n < 6; n++) {
            _mm256_storeu_ps(y + (i + n) * ys, out[2 * n]);
            _mm256_storeu_ps(y + (i + n) * ys + 8, out[2 * n + 1]);
        }
    }
    for (; i < rows; i++) {
        __m256 s0 = b0, s1 = b1;
        for (size_t r = 0; r < k; r++) {
            __m256 v = _mm256_set1_ps(x[i * xs + r]);
            s0 = _mm256_fmadd_ps(v, _mm256_loadu_ps(panel + r * LANES), s0);
            s1 = _mm256_fmadd_ps(v, _mm256_loadu_ps(panel + r * LANES + 8), s1);
        }
        _mm256_storeu_ps(y + i * ys, s0);
        _mm256_storeu_ps(y + i * ys + 8, s1);
    }
}

/* Twelve rows at a time against one panel. */
TARGET_AVX512 static void panel_avx512(const float *panel, size_t k, const float *bias, const float *x, size_t xs,
                                       size_t rows, float *y, size_t ys) {
    __m512 b = _mm512_loadu_ps(bias);
    size_t i = 0;
    for (; i + 12 <= rows; i += 12) {
        const float *a = x + i * xs, *a6 = a + 6 * xs;
        __m512 s0 = b, s1 = b, s2 = b, s3 = b, s4 = b, s5 = b, s6 = b, s7 = b, s8 = b, s9 = b, s10 = b, s11 = b;
        for (size_t r = 0; r < k; r++) {
            __m512 w = _mm512_loadu_ps(panel + r * LANES);
#define STEP(base, n, s) s = _mm512_fmadd_ps(_mm512_set1_ps(base[(n)*xs + r]), w, s)
            STEP(a, 0, s0);
            STEP(a, 1, s1);
            STEP(a, 2, s2);
            STEP(a, 3, s3);
            STEP(a, 4, s4);
            STEP(a, 5, s5);
            STEP(a6, 0, s6);
            STEP(a6, 1, s7);
            STEP(a6, 2, s8);
            STEP(a6, 3, s9);
            STEP(a6, 4, s10);
            STEP(a6, 5, s11);
#undef STEP
        }
        const __m512 out[12] = {s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11};
        for (size_t n = 0; n < 12; n++) _mm512_storeu_ps(y + (i + n) * ys, out[n]);
    }
    for (; i < rows; i++) {
        __m512 s = b;
        for (size_t r = 0; r < k; r++)
            s = _mm512_fmadd_ps(_mm512_set1_ps(x[i * xs + r]), _mm512_loadu_ps(panel + r * LANES), s);
        _mm512_storeu_ps(y + i * ys, s);
    }
}
#endif

void dps_kernel_gemm(enum dps_kernel_level level, const struct dps_matrix *w, const float *bias, const float *x,
                     size_t x_stride, size_t n, float *y, size_t y_stride) {
    enum { BLOCK = 48 }; /* rows of x that stay in the first-level cache while all panels pass by */
    for (size_t from = 0; from < n; from += BLOCK) {
        size_t rows = n - from < BLOCK ? n - from : BLOCK;
        for (size_t p = 0; p < panels_of(w->columns); p++) {
            float b[LANES] = {0};
            for (size_t j = 0; bias && j < LANES && p * LANES + j < w->columns; j++) b[j] = bias[p * LANES + j];
            const float *panel = w->panels + p * LANES * w->rows, *in = x + from * x_stride;
            float *out = y + from * y_stride + p * LANES;
#ifdef DPS_X86
            if (level == DPS_KERNEL_AVX512)
                panel_avx512(panel, w->rows, b, in, x_stride, rows, out, y_stride);
            else if (level == DPS_KERNEL_AVX2)
                panel_avx2(panel, w->rows, b, in, x_stride, rows, out, y_stride);
            else
#endif
                panel_plain(panel, w->rows, b, in, x_stride, rows, out, y_stride);
        }
    }
    (void)level;
}

/* ---- exp and the recurrence ---- */

/* 2^n times a polynomial on [-ln2/2, ln2/2] (Cephes' coefficients); within 2 units of the last place. */
static inline __attribute__((always_inline)) float exp_inline(float x) {
    x = x < 88.0f ? x : 88.0f; /* NaN becomes 88: the conversion to an integer below stays defined */
    x = x > -87.0f ? x : -87.0f;
    float n = (x * 1.44269504f + 12582912.0f) - 12582912.0f; /* rounds to the nearest integer */
    float r = x - n * 0.693359375f;
    r = r - n * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    int32_t bits = ((int32_t)n + 127) << 23;
    float two;
    memcpy(&two, &bits, sizeof two);
    return p * two;
}

float dps_kernel_exp(float x) {
    return exp_inline(x);
}

static inline __attribute__((always_inline)) float sigmoid(float x) {
    return 1.0f / (1.0f + exp_inline(-x));
}

/* One word; written so that compilers vectorise it over the units. */
static inline __attribute__((always_inline)) void sru_step(size_t H, const float *restrict u, const float *restrict s,
                                                           const float *restrict v, const float *restrict b,
                                                           float *restrict c, float *restrict h) {
    const float *uf = u + H, *ur = u + 2 * H, *vr = v + H, *br = b + H;
    for (size_t j = 0; j < H; j++) {
        float old = c[j];
        float f = sigmoid(uf[j] + v[j] * old + b[j]);
        float r = sigmoid(ur[j] + vr[j] * old + br[j]);
        float now = f * old + (1.0f - f) * u[j];
        c[j] = now;
        h[j] = r * now + (1.0f - r) * s[j];
    }
}

static inline __attribute__((always_inline)) void sru_body(uint32_t H, size_t n, bool reverse, const float *u,
                                                           size_t us, const float *s, size_t ss, const float *v,
                                                           const float *b, float *c, float *h, size_t hs) {
    for (size_t j = 0; j < H; j++) c[j] = 0.0f;
    for (size_t k = 0; k < n; k++) {
        size_t t = reverse ? n - 1 - k : k;
        sru_step(H, u + t * us, s + t * ss, v, b, c, h + t * hs);
    }
}

#define SRU_ARGS                                                                                                       \
    uint32_t H, size_t n, bool reverse, const float *u, size_t us, const float *s, size_t ss, const float *v,          \
        const float *b, float *c, float *h, size_t hs
#define SRU_PASS H, n, reverse, u, us, s, ss, v, b, c, h, hs
static void sru_plain(SRU_ARGS) {
    sru_body(SRU_PASS);
}
#ifdef DPS_X86
TARGET_AVX2 static void sru_avx2(SRU_ARGS) {
    sru_body(SRU_PASS);
}
TARGET_AVX512 static void sru_avx512(SRU_ARGS) {
    sru_body(SRU_PASS);
}
#endif

void dps_kernel_sru(enum dps_kernel_level level, SRU_ARGS) {
#ifdef DPS_X86
    if (level == DPS_KERNEL_AVX512) {
        sru_avx512(SRU_PASS);
        return;
    }
    if (level == DPS_KERNEL_AVX2) {
        sru_avx2(SRU_PASS);
        return;
    }
#endif
    (void)level;
    sru_plain(SRU_PASS);
}

void dps_kernel_add_i8(float *out, const int8_t *row, float scale, uint32_t n) {
    for (uint32_t j = 0; j < n; j++) out[j] += scale * (float)row[j];
}

void dps_kernel_leaky(float *x, size_t n, float slope) {
    for (size_t i = 0; i < n; i++) x[i] = x[i] < 0.0f ? slope * x[i] : x[i];
}

size_t dps_kernel_softmax(float *x, size_t n) {
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (x[i] > x[best]) best = i;
    float top = x[best], sum = 0.0f;
    for (size_t i = 0; i < n; i++) sum += x[i] = dps_kernel_exp(x[i] - top);
    for (size_t i = 0; i < n; i++) x[i] = x[i] / sum;
    return best;
}
