/* kernels.c -- see kernels.h. The plain versions, and the choice of the vector versions at run time; float loops are
 * written once and compiled for each level, the 8-bit products by hand in kernels_x86.c and kernels_arm.c. */
#include "model/kernels.h"

#include "model/kernels_panel.h"

#include <stdlib.h>

#ifdef DPS_KERNELS_X86
#define TARGET_AVX2   __attribute__((target("avx2")))
#define TARGET_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw")))
#endif
#ifdef DPS_KERNELS_ARM
#include <sys/auxv.h>
#endif
#define INLINE static inline __attribute__((always_inline))

enum { LANES = DPS_KERNEL_LANES, GROUP = DPS_KERNEL_GROUP };

/* ---- levels ---- */

static const char *const level_names[DPS_KERNEL_LEVELS] = {"plain", "avx2", "avx-vnni", "avx512", "neon", "neon-dot"};

const char *dps_kernel_name(enum dps_kernel_level level) {
    return level_names[level];
}

bool dps_kernel_has(enum dps_kernel_level level) {
    if (level == DPS_KERNEL_PLAIN) return true;
#ifdef DPS_KERNELS_X86
    if (level == DPS_KERNEL_AVX2) return __builtin_cpu_supports("avx2");
    if (level == DPS_KERNEL_AVX_VNNI) return __builtin_cpu_supports("avx2") && dps_cpu_has_avx_vnni();
    if (level == DPS_KERNEL_AVX512)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512vnni");
#endif
#ifdef DPS_KERNELS_ARM
    if (level == DPS_KERNEL_NEON) return true;
    if (level == DPS_KERNEL_NEON_DOT) return (getauxval(AT_HWCAP) & 1ul << 20) != 0; /* HWCAP_ASIMDDP */
#endif
    return false;
}

enum dps_status dps_kernel_choose(enum dps_kernel_level *level, struct dps_error *error) {
    const char *asked = getenv("DEPESCHE_KERNELS");
    *level = DPS_KERNEL_PLAIN;
    for (int l = 0; l < DPS_KERNEL_LEVELS; l++) {
        bool has = dps_kernel_has((enum dps_kernel_level)l);
        if (!asked || !*asked) {
            if (has) *level = (enum dps_kernel_level)l;
        } else if (strcmp(asked, level_names[l]) == 0) {
            *level = (enum dps_kernel_level)l;
            return has ? DPS_OK : dps_error_set(error, DPS_USAGE, "DEPESCHE_KERNELS: this machine has no %s", asked);
        }
    }
    if (asked && *asked)
        return dps_error_set(error, DPS_USAGE,
                             "DEPESCHE_KERNELS: '%s' is none of plain, avx2, avx-vnni, avx512, neon, neon-dot", asked);
    return DPS_OK;
}

/* ---- packing ---- */

static size_t panels_of(uint32_t columns) {
    return ((size_t)columns + LANES - 1) / LANES;
}

struct dps_matrix dps_matrix_of(const struct dps_tensor *t) {
    struct dps_matrix m = {.rows = t->dims[1], .columns = t->dims[0]};
    size_t padded = dps_kernel_padded(m.rows), columns = panels_of(m.columns) * LANES;
    size_t bytes = padded * columns; /* a multiple of 64 */
    m.panels = aligned_alloc(64, bytes + columns * (sizeof *m.scales + sizeof *m.offset));
    if (!m.panels) return m;
    memset(m.panels, 0, bytes + columns * (sizeof *m.scales + sizeof *m.offset));
    m.scales = (float *)(void *)(m.panels + bytes);
    m.offset = (int32_t *)(void *)(m.scales + columns);
    const int8_t *data = t->data;
    for (size_t c = 0; c < m.columns; c++) {
        int8_t *panel = m.panels + c / LANES * LANES * padded + c % LANES * GROUP;
        m.scales[c] = t->scales[c];
        for (size_t r = 0; r < m.rows; r++) {
            int8_t value = data[c * m.rows + r] == INT8_MIN ? -127 : data[c * m.rows + r]; /* only a bad model has it */
            panel[r / GROUP * LANES * GROUP + r % GROUP] = value;
            m.offset[c] -= DPS_KERNEL_ZERO * value;
        }
    }
    return m;
}

void dps_matrix_release(struct dps_matrix *m) {
    free(m->panels);
    m->panels = NULL;
}

/* ---- one body, compiled for each level ---- */

#ifdef DPS_KERNELS_X86
#define FOR_EACH_LEVEL(name, parameters, arguments)                                                                    \
    static void name##_plain parameters {                                                                              \
        name##_body arguments;                                                                                         \
    }                                                                                                                  \
    TARGET_AVX2 static void name##_avx2 parameters {                                                                   \
        name##_body arguments;                                                                                         \
    }                                                                                                                  \
    TARGET_AVX512 static void name##_avx512 parameters {                                                               \
        name##_body arguments;                                                                                         \
    }                                                                                                                  \
    static void name##_run(enum dps_kernel_level level, __typeof__(name##_plain) **run) {                              \
        *run = level == DPS_KERNEL_AVX512 ? name##_avx512 : level == DPS_KERNEL_PLAIN ? name##_plain : name##_avx2;    \
    }
