/* test_model.c -- the weights file refuses what is cut or damaged; fast kernels give the plain kernels' bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/kernels.h"
#include "model/model.h"

#include <math.h>
#include <time.h>

static unsigned long seed;
static uint32_t next_random(void) {
    seed = seed * 6364136223846793005ul + 1442695040888963407ul;
    return (uint32_t)(seed >> 33);
}
static float random_float(void) {
    return ((float)(next_random() % 20001) - 10000.0f) / 5000.0f;
}

/* Seed from DPS_TEST_SEED or the clock, printed so that a failure can be repeated. */
static void start_random(void) {
    const char *given = getenv("DPS_TEST_SEED");
    seed = given ? strtoul(given, NULL, 10) : (unsigned long)time(NULL);
    print_message("seed %lu (repeat with DPS_TEST_SEED)\n", seed);
}

/* ---- a model made by hand: one F32 tensor of 2 x 3, one I8 of 2 x 2 with scales, one list of two strings ---- */

static uint32_t crc(const unsigned char *p, size_t n) {
    uint32_t c = 0xFFFFFFFFu;
    for (size_t i = 0; i < n; i++) {
        c ^= p[i];
        for (int k = 0; k < 8; k++) c = c & 1 ? c >> 1 ^ 0xEDB88320u : c >> 1;
    }
    return ~c;
}
static void put32(unsigned char *p, uint32_t v) {
    memcpy(p, &v, 4);
}
static void put64(unsigned char *p, uint64_t v) {
    memcpy(p, &v, 8);
}

enum { SIZE = 64 * 5 + 96 * 3, DIRECTORY = 64 * 5 };

static void seal(unsigned char *b) {
    put32(b + 44, crc(b + 64, SIZE - 64));
    put32(b + 48, crc(b, 48));
}

static void put_entry(unsigned char *b, int i, const char *name, uint32_t type, uint32_t rank, uint32_t d0, uint32_t d1,
                      uint64_t offset, uint64_t size, uint64_t scales) {
    unsigned char *e = b + DIRECTORY + 96 * i;
    memcpy(e, name, strlen(name));
    put32(e + 40, type);
    put32(e + 44, rank);
    put32(e + 48, d0);
    put32(e + 52, d1);
    put64(e + 64, offset);
    put64(e + 72, size);
    put64(e + 80, scales);
}

static unsigned char *make_model(void) {
    unsigned char *b = aligned_alloc(64, (SIZE + 63) / 64 * 64);
    assert_non_null(b);
    memset(b, 0, SIZE);
    memcpy(b, "DPSM", 4);
    put32(b + 4, DPS_MODEL_VERSION);
    put32(b + 8, 0x01020304);
    put32(b + 12, 64);
    memcpy(b + 16, "de", 2);
    put64(b + 24, SIZE);
    put64(b + 32, DIRECTORY);
    put32(b + 40, 3);
    const float f[6] = {1, 2, 3, 4, 5, 6}, scales[2] = {0.5f, 2.0f};
    memcpy(b + 64, f, sizeof f);
    memcpy(b + 128, "\x01\x02\x03\x04", 4);
    memcpy(b + 192, scales, sizeof scales);
    put32(b + 256, 0);
    put32(b + 260, 2);
    put32(b + 264, 5);
    memcpy(b + 268, "abcde", 5);
    put_entry(b, 0, "f", DPS_MODEL_F32, 2, 2, 3, 64, 24, 0);
    put_entry(b, 1, "q", DPS_MODEL_I8, 2, 2, 2, 128, 4, 192);
    put_entry(b, 2, "names", DPS_MODEL_STRINGS, 1, 2, 0, 256, 17, 0);
    seal(b);
    return b;
}

static enum dps_status open_it(const unsigned char *b, size_t n, struct dps_model **m, struct dps_error *e) {
    return dps_model_open_bytes(m, (struct dps_str){(const char *)b, n}, "test", e);
}

