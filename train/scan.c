/* The recurrence of one direction of one SRU layer, forward and backward, for training (called from sru.py by ctypes).
 *
 * For each sentence b (row block of T words, len[b] of them real) and each unit j, over t in reading order (or its
 * reverse): f = sigmoid(uf + vf*c' + bf)   c = f*c' + (1-f)*u   r = sigmoid(ur + vr*c' + br)   h = r*c + (1-r)*s where
 * c' is the state before t, u, uf, ur are products of the input and s is the skip input. Layout: U[B][T][3][H],
 * S[B][T][H], h, c, f, r [B][T][H]; words past len[b] are left at zero.
 */
#include <math.h>
#include <stddef.h>
#include <string.h>

static inline float sigmoid(float x) {
    return 1.0f / (1.0f + expf(-x));
}

void sru_forward(const float *U, const float *S, const float *v, const float *b, const int *len, int B, int T, int H,
                 int reverse, float *h, float *c, float *f, float *r) {
    float state[1024];
    for (int i = 0; i < B; i++) {
        memset(state, 0, sizeof state);
        for (int k = 0; k < len[i]; k++) {
            size_t t = (size_t)i * T + (reverse ? len[i] - 1 - k : k);
            const float *u = U + t * 3 * H, *s = S + t * H;
            for (int j = 0; j < H; j++) {
                float p = state[j];
                float fg = sigmoid(u[H + j] + v[j] * p + b[j]), rg = sigmoid(u[2 * H + j] + v[H + j] * p + b[H + j]);
                float n = fg * p + (1.0f - fg) * u[j];
                state[j] = n;
                f[t * H + j] = fg;
                r[t * H + j] = rg;
                c[t * H + j] = n;
                h[t * H + j] = rg * n + (1.0f - rg) * s[j];
            }
        }
    }
}

void sru_backward(const float *U, const float *S, const float *v, const int *len, int B, int T, int H, int reverse,
                  const float *c, const float *f, const float *r, const float *dh, float *dU, float *dS, float *dv,
                  float *db) {
    float carry[1024], zero[1024];
    memset(zero, 0, sizeof zero);
    for (int i = 0; i < B; i++) {
        memset(carry, 0, sizeof carry);
        for (int k = len[i] - 1; k >= 0; k--) {
            size_t t = (size_t)i * T + (reverse ? len[i] - 1 - k : k);
            size_t q = reverse ? t + 1 : t - 1;
            const float *u = U + t * 3 * H, *s = S + t * H, *prev = k > 0 ? c + q * H : zero;
            float *du = dU + t * 3 * H;
            for (int j = 0; j < H; j++) {
                float g = dh[t * H + j], fg = f[t * H + j], rg = r[t * H + j], p = prev[j], n = c[t * H + j];
                float dr = g * (n - s[j]) * rg * (1.0f - rg);
                float dc = g * rg + carry[j];
                float df = dc * (p - u[j]) * fg * (1.0f - fg);
                dS[t * H + j] = g * (1.0f - rg);
                du[j] = dc * (1.0f - fg);
                du[H + j] = df;
                du[2 * H + j] = dr;
                carry[j] = dc * fg + df * v[j] + dr * v[H + j];
                dv[j] += df * p;
                dv[H + j] += dr * p;
                db[j] += df;
                db[H + j] += dr;
            }
        }
    }
}
