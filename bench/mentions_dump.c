/* mentions_dump.c -- a bench tool: parse sentences and print what the mention stage makes of them.
 *
 * In (standard input): lines "#A <lang> <YYYY-MM-DD>" begin an article, each further line is one sentence, the first is
 * the title. Out: "S <number>", then "A", "P" and "T" lines for actors, places and times, tab-separated. With argument
 * "tree" the CoNLL-U too. Used by bench/mentions.py, which builds it. argv: lang_dir models_dir know.dps [tree]
 */
#include "mention/mention.h"
#include "parse/parse_conllu.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_SENTENCES = 512, MAX_LINE = 1 << 16, ARENA_CEILING = 512 * 1024 * 1024 };

struct language {
    char code[DPS_LANG_CODE];
    struct dps_text_rules *text;
    struct dps_parser *parser;
    struct dps_mention_rules *mention;
};

static void stop(const struct dps_error *error) {
    fprintf(stderr, "%s\n", error->message);
    exit(1);
}

static struct language *language(const char *code, const char *lang_dir, const char *models) {
    static struct language all[8];
    static int count;
    struct dps_error error;
    char path[4096];
    for (int i = 0; i < count; i++)
        if (!strcmp(all[i].code, code)) return &all[i];
    struct language *l = &all[count++];
    snprintf(l->code, sizeof l->code, "%s", code);
    snprintf(path, sizeof path, "%s/%s.dps", models, code);
    if (dps_text_rules_new(&l->text, lang_dir, code, &error) != DPS_OK) stop(&error);
    if (dps_parser_new(&l->parser, path, lang_dir, code, &error) != DPS_OK) stop(&error);
    if (dps_mention_rules_new(&l->mention, lang_dir, code, &error) != DPS_OK) stop(&error);
    return l;
}

static const char *date(struct dps_date d, char out[16]) {
    return dps_date_known(d) ? dps_date_format(d, out) : "?";
}

static void dump(const struct dps_text *text, const struct dps_mention *m, bool body) {
    char a[16], b[16];
    for (uint32_t i = 0; i < m->n_actors; i++) {
        const struct dps_actor *x = &m->actors[i];
        const struct dps_sentence *s = &text->sentences[x->sentence];
        unsigned long number = s->in_title ? 0 : s->block + 1UL;
        (void)body;
        printf("A\t%lu\t%u\t%.*s\t%.*s\t%s\t%s\t%.*s\t%.*s\t%.*s\t%d\t%d\t%u\t%u\n", number, i,
               DPS_STR_ARG(text->tokens[x->head].form), DPS_STR_ARG(x->text), x->country, x->sector,
               DPS_STR_ARG(x->name), DPS_STR_ARG(x->id), DPS_STR_ARG(x->office), (int)x->form, x->antecedent, x->start,
               x->end);
    }
    for (uint32_t i = 0; i < m->n_places; i++) {
        const struct dps_place *x = &m->places[i];
        const struct dps_sentence *s = &text->sentences[x->sentence];
        printf("P\t%lu\t%.*s\t%.*s\t%.*s\t%.2f\t%.2f\t%.*s\n", s->in_title ? 0 : s->block + 1UL, DPS_STR_ARG(x->text),
               DPS_STR_ARG(x->name), DPS_STR_ARG(x->country), x->lat, x->lon, DPS_STR_ARG(x->kind));
    }
    for (uint32_t i = 0; i < m->n_times; i++) {
        const struct dps_timex *x = &m->times[i];
        const struct dps_sentence *s = &text->sentences[x->sentence];
        printf("T\t%lu\t%.*s\t%s\t%s\t%d\t%d\n", s->in_title ? 0 : s->block + 1UL, DPS_STR_ARG(x->text),
               date(x->from, a), date(x->to, b), x->since, x->past_marker);
    }
}

static char lines[MAX_SENTENCES][MAX_LINE / 16];
static size_t n_lines;
static char head[64];

static void run(const char *lang_dir, const char *models, const struct dps_know *know, bool tree) {
    char code[8] = "", day[16] = "";
    static char body[MAX_SENTENCES * (MAX_LINE / 16)];
    static struct dps_block blocks[MAX_SENTENCES];
    struct dps_error error;
    struct dps_arena arena;
    if (!n_lines || sscanf(head, "#A %7s %15s", code, day) != 2) return;
    struct language *l = language(code, lang_dir, models);
    struct dps_article article = {.title = dps_str_of(lines[0])};
    size_t length = 0;
    for (size_t i = 1; i < n_lines; i++) {
        size_t n = strlen(lines[i]);
        blocks[i - 1] = (struct dps_block){(uint32_t)length, (uint32_t)(length + n), DPS_BLOCK_PARAGRAPH};
        memcpy(body + length, lines[i], n);
        length += n;
        memcpy(body + length, "\n\n", 2);
        length += 2;
    }
    article.text = (struct dps_str){body, length};
    article.blocks = blocks;
    article.n_blocks = (uint32_t)(n_lines - 1);
    struct dps_date anchor = {0, 0, 0};
    (void)dps_date_parse(dps_str_of(day), &anchor);
    dps_arena_init(&arena, ARENA_CEILING);
    struct dps_text text;
    struct dps_parse parse;
    struct dps_mention mention;
    if (dps_text_run(l->text, &arena, &article, &text, &error) != DPS_OK) stop(&error);
    if (dps_parse_run(l->parser, &arena, &text, &parse, &error) != DPS_OK) stop(&error);
    if (dps_mention_run(l->mention, know, &arena, &parse, anchor, &mention, &error) != DPS_OK) stop(&error);
    if (tree) {
        struct dps_buffer out = {0};
        uint32_t id = 0;
        (void)dps_conllu_write(&out, &parse, &id);
        fwrite(out.data, 1, out.length, stdout);
        dps_buffer_release(&out);
    }
    printf("ARTICLE\n");
    dump(&text, &mention, true);
    dps_arena_release(&arena);
}

int main(int argc, char **argv) {
    struct dps_error error;
    struct dps_know *know;
    static char line[MAX_LINE];
    if (argc < 4) return 2;
    if (dps_know_new(&know, argv[3], NULL, argv[1], &error) != DPS_OK) stop(&error);
    bool tree = argc > 4;
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        if (!strncmp(line, "#A ", 3)) {
            run(argv[1], argv[2], know, tree);
            n_lines = 0;
            snprintf(head, sizeof head, "%.63s", line);
        } else if (n_lines < MAX_SENTENCES) {
            snprintf(lines[n_lines++], sizeof lines[0], "%.4000s", line);
        }
    }
    run(argv[1], argv[2], know, tree);
    dps_know_free(know);
    return 0;
}
