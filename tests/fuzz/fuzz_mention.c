/* fuzz_mention.c -- any parse at all, sensible or not: the mention stage must keep its invariants and its memory.
 *
 * The bytes are read as pairs that choose words from a list (names, roles, pronouns, dates) and, at random, heads,
 * relations and classes, so that trees arise that no parser would make (heads within the sentence, no cycles: those are
 * the parse's own promises, P1 to P3).
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "mention/mention.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const words[] = {"Der",
                                    "russische",
                                    "Außenminister",
                                    "Sergej",
                                    "Lawrow",
                                    "und",
                                    "US-Kollege",
                                    "Antony",
                                    "Blinken",
                                    ",",
                                    "beide",
                                    "Seiten",
                                    "er",
                                    "sein",
                                    "Moskau",
                                    "in",
                                    "am",
                                    "Mittwoch",
                                    "8.",
                                    "Juli",
                                    "2014",
                                    "vor",
                                    "zwei",
                                    "Tagen",
                                    "Staats-",
                                    "Regierungschefs",
                                    "Russlands",
                                    "von",
                                    "EU",
                                    "die",
                                    "the",
                                    "president",
                                    "of",
                                    "Russia",
                                    "last",
                                    "week",
                                    "who",
                                    "Lee",
                                    "-",
                                    "-bak",
                                    "„",
                                    "“",
                                    "29.",
                                    "Februar",
                                    "Südlibanon",
                                    "Ex-Präsident",
                                    "ß",
                                    "\xff"};
enum { WORDS = sizeof words / sizeof *words, MAX_TOKENS = 600, SENTENCE = 40 };

static struct dps_know *know;
static struct dps_mention_rules *rules[2];

static void setup(void) {
    char path[1024];
    struct dps_error error;
    const char *root = getenv("DPS_SOURCE");
    if (!root) root = ".";
    snprintf(path, sizeof path, "%s/lang", root);
    char tables[1024];
    snprintf(tables, sizeof tables, "%s/know", root);
    if (dps_mention_rules_new(&rules[0], path, "de", &error) != DPS_OK ||
        dps_mention_rules_new(&rules[1], path, "en", &error) != DPS_OK ||
        dps_know_new(&know, NULL, tables, path, &error) != DPS_OK) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
}

static void check(const struct dps_text *text, const struct dps_mention *m) {
    for (uint32_t i = 0; i < m->n_actors; i++) {
        const struct dps_actor *a = &m->actors[i];
        if (a->head >= text->n_tokens || a->sentence >= text->n_sentences || a->end > text->article->text.length ||
            a->start > a->end)
            abort();
        if (a->antecedent >= (int32_t)m->n_actors || a->next >= (int32_t)m->n_actors ||
            a->part_of >= (int32_t)m->n_actors)
            abort();
        if (i && m->actors[i - 1].head > a->head) abort();
    }
    for (uint32_t t = 0; t < text->n_tokens; t++)
        if (m->actor_of[t] >= (int32_t)m->n_actors || m->place_of[t] >= (int32_t)m->n_places ||
            m->time_of[t] >= (int32_t)m->n_times)
            abort();
    for (uint32_t i = 0; i < m->n_times; i++)
        if (dps_date_full(m->times[i].from) && !dps_date_valid(m->times[i].from)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct dps_token tokens[MAX_TOKENS];
    static struct dps_sentence sentences[MAX_TOKENS];
    static char body[MAX_TOKENS * 32];
    if (!know) setup();
    if (size < 4) return 0;
    struct dps_arena arena;
    dps_arena_init(&arena, data[0] & 1 ? (size_t)64 * 1024 * 1024 : (size_t)data[1] * 4096);
    uint32_t n = 0;
    size_t length = 0;
    for (size_t i = 4; i + 1 < size && n < MAX_TOKENS; i += 2) {
        const char *word = words[data[i] % WORDS];
        tokens[n].start = (uint32_t)length;
        memcpy(body + length, word, strlen(word));
        length += strlen(word);
        tokens[n].end = (uint32_t)length;
        tokens[n].form = (struct dps_str){body + tokens[n].start, strlen(word)};
        tokens[n].space_after = data[i + 1] & 1;
        body[length++] = ' ';
        n++;
    }
    struct dps_article article = {.text = {body, length}};
    struct dps_text text = {.article = &article, .sentences = sentences, .tokens = tokens, .n_tokens = n};
    struct dps_parse parse = {.text = &text};
    struct dps_error error;
    parse.upos = DPS_NEW(&arena, n, uint8_t);
    parse.rel = DPS_NEW(&arena, n, uint8_t);
    parse.head = DPS_NEW(&arena, n, int32_t);
    parse.lemma = DPS_NEW(&arena, n, struct dps_str);
    parse.feats = DPS_NEW(&arena, n, struct dps_feats);
    for (uint32_t first = 0; first < n; first += SENTENCE) {
        uint32_t count = n - first < SENTENCE ? n - first : SENTENCE;
        sentences[text.n_sentences++] = (struct dps_sentence){
            .first = first, .count = count, .start = tokens[first].start, .end = tokens[first + count - 1].end};
    }
    if (n && parse.upos && parse.rel && parse.head && parse.lemma && parse.feats) {
        for (uint32_t t = 0; t < n; t++) {
            uint8_t b = data[5 + 2 * (size_t)t], first = (uint8_t)(t % SENTENCE);
            parse.upos[t] = (uint8_t)((b >> 2) % DPS_UPOS_COUNT);
            parse.rel[t] = (uint8_t)(b % DPS_REL_COUNT);
            parse.head[t] = first == 0 ? -1 : (int32_t)(t - 1 - b % first); /* heads to the left: no cycles */
            parse.lemma[t] = tokens[t].form;
            memcpy(&parse.feats[t], data + (size_t)t % (size - 3), 4);
        }
        struct dps_mention mention;
        struct dps_date anchor = data[2] & 1 ? (struct dps_date){2022, 1, 21} : (struct dps_date){0, 0, 0};
        if (dps_parse_link(&arena, &parse, &error) == DPS_OK &&
            dps_mention_run(rules[data[3] & 1], know, &arena, &parse, anchor, &mention, &error) == DPS_OK)
            check(&text, &mention);
    }
    dps_arena_release(&arena);
    return 0;
}
