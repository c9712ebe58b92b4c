/* parse_decode.c -- most sentences are trees already when each word takes its best head; the rest go through
 * Chu-Liu-Edmonds: while the best arcs make a cycle, the cycle is contracted into one of its nodes, arcs into and out
 * of it are rescored, and at the end the contractions are undone in reverse order. One root is had by a penalty on root
 * arcs greater than any tree's score. O(n^2) a contraction, at most n contractions.
 */
#include "parse/parse_decode.h"

#include <string.h>

static const double SCORE_BOUND = 1e5;  /* scores are cut to this, so that sums stay exact enough */
static const double ROOT_PENALTY = 1e9; /* > 2 * 257 * SCORE_BOUND */
enum { NONE = 0xFFFF };

enum dps_status dps_decode_work_init(struct dps_decode_work *w, struct dps_arena *arena, size_t longest,
                                     struct dps_error *error) {
    memset(w, 0, sizeof *w);
    w->arena = arena;
    w->longest = longest;
    if (longest + 1 >= NONE) return dps_error_set(error, DPS_LIMIT, "parse: sentence ceiling too high");
    return DPS_OK;
}

static enum dps_status take_rest(struct dps_decode_work *w, struct dps_error *error) {
    if (w->score) return DPS_OK;
    size_t m = w->longest + 1;
    double *score = DPS_NEW(w->arena, m * m, double);
    w->from = DPS_NEW(w->arena, m * m, uint16_t);
    w->to = DPS_NEW(w->arena, m * m, uint16_t);
    w->owner = DPS_NEW(w->arena, m * (m + 1), uint16_t);
    w->best = DPS_NEW(w->arena, m * m, uint16_t);
    w->nodes = DPS_NEW(w->arena, m, uint16_t);
    w->parents = DPS_NEW(w->arena, m, uint16_t);
    w->cycle_at = DPS_NEW(w->arena, m, uint16_t);
    w->mark = DPS_NEW(w->arena, m, uint16_t);
    w->heads = DPS_NEW(w->arena, m, int32_t);
    if (!score || !w->from || !w->to || !w->owner || !w->best || !w->nodes || !w->parents || !w->cycle_at || !w->mark ||
        !w->heads)
        return dps_error_set(error, DPS_MEMORY, "parse: the article needs too much memory");
    w->score = score;
    return DPS_OK;
}

/* Each word's best head; true if that is a tree with one root. */
static bool greedy(const float *scores, size_t stride, size_t n, int32_t *heads) {
    size_t roots = 0;
    for (size_t i = 0; i < n; i++) {
        const float *row = scores + i * stride;
        size_t best = 0;
        for (size_t h = 1; h <= n; h++)
            if (h != i + 1 && row[h] > row[best]) best = h;
        heads[i] = (int32_t)best;
        roots += best == 0;
    }
    if (roots != 1) return false;
    for (size_t i = 0; i < n; i++) {
        size_t steps = 0;
        for (int32_t h = heads[i]; h != 0; h = heads[h - 1])
            if (++steps > n) return false;
    }
    return true;
}

/* Best heads among the live nodes into w->parents; a node on a cycle, or 0. */
static size_t best_arcs(struct dps_decode_work *w, size_t m, const uint16_t *nodes, size_t live) {
    for (size_t a = 0; a < live; a++) {
        size_t d = nodes[a], best = NONE;
        if (d == 0) continue;
        for (size_t b = 0; b < live; b++) {
            size_t h = nodes[b];
            if (h != d && (best == NONE || w->score[h * m + d] > w->score[best * m + d])) best = h;
        }
        w->parents[d] = (uint16_t)best;
    }
    memset(w->mark, 0, m * sizeof *w->mark);
    for (size_t a = 0; a < live; a++) {
        size_t d = nodes[a];
        while (d != 0 && w->mark[d] == 0) {
            w->mark[d] = (uint16_t)(a + 1);
            d = w->parents[d];
        }
        if (d != 0 && w->mark[d] == a + 1) return d;
    }
    return 0;
}

static bool on_cycle(const struct dps_decode_work *w, size_t node) {
    return w->mark[node] == NONE;
}