#else
#define FOR_EACH_LEVEL(name, parameters, arguments)                                                                    \
    static void name##_plain parameters {                                                                              \
        name##_body arguments;                                                                                         \
    }                                                                                                                  \
    static void name##_run(enum dps_kernel_level level, __typeof__(name##_plain) **run) {                              \
        (void)level;                                                                                                   \
        *run = name##_plain;                                                                                           \
    }
#endif
#define CALL(name, level, ...)                                                                                         \
    do {                                                                                                               \
        __typeof__(name##_plain) *run;                                                                                 \
        name##_run(level, &run);                                                                                       \
        run(__VA_ARGS__);                                                                                              \
    } while (0)

/* ---- quantising ---- */

/* Greatest magnitude as the bits of a float: for magnitudes the order of the bits is that of the numbers. */
INLINE float greatest(const float *x, size_t k) {
    int32_t most = 0;
    for (size_t r = 0; r < k; r++) {
        int32_t bits;
        memcpy(&bits, x + r, sizeof bits);
        bits &= INT32_MAX;
        most = bits > most ? bits : most;
    }
    float value;
    memcpy(&value, &most, sizeof value);
    return value;
}

INLINE void quantise_body(const float *x, size_t xs, size_t k, size_t n, uint8_t *q, float *scales) {
    const float to_integer = 12582912.0f; /* 1.5 * 2^23: adding it rounds to the nearest integer */
    for (size_t i = 0; i < n; i++, x += xs) {
        float most = greatest(x, k), by = most > 0.0f ? 127.0f / most : 0.0f;
        scales[i] = most / 127.0f;
        for (size_t r = 0; r < k; r++) {
            float v = (x[r] * by + to_integer) - to_integer;
            v = v < 127.0f ? v : 127.0f; /* NaN becomes 127: the conversion below stays defined */
            v = v > -127.0f ? v : -127.0f;
            q[r] = (uint8_t)((int32_t)v + DPS_KERNEL_ZERO);
        }
        q += k;
        for (size_t r = k; r < dps_kernel_padded(k); r++) *q++ = DPS_KERNEL_ZERO;
    }
}
FOR_EACH_LEVEL(quantise, (const float *x, size_t xs, size_t k, size_t n, uint8_t *q, float *scales),
               (x, xs, k, n, q, scales))

void dps_kernel_quantise(enum dps_kernel_level level, const float *x, size_t x_stride, size_t k, size_t n, uint8_t *q,
                         float *scales) {
    CALL(quantise, level, x, x_stride, k, n, q, scales);
}

/* ---- products ---- */

static void panel_plain(const int8_t *panel, const int32_t *offset, size_t groups, const uint8_t *q, size_t n,
                        int32_t *out) {
    for (size_t i = 0; i < n; i++, q += groups * GROUP) {
        int32_t sum[LANES];
        memcpy(sum, offset, sizeof sum);
        for (size_t g = 0; g < groups; g++)
            for (size_t c = 0; c < LANES; c++)
                for (size_t k = 0; k < GROUP; k++) sum[c] += q[g * GROUP + k] * panel[(g * LANES + c) * GROUP + k];
        memcpy(out + i * LANES, sum, sizeof sum);
    }
}

static dps_panel_fn panel_of(enum dps_kernel_level level) {
#ifdef DPS_KERNELS_X86
    if (level == DPS_KERNEL_AVX512) return dps_panel_avx512;
    if (level == DPS_KERNEL_AVX_VNNI) return dps_panel_avx_vnni;
    if (level == DPS_KERNEL_AVX2) return dps_panel_avx2;
#endif
#ifdef DPS_KERNELS_ARM
    if (level == DPS_KERNEL_NEON_DOT) return dps_panel_neon_dot;
    if (level == DPS_KERNEL_NEON) return dps_panel_neon;
#endif
    (void)level;
    return panel_plain;
}

INLINE void scale_body(const int32_t *sums, const float *q_scales, const float *w_scales, const float *bias, size_t n,
                       float *y, size_t ys) {
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < LANES; c++)
            y[i * ys + c] = (float)sums[i * LANES + c] * (q_scales[i] * w_scales[c]) + bias[c];
}
FOR_EACH_LEVEL(scale,
               (const int32_t *sums, const float *q_scales, const float *w_scales, const float *bias, size_t n,
                float *y, size_t ys),
               (sums, q_scales, w_scales, bias, n, y, ys))

static void take_bias(const struct dps_matrix *w, const float *bias, size_t first, size_t n, float *b) {
    for (size_t j = 0; j < n; j++) b[j] = bias && first + j < w->columns ? bias[first + j] : 0.0f;
}

