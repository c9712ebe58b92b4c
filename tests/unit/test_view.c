/* test_view.c -- a record as JSON line, CSV line and table row; text that would harm a terminal or a spreadsheet's
 * reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store_sample.h"
#include "view/view.h"

static void check(struct dps_buffer *out, const char *expected) {
    assert_false(out->failed);
    assert_string_equal(out->data ? out->data : "", expected);
    dps_buffer_clear(out);
}

static bool contains(const struct dps_buffer *out, const char *part) {
    return out->data && strstr(out->data, part);
}

static void json_line(void **state) {
    (void)state;
    struct sample s;
    struct dps_buffer out = {0};
    sample_make(&s, 7, 1);
    dps_view_json(&out, &s.article, &s.text, &s.events_array[1]);
    check(
        &out,
        "{\"id\": \"a00007:1:0\", \"article\": \"a00007\", \"lang\": \"de\", \"sentence\": 1, "
        "\"text\": \"Lawrow fordert von der \\\"NATO\\\" Garantien.\", \"type\": \"REQUEST\", \"modes\": [\"yield\"], "
        "\"contexts\": [\"military\", \"diplomatic\"], \"status\": \"actual\", \"quad\": 3, \"score\": -1.0, "
        "\"cameo\": \"10\", "
        "\"goldstein\": -5.0, \"trigger\": {\"text\": \"fordert\", \"start\": 7, \"end\": 14}, "
        "\"actors\": [{\"text\": \"Lawrow\", \"name\": \"Sergey Lavrov\", \"country\": \"RUS\", \"sector\": \"GOV\", "
        "\"office\": \"minister of foreign affairs\", \"id\": \"rus.lavrov\", \"start\": 0, \"end\": 6}], "
        "\"recipients\": [{\"text\": \"NATO\", \"name\": \"NATO\", \"country\": \"IGO\", \"sector\": \"UNK\", "
        "\"office\": null, "
        "\"id\": \"org.nato\", \"start\": 24, \"end\": 28}], \"speaker\": null, "
        "\"content\": {\"text\": \"Garantien\", \"start\": 30, \"end\": 39}, \"date\": \"2022-01-21\", \"date_end\": "
        "null, "
        "\"date_text\": null, \"place\": null, \"confidence\": 0.91, \"frame\": \"de/fordern.1\", \"deed\": null, "
        "\"story\": null, "
        "\"source\": {\"file\": \"day, one.jsonl\", \"url\": null, \"title\": \"Lawrow fordert, Blinken "
        "\\u001b[31mwarnt; 1\", "
        "\"published\": \"2022-01-21T11:47:00+01:00\"}}\n");
    dps_buffer_release(&out);
}

static void unknown_is_null(void **state) {
    (void)state;
    struct sample s;
    struct dps_buffer out = {0};
    sample_make(&s, 7, 1);
    s.article.published = (struct dps_time){.hour = -1, .offset = DPS_NO_OFFSET};
    dps_view_json(&out, &s.article, &s.text, &s.events_array[3]);
    assert_true(contains(&out, "\"goldstein\": null"));
    assert_true(contains(&out, "\"cameo\": null"));
    assert_true(contains(&out, "\"date\": null"));
    assert_true(contains(&out, "\"published\": null"));
    assert_true(
        contains(&out, "{\"text\": \"\", \"name\": null, \"country\": \"---\", \"sector\": \"UNK\", \"office\": null, "
                       "\"id\": null, \"start\": null, \"end\": null}"));
    assert_true(contains(
        &out, "\"speaker\": {\"text\": \"Ministeriums\", \"name\": null, \"country\": null, \"sector\": \"GOV\""));
    dps_buffer_clear(&out);
    sample_make(&s, 7, 1);
    dps_view_json(&out, &s.article, &s.text, &s.events_array[2]);
    assert_true(contains(&out,
                         "\"date\": \"2022-01-19\", \"date_end\": \"2022-01-20\", \"date_text\": \"Mittwoch\", "
                         "\"place\": {\"text\": \"Genf\", \"name\": \"Geneva\", \"country\": \"CHE\", \"lat\": 46.2, "
                         "\"lon\": 6.15, \"start\": 88, \"end\": 92}"));
    /* a date that the sentence names but nobody can resolve stays unknown; it is not the article's */
    s.events_array[2].date = s.events_array[2].date_end = (struct dps_date){0};
    dps_buffer_clear(&out);
    dps_view_json(&out, &s.article, &s.text, &s.events_array[2]);
    assert_true(contains(&out, "\"date\": null, \"date_end\": null, \"date_text\": \"Mittwoch\""));
    dps_buffer_release(&out);
}

static size_t count_cells(const char *line) {
    size_t n = 1;
    bool quoted = false;
    for (; *line && (*line != '\n' || quoted); line++) {
        if (*line == '"') quoted = !quoted;
        if (*line == ',' && !quoted) n++;
    }
    return n;
}

static void csv_of(struct dps_buffer *out, const struct sample *s, int event) {
    struct dps_record record;
    dps_store_record_make(&record, &s->article, &s->text, &s->events_array[event]);
    dps_view_record_csv(out, &record);
}