/* Fold the cycle through `rep` into rep: rescore the arcs between it and every other live node. */
static void contract(struct dps_decode_work *w, size_t m, size_t rep, const uint16_t *nodes, size_t live) {
    double weight = 0;
    size_t c = rep;
    do {
        weight += w->score[w->parents[c] * m + c];
        c = w->parents[c];
    } while (c != rep);
    for (size_t a = 0; a < live; a++) {
        size_t i = nodes[a];
        if (on_cycle(w, i)) continue;
        size_t out = rep, in = rep;
        double best_out = w->score[rep * m + i], best_in = w->score[i * m + rep] - w->score[w->parents[rep] * m + rep];
        for (c = w->parents[rep]; c != rep; c = w->parents[c]) {
            if (w->score[c * m + i] > best_out) best_out = w->score[c * m + i], out = c;
            double s = w->score[i * m + c] - w->score[w->parents[c] * m + c];
            if (s > best_in) best_in = s, in = c;
        }
        if (i != 0) {
            w->score[rep * m + i] = best_out;
            uint16_t f = w->from[out * m + i], t = w->to[out * m + i];
            w->from[rep * m + i] = f;
            w->to[rep * m + i] = t;
        }
        w->score[i * m + rep] = best_in + weight;
        uint16_t f = w->from[i * m + in], t = w->to[i * m + in];
        w->from[i * m + rep] = f;
        w->to[i * m + rep] = t;
    }
}

/* Undo contraction `level`: the word whose head is known already says where the cycle is entered; the other arcs of it
 * hold. */
static void expand(struct dps_decode_work *w, size_t m, size_t level) {
    const uint16_t *owner = w->owner + level * m, *parent = w->best + level * m;
    size_t entered = NONE;
    for (size_t v = 1; v < m && entered == NONE; v++)
        if (w->heads[v] >= 0 && parent[owner[v]] != NONE) entered = owner[v];
    if (entered == NONE) return; /* cannot be: every cycle is entered */
    for (size_t c = parent[entered]; c != entered; c = parent[c]) {
        size_t arc = (size_t)parent[c] * m + c;
        w->heads[w->to[arc]] = w->from[arc];
    }
}

static void full(struct dps_decode_work *w, const float *scores, size_t stride, size_t n) {
    size_t m = n + 1, live = m, level = 0;
    uint16_t *owner = w->owner;
    for (size_t h = 0; h < m; h++) {
        w->nodes[h] = (uint16_t)h;
        w->heads[h] = -1;
        owner[h] = (uint16_t)h;
        for (size_t d = 0; d < m; d++) {
            float given = d == 0 || d == h ? 0.0f : scores[(d - 1) * stride + h];
            double s = given > -SCORE_BOUND ? given : -SCORE_BOUND; /* NaN goes to the bound too */
            if (s > SCORE_BOUND) s = SCORE_BOUND;
            w->score[h * m + d] = h == 0 ? s - ROOT_PENALTY : s;
            w->from[h * m + d] = (uint16_t)h;
            w->to[h * m + d] = (uint16_t)d;
        }
    }
    for (size_t rep; (rep = best_arcs(w, m, w->nodes, live)) != 0; level++) {
        uint16_t *parent = w->best + level * m;
        memset(parent, 0xFF, m * sizeof *parent);
        size_t c = rep;
        do {
            w->mark[c] = NONE;
            parent[c] = w->parents[c];
            c = w->parents[c];
        } while (c != rep);
        contract(w, m, rep, w->nodes, live);
        uint16_t *next = w->owner + (level + 1) * m;
        for (size_t v = 0; v < m; v++)
            next[v] = on_cycle(w, w->owner[level * m + v]) ? (uint16_t)rep : w->owner[level * m + v];
        size_t kept = 0;
        for (size_t a = 0; a < live; a++)
            if (w->nodes[a] == rep || !on_cycle(w, w->nodes[a])) w->nodes[kept++] = w->nodes[a];
        live = kept;
    }
    for (size_t a = 0; a < live; a++) {
        size_t d = w->nodes[a];
        if (d == 0) continue;
        size_t arc = (size_t)w->parents[d] * m + d;
        w->heads[w->to[arc]] = w->from[arc];
    }
    while (level-- > 0) expand(w, m, level);
}

enum dps_status dps_decode_tree(struct dps_decode_work *w, const float *scores, size_t stride, size_t n, int32_t *heads,
                                struct dps_error *error) {
    if (n == 0 || n > w->longest) return dps_error_set(error, DPS_LIMIT, "parse: %zu words in one piece", n);
    if (greedy(scores, stride, n, heads)) return DPS_OK;
    DPS_TRY(take_rest(w, error));
    full(w, scores, stride, n);
    for (size_t i = 0; i < n; i++) heads[i] = w->heads[i + 1];
    return DPS_OK;
}
