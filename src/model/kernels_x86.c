/* kernels_x86.c -- 8-bit products with AVX2 and with AVX-512 VNNI. See kernels_panel.h. */
#include "model/kernels_panel.h"

#ifdef DPS_KERNELS_X86
#include <cpuid.h>
#include <immintrin.h>
#include <string.h>

enum { LANES = DPS_KERNEL_LANES, GROUP = DPS_KERNEL_GROUP, PANEL_STEP = LANES * GROUP };

static inline int32_t four_bytes(const uint8_t *q) {
    int32_t v;
    memcpy(&v, q, sizeof v);
    return v;
}

/* Bytes are widened to 16 bits first: maddubs would saturate. A sum's two halves (inner indices 0, 1 and 2, 3 of each
 * group) stand side by side until the end. Two rows at a time share the widened weights. */
__attribute__((target("avx2"))) static inline __m256i join(__m256i a, __m256i b) {
    return _mm256_permute4x64_epi64(_mm256_hadd_epi32(a, b), 0xD8);
}

__attribute__((target("avx2"))) void dps_panel_avx2(const int8_t *panel, const int32_t *offset, size_t groups,
                                                    const uint8_t *q, size_t n, int32_t *out) {
    size_t qs = groups * GROUP;
    const __m256i zero = _mm256_setzero_si256();
    for (size_t i = 0; i < n; i += 2) {
        const uint8_t *qa = q + i * qs, *qb = i + 1 < n ? qa + qs : qa;
        __m256i a0 = zero, a1 = zero, a2 = zero, a3 = zero, b0 = zero, b1 = zero, b2 = zero, b3 = zero;
        for (size_t g = 0; g < groups; g++) {
            const __m128i *w = (const __m128i *)(const void *)(panel + g * PANEL_STEP);
            __m256i w0 = _mm256_cvtepi8_epi16(_mm_load_si128(w)), w1 = _mm256_cvtepi8_epi16(_mm_load_si128(w + 1));
            __m256i w2 = _mm256_cvtepi8_epi16(_mm_load_si128(w + 2)), w3 = _mm256_cvtepi8_epi16(_mm_load_si128(w + 3));
            __m256i xa = _mm256_cvtepu8_epi16(_mm_set1_epi32(four_bytes(qa + g * GROUP)));
            __m256i xb = _mm256_cvtepu8_epi16(_mm_set1_epi32(four_bytes(qb + g * GROUP)));
            a0 = _mm256_add_epi32(a0, _mm256_madd_epi16(xa, w0));
            a1 = _mm256_add_epi32(a1, _mm256_madd_epi16(xa, w1));
            a2 = _mm256_add_epi32(a2, _mm256_madd_epi16(xa, w2));
            a3 = _mm256_add_epi32(a3, _mm256_madd_epi16(xa, w3));
            b0 = _mm256_add_epi32(b0, _mm256_madd_epi16(xb, w0));
            b1 = _mm256_add_epi32(b1, _mm256_madd_epi16(xb, w1));
            b2 = _mm256_add_epi32(b2, _mm256_madd_epi16(xb, w2));
            b3 = _mm256_add_epi32(b3, _mm256_madd_epi16(xb, w3));
        }
        __m256i low = _mm256_loadu_si256((const void *)offset), high = _mm256_loadu_si256((const void *)(offset + 8));
        _mm256_storeu_si256((void *)(out + i * LANES), _mm256_add_epi32(low, join(a0, a1)));
        _mm256_storeu_si256((void *)(out + i * LANES + 8), _mm256_add_epi32(high, join(a2, a3)));
        if (i + 1 < n) {
            _mm256_storeu_si256((void *)(out + (i + 1) * LANES), _mm256_add_epi32(low, join(b0, b1)));
            _mm256_storeu_si256((void *)(out + (i + 1) * LANES + 8), _mm256_add_epi32(high, join(b2, b3)));
        }
    }
}

bool dps_cpu_has_avx_vnni(void) {
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & 1u << 4) != 0;
}

/* Six rows at a time: each weight is loaded once for them. */
#define AVX_VNNI __attribute__((target("avx2,avxvnni")))
AVX_VNNI void dps_panel_avx_vnni(const int8_t *panel, const int32_t *offset, size_t groups, const uint8_t *q, size_t n,
                                 int32_t *out) {
    size_t qs = groups * GROUP;
    const __m256i low = _mm256_loadu_si256((const void *)offset), high = _mm256_loadu_si256((const void *)(offset + 8));
    for (size_t i = 0; i < n; i += 6) {
        const uint8_t *row[6];
        for (size_t k = 0; k < 6; k++) row[k] = q + (i + k < n ? i + k : i) * qs;
        __m256i a0 = low, a1 = low, a2 = low, a3 = low, a4 = low, a5 = low;
        __m256i b0 = high, b1 = high, b2 = high, b3 = high, b4 = high, b5 = high;
        for (size_t g = 0; g < groups; g++) {
            const __m256i *w = (const __m256i *)(const void *)(panel + g * PANEL_STEP);
            __m256i w0 = _mm256_load_si256(w), w1 = _mm256_load_si256(w + 1);
#define STEP(k)                                                                                                        \
    do {                                                                                                               \
        __m256i x = _mm256_set1_epi32(four_bytes(row[k] + g * GROUP));                                                 \
        a##k = _mm256_dpbusd_avx_epi32(a##k, x, w0);                                                                   \
        b##k = _mm256_dpbusd_avx_epi32(b##k, x, w1);                                                                   \
    } while (0)
            STEP(0);
            STEP(1);
            STEP(2);
            STEP(3);
            STEP(4);
            STEP(5);
#undef STEP
        }
        const __m256i sums[12] = {a0, b0, a1, b1, a2, b2, a3, b3, a4, b4, a5, b5};
        for (size_t k = 0; k < 6 && i + k < n; k++) {
            _mm256_storeu_si256((void *)(out + (i + k) * LANES), sums[2 * k]);
            _mm256_storeu_si256((void *)(out + (i + k) * LANES + 8), sums[2 * k + 1]);
        }
    }
}

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))