void dps_kernel_product(enum dps_kernel_level level, const struct dps_matrix *w, const float *bias, const uint8_t *q,
                        const float *q_scales, size_t n, float *y, size_t y_stride) {
    enum { BLOCK = 48 }; /* rows that stay in the first-level cache while all panels pass by */
    size_t padded = dps_kernel_padded(w->rows);
    dps_panel_fn panel = panel_of(level);
    int32_t sums[BLOCK * LANES];
    for (size_t from = 0; from < n; from += BLOCK) {
        size_t rows = n - from < BLOCK ? n - from : BLOCK;
        const uint8_t *in = q + from * padded;
        float *out = y + from * y_stride;
        size_t p = 0;
#ifdef DPS_KERNELS_X86
        for (; level == DPS_KERNEL_AVX512 && p + 2 <= panels_of(w->columns); p += 2) {
            float b[2 * LANES];
            take_bias(w, bias, p * LANES, 2 * LANES, b);
            const struct dps_pair pair = {w->panels + p * LANES * padded, w->offset + p * LANES, w->scales + p * LANES,
                                          b, padded / GROUP};
            dps_pair_avx512(&pair, in, q_scales + from, rows, out + p * LANES, y_stride);
        }
#endif
        for (; p < panels_of(w->columns); p++) {
            float b[LANES];
            take_bias(w, bias, p * LANES, LANES, b);
            panel(w->panels + p * LANES * padded, w->offset + p * LANES, padded / GROUP, in, rows, sums);
            CALL(scale, level, sums, q_scales + from, w->scales + p * LANES, b, rows, out + p * LANES, y_stride);
        }
    }
}

INLINE void scores_body(const float *heads, size_t columns, size_t k, const float *x, size_t xs, size_t n, float *y,
                        size_t ys) {
    for (size_t p = 0; p < columns; p += LANES)
        for (size_t i = 0; i < n; i++) {
            float sum[LANES] = {0};
            for (size_t r = 0; r < k; r++)
                for (size_t j = 0; j < LANES; j++) sum[j] += x[i * xs + r] * heads[r * columns + p + j];
            memcpy(y + i * ys + p, sum, sizeof sum);
        }
}
FOR_EACH_LEVEL(scores,
               (const float *heads, size_t columns, size_t k, const float *x, size_t xs, size_t n, float *y, size_t ys),
               (heads, columns, k, x, xs, n, y, ys))

void dps_kernel_scores(enum dps_kernel_level level, const float *heads, size_t columns, size_t k, const float *x,
                       size_t x_stride, size_t n, float *y, size_t y_stride) {
    CALL(scores, level, heads, columns, k, x, x_stride, n, y, y_stride);
}

/* ---- exp and the recurrence ---- */

/* 2^n times a polynomial on [-ln2/2, ln2/2] (Cephes' coefficients); within 2 units of the last place. */
INLINE float exp_inline(float x) {
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

INLINE float sigmoid(float x) {
    return 1.0f / (1.0f + exp_inline(-x));
}

/* One word; written so that compilers vectorise it over the units. */
INLINE void sru_step(size_t H, const float *restrict u, const float *restrict s, const float *restrict v,
                     const float *restrict b, float *restrict c, float *restrict h) {
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

INLINE void sru_body(uint32_t H, size_t n, bool reverse, const float *u, size_t us, const float *s, size_t ss,
                     const float *v, const float *b, float *c, float *h, size_t hs) {
    for (size_t j = 0; j < H; j++) c[j] = 0.0f;
    for (size_t k = 0; k < n; k++) {
        size_t t = reverse ? n - 1 - k : k;
        sru_step(H, u + t * us, s + t * ss, v, b, c, h + t * hs);
    }
}

FOR_EACH_LEVEL(sru,
               (uint32_t H, size_t n, bool reverse, const float *u, size_t us, const float *s, size_t ss,
                const float *v, const float *b, float *c, float *h, size_t hs),
               (H, n, reverse, u, us, s, ss, v, b, c, h, hs))

void dps_kernel_sru(enum dps_kernel_level level, uint32_t H, size_t n, bool reverse, const float *u, size_t u_stride,
                    const float *s, size_t s_stride, const float *v, const float *b, float *c, float *h,
                    size_t h_stride) {
    CALL(sru, level, H, n, reverse, u, u_stride, s, s_stride, v, b, c, h, h_stride);
}

INLINE void add_i8_body(float *restrict out, const int8_t *restrict row, float scale, uint32_t n) {
    for (uint32_t j = 0; j < n; j++) out[j] += scale * (float)row[j];
}
FOR_EACH_LEVEL(add_i8, (float *out, const int8_t *row, float scale, uint32_t n), (out, row, scale, n))

void dps_kernel_add_i8(enum dps_kernel_level level, float *out, const int8_t *row, float scale, uint32_t n) {
    CALL(add_i8, level, out, row, scale, n);
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
