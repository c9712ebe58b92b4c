/* kernels_arm.c -- 8-bit products with NEON, with and without the dot product of ARMv8.2. See kernels_panel.h. */
#include "model/kernels_panel.h"

#ifdef DPS_KERNELS_ARM
#include <arm_neon.h>
#include <string.h>

enum { LANES = DPS_KERNEL_LANES, GROUP = DPS_KERNEL_GROUP, PANEL_STEP = LANES * GROUP };

/* Four quantised bytes, four times over, as signed values (what DPS_KERNEL_ZERO added is taken off, so `offset` is not
 * needed here). */
static inline int8x16_t four_bytes(const uint8_t *q) {
    uint32_t v;
    memcpy(&v, q, sizeof v);
    return vreinterpretq_s8_u32(vdupq_n_u32(v ^ 0x80808080u));
}

/* Two products of bytes stay inside 16 bits (2 * 127 * 127, values are -127..127), four do not: pairs are added in 32
 * bits. */
static inline int32x4_t add_pairs(int32x4_t sum, int8x16_t x, int8x16_t w) {
    int16x8_t low = vmull_s8(vget_low_s8(x), vget_low_s8(w)), high = vmull_s8(vget_high_s8(x), vget_high_s8(w));
    return vaddq_s32(sum, vpaddq_s32(vpaddlq_s16(low), vpaddlq_s16(high)));
}

void dps_panel_neon(const int8_t *panel, const int32_t *offset, size_t groups, const uint8_t *q, size_t n,
                    int32_t *out) {
    (void)offset;
    for (size_t i = 0; i < n; i++) {
        int32x4_t s0 = vdupq_n_s32(0), s1 = s0, s2 = s0, s3 = s0;
        for (size_t g = 0; g < groups; g++) {
            int8x16_t x = four_bytes(q + i * groups * GROUP + g * GROUP);
            const int8_t *w = panel + g * PANEL_STEP;
            s0 = add_pairs(s0, x, vld1q_s8(w));
            s1 = add_pairs(s1, x, vld1q_s8(w + 16));
            s2 = add_pairs(s2, x, vld1q_s8(w + 32));
            s3 = add_pairs(s3, x, vld1q_s8(w + 48));
        }
        vst1q_s32(out + i * LANES, s0);
        vst1q_s32(out + i * LANES + 4, s1);
        vst1q_s32(out + i * LANES + 8, s2);
        vst1q_s32(out + i * LANES + 12, s3);
    }
}

/* Four rows at a time: each weight is loaded once for them. */
__attribute__((target("arch=armv8.2-a+dotprod"))) void dps_panel_neon_dot(const int8_t *panel, const int32_t *offset,
                                                                          size_t groups, const uint8_t *q, size_t n,
                                                                          int32_t *out) {
    (void)offset;
    size_t qs = groups * GROUP;
    for (size_t i = 0; i < n; i += 4) {
        int32x4_t s[4][4];
        const uint8_t *row[4];
        for (size_t k = 0; k < 4; k++) {
            row[k] = q + (i + k < n ? i + k : i) * qs;
            for (size_t j = 0; j < 4; j++) s[k][j] = vdupq_n_s32(0);
        }
        for (size_t g = 0; g < groups; g++) {
            const int8_t *w = panel + g * PANEL_STEP;
            int8x16_t w0 = vld1q_s8(w), w1 = vld1q_s8(w + 16), w2 = vld1q_s8(w + 32), w3 = vld1q_s8(w + 48);
            for (size_t k = 0; k < 4; k++) {
                int8x16_t x = four_bytes(row[k] + g * GROUP);
                s[k][0] = vdotq_s32(s[k][0], w0, x);
                s[k][1] = vdotq_s32(s[k][1], w1, x);
                s[k][2] = vdotq_s32(s[k][2], w2, x);
                s[k][3] = vdotq_s32(s[k][3], w3, x);
            }
        }
        for (size_t k = 0; k < 4 && i + k < n; k++)
            for (size_t j = 0; j < 4; j++) vst1q_s32(out + (i + k) * LANES + 4 * j, s[k][j]);
    }
}
#else
typedef int dps_kernels_arm_unused; /* ISO C wants a declaration */
#endif