static void test_reads_what_was_written(void **state) {
    (void)state;
    unsigned char *b = make_model();
    struct dps_model *m;
    struct dps_error e = {0};
    assert_int_equal(open_it(b, SIZE, &m, &e), DPS_OK);
    assert_string_equal(dps_model_lang(m), "de");
    const struct dps_tensor *t = dps_model_tensor(m, "f");
    assert_non_null(t);
    assert_int_equal(t->count, 6);
    assert_true(((const float *)t->data)[5] == 6.0f);
    t = dps_model_tensor(m, "q");
    assert_true(t->scales[1] == 2.0f);
    t = dps_model_tensor(m, "names");
    assert_true(dps_str_is(dps_model_string(t, 0), "ab"));
    assert_true(dps_str_is(dps_model_string(t, 1), "cde"));
    assert_int_equal(dps_model_string(t, 2).length, 0);
    assert_null(dps_model_tensor(m, "none"));
    assert_int_equal(dps_model_need(m, "f", DPS_MODEL_F32, 2, (uint32_t[]){2, 4}, &t, &e), DPS_MODEL);
    assert_non_null(strstr(e.message, "'f'"));
    dps_model_close(m);
    free(b);
}

static void test_refuses_every_cut(void **state) {
    (void)state;
    unsigned char *b = make_model();
    for (size_t n = 0; n < SIZE; n++) {
        struct dps_model *m;
        struct dps_error e = {0};
        assert_int_equal(open_it(b, n, &m, &e), DPS_MODEL);
        assert_null(m);
        assert_non_null(strstr(e.message, "test"));
    }
    free(b);
}

static void test_refuses_every_flipped_bit(void **state) {
    (void)state;
    for (size_t i = 0; i < SIZE; i++) {
        if (i >= 52 && i < 64) continue; /* reserved */
        unsigned char *b = make_model();
        b[i] ^= (unsigned char)(1u << (i % 8));
        struct dps_model *m;
        struct dps_error e = {0};
        assert_int_equal(open_it(b, SIZE, &m, &e), DPS_MODEL);
        free(b);
    }
}

/* A liar with right checksums: each field of a directory entry is given wild values. Nothing may crash; what opens must
 * stay inside. */
static void test_survives_wild_fields(void **state) {
    (void)state;
    static const uint64_t wild[] = {
        0, 1, 63, 64, 65, SIZE - 1, SIZE, SIZE + 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x100000000, UINT64_MAX - 63, UINT64_MAX};
    for (size_t field = 32; field < 48; field += 4)
        for (size_t k = 0; k < sizeof wild / sizeof *wild; k++) {
            unsigned char *b = make_model();
            put32(b + field, (uint32_t)wild[k]);
            seal(b);
            struct dps_model *m;
            struct dps_error e;
            if (open_it(b, SIZE, &m, &e) == DPS_OK) dps_model_close(m);
            free(b);
        }
    for (int entry = 0; entry < 3; entry++)
        for (size_t field = 40; field < 96; field += 4)
            for (size_t k = 0; k < sizeof wild / sizeof *wild; k++) {
                unsigned char *b = make_model();
                unsigned char *at = b + DIRECTORY + 96 * entry + field;
                if (field >= 64 && field % 8 == 0)
                    put64(at, wild[k]);
                else
                    put32(at, (uint32_t)wild[k]);
                seal(b);
                struct dps_model *m;
                struct dps_error e;
                if (open_it(b, SIZE, &m, &e) == DPS_OK) {
                    const struct dps_tensor *t = dps_model_tensor(m, "names");
                    for (uint32_t i = 0; t && t->type == DPS_MODEL_STRINGS && i < t->dims[0]; i++) {
                        struct dps_str s = dps_model_string(t, i);
                        assert_true(s.length <= SIZE);
                    }
                    dps_model_close(m);
                }
                free(b);
            }
}

/* ---- kernels ---- */

static float *random_floats(size_t n) {
    float *x = malloc(n * sizeof *x);
    assert_non_null(x);
    for (size_t i = 0; i < n; i++) x[i] = random_float();
    return x;
}

/* Each level that this machine has, but for the plain one. */
#define FOR_FAST_LEVELS(level)                                                                                         \
    for (enum dps_kernel_level level = DPS_KERNEL_PLAIN + 1; level < DPS_KERNEL_LEVELS; level++)                       \
        if (dps_kernel_has(level))

