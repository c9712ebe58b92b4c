/* test_article.c -- reading: kinds of input, records, stamps, datelines, blocks, languages, and every bad input that
 * was thought of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>
#include <zstd.h>

#include "article/article.h"
#include "base/utf8.h"

static char lang_dir[4096], folder[] = "/tmp/dps-test-article-XXXXXX";
static struct dps_reader_options options = {.lang_dir = lang_dir};
static struct dps_arena arena;
static struct dps_error error;

static int set_up(void **state) {
    (void)state;
    const char *source = getenv("DPS_SOURCE");
    snprintf(lang_dir, sizeof lang_dir, "%s/lang", source ? source : ".");
    dps_arena_init(&arena, (size_t)256 << 20);
    return mkdtemp(folder) ? 0 : 1;
}

static int tear_down(void **state) {
    (void)state;
    char command[4200];
    dps_arena_release(&arena);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? 0 : 1;
}

/* ---- helpers ---- */

static char path_buffer[8][4200];
static const char *path_of(const char *name) {
    static unsigned next;
    char *path = path_buffer[next++ % 8];
    snprintf(path, sizeof path_buffer[0], "%s/%s", folder, name);
    return path;
}

static const char *write_file(const char *name, const void *bytes, size_t length) {
    const char *path = path_of(name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
    return path;
}

static const char *write_text(const char *name, const char *text) {
    return write_file(name, text, strlen(text));
}

static struct dps_reader *open_reader(const char *path) {
    struct dps_reader *reader;
    const char *paths[] = {path};
    assert_int_equal(dps_reader_new(&reader, paths, 1, &options, &error), DPS_OK);
    return reader;
}

/* The only article of a file. */
static struct dps_article read_one(const char *path) {
    struct dps_article article, none;
    struct dps_reader *reader = open_reader(path);
    dps_arena_reset(&arena);
    enum dps_status status = dps_reader_next(reader, &arena, &article, &error);
    if (status != DPS_OK) print_message("%s\n", error.message);
    assert_int_equal(status, DPS_OK);
    assert_int_equal(dps_reader_next(reader, &arena, &none, &error), DPS_END);
    article.file = (struct dps_str){NULL, 0};
    dps_reader_free(reader);
    return article;
}

/* The file gives nothing but this error. */
static void refuse(const char *path, enum dps_status want, const char *reason) {
    struct dps_article article;
    struct dps_reader *reader = open_reader(path);
    dps_arena_reset(&arena);
    enum dps_status status = dps_reader_next(reader, &arena, &article, &error);
    assert_int_equal(status, want);
    if (!strstr(error.message, reason)) fail_msg("'%s' is not in '%s'", reason, error.message);
    assert_non_null(strstr(error.message, path)); /* the file is named */
    assert_int_equal(dps_reader_next(reader, &arena, &article, &error), DPS_END);
    dps_reader_free(reader);
}

static struct dps_article run(const char *text) {
    struct dps_article article;
    dps_arena_reset(&arena);
    enum dps_status status = dps_article_run(&options, dps_str_of(text), "memory", &arena, &article, &error);
    if (status != DPS_OK) print_message("%s\n", error.message);
    assert_int_equal(status, DPS_OK);
    return article;
}

static void assert_str(struct dps_str have, const char *want) {
    if (!dps_str_is(have, want)) fail_msg("have '%.*s', want '%s'", DPS_STR_ARG(have), want);
}

static void assert_published(const struct dps_article *a, const char *want) {
    char out[40] = "";
    if (dps_date_known(a->published.date)) dps_time_format(a->published, out);
    assert_string_equal(out, want);
}

static struct dps_str block(const struct dps_article *a, uint32_t i) {
    assert_true(i < a->n_blocks);
    return dps_str_cut(a->text, a->blocks[i].start, a->blocks[i].end);
}

/* I2, I3 */
static void check_invariants(const struct dps_article *a) {
    uint32_t at = 0;
    assert_int_equal(dps_utf8_check(a->title), a->title.length);
    assert_int_equal(dps_utf8_check(a->text), a->text.length);
    assert_true(a->title.length || a->text.length);
    for (uint32_t i = 0; i < a->n_blocks; i++) {
        assert_true(a->blocks[i].start >= at && a->blocks[i].start < a->blocks[i].end);
        assert_true(a->blocks[i].end <= a->text.length);
        at = a->blocks[i].end;
        struct dps_str b = block(a, i);
        for (size_t k = 0; k + 1 < b.length; k++) assert_false(b.data[k] == '\n' && b.data[k + 1] == '\n');
    }
}

/* ---- text records ---- */

static void record_with_prefix_and_stamp(void **state) {
    (void)state;
    struct dps_article a =
        run(" date 2022-03 Gipfel in Wien Minister fordert, Kanzlerin warnt Stand: 14.03.2022 09:05 Uhr\n\n"
            "Der Minister hat mehr Geld gefordert.\n\nStreit um Geld\n\nDie Kanzlerin warnte davor.\n\n\n\nSie blieb "
            "dabei.\n");
    assert_str(a.title, "Gipfel in Wien Minister fordert, Kanzlerin warnt");
    assert_published(&a, "2022-03-14T09:05:00+01:00");
    assert_string_equal(a.lang, "de");
    assert_false(a.lang_given);
    assert_int_equal(a.n_blocks, 4);
    assert_str(block(&a, 1), "Streit um Geld");
    assert_int_equal(a.blocks[0].kind, DPS_BLOCK_PARAGRAPH);
    assert_int_equal(a.blocks[1].kind, DPS_BLOCK_HEADING);
    assert_int_equal(a.blocks[3].kind, DPS_BLOCK_PARAGRAPH);
    assert_int_equal(a.id.length, 16);
    check_invariants(&a);
}

static void stamps_of_many_forms(void **state) {
    (void)state;
    static const struct {
        const char *line, *published;
    } cases[] = {
        {"Stand: 01.07.2021, 14.30 Uhr", "2021-07-01T14:30:00+02:00"},
        {"Stand: 1. Juli 2021, 14:30 Uhr", "2021-07-01T14:30:00+02:00"},
        {"Veröffentlicht am 3. März 2020 um 07:35 Uhr", "2020-03-03T07:35:00+01:00"},
        {"Erstellt: 03.07.2021, 21:19 Uhr Aktualisiert: 04.07.2021, 14:01 Uhr", "2021-07-03T21:19:00+02:00"},
        {"Aktualisiert am 04.07.2021, 14:01 Uhr", "2021-07-04T14:01:00+02:00"},
        {"Zuletzt aktualisiert: Mittwoch, den 2. Juli 2014", "2014-07-02"},
        {"15. Jänner 2010, 20:53", "2010-01-15T20:53:00+01:00"},
        {"Von Anna Beispiel und Karl Muster | 12.11.2019, 06:00 Uhr", "2019-11-12T06:00:00+01:00"},
        {"Sonntag, 31.10.2021 | 02:30 MEZ", "2021-10-31T02:30:00+01:00"},
        {"2021-03-22 01:51", "2021-03-22T01:51:00+01:00"},
        {"2021-03-22T01:51:00+03:00", "2021-03-22T01:51:00+03:00"},
        {"11.47 Uhr, 21. Januar 2022", "2022-01-21T11:47:00+01:00"},
        {"(21.1.22)", "2022-01-21"},
        {"Berliner Bote, Genf, 21. Januar 2022", "2022-01-21"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1000];
        snprintf(text, sizeof text,
                 "Der Minister und die Frage der Garantien\n\n%s\n\nDer Minister hat sie gestern nicht beantwortet.\n",
                 cases[i].line);
        struct dps_article a = run(text);
        print_message("%s\n", cases[i].line);
        assert_str(a.title, "Der Minister und die Frage der Garantien");
        assert_published(&a, cases[i].published);
        assert_int_equal(a.n_blocks, 1);
        assert_str(block(&a, 0), "Der Minister hat sie gestern nicht beantwortet.");
    }
}

static void english_stamps(void **state) {
    (void)state;
    static const struct {
        const char *line, *published;
    } cases[] = {
        {"Published 5:56 AM EST, Sun December 12, 2021", "2021-12-12T05:56:00-05:00"},
        {"Fri 29 May 2009 21.38 GMT", "2009-05-29T21:38:00+00:00"},
        {"By Jane Smith | September 1, 2019 at 12:32 am", "2019-09-01T00:32:00"},
        {"Posted 7/13/2023", "2023-07-13"},
        {"Posted 13/7/2023", "2023-07-13"},
        {"Posted 2/1/2023", "2023-02-01"},
        {"Last updated 21st of January, 2022", "2022-01-21"},
        {"First published on Wed 12 Mar 2020 11.00 GMT. Last modified on Thu 13 Mar 2020 12.00 GMT",
         "2020-03-12T11:00:00+00:00"},
        {"Jan. 21, 2022, 9:15 p.m. ET", "2022-01-21T21:15:00"},
        {"January 21, 2022", "2022-01-21"},
        {"Updated: Jan 5, 2022 / 06:10 PM CST", "2022-01-05T18:10:00-06:00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1000];
        snprintf(text, sizeof text,
                 "The minister and what she did not say\n\n%s\n\nThe minister did not answer the question on Friday.\n",
                 cases[i].line);
        struct dps_article a = run(text);
        print_message("%s\n", cases[i].line);
        assert_published(&a, cases[i].published);
        assert_int_equal(a.n_blocks, 1);
        assert_str(a.title, "The minister and what she did not say");
        assert_str(block(&a, 0), "The minister did not answer the question on Friday.");
    }
}

static void headings_with_dates_are_no_stamps(void **state) {
    (void)state;
    struct dps_article a =
        run("{\"text\": \"Wahlen am 24. September 2017\\n\\nDie Partei hat sie gewonnen, und der Minister ging.\"}");
    assert_published(&a, "");
    assert_int_equal(a.n_blocks, 2);
    a = run("Ergebnisse vom Wettlauf in der Halle, 19.5.2007\n\nDie Halle war voll, und alle haben sich gefreut.");
    assert_str(a.title, "Ergebnisse vom Wettlauf in der Halle, 19.5.2007");
    assert_published(&a, "");
    a = run("{\"text\": \"Von hier an wird es schwierig\\n\\nDas sagte der Minister.\"}");
    assert_int_equal(a.n_blocks, 2);
}

static void datelines(void **state) {
    (void)state;
    static const struct {
        const char *text, *city, *agency, *published, *body;
    } cases[] = {
        {"GENF (dpa) - Der Minister ist in der Stadt.", "GENF", "dpa", "", "Der Minister ist in der Stadt."},
        {"Genf (dpa/AFP) – Der Minister ist in der Stadt.", "Genf", "dpa/AFP", "", "Der Minister ist in der Stadt."},
        {"Frankfurt/Main, 2. April 2020 (epd) - Der Minister ist da.", "Frankfurt/Main", "epd", "2020-04-02",
         "Der Minister ist da."},
        {"GENEVA, Jan 21, 2022 (Reuters) - The minister is in town.", "GENEVA", "Reuters", "2022-01-21",
         "The minister is in town."},
        {"NEW DELHI (AP) — The minister is in town.", "NEW DELHI", "AP", "", "The minister is in town."},
        {"GENEVA, Switzerland (AFP) -- The minister is in town.", "GENEVA", "AFP", "", "The minister is in town."},
        {"WASHINGTON — The minister is in town.", "WASHINGTON", "", "", "The minister is in town."},
        {"(dpa) - Der Minister ist in der Stadt.", "", "dpa", "", "Der Minister ist in der Stadt."},
        /* none */
        {"Die NATO – Bündnis der Staaten – ist alt.", "", "", "", "Die NATO – Bündnis der Staaten – ist alt."},
        {"NATO-Staaten beraten (noch) - der Minister nicht.", "", "", "",
         "NATO-Staaten beraten (noch) - der Minister nicht."},
        {"Herr Muster (Grüne) - Der Minister ist da.", "", "", "", "Herr Muster (Grüne) - Der Minister ist da."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1000];
        snprintf(text, sizeof text, "{\"title\": \"T\", \"text\": \"%s\"}", cases[i].text);
        struct dps_article a = run(text);
        assert_str(a.city, cases[i].city);
        assert_str(a.agency, cases[i].agency);
        assert_published(&a, cases[i].published);
        assert_str(block(&a, 0), cases[i].body);
        assert_str(a.text, cases[i].text); /* I1 */
    }
}

static void a_dateline_s_year_is_near_the_record_s(void **state) {
    (void)state;
    struct dps_article a =
        run(" date 2020-04 Was wir hören wollen\n\nBonn, 2. April (epd) - Der Rat hat es so gewollt.");
    assert_published(&a, "2020-04-02");
    a = run(" date 2021-01 Was wir hören wollen\n\nBonn, 30. Dezember (epd) - Der Rat hat es so gewollt.");
    assert_published(&a, "2020-12-30");
    a = run("Was wir hören wollen\n\nBonn, 30. Dezember (epd) - Der Rat hat es so gewollt.");
    assert_published(&a, ""); /* no year: no date */
}

static void plain_text_titles(void **state) {
    (void)state;
    struct dps_article a = run("Ein Titel\n\nEin Satz ist das hier. Noch einer.\n");
    assert_str(a.title, "Ein Titel");
    assert_int_equal(a.n_blocks, 1);
    a = run("Ein Satz ist das hier.\n\nNoch einer ist das.\n");
    assert_str(a.title, "");
    assert_int_equal(a.n_blocks, 2);
    a = run("Nur eine Zeile ohne Punkt");
    assert_str(a.title, "");
    assert_int_equal(a.n_blocks, 1);
    a = run("Kommt der Minister? Keiner weiß es!\n\nKeiner hat ihn gesehen.");
    assert_str(a.title, "Kommt der Minister? Keiner weiß es!");
}

static void blocks_of_single_newlines(void **state) {
    (void)state;
    /* wrapped by hand: one paragraph */
    struct dps_article a = run("{\"title\":\"T\",\"text\":\"Der Minister hat am Mittwoch in der Hauptstadt\\nmit "
                               "seinem Kollegen gesprochen und dabei auf den\\n"
                               "Vertrag gedrungen, den beide im letzten Jahr noch\\nabgelehnt hatten.\"}");
    assert_int_equal(a.n_blocks, 1);
    /* a line each: a heading and paragraphs */
    a = run("{\"title\":\"T\",\"text\":\"Streit um den Vertrag\\nDer Minister hat am Mittwoch in der Hauptstadt mit "
            "seinem Kollegen gesprochen und auf den Vertrag gedrungen, "
            "den beide im letzten Jahr noch abgelehnt hatten.\\nEr kam nicht an.\\nDie Regierung schwieg dazu.\"}");
    assert_int_equal(a.n_blocks, 4);
    assert_int_equal(a.blocks[0].kind, DPS_BLOCK_HEADING);
    assert_str(block(&a, 2), "Er kam nicht an.");
    a = run("{\"title\":\"T\",\"text\":\"Eins.\\r\\n\\r\\nZwei.\\r\\n \\t \\r\\nDrei.\"}");
    assert_int_equal(a.n_blocks, 3);
    assert_str(block(&a, 0), "Eins.");
}

/* ---- JSON ---- */

static void json_keys(void **state) {
    (void)state;
    struct dps_article a = run("{\"id\":\"x1\",\"url\":\"https://example.org/1\",\"title\":\" Titel "
                               "\",\"published\":\"2022-01-21T11:47:00+01:00\",\"lang\":\"de-AT\","
                               "\"text\":\"Ein Satz.\",\"source\":\"Bote\",\"unknown\":{\"deep\":[1,2]}}");
    assert_str(a.id, "x1");
    assert_str(a.url, "https://example.org/1");
    assert_str(a.title, "Titel");
    assert_str(a.source, "Bote");
    assert_published(&a, "2022-01-21T11:47:00+01:00");
    assert_string_equal(a.lang, "de");
    assert_true(a.lang_given);
    a = run("{\"id\":17,\"url\":null,\"text\":\"Ein Satz.\",\"lang\":\"xx\",\"published\":\"2022-01-21\"}");
    assert_str(a.id, "17");
    assert_str(a.url, "");
    assert_string_equal(a.lang, "xx"); /* kept as given */
    assert_published(&a, "2022-01-21");
    assert_int_equal(a.published.hour, -1);
    a = run("{\"text\":\"Ein Satz.\",\"published\":\"Fri, 21 Jan 2022 11:47:00 +0100\"}");
    assert_published(&a, "2022-01-21T11:47:00+01:00");
    a = run("{\"text\":\"Ein Satz.\",\"published\":\"irgendwann\"}");
    assert_published(&a, "");
}

static void ids_by_content(void **state) {
    (void)state;
    char first[17] = "";
    struct dps_article a = run("{\"title\":\"A\",\"text\":\"Ein Satz.\"}");
    memcpy(first, a.id.data, 16);
    a = run("{\"text\":\"Ein Satz.\",\"title\":\"A\",\"url\":\"u\"}");
    assert_str(a.id, first); /* the content alone */
    a = run("{\"text\":\"Ein Satz!\",\"title\":\"A\"}");
    assert_false(dps_str_is(a.id, first));
    assert_int_equal(strspn(first, "0123456789abcdef"), 16);
}

static void json_lines_with_bad_ones(void **state) {
    (void)state;
    const char *path = write_text(
        "mixed.jsonl",
        "\xEF\xBB\xBF{\"id\":\"a\",\"text\":\"Eins.\"}\n\n{\"id\":\"b\",\"text\":\n"
        "{\"id\":\"c\",\"url\":\"u\"}\n{\"id\":\"d\",\"text\":5}\n[1]\n\"x\"\n{\"id\":\"e\",\"text\":\"n\\u0000ul\"}\n"
        "{\"id\":\"f\",\"text\":\"\xC3\"}\n{\"id\":\"g\",\"text\":\"Zwei.\"}");
    static const struct {
        enum dps_status status;
        const char *what;
    } want[] = {{DPS_OK, "a"},
                {DPS_INPUT, "record 2 (line 3): bad JSON"},
                {DPS_INPUT, "record 3 (line 4): neither 'title' nor 'text'"},
                {DPS_INPUT, "record 4 (line 5): 'text' must be a string"},
                {DPS_INPUT, "record 5 (line 6): not a JSON object"},
                {DPS_INPUT, "record 6 (line 7): not a JSON object"},
                {DPS_INPUT, "record 7 (line 8)"},
                {DPS_INPUT, "record 8 (line 9)"},
                {DPS_OK, "g"}};
    struct dps_reader *reader = open_reader(path);
    struct dps_article a;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        dps_arena_reset(&arena);
        enum dps_status status = dps_reader_next(reader, &arena, &a, &error);
        assert_int_equal(status, want[i].status);
        if (status == DPS_OK)
            assert_str(a.id, want[i].what);
        else if (!strstr(error.message, want[i].what))
            fail_msg("'%s' is not in '%s'", want[i].what, error.message);
    }
    assert_int_equal(a.record, 9);
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_END);
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_END);
    dps_reader_free(reader);
}

