/* test_base.c -- arenas and their ceilings, spans, UTF-8, dates, JSON text, tables: what all folders rest on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"

static void assert_str(struct dps_str have, const char *want) {
    if (!dps_str_is(have, want)) fail_msg("have '%.*s', want '%s'", DPS_STR_ARG(have), want);
}

static void an_arena_keeps_its_ceiling(void **state) {
    (void)state;
    struct dps_arena arena;
    dps_arena_init(&arena, 1000);
    unsigned char *a = dps_arena_take(&arena, 100), *none = dps_arena_take(&arena, 0);
    assert_non_null(a);
    assert_non_null(none);
    assert_int_equal((uintptr_t)a % 16, 0); /* A1 */
    for (int i = 0; i < 100; i++) assert_int_equal(a[i], 0);
    memset(a, 0xFF, 100);
    assert_null(dps_arena_take(&arena, 1000)); /* A2 */
    assert_true(arena.full);
    assert_null(dps_arena_take(&arena, SIZE_MAX));
    assert_null(dps_arena_take_array(&arena, SIZE_MAX / 4, 16));
    dps_arena_reset(&arena);
    assert_false(arena.full);
    a = dps_arena_take(&arena, 1000 / 16 * 16);
    assert_non_null(a);
    for (int i = 0; i < 992; i++) assert_int_equal(a[i], 0); /* zeroed again, though the block was used */
    dps_arena_release(&arena);
    dps_arena_release(&arena);
}

static void a_buffer_keeps_its_ceiling(void **state) {
    (void)state;
    struct dps_buffer b = {.ceiling = 4};
    assert_true(dps_buffer_append_c(&b, "abc"));
    assert_false(dps_buffer_append_c(&b, "de"));
    assert_true(b.failed);
    assert_false(dps_buffer_append_c(&b, "d")); /* what is cut stays cut */
    assert_str(dps_buffer_str(&b), "abc");
    dps_buffer_clear(&b);
    assert_true(dps_buffer_printf(&b, "%d", 1234));
    assert_string_equal(b.data, "1234");
    dps_buffer_release(&b);
}

static void spans(void **state) {
    (void)state;
    struct dps_str rest = DPS_STR("a;;b"), part;
    const char *const want[] = {"a", "", "b"};
    for (int i = 0; i < 3; i++) {
        assert_true(dps_str_split(&rest, ';', &part));
        assert_str(part, want[i]);
    }
    assert_false(dps_str_split(&rest, ';', &part));
    assert_str(dps_str_cut(DPS_STR("abc"), 2, 99), "c");
    assert_str(dps_str_cut(DPS_STR("abc"), 9, 1), "");
    assert_str(dps_str_trim(DPS_STR(" \t a b\r\n")), "a b");
    assert_str(dps_str_trim((struct dps_str){NULL, 0}), "");
    assert_true(dps_str_compare(DPS_STR("a"), DPS_STR("ab")) < 0);
    assert_true(dps_str_compare(DPS_STR("b"), DPS_STR("ab")) > 0);
}

static void utf8_is_strict(void **state) {
    (void)state;
    static const char *const bad[] = {"\x80",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xC3",
                                      "\xE0\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xE2\x82",
                                      "\xF0\x80\x80\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF8\x88\x80\x80",
                                      "\xE2\x82\x41\x41",
                                      "\xFF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct dps_str s = dps_str_of(bad[i]);
        size_t at = 0;
        assert_int_equal(dps_utf8_check(s), 0);
        assert_int_equal(dps_utf8_next(s, &at), 0xFFFD);
        assert_int_equal(at, 1);
    }
    struct dps_str good = DPS_STR("aß€\xF0\x9F\x98\x80");
    assert_int_equal(dps_utf8_check(good), good.length);
    assert_int_equal(dps_utf8_count(good), 4);
    assert_int_equal(dps_utf8_floor(good, 2), 1);
    assert_int_equal(dps_utf8_floor(good, 99), good.length);
    struct dps_arena arena;
    dps_arena_init(&arena, 1 << 16);
    assert_str(dps_utf8_lower(&arena, DPS_STR("STRAßE ÄÖ")), "straße äö");
    assert_str(dps_utf8_capital(&arena, DPS_STR("äpfel")), "Äpfel");
    assert_str(dps_utf8_fold(&arena, DPS_STR("Stra\xC3\x9F"
                                             "e")),
               "strasse");
    assert_str(dps_utf8_fold(&arena, DPS_STR("A\xCC\x88")), "ä"); /* composed */
    char worst[64];                                               /* bytes that are no UTF-8 become three bytes each */
    memset(worst, 0xFF, sizeof worst);
    assert_true(dps_utf8_lower(&arena, (struct dps_str){worst, sizeof worst}).length <= 2 * sizeof worst + 4);
    dps_arena_release(&arena);
}