static void csv_line(void **state) {
    (void)state;
    struct sample s;
    struct dps_buffer out = {0};
    dps_view_head(&out, &(struct dps_view_style){.format = DPS_VIEW_CSV});
    assert_true(strncmp(out.data, "id,article,lang,sentence,text,type,modes,", 41) == 0);
    size_t columns = count_cells(out.data);
    dps_buffer_clear(&out);
    sample_make(&s, 7, 1);
    for (int i = 0; i < SAMPLE_EVENTS; i++) {
        dps_buffer_clear(&out);
        csv_of(&out, &s, i);
        assert_int_equal(count_cells(out.data), columns);
    }
    dps_buffer_clear(&out);
    csv_of(&out, &s, 1);
    assert_true(contains(&out,
                         "a00007:1:0,a00007,de,1,\"Lawrow fordert von der \"\"NATO\"\" Garantien.\",REQUEST,yield,"
                         "military;diplomatic,actual,3,-1.0,10,-5.0,fordert,7,14,Lawrow,Sergey Lavrov,RUS,GOV,"));
    assert_true(contains(&out, ",\"day, one.jsonl\",,"));
    dps_buffer_clear(&out);
    csv_of(&out, &s, 2);
    assert_true(contains(
        &out, "Lawrow;Blinken,Sergey Lavrov;Antony Blinken,RUS;USA,GOV;GOV,minister of foreign affairs;,rus.lavrov;,"));
    dps_buffer_clear(&out);
    struct dps_str cells[] = {DPS_STR("a\r\nb"), DPS_STR(" x"), DPS_STR("\""), {NULL, 0}};
    dps_view_csv_cells(&out, cells, 4);
    check(&out, "\"a\r\nb\",\" x\",\"\"\"\",\n");
    s.lavrov.text = DPS_STR("a;b"); /* the list's own sign within an item */
    csv_of(&out, &s, 2);
    assert_true(contains(&out, ",\"a,b;Blinken\","));
    dps_buffer_release(&out);
}

static void table_rows(void **state) {
    (void)state;
    struct sample s;
    struct dps_buffer out = {0};
    const struct dps_view_style style = {.format = DPS_VIEW_TABLE, .width = 120};
    sample_make(&s, 7, 1);
    dps_view_article(&out, &style, &s.article, &s.text, &s.events);
    check(&out,
          "\nLawrow fordert, Blinken [31mwarnt; 1\n2022-01-21 · de · day, one.jsonl\n"
          "  2022-01-21    -  REQUEST                actual       Sergey Lavrov (RUS GOV)                  fordert\n"
          "      \"Lawrow fordert, Blinken [31mwarnt; 1\"\n"
          "  2022-01-21    -  REQUEST/yield          actual       Sergey Lavrov (RUS GOV) → NATO (IGO)     fordert\n"
          "      \"Lawrow fordert von der \"NATO\" Garantien.\"\n"
          "  2022-01-19/20 +  CONSULT                actual       Sergey Lavrov (RUS GOV), Antony Blinken… trafen, in "
          "Geneva\n"
          "  2022-01-21    -- COERCE                 negated      ?                                        "
          "festgenommen, says Mini…\n"
          "      \"Lawrow und Blinken trafen sich in Genf; nach Angaben des Ministeriums wurde niemand "
          "festgenommen.\"\n");
    dps_buffer_release(&out);
}

/* No line of a table is wider than the terminal, whatever the width; without a width nothing is cut. */
static void table_widths(void **state) {
    (void)state;
    struct sample s;
    struct dps_buffer out = {0};
    sample_make(&s, 7, 1);
    s.lavrov.name = DPS_STR("谢尔盖·维克托罗维奇·拉夫罗夫 и Сергей Лавров ééé");
    s.article.title = DPS_STR("x");
    for (unsigned width = 60; width < 200; width += 7) {
        const struct dps_view_style style = {.format = DPS_VIEW_TABLE, .width = width};
        dps_buffer_clear(&out);
        dps_view_article(&out, &style, &s.article, &s.text, &s.events);
        struct dps_str rest = dps_buffer_str(&out), line;
        while (dps_str_split(&rest, '\n', &line)) assert_true(dps_view_columns(line) <= width);
    }
    dps_buffer_clear(&out);
    dps_view_article(&out, &(struct dps_view_style){.format = DPS_VIEW_TABLE}, &s.article, &s.text, &s.events);
    assert_true(contains(
        &out,
        "谢尔盖·维克托罗维奇·拉夫罗夫 и Сергей Лавров ééé (RUS GOV), Antony Blinken (USA GOV) trafen, in Geneva"));
    assert_false(contains(&out, "…"));
    assert_false(contains(&out, "\x1b"));
    dps_buffer_release(&out);
}

static void color_and_harm(void **state) {
    (void)state;
    struct sample s;
    struct dps_buffer out = {0};
    sample_make(&s, 7, 1);
    dps_view_article(&out, &(struct dps_view_style){.format = DPS_VIEW_TABLE, .color = true}, &s.article, &s.text,
                     &s.events);
    assert_true(contains(&out, "\x1b[33m-  REQUEST"));
    dps_buffer_clear(&out);
    dps_view_plain(&out, DPS_STR(" a\x1b]0;x\x07"
                                 "b\n\tc\xe2\x80\xae"
                                 "d\xff\xc2\x9b"
                                 "31m "));
    check(&out, "a ]0;x b cd\xEF\xBF\xBD 31m");
    dps_view_pad(&out, DPS_STR("Grüße"), 7);
    check(&out, "Grüße  ");
    dps_view_pad(&out, DPS_STR("Grüße"), 4);
    check(&out, "Grü…");
    dps_view_pad(&out, DPS_STR("日本"), 3);
    check(&out, "日…");
    dps_view_pad(&out, DPS_STR("日本"), 2);
    check(&out, "… ");
    dps_buffer_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(json_line),    cmocka_unit_test(unknown_is_null),
                                       cmocka_unit_test(csv_line),     cmocka_unit_test(table_rows),
                                       cmocka_unit_test(table_widths), cmocka_unit_test(color_and_harm)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