static void json_documents(void **state) {
    (void)state;
    struct dps_article a = read_one(write_text("pretty.json", "{\n  \"id\": \"p\",\n  \"text\": \"Ein Satz.\"\n}\n"));
    assert_str(a.id, "p");
    struct dps_reader *reader = open_reader(write_text(
        "array.json", "[\n {\"id\":\"1\",\"text\":\"Eins.\"},\n 5,\n {\"id\":\"2\",\"text\":\"Zwei.\"}\n]\n"));
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_OK);
    assert_str(a.id, "1");
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_INPUT);
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_OK);
    assert_str(a.id, "2");
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_END);
    dps_reader_free(reader);
    refuse(write_text("broken.json", "[{\"id\":\"1\",\n\"text\":"), DPS_INPUT, "bad JSON");
    a = read_one(write_text("bracket.txt", "[Update] Der Minister ist gegangen, und alle wissen es.\n"));
    assert_int_equal(a.n_blocks, 1); /* a text may begin with a bracket */
}

/* ---- bad inputs ---- */

static void nothing_in_it(void **state) {
    (void)state;
    refuse(write_text("empty.txt", ""), DPS_INPUT, "nothing in it");
    refuse(write_text("blank.txt", " \n\t\r\n \n"), DPS_INPUT, "nothing in it");
    refuse(path_of("absent.txt"), DPS_IO, "cannot open");
    refuse(write_text("prefix.txt", " date 2022-01 "), DPS_INPUT, "nothing in it");
}