static void dates(void **state) {
    (void)state;
    static const char *const good[] = {"2022-01-21", "2022-01", "2022", "2020-02-29", "2000-02-29", "0001-01-01"};
    static const char *const bad[] = {"",           "22",         "2022-13",    "2022-00",     "2022-01-00",
                                      "2022-02-29", "1900-02-29", "2022-01-32", "2022-01-21x", "2022-1-21",
                                      "0000",       "2022-"};
    struct dps_date date;
    struct dps_time time;
    char out[40];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(dps_date_parse(dps_str_of(good[i]), &date));
        assert_string_equal(dps_date_format(date, out), good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (dps_date_parse(dps_str_of(bad[i]), &date)) fail_msg("'%s' is no date", bad[i]);
    for (int32_t day = -150000; day < 150000; day += 17) assert_int_equal(dps_date_days(dps_date_of_days(day)), day);
    assert_int_equal(dps_date_weekday((struct dps_date){2022, 1, 21}), 4); /* a Friday */

    static const char *const times[] = {"2022-01-21", "2022-01-21T11:47:00", "2022-01-21T11:47:00+01:00",
                                        "2022-01-21T11:47:59-09:30"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        assert_true(dps_time_parse(dps_str_of(times[i]), &time));
        assert_string_equal(dps_time_format(time, out), times[i]);
    }
    assert_true(dps_time_parse(DPS_STR("2022-01-21 11:47:00.123Z"), &time));
    assert_string_equal(dps_time_format(time, out), "2022-01-21T11:47:00+00:00");
    static const char *const no_times[] = {"2022-01-21T25:00", "2022-01-21T24:30",    "2022-01-21T11:60",
                                           "2022-01-21T11",    "2022-01T11:47",       "2022-01-21T11:47+1",
                                           "2022-01-21T",      "2022-01-21T11:47+99", "2022-01-21T11:47 CET"};
    for (size_t i = 0; i < sizeof no_times / sizeof *no_times; i++)
        if (dps_time_parse(dps_str_of(no_times[i]), &time)) fail_msg("'%s' is no time", no_times[i]);

    assert_int_equal(dps_date_cet_offset((struct dps_date){2022, 1, 21}, 12, 0), 60);
    assert_int_equal(dps_date_cet_offset((struct dps_date){2022, 3, 27}, 1, 59), 60);
    assert_int_equal(dps_date_cet_offset((struct dps_date){2022, 3, 27}, 3, 0), 120);
    assert_int_equal(dps_date_cet_offset((struct dps_date){2022, 10, 30}, 3, 0), 60);
}

static void json_text(void **state) {
    (void)state;
    struct dps_buffer out = {0};
    struct dps_json json;
    dps_json_init(&json, &out);
    dps_json_open(&json, '{');
    dps_json_key(&json, "a");
    dps_json_str(&json, DPS_STR("\"\\\n\t\r\x01ä\xFF\x7F"));
    dps_json_key(&json, "b");
    dps_json_open(&json, '[');
    dps_json_int(&json, -7);
    dps_json_number(&json, 0.5, 4);
    dps_json_number(&json, -1, 2);
    dps_json_number(&json, 46.2044, 4);
    dps_json_bool(&json, true);
    dps_json_c(&json, NULL);
    dps_json_close(&json, ']');
    dps_json_key(&json, "c");
    dps_json_null(&json);
    dps_json_close(&json, '}');
    assert_string_equal(out.data, "{\"a\": \"\\\"\\\\\\n\\t\\r\\u0001ä\xEF\xBF\xBD\x7F\", "
                                  "\"b\": [-7, 0.5, -1.0, 46.2044, true, null], \"c\": null}");
    dps_buffer_release(&out);
}

static void tables(void **state) {
    (void)state;
    struct dps_error error;
    struct dps_tsv tsv;
    struct dps_str text = DPS_STR("\xEF\xBB\xBF# heading\r\n\r\nword\tclass\r\n a \tb\r\n# note\nc\n1\t2\t3\n");
    assert_int_equal(dps_tsv_init(&tsv, text, "t.tsv", &error), DPS_OK);
    assert_int_equal(dps_tsv_column(&tsv, "class"), 1);
    assert_int_equal(dps_tsv_column(&tsv, "none"), -1);
    assert_int_equal(dps_tsv_next(&tsv, &error), DPS_OK);
    assert_str(dps_tsv_cell(&tsv, 0), "a");
    assert_str(dps_tsv_cell(&tsv, 1), "b");
    assert_str(dps_tsv_cell(&tsv, -1), "");
    assert_int_equal(dps_tsv_next(&tsv, &error), DPS_OK);
    assert_str(dps_tsv_cell(&tsv, 0), "c");
    assert_str(dps_tsv_cell(&tsv, 1), ""); /* a missing cell is empty */
    assert_int_equal(dps_tsv_next(&tsv, &error), DPS_INPUT);
    assert_string_equal(error.message, "t.tsv:7: 3 cells but 2 columns (a stray tab?)");
    assert_int_equal(dps_tsv_next(&tsv, &error), DPS_END);
    assert_int_equal(dps_tsv_init(&tsv, DPS_STR("# nothing\n"), "t.tsv", &error), DPS_INPUT);
}

static void messages(void **state) {
    (void)state;
    struct dps_error error;
    assert_int_equal(dps_error_set(&error, DPS_IO, "%s", "reason"), DPS_IO);
    assert_int_equal(dps_error_prefix(&error, "%s", "file"), DPS_IO);
    assert_string_equal(error.message, "file: reason");
    assert_int_equal(dps_error_set(NULL, DPS_LIMIT, "x"), DPS_LIMIT);
    char name[600];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    dps_error_prefix(&error, "%s", name); /* cut, and ended */
    assert_true(strlen(error.message) < sizeof error.message);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_keeps_its_ceiling),
        cmocka_unit_test(a_buffer_keeps_its_ceiling),
        cmocka_unit_test(spans),
        cmocka_unit_test(utf8_is_strict),
        cmocka_unit_test(dates),
        cmocka_unit_test(json_text),
        cmocka_unit_test(tables),
        cmocka_unit_test(messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
