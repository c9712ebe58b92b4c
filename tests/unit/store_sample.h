/* store_sample.h -- an article with events made by hand, for test_store.c and test_view.c: every field of a record is
 * used somewhere. */
#ifndef DPS_TEST_STORE_SAMPLE_H
#define DPS_TEST_STORE_SAMPLE_H

#include "store/record.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SAMPLE_EVENTS = 4 };

struct sample {
    char id[32], title[96];
    struct dps_article article;
    struct dps_sentence sentences[3];
    struct dps_text text;
    struct dps_actor lavrov, nato, blinken, nobody, ministry;
    struct dps_place geneva;
    struct dps_event events_array[SAMPLE_EVENTS];
    struct dps_events events;
};

static const char sample_text[] =
    "Lawrow fordert von der \"NATO\" Garantien.\nLawrow und Blinken trafen sich in Genf; nach Angaben des "
    "Ministeriums wurde niemand festgenommen.";

/* Where `word` stands in `base`, as a span. */
static struct dps_span sample_span(struct dps_str base, const char *word) {
    const char *at = strstr(base.data, word);
    uint32_t start = (uint32_t)(at - base.data);
    return (struct dps_span){start, start + (uint32_t)strlen(word), {at, strlen(word)}};
}

static struct dps_actor sample_actor(struct dps_str base, const char *word, const char *name, const char *country,
                                     const char *sector, const char *office, const char *id) {
    struct dps_span span = sample_span(base, word);
    struct dps_actor actor = {.sentence = 1, /* any of the body */
                              .start = span.start,
                              .end = span.end,
                              .text = span.text,
                              .name = dps_str_of(name),
                              .office = dps_str_of(office),
                              .id = dps_str_of(id)};
    snprintf(actor.country, sizeof actor.country, "%s", country);
    snprintf(actor.sector, sizeof actor.sector, "%s", sector);
    return actor;
}

/* Article number k; `salt` changes its title, so its content. */
static inline void sample_make(struct sample *s, int k, int salt) {
    memset(s, 0, sizeof *s);
    snprintf(s->id, sizeof s->id, "a%05d", k);
    snprintf(s->title, sizeof s->title, "Lawrow fordert, Blinken \x1b[31mwarnt; %d", salt);
    struct dps_str text = DPS_STR(sample_text);
    s->article = (struct dps_article){.id = dps_str_of(s->id),
                                      .file = DPS_STR("day, one.jsonl"),
                                      .record = (uint32_t)k + 1,
                                      .title = dps_str_of(s->title),
                                      .text = text,
                                      .lang = "de",
                                      .published = {{2022, 1, 21}, 11, 47, 0, 60}};
    uint32_t line = (uint32_t)(strchr(sample_text, '\n') - sample_text);
    s->sentences[0] = (struct dps_sentence){.start = 0, .end = (uint32_t)strlen(s->title), .in_title = true};
    s->sentences[1] = (struct dps_sentence){.start = 0, .end = line, .kind = DPS_SENTENCE_BODY};
    s->sentences[2] = (struct dps_sentence){.start = line + 1, .end = (uint32_t)text.length, .kind = DPS_SENTENCE_BODY};
    s->text = (struct dps_text){.article = &s->article, .sentences = s->sentences, .n_sentences = 3};
    s->lavrov =
        sample_actor(text, "Lawrow", "Sergey Lavrov", "RUS", "GOV", "minister of foreign affairs", "rus.lavrov");
    s->nato = sample_actor(text, "NATO", "NATO", "IGO", "UNK", NULL, "org.nato");
    s->blinken = sample_actor(text, "Blinken", "Antony Blinken", "USA", "GOV", NULL, NULL);
    s->ministry = sample_actor(text, "Ministeriums", NULL, "", "GOV", NULL, NULL);
    s->nobody = (struct dps_actor){.country = "---", .sector = "UNK", .text = DPS_STR("")};
    s->geneva = (struct dps_place){.text = DPS_STR("Genf"),
                                   .name = DPS_STR("Geneva"),
                                   .country = DPS_STR("CHE"),
                                   .lat = 46.2,
                                   .lon = 6.15,
                                   .start = 88,
                                   .end = 92};
    struct dps_event *e = s->events_array;
    e[0] = (struct dps_event){.sentence = 0,
                              .type = DPS_STR("REQUEST"),
                              .quad = 3,
                              .score = 0,
                              .goldstein = NAN,
                              .cameo = DPS_STR("10"),
                              .trigger = sample_span(s->article.title, "fordert"),
                              .n_actors = 1,
                              .actors = {&s->lavrov},
                              .confidence = 0.5,
                              .frame = DPS_STR("de/fordern.1")};
    e[1] = (struct dps_event){.sentence = 1,
                              .type = DPS_STR("REQUEST"),
                              .modes = {DPS_STR("yield")},
                              .n_modes = 1,
                              .contexts = {DPS_STR("military"), DPS_STR("diplomatic")},
                              .n_contexts = 2,
                              .quad = 3,
                              .score = -1,
                              .goldstein = -5,
                              .cameo = DPS_STR("10"),
                              .trigger = sample_span(text, "fordert"),
                              .content = sample_span(text, "Garantien"),
                              .n_actors = 1,
                              .actors = {&s->lavrov},
                              .n_recipients = 1,
                              .recipients = {&s->nato},
                              .confidence = 0.914,
                              .frame = DPS_STR("de/fordern.1")};
    e[2] = (struct dps_event){.sentence = 2,
                              .type = DPS_STR("CONSULT"),
                              .quad = 1,
                              .score = 2.5,
                              .goldstein = 3.4,
                              .cameo = DPS_STR("04"),
                              .trigger = sample_span(text, "trafen"),
                              .n_actors = 2,
                              .actors = {&s->lavrov, &s->blinken},
                              .date = {2022, 1, 19},
                              .date_end = {2022, 1, 20},
                              .date_text = DPS_STR("Mittwoch"),
                              .place = &s->geneva,
                              .confidence = 0.8,
                              .frame = DPS_STR("de/treffen.1")};
    e[3] = (struct dps_event){.sentence = 2,
                              .n = 1,
                              .type = DPS_STR("COERCE"),
                              .status = DPS_EVENT_NEGATED,
                              .quad = 4,
                              .score = -7,
                              .goldstein = NAN,
                              .trigger = sample_span(text, "festgenommen"),
                              .n_actors = 1,
                              .actors = {&s->nobody},
                              .speaker = &s->ministry,
                              .confidence = 1,
                              .frame = DPS_STR("de/festnehmen.1")};
    s->events = (struct dps_events){e, SAMPLE_EVENTS};
}

#endif