static void no_text(void **state) {
    (void)state;
    char png[64] = "\x89PNG\r\n\x1A\n", random[600];
    refuse(write_file("image.png", png, sizeof png), DPS_INPUT, "PNG");
    for (size_t i = 0; i < sizeof random; i++) random[i] = (char)(i * 37 % 251);
    refuse(write_file("random.bin", random, sizeof random), DPS_INPUT, "binary");
    refuse(write_file("nul.txt", "Ein Satz\0mit Null.", 18), DPS_INPUT, "binary");
    refuse(write_text("page.html", "\n<!DOCTYPE html><html><body><p>Satz.</p>"), DPS_INPUT,
           "looks like HTML; not supported yet");
    refuse(write_text("feed.xml", "<?xml version=\"1.0\"?><rss><channel></channel></rss>"), DPS_INPUT, "feed");
    refuse(write_text("crawl.warc", "WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n"), DPS_INPUT,
           "looks like WARC; not supported yet");
}

static void encodings(void **state) {
    (void)state;
    struct dps_article a = read_one(write_text("latin.txt", "Der Minister f\xFChrt Gespr\xE4"
                                                            "che \x96 sagt er.\n"));
    assert_str(a.text, "Der Minister führt Gespräche – sagt er.");
    refuse(write_text("mixed.txt", "Gespräche und Gespr\xE4"
                                   "che.\n"),
           DPS_INPUT, "invalid UTF-8 at byte 20");
    a = read_one(write_text("bom.txt", "\xEF\xBB\xBF"
                                       "Ein Satz.\n"));
    assert_str(a.text, "Ein Satz.");
    a = read_one(write_file("utf16.txt",
                            "\xFF\xFE"
                            "E\0i\0n\0 \0\xFC\0.\0",
                            14));
    assert_str(a.text, "Ein ü.");
    refuse(write_file("utf16-cut.txt",
                      "\xFF\xFE"
                      "E\0i",
                      5),
           DPS_INPUT, "half a character");
    refuse(write_file("utf16-bad.txt",
                      "\xFF\xFE"
                      "E\0\x00\xDC",
                      6),
           DPS_INPUT, "invalid UTF-16");
}

