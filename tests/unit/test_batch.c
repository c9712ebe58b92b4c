/* test_batch.c -- results in input order for any number of threads, failures where they belong, a stop that stops. No
 * language data needed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "batch.h"

struct source { /* articles 0 .. n-1, made on the fly */
    unsigned n, at;
    unsigned fatal_at; /* this one ends the run; n: none */
    unsigned seed;
    bool reading; /* B2: never two at once */
    struct dps_buffer out;
    struct dps_buffer complaints;
    unsigned write_fails_at;
    unsigned written;
};

static bool is_bad(unsigned i) {
    return i % 7 == 3;
}

static enum dps_status next(void *context, struct dps_work *work, struct dps_error *error) {
    struct source *s = context;
    assert_false(s->reading); /* B2 */
    s->reading = true;
    enum dps_status status = DPS_END;
    if (s->at < s->n) {
        unsigned i = s->at++;
        char text[32];
        int length = snprintf(text, sizeof text, "%u", i);
        work->article.text = (struct dps_str){dps_arena_copy(&work->arena, text, (size_t)length), (size_t)length};
        status = i == s->fatal_at ? dps_error_set(error, DPS_MODEL, "fatal %u", i)
                 : is_bad(i)      ? dps_error_set(error, DPS_INPUT, "bad %u", i)
                                  : DPS_OK;
    }
    s->reading = false;
    return status;
}

/* Workers take different times, so that they finish out of order. */
static enum dps_status render(void *context, const struct dps_work *work, struct dps_buffer *out,
                              struct dps_error *error) {
    const struct source *s = context;
    (void)error;
    unsigned i = (unsigned)strtoul(work->article.text.data, NULL, 10);
    struct timespec t = {0, (long)((i * 2654435761u + s->seed) % 400u) * 1000};
    nanosleep(&t, NULL);
    dps_buffer_printf(out, "article %u\n", i);
    return DPS_OK;
}

static enum dps_status write_out(void *context, const struct dps_work *work, struct dps_str out,
                                 struct dps_error *error) {
    struct source *s = context;
    (void)work;
    if (s->written++ == s->write_fails_at) return dps_error_set(error, DPS_IO, "no room");
    dps_buffer_append_str(&s->out, out);
    return DPS_OK;
}

static void complain(void *context, const struct dps_error *error) {
    struct source *s = context;
    dps_buffer_printf(&s->complaints, "%s\n", error->message);
    dps_buffer_printf(&s->out, "(%s)\n", error->message);
}

static enum dps_status go(struct source *s, unsigned threads, struct dps_stats *stats, struct dps_error *error) {
    const struct dps_batch_plan plan = {.threads = threads,
                                        .stage = DPS_STAGE_READ,
                                        .context = s,
                                        .next = next,
                                        .render = render,
                                        .write = write_out,
                                        .complain = complain,
                                        .told = s};
    return dps_batch_each(NULL, &plan, stats, error);
}

static void release(struct source *s) {
    dps_buffer_release(&s->out);
    dps_buffer_release(&s->complaints);
}

static void same_for_any_number_of_threads(void **state) {
    (void)state;
    unsigned seed = (unsigned)time(NULL);
    print_message("seed %u\n", seed);
    struct dps_buffer want = {0};
    const unsigned n = 500;
    for (unsigned i = 0; i < n; i++) dps_buffer_printf(&want, is_bad(i) ? "(bad %u)\n" : "article %u\n", i);
    for (unsigned threads = 1; threads <= 9; threads += 2) {
        struct source s = {.n = n, .fatal_at = n, .seed = seed, .write_fails_at = n};
        struct dps_stats stats;
        struct dps_error error;
        assert_int_equal(go(&s, threads, &stats, &error), DPS_OK);
        assert_string_equal(s.out.data, want.data);
        assert_int_equal(stats.articles + stats.failed, n);
        assert_int_equal(stats.failed, (n + 3) / 7);
        release(&s);
    }
    dps_buffer_release(&want);
}

static void a_fatal_failure_ends_the_run_in_order(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct source s = {.n = 1000, .fatal_at = 100, .write_fails_at = 1000};
        struct dps_stats stats;
        struct dps_error error;
        assert_int_equal(go(&s, threads, &stats, &error), DPS_MODEL);
        assert_string_equal(error.message, "fatal 100");
        assert_int_equal(stats.articles + stats.failed, 100); /* all before it, none behind it */
        assert_true(s.at < 200);                              /* and the reading stopped too */
        release(&s);
    }
}

static void output_that_fails_ends_the_run(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct source s = {.n = 1000, .fatal_at = 1000, .write_fails_at = 10};
        struct dps_error error;
        assert_int_equal(go(&s, threads, NULL, &error), DPS_IO);
        assert_string_equal(error.message, "no room");
        assert_int_equal(s.written, 11);
        release(&s);
    }
}

static void empty_input(void **state) {
    (void)state;
    for (unsigned threads = 0; threads <= 3; threads++) {
        struct source s = {.n = 0, .fatal_at = 1, .write_fails_at = 1};
        struct dps_stats stats;
        assert_int_equal(go(&s, threads, &stats, NULL), DPS_OK);
        assert_int_equal(stats.articles, 0);
        release(&s);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_for_any_number_of_threads),
        cmocka_unit_test(a_fatal_failure_ends_the_run_in_order),
        cmocka_unit_test(output_that_fails_ends_the_run),
        cmocka_unit_test(empty_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
