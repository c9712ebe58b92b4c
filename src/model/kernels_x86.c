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

/* Twelve rows at a time: each weight is loaded once for them. */
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))
AVX512 void dps_panel_avx512(const int8_t *panel, const int32_t *offset, size_t groups, const uint8_t *q, size_t n,
                             int32_t *out) {
    size_t qs = groups * GROUP, i = 0;
    const __m512i start = _mm512_loadu_si512(offset);
    for (; i + 12 <= n; i += 12) {
        const uint8_t *a = q + i * qs, *b = a + 6 * qs;
        __m512i s0 = start, s1 = start, s2 = start, s3 = start, s4 = start, s5 = start;
        __m512i s6 = start, s7 = start, s8 = start, s9 = start, s10 = start, s11 = start;
        for (size_t g = 0; g < groups; g++) {
            __m512i w = _mm512_load_si512(panel + g * PANEL_STEP);
#define STEP(base, row, s) s = _mm512_dpbusd_epi32(s, _mm512_set1_epi32(four_bytes((base) + (row)*qs + g * GROUP)), w)
            STEP(a, 0, s0);
            STEP(a, 1, s1);
            STEP(a, 2, s2);
            STEP(a, 3, s3);
            STEP(a, 4, s4);
            STEP(a, 5, s5);
            STEP(b, 0, s6);
            STEP(b, 1, s7);
            STEP(b, 2, s8);
            STEP(b, 3, s9);
            STEP(b, 4, s10);
            STEP(b, 5, s11);
#undef STEP
        }
        const __m512i sums[12] = {s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11};
        for (size_t k = 0; k < 12; k++) _mm512_storeu_si512(out + (i + k) * LANES, sums[k]);
    }
    for (; i < n; i++) {
        __m512i s = start;
        for (size_t g = 0; g < groups; g++)
            s = _mm512_dpbusd_epi32(s, _mm512_set1_epi32(four_bytes(q + i * qs + g * GROUP)),
                                    _mm512_load_si512(panel + g * PANEL_STEP));
        _mm512_storeu_si512(out + i * LANES, s);
    }
}
#else
typedef int dps_kernels_x86_unused; /* ISO C wants a declaration */
#endif