static void too_long(void **state) {
    (void)state;
    size_t size = DPS_ARTICLE_MAX_TEXT + 10;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, 'a', size);
    refuse(write_file("long.txt", text, size), DPS_LIMIT, "more than");
    free(text);
}

/* `n` times `unit` between `before` and `after`, as a file. */
static const char *write_many(const char *name, const char *before, const char *unit, size_t n, const char *after) {
    const char *path = path_of(name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(before, file);
    for (size_t i = 0; i < n; i++) fputs(unit, file);
    fputs(after, file);
    fclose(file);
    return path;
}

/* What would take memory out of proportion: each event repeats the id and the title; a value takes 200 bytes. */
static void json_out_of_proportion(void **state) {
    (void)state;
    refuse(write_many("long-id.jsonl", "{\"text\":\"Eins.\",\"id\":\"", "x", 5000, "\"}\n"), DPS_LIMIT, "id of 5000");
    refuse(write_many("long-title.jsonl", "{\"title\":\"", "x", 5000, "\"}\n"), DPS_LIMIT, "title of 5000");
    refuse(write_many("values.jsonl", "{\"text\":\"Eins.\",\"x\":[", "{},", 1000000, "0]}\n"), DPS_LIMIT,
           "JSON values");
    refuse(write_many("values.json", "[", "{},", 1000000, "0]\n"), DPS_LIMIT, "JSON values");
    struct dps_article a = /* marks within strings are no values */
        read_one(write_many("marks.jsonl", "{\"text\":\"Eins \\\"", "[,", 1000000, ". Zwei.\"}\n"));
    assert_true(a.text.length > 2000000);
}

static long peak_kilobytes(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* A line of 100 MB between two good ones: told, passed over, and not held in memory. */
static void a_line_of_100_megabytes(void **state) {
    (void)state;
    const char *path = path_of("huge.jsonl");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    char piece[65536];
    memset(piece, 'x', sizeof piece);
    fputs("{\"id\":\"a\",\"text\":\"Eins.\"}\n{\"text\":\"", file);
    for (int i = 0; i < 1600; i++) fwrite(piece, 1, sizeof piece, file);
    fputs("\"}\n{\"id\":\"b\",\"text\":\"Zwei.\"}\n", file);
    fclose(file);
    struct dps_article a;
    struct dps_reader *reader = open_reader(path);
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_OK);
    long before = peak_kilobytes();
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_LIMIT);
    assert_non_null(strstr(error.message, "record 2 (line 2)"));
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_OK);
    assert_str(a.id, "b");
    assert_int_equal(a.record, 3);
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_END);
    dps_reader_free(reader);
    assert_true(peak_kilobytes() - before < 64 * 1024); /* twice the ceiling of a line at most */
    unlink(path);
}