/* Signed bytes with a scale a row, as a model holds them; the extremes come often. */
static struct dps_tensor random_bytes(uint32_t rows, uint32_t columns) {
    int8_t *data = malloc((size_t)rows * columns);
    float *scales = malloc(rows * sizeof *scales);
    assert_non_null(data);
    assert_non_null(scales);
    for (size_t i = 0; i < (size_t)rows * columns; i++)
        data[i] =
            next_random() % 4 == 0 ? (next_random() % 2 ? 127 : -127) : (int8_t)((int)(next_random() % 255) - 127);
    for (size_t i = 0; i < rows; i++) scales[i] = 0.001f + (float)(next_random() % 1000) / 10000.0f;
    return (struct dps_tensor){.type = DPS_MODEL_I8,
                               .rank = 2,
                               .dims = {rows, columns},
                               .count = (size_t)rows * columns,
                               .data = data,
                               .scales = scales};
}

static void check_product(uint32_t k, uint32_t columns, size_t n) {
    size_t ys = (columns + 15) / 16 * 16, padded = dps_kernel_padded(k), xs = k + next_random() % 3;
    struct dps_tensor t = random_bytes(columns, k);
    struct dps_matrix w = dps_matrix_of(&t);
    float *x = random_floats(n * xs), *bias = random_floats(columns);
    if (next_random() % 4 == 0) memset(x, 0, k * sizeof *x); /* a row of zeros has no scale */
    uint8_t *q = malloc(n * padded), *q_fast = malloc(n * padded);
    float *qs = malloc(n * sizeof *qs), *qs_fast = malloc(n * sizeof *qs);
    float *plain = malloc(n * ys * sizeof *plain), *fast = malloc(n * ys * sizeof *fast);
    dps_kernel_quantise(DPS_KERNEL_PLAIN, x, xs, k, n, q, qs);
    dps_kernel_product(DPS_KERNEL_PLAIN, &w, bias, q, qs, n, plain, ys);
    for (size_t i = 0; i < n; i++)
        for (uint32_t c = 0; c < columns; c++) {
            double want = bias[c], room = 1e-4;
            for (uint32_t r = 0; r < k; r++) {
                double weight = (double)t.scales[c] * ((const int8_t *)t.data)[(size_t)c * k + r];
                want += (double)x[i * xs + r] * weight;
                room += fabs(weight) * qs[i] * 0.51; /* half a step of the input's scale */
            }
            assert_true(fabs(want - plain[i * ys + c]) <= room);
        }
    FOR_FAST_LEVELS(level) {
        dps_kernel_quantise(level, x, xs, k, n, q_fast, qs_fast);
        assert_memory_equal(q, q_fast, n * padded);
        assert_memory_equal(qs, qs_fast, n * sizeof *qs);
        dps_kernel_product(level, &w, bias, q, qs, n, fast, ys);
        assert_memory_equal(plain, fast, n * ys * sizeof *plain);
    }
    free(x), free(bias), free(q), free(q_fast), free(qs), free(qs_fast), free(plain), free(fast);
    free((void *)t.data), free((void *)t.scales);
    dps_matrix_release(&w);
}

static void test_products_have_the_same_bits(void **state) {
    (void)state;
    start_random();
    for (int i = 0; i < 60; i++)
        check_product(1 + next_random() % 500, 1 + next_random() % 130, 1 + next_random() % 70);
    check_product(DPS_KERNEL_MOST_ROWS, 17, 13); /* sums stay inside 32 bits */
}

static void test_wild_numbers_stay_bytes(void **state) {
    (void)state;
    float x[8] = {NAN, INFINITY, -INFINITY, 1e38f, -1e38f, 0, 1e-45f, 3};
    uint8_t plain[8], fast[8];
    float scale;
    for (size_t k = 1; k <= 8; k++) {
        dps_kernel_quantise(DPS_KERNEL_PLAIN, x + 8 - k, k, k, 1, plain, &scale);
        for (size_t i = 0; i < k; i++) assert_true(plain[i] >= 1);
        FOR_FAST_LEVELS(level) {
            dps_kernel_quantise(level, x + 8 - k, k, k, 1, fast, &scale);
            assert_memory_equal(plain, fast, dps_kernel_padded(k));
        }
    }
}

