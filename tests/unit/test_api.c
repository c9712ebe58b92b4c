/* test_api.c -- the public header alone: engine, coder, batch, frames check. Uses nothing from src/, as a user of the
 * library would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "depesche.h"

static const char DEMAND[] =
    "{\"id\":\"a\",\"lang\":\"de\",\"text\":\"Russland fordert von der NATO den Abzug ihrer Truppen.\"}";

static struct dps_engine *engine;

static int open_engine(void **state) {
    struct dps_error error;
    (void)state;
    if (dps_engine_new(&engine, NULL, &error) == DPS_OK) return 0;
    print_message("%s\n", error.message);
    return 1;
}

static int close_engine(void **state) {
    (void)state;
    dps_engine_free(engine);
    return 0;
}

static void version_is_the_header_s(void **state) {
    (void)state;
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", DPS_VERSION_MAJOR, DPS_VERSION_MINOR, DPS_VERSION_PATCH);
    assert_string_equal(dps_version(), version);
}

static void a_wrong_folder_is_named(void **state) {
    (void)state;
    struct dps_engine *none;
    struct dps_error error;
    struct dps_engine_options options = {.data_dir = "/nowhere"};
    assert_int_equal(dps_engine_new(&none, &options, &error), DPS_LANG);
    assert_null(none);
    assert_non_null(strstr(error.message, "'/nowhere'"));
    options = (struct dps_engine_options){.frames_dir = "/nowhere"};
    assert_int_equal(dps_engine_new(&none, &options, &error), DPS_FRAMES);
    options = (struct dps_engine_options){.know_dir = "/nowhere"};
    assert_int_equal(dps_engine_new(&none, &options, &error), DPS_KNOW);
    dps_engine_free(NULL);
    dps_coder_free(NULL);
}

static void one_text(void **state) {
    (void)state;
    struct dps_coder *coder = dps_coder_new(engine);
    struct dps_error error;
    const char *lines;
    assert_non_null(coder);
    for (int i = 0; i < 3; i++) { /* a coder is used again and again */
        assert_int_equal(dps_code_text(coder, "a", DEMAND, sizeof DEMAND - 1, "2022-01-21", &lines, &error), DPS_OK);
        assert_non_null(strstr(lines, "\"type\": \"REQUEST\""));
        assert_non_null(strstr(lines, "\"date\": \"2022-01-21\""));
        assert_non_null(strstr(lines, "\"country\": \"RUS\""));
    }
    /* a language without data gives no events and no failure; bad bytes and a bad date are told */
    static const char other[] = "{\"text\":\"Lorem ipsum.\",\"lang\":\"xx\"}";
    assert_int_equal(dps_code_text(coder, "b", other, sizeof other - 1, NULL, &lines, &error), DPS_OK);
    assert_string_equal(lines, "");
    assert_int_equal(dps_code_text(coder, "c", "", 0, NULL, &lines, &error), DPS_INPUT);
    assert_string_equal(lines, "");
    assert_int_equal(dps_code_text(coder, "d", DEMAND, sizeof DEMAND - 1, "yesterday", &lines, &error), DPS_USAGE);
    dps_coder_free(coder);
}

static void complain(void *context, const struct dps_error *error) {
    (void)error;
    ++*(int *)context;
}

static void a_batch(void **state) {
    (void)state;
    char path[] = "/tmp/test_api.XXXXXX";
    int handle = mkstemp(path);
    FILE *in = handle < 0 ? NULL : fdopen(handle, "w");
    assert_non_null(in);
    for (int i = 0; i < 20; i++) fprintf(in, "%s\n{}\n", DEMAND);
    fclose(in);
    const char *paths[] = {path};
    int complaints = 0;
    struct dps_batch_options options = {.task = DPS_TASK_CODE,
                                        .format = DPS_FORMAT_JSONL,
                                        .paths = paths,
                                        .n_paths = 1,
                                        .threads = 3,
                                        .complain = complain,
                                        .context = &complaints};
    struct dps_stats stats;
    struct dps_error error;
    FILE *out = tmpfile();
    assert_non_null(out);
    assert_int_equal(dps_batch_run(engine, &options, out, &stats, &error), DPS_OK);
    assert_int_equal(stats.articles, 20);
    assert_int_equal(stats.failed, 20);
    assert_int_equal(complaints, 20);
    assert_true(stats.events >= 20);
    assert_true(stats.words >= 20 * 8);
    options.lang = "xx";
    assert_int_equal(dps_batch_run(engine, &options, out, &stats, &error), DPS_USAGE);
    fclose(out);
    remove(path);
}

static void frames_of_no_language(void **state) {
    (void)state;
    struct dps_check_report report;
    struct dps_error error;
    assert_int_equal(dps_frames_check(engine, "xx", stdout, &report, &error), DPS_USAGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_is_the_header_s),
        cmocka_unit_test(a_wrong_folder_is_named),
        cmocka_unit_test(one_text),
        cmocka_unit_test(a_batch),
        cmocka_unit_test(frames_of_no_language),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