/* Adds the products of four bytes each of x (unsigned) and w. As an instruction and not as an intrinsic: GCC 12 stores
 * the sums to memory in each round of a loop over the latter. */
AVX512 static inline __attribute__((always_inline)) void dot(__m512i *sum, __m512i x, __m512i w) {
    __asm__("vpdpbusd %2, %1, %0" : "+v"(*sum) : "v"(x), "v"(w));
}

/* The odd panel at a matrix's end. */
AVX512 void dps_panel_avx512(const int8_t *panel, const int32_t *offset, size_t groups, const uint8_t *q, size_t n,
                             int32_t *out) {
    for (size_t i = 0; i < n; i++) {
        __m512i s = _mm512_loadu_si512(offset);
        for (size_t g = 0; g < groups; g++)
            dot(&s, _mm512_set1_epi32(four_bytes(q + (i * groups + g) * GROUP)),
                _mm512_load_si512(panel + g * PANEL_STEP));
        _mm512_storeu_si512(out + i * LANES, s);
    }
}

/* Twelve rows against two panels: each weight is loaded once for twelve rows, each input once for both panels. */
AVX512 void dps_pair_avx512(const struct dps_pair *p, const uint8_t *q, const float *q_scales, size_t n, float *y,
                            size_t ys) {
    size_t groups = p->groups, qs = groups * GROUP, i = 0;
    const int8_t *w0 = p->weights, *w1 = p->weights + groups * PANEL_STEP;
    const __m512i start0 = _mm512_loadu_si512(p->offset), start1 = _mm512_loadu_si512(p->offset + LANES);
    const __m512 scale0 = _mm512_loadu_ps(p->scales), scale1 = _mm512_loadu_ps(p->scales + LANES);
    const __m512 bias0 = _mm512_loadu_ps(p->bias), bias1 = _mm512_loadu_ps(p->bias + LANES);
#define OUT(row, s, t)                                                                                                 \
    do {                                                                                                               \
        __m512 by = _mm512_set1_ps(q_scales[i + (row)]);                                                               \
        _mm512_storeu_ps(y + (i + (row)) * ys,                                                                         \
                         _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(s), _mm512_mul_ps(by, scale0)), bias0));       \
        _mm512_storeu_ps(y + (i + (row)) * ys + LANES,                                                                 \
                         _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(t), _mm512_mul_ps(by, scale1)), bias1));       \
    } while (0)
    for (; i + 12 <= n; i += 12) {
        const uint8_t *a = q + i * qs, *b = a + 6 * qs;
        __m512i s0 = start0, s1 = start0, s2 = start0, s3 = start0, s4 = start0, s5 = start0, s6 = start0, s7 = start0,
                s8 = start0, s9 = start0, s10 = start0, s11 = start0;
        __m512i t0 = start1, t1 = start1, t2 = start1, t3 = start1, t4 = start1, t5 = start1, t6 = start1, t7 = start1,
                t8 = start1, t9 = start1, t10 = start1, t11 = start1;
        for (size_t g = 0; g < groups; g++) {
            __m512i u = _mm512_load_si512(w0 + g * PANEL_STEP), v = _mm512_load_si512(w1 + g * PANEL_STEP);
#define STEP(base, row, s, t)                                                                                          \
    do {                                                                                                               \
        __m512i x = _mm512_set1_epi32(four_bytes((base) + (row)*qs + g * GROUP));                                      \
        dot(&s, x, u);                                                                                                 \
        dot(&t, x, v);                                                                                                 \
    } while (0)
            STEP(a, 0, s0, t0);
            STEP(a, 1, s1, t1);
            STEP(a, 2, s2, t2);
            STEP(a, 3, s3, t3);
            STEP(a, 4, s4, t4);
            STEP(a, 5, s5, t5);
            STEP(b, 0, s6, t6);
            STEP(b, 1, s7, t7);
            STEP(b, 2, s8, t8);
            STEP(b, 3, s9, t9);
            STEP(b, 4, s10, t10);
            STEP(b, 5, s11, t11);
#undef STEP
        }
        OUT(0, s0, t0);
        OUT(1, s1, t1);
        OUT(2, s2, t2);
        OUT(3, s3, t3);
        OUT(4, s4, t4);
        OUT(5, s5, t5);
        OUT(6, s6, t6);
        OUT(7, s7, t7);
        OUT(8, s8, t8);
        OUT(9, s9, t9);
        OUT(10, s10, t10);
        OUT(11, s11, t11);
    }
    for (; i < n; i++) {
        __m512i s = start0, t = start1;
        for (size_t g = 0; g < groups; g++) {
            __m512i x = _mm512_set1_epi32(four_bytes(q + i * qs + g * GROUP));
            dot(&s, x, _mm512_load_si512(w0 + g * PANEL_STEP));
            dot(&t, x, _mm512_load_si512(w1 + g * PANEL_STEP));
        }
        OUT(0, s, t);
    }
#undef OUT
}
#else
typedef int dps_kernels_x86_unused; /* ISO C wants a declaration */
#endif