/* ---- compression ---- */

static size_t gzip(const char *text, size_t length, char *out, size_t room) {
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)text;
    z.avail_in = (uInt)length;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return room - z.avail_out;
}

static void compressed(void **state) {
    (void)state;
    static const char one[] = "{\"id\":\"a\",\"text\":\"Eins.\"}\n{\"id\":\"b\",\"te", two[] = "xt\":\"Zwei.\"}\n";
    char packed[1000];
    size_t n = gzip(one, sizeof one - 1, packed, sizeof packed);
    n += gzip(two, sizeof two - 1, packed + n, sizeof packed - n);
    memset(packed + n, 0, 30); /* padding, as tape writers leave it */
    struct dps_article a;
    struct dps_reader *reader = open_reader(write_file("members.bin", packed, n + 30));
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_OK);
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_OK);
    assert_str(a.id, "b");
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_END);
    dps_reader_free(reader);

    n = ZSTD_compress(packed, sizeof packed, one, strlen("{\"id\":\"a\",\"text\":\"Eins.\"}\n"), 3);
    assert_false(ZSTD_isError(n));
    size_t m = ZSTD_compress(packed + n, sizeof packed - n, "{\"id\":\"z\",\"text\":\"Drei.\"}\n", 26, 3);
    reader = open_reader(write_file("frames.zst", packed, n + m));
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_OK);
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_OK);
    assert_str(a.id, "z");
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_END);
    dps_reader_free(reader);
    refuse(write_file("cut.txt.zst", packed, n - 6), DPS_INPUT, "cut off");
}

