/* kernels_panel.h -- what kernels.c calls on each processor family. Inside src/model only. */
#ifndef DPS_MODEL_KERNELS_PANEL_H
#define DPS_MODEL_KERNELS_PANEL_H

#include "model/kernels.h"

/* Raw sums of n quantised rows against one panel of 16 columns: out[i * 16 + c]. `groups` of 4 inner indices. */
typedef void (*dps_panel_fn)(const int8_t *panel, const int32_t *offset, size_t groups, const uint8_t *q, size_t n,
                             int32_t *out);

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define DPS_KERNELS_X86 1
void dps_panel_avx2(const int8_t *panel, const int32_t *offset, size_t groups, const uint8_t *q, size_t n,
                    int32_t *out);
bool dps_cpu_has_avx_vnni(void); /* GCC 12's __builtin_cpu_supports does not know it */
void dps_panel_avx_vnni(const int8_t *panel, const int32_t *offset, size_t groups, const uint8_t *q, size_t n,
                        int32_t *out);
/* Two panels that stand side by side, their sums scaled: y[i * ys + c] = sum * (q_scales[i] * scales[c]) + bias[c]. */
struct dps_pair {
    const int8_t *weights;
    const int32_t *offset;
    const float *scales, *bias; /* 32 each */
    size_t groups;
};
void dps_pair_avx512(const struct dps_pair *pair, const uint8_t *q, const float *q_scales, size_t n, float *y,
                     size_t ys);
void dps_panel_avx512(const int8_t *panel, const int32_t *offset, size_t groups, const uint8_t *q, size_t n,
                      int32_t *out);
#elif defined(__aarch64__) && defined(__ARM_NEON) && (defined(__GNUC__) || defined(__clang__))
#define DPS_KERNELS_ARM 1
void dps_panel_neon(const int8_t *panel, const int32_t *offset, size_t groups, const uint8_t *q, size_t n,
                    int32_t *out);
void dps_panel_neon_dot(const int8_t *panel, const int32_t *offset, size_t groups, const uint8_t *q, size_t n,
                        int32_t *out);
#endif

#endif