static void test_scores_have_the_same_bits(void **state) {
    (void)state;
    start_random();
    for (int round = 0; round < 20; round++) {
        size_t columns = 16 * (1 + next_random() % 5), k = 1 + next_random() % 100, n = 1 + next_random() % 70;
        float *heads = random_floats(k * columns), *x = random_floats(n * k);
        float *plain = malloc(n * columns * sizeof *plain), *fast = malloc(n * columns * sizeof *fast);
        dps_kernel_scores(DPS_KERNEL_PLAIN, heads, columns, k, x, k, n, plain, columns);
        for (size_t i = 0; i < n; i++) {
            size_t c = next_random() % columns;
            double want = 0;
            for (size_t r = 0; r < k; r++) want += (double)x[i * k + r] * heads[r * columns + c];
            assert_true(fabs(want - plain[i * columns + c]) < 1e-3 * (1 + fabs(want)));
        }
        FOR_FAST_LEVELS(level) {
            dps_kernel_scores(level, heads, columns, k, x, k, n, fast, columns);
            assert_memory_equal(plain, fast, n * columns * sizeof *plain);
        }
        free(heads), free(x), free(plain), free(fast);
    }
}

static void test_level_is_chosen_by_name(void **state) {
    (void)state;
    enum dps_kernel_level level;
    struct dps_error e = {0};
    setenv("DEPESCHE_KERNELS", "plain", 1);
    assert_int_equal(dps_kernel_choose(&level, &e), DPS_OK);
    assert_int_equal(level, DPS_KERNEL_PLAIN);
    setenv("DEPESCHE_KERNELS", "abacus", 1);
    assert_int_equal(dps_kernel_choose(&level, &e), DPS_USAGE);
    assert_non_null(strstr(e.message, "abacus"));
    unsetenv("DEPESCHE_KERNELS");
    assert_int_equal(dps_kernel_choose(&level, &e), DPS_OK);
    assert_true(dps_kernel_has(level));
}

static void test_recurrence_has_the_same_bits(void **state) {
    (void)state;
    start_random();
    for (int round = 0; round < 20; round++) {
        uint32_t H = 1 + next_random() % 170;
        size_t n = 1 + next_random() % 40;
        float *u = random_floats(n * 3 * H), *s = random_floats(n * H), *v = random_floats(2 * H),
              *b = random_floats(2 * H);
        float *c = malloc(H * sizeof *c), *plain = malloc(n * H * sizeof *plain), *fast = malloc(n * H * sizeof *fast);
        for (int reverse = 0; reverse < 2; reverse++) {
            dps_kernel_sru(DPS_KERNEL_PLAIN, H, n, reverse, u, 3 * H, s, H, v, b, c, plain, H);
            FOR_FAST_LEVELS(level) {
                dps_kernel_sru(level, H, n, reverse, u, 3 * H, s, H, v, b, c, fast, H);
                assert_memory_equal(plain, fast, n * H * sizeof *plain);
            }
        }
        free(u), free(s), free(v), free(b), free(c), free(plain), free(fast);
    }
}

static void test_exp_and_softmax(void **state) {
    (void)state;
    for (float x = -87; x < 88; x += 0.037f) assert_true(fabs(dps_kernel_exp(x) / exp(x) - 1) < 1e-6);
    assert_true(isfinite(dps_kernel_exp(1e30f)) && isfinite(dps_kernel_exp(-1e30f)) && isfinite(dps_kernel_exp(NAN)));
    float x[5] = {1, 3, 3, -1e30f, 0};
    assert_int_equal(dps_kernel_softmax(x, 5), 1);
    float sum = 0;
    for (int i = 0; i < 5; i++) sum += x[i];
    assert_true(fabsf(sum - 1) < 1e-6f && x[1] == x[2] && x[3] < 1e-30f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_what_was_written),       cmocka_unit_test(test_refuses_every_cut),
        cmocka_unit_test(test_refuses_every_flipped_bit),    cmocka_unit_test(test_survives_wild_fields),
        cmocka_unit_test(test_products_have_the_same_bits),  cmocka_unit_test(test_wild_numbers_stay_bytes),
        cmocka_unit_test(test_scores_have_the_same_bits),    cmocka_unit_test(test_level_is_chosen_by_name),
        cmocka_unit_test(test_recurrence_has_the_same_bits), cmocka_unit_test(test_exp_and_softmax),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