/* A gzip file cut off at each place: whole lines before the cut are read, then one error. */
static void cut_gzip(void **state) {
    (void)state;
    enum { LINES = 400 };
    char *text = calloc(LINES, 80), *packed = malloc(LINES * 80);
    assert_non_null(text);
    assert_non_null(packed);
    size_t length = 0;
    for (int i = 0; i < LINES; i++)
        length +=
            (size_t)sprintf(text + length, "{\"id\":\"%d\",\"text\":\"Satz %d von %d.\"}\n", i, i * 7919 % 1000, i * i);
    size_t n = gzip(text, length, packed, LINES * 80);
    for (size_t cut = 19; cut < n; cut += n / 23) {
        struct dps_article a;
        struct dps_reader *reader = open_reader(write_file("cut.gz", packed, cut));
        enum dps_status status;
        unsigned good = 0, bad = 0;
        while ((status = dps_reader_next(reader, &arena, &a, &error)) != DPS_END) {
            if (status == DPS_OK) {
                char want[16];
                snprintf(want, sizeof want, "%u", good++);
                assert_str(a.id, want);
                assert_int_equal(bad, 0);
            } else {
                assert_int_equal(status, DPS_INPUT);
                assert_non_null(strstr(error.message, "cut off"));
                bad++;
            }
            dps_arena_reset(&arena);
        }
        assert_int_equal(bad, 1);
        assert_true(good < LINES);
        if (cut > n / 2) assert_true(good > 0);
        dps_reader_free(reader);
    }
    packed[n / 2] ^= 0x55;
    struct dps_article a;
    struct dps_reader *reader = open_reader(write_file("damaged.gz", packed, n));
    enum dps_status status, last = DPS_OK;
    while ((status = dps_reader_next(reader, &arena, &a, &error)) != DPS_END) last = status;
    assert_int_equal(last, DPS_INPUT);
    dps_reader_free(reader);
    free(text);
    free(packed);
}

