/* fuzz_text.c -- any bytes as a paragraph, the first byte chooses the language: no crash, and the promises of text.h
 * (T2, T3). */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct dps_text *text) {
    uint32_t next = 0;
    for (uint32_t i = 0; i < text->n_sentences; i++) {
        const struct dps_sentence *s = &text->sentences[i];
        if (s->first != next || s->count == 0 || s->count > DPS_TEXT_MAX_SENTENCE) abort();
        next = s->first + s->count;
    }
    if (next != text->n_tokens) abort();
    for (uint32_t i = 0; i < text->n_tokens; i++) {
        const struct dps_token *t = &text->tokens[i];
        if (t->start >= t->end || t->end > text->article->text.length || t->form.length == 0) abort();
        if (!t->mwt_part && !dps_str_equal(t->form, dps_str_cut(text->article->text, t->start, t->end))) abort();
    }
}

/* 0 to 2: rules alone; 3 and 4: with the splitter of the model. */
static struct dps_text_rules *rules_of(unsigned which) {
    static struct dps_text_rules *rules[5];
    static const char *const codes[5] = {"de", "en", "zz", "de", "en"};
    char path[4096];
    const char *source = getenv("DPS_SOURCE");
    if (rules[which]) return rules[which];
    snprintf(path, sizeof path, "%s/lang", source ? source : ".");
    if (dps_text_rules_new(&rules[which], path, codes[which], NULL) != DPS_OK) abort();
    if (which > 2) {
        static struct dps_model *models[2]; /* stay open as long as the rules */
        snprintf(path, sizeof path, "%s/models/%s.dps", source ? source : ".", codes[which]);
        if (dps_model_open(&models[which - 3], path, NULL) != DPS_OK) abort();
        if (dps_text_rules_learn(rules[which], models[which - 3], NULL) != DPS_OK) abort();
    }
    return rules[which];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    struct dps_block block = {0, (uint32_t)size - 1, data[0] & 8 ? DPS_BLOCK_HEADING : DPS_BLOCK_PARAGRAPH};
    struct dps_article article = {.text = {(const char *)data + 1, size - 1}, .blocks = &block, .n_blocks = 1};
    struct dps_arena arena;
    struct dps_text text;
    dps_arena_init(&arena, (size_t)256 * 1024 * 1024);
    if (dps_text_run(rules_of(data[0] % 5u), &arena, &article, &text, NULL) == DPS_OK) check(&text);
    dps_arena_release(&arena);
    return 0;
}