/* ---- folders ---- */

static void folders_are_walked_in_order(void **state) {
    (void)state;
    char deep[4300];
    snprintf(deep, sizeof deep, "%s/tree", folder);
    mkdir(deep, 0700);
    write_text("tree/b.txt", "Zwei ist das hier.");
    write_text("tree/a.dat", "{\"text\":\"Eins.\"}");
    write_text("tree/.hidden", "Nichts.");
    write_text("tree/c.txt", "");
    snprintf(deep, sizeof deep, "%s/tree/aa", folder);
    mkdir(deep, 0700);
    write_text("tree/aa/x.txt", "Anderthalb ist das hier.");
    snprintf(deep, sizeof deep, "%s/tree", folder);
    struct dps_reader *reader = open_reader(deep);
    struct dps_article a;
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_OK);
    assert_str(a.text, "Eins.");
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_OK);
    assert_str(a.text, "Anderthalb ist das hier.");
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_OK);
    assert_str(a.text, "Zwei ist das hier.");
    assert_true(dps_str_ends(a.file, DPS_STR("/tree/b.txt")));
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_INPUT); /* c.txt is empty */
    assert_int_equal(dps_reader_next(reader, &arena, &a, &error), DPS_END);
    dps_reader_free(reader);
    snprintf(deep, sizeof deep, "%s/tree/aa/loop", folder);
    assert_int_equal(symlink("..", deep), 0);
    snprintf(deep, sizeof deep, "%s/tree/aa", folder);
    reader = open_reader(deep);
    enum dps_status status;
    unsigned steps = 0, limits = 0;
    while ((status = dps_reader_next(reader, &arena, &a, &error)) != DPS_END && steps++ < 10000)
        limits += status == DPS_LIMIT || status == DPS_IO;
    assert_true(steps < 10000 && limits > 0);
    dps_reader_free(reader);
}

/* ---- languages ---- */

static void languages(void **state) {
    (void)state;
    static const struct {
        const char *lang, *text;
    } cases[] = {
        {"de", "Die Regierung hat am Mittwoch einen Vertrag mit dem Nachbarland geschlossen."},
        {"en", "The government has signed a treaty with its neighbour on Wednesday."},
        {"fr", "Le gouvernement a signé mercredi un traité avec le pays voisin."},
        {"es", "El gobierno firmó el miércoles un tratado con el país vecino."},
        {"nl", "De regering heeft woensdag een verdrag met het buurland gesloten."},
        {"ru", "Правительство в среду подписало договор с соседней страной, и это было важно."},
        {"", "4711 0815 42"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dps_article a = run(cases[i].text);
        assert_string_equal(a.lang, cases[i].lang);
        assert_false(a.lang_given);
    }
    options.lang = "en";
    struct dps_article a = run(cases[0].text);
    options.lang = NULL;
    assert_string_equal(a.lang, "en");
    assert_true(a.lang_given);
}

static void without_language_data(void **state) {
    (void)state;
    struct dps_reader_options none = {0};
    struct dps_article a;
    assert_int_equal(dps_article_run(&none, DPS_STR("Ein Titel\n\nDer Satz."), "m", &arena, &a, &error), DPS_OK);
    assert_string_equal(a.lang, "");
    struct dps_reader *reader;
    none.lang_dir = folder;
    assert_int_equal(dps_reader_new(&reader, NULL, 0, &none, &error), DPS_LANG);
    assert_null(reader);
}

/* ---- properties ---- */

static uint64_t seed;
static uint64_t draw(void) {
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return seed * 0x2545F4914F6CDD1Dull;
}

static void any_bytes(void **state) {
    (void)state;
    static const char *const pieces[] = {"\n",
                                         "\n\n",
                                         " ",
                                         " date 2022-01 ",
                                         "Stand: ",
                                         "21.01.2022",
                                         "11:47",
                                         " Uhr",
                                         "GENF (dpa) - ",
                                         "{\"text\":\"",
                                         "\"}",
                                         "(",
                                         "/",
                                         "März ",
                                         "Der Minister.",
                                         "\xC3\xBC",
                                         "\xFF",
                                         "\xE2\x80\x93",
                                         "Jan ",
                                         "By Jane ",
                                         "99999999999999",
                                         "pm",
                                         "+01:00",
                                         "T",
                                         "\r",
                                         "'",
                                         "[",
                                         "\xC2\xA0"};
    seed = 20220121;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (int round = 0; round < 3000; round++) {
        char text[1500];
        size_t n = 0;
        for (uint64_t k = draw() % 40; k > 0; k--) {
            const char *piece = pieces[draw() % (sizeof pieces / sizeof *pieces)];
            n += (size_t)snprintf(text + n, sizeof text - n, "%s", piece);
        }
        struct dps_article a;
        dps_arena_reset(&arena);
        if (dps_article_run(&options, (struct dps_str){text, n}, "m", &arena, &a, &error) == DPS_OK)
            check_invariants(&a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(record_with_prefix_and_stamp),
        cmocka_unit_test(stamps_of_many_forms),
        cmocka_unit_test(english_stamps),
        cmocka_unit_test(headings_with_dates_are_no_stamps),
        cmocka_unit_test(datelines),
        cmocka_unit_test(a_dateline_s_year_is_near_the_record_s),
        cmocka_unit_test(plain_text_titles),
        cmocka_unit_test(blocks_of_single_newlines),
        cmocka_unit_test(json_keys),
        cmocka_unit_test(ids_by_content),
        cmocka_unit_test(json_lines_with_bad_ones),
        cmocka_unit_test(json_documents),
        cmocka_unit_test(nothing_in_it),
        cmocka_unit_test(no_text),
        cmocka_unit_test(encodings),
        cmocka_unit_test(too_long),
        cmocka_unit_test(json_out_of_proportion),
        cmocka_unit_test(a_line_of_100_megabytes),
        cmocka_unit_test(compressed),
        cmocka_unit_test(cut_gzip),
        cmocka_unit_test(folders_are_walked_in_order),
        cmocka_unit_test(languages),
        cmocka_unit_test(without_language_data),
        cmocka_unit_test(any_bytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
