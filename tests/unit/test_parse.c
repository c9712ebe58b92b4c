/* test_parse.c -- every tree is a tree, lemma scripts and tables, features, CoNLL-U in and out, and the shipped models
 * on our own sentences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "parse/parse_conllu.h"
#include "parse/parse_decode.h"
#include "parse/parse_feats.h"
#include "parse/parse_lemma.h"

#include <math.h>
#include <time.h>

static unsigned long seed;
static uint32_t next_random(void) {
    seed = seed * 6364136223846793005ul + 1442695040888963407ul;
    return (uint32_t)(seed >> 33);
}
static void start_random(void) {
    const char *given = getenv("DPS_TEST_SEED");
    seed = given ? strtoul(given, NULL, 10) : (unsigned long)time(NULL);
    print_message("seed %lu (repeat with DPS_TEST_SEED)\n", seed);
}

/* ---- decoding ---- */

static bool is_tree(const int32_t *heads, size_t n) {
    size_t roots = 0;
    for (size_t i = 0; i < n; i++) {
        if (heads[i] < 0 || heads[i] > (int32_t)n) return false;
        roots += heads[i] == 0;
        size_t steps = 0;
        for (int32_t h = heads[i]; h != 0; h = heads[h - 1])
            if (++steps > n) return false;
    }
    return roots == 1;
}

static double tree_score(const float *s, size_t stride, const int32_t *heads, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += s[i * stride + (size_t)heads[i]];
    return sum;
}

/* Best single-rooted tree by trying all head assignments; n <= 5. */
static double best_by_force(const float *s, size_t stride, size_t n) {
    int32_t heads[5] = {0};
    double best = -INFINITY;
    size_t all = 1;
    for (size_t i = 0; i < n; i++) all *= n + 1;
    for (size_t code = 0; code < all; code++) {
        size_t rest = code;
        for (size_t i = 0; i < n; i++, rest /= n + 1) heads[i] = (int32_t)(rest % (n + 1));
        if (!is_tree(heads, n)) continue;
        double t = tree_score(s, stride, heads, n);
        if (t > best) best = t;
    }
    return best;
}

static void test_best_tree_by_force(void **state) {
    (void)state;
    start_random();
    struct dps_arena arena;
    dps_arena_init(&arena, 1 << 26);
    for (int round = 0; round < 400; round++) {
        size_t n = 1 + next_random() % 5, stride = 8;
        float s[5 * 8];
        for (size_t i = 0; i < 5 * 8; i++) s[i] = (float)(next_random() % 1000) / 37.0f;
        int32_t heads[5];
        struct dps_decode_work w;
        struct dps_error e;
        dps_arena_reset(&arena);
        assert_int_equal(dps_decode_work_init(&w, &arena, 5, &e), DPS_OK);
        assert_int_equal(dps_decode_tree(&w, s, stride, n, heads, &e), DPS_OK);
        assert_true(is_tree(heads, n));
        assert_true(fabs(tree_score(s, stride, heads, n) - best_by_force(s, stride, n)) < 1e-3);
    }
    dps_arena_release(&arena);
}

static void test_every_tree_is_a_tree(void **state) {
    (void)state;
    start_random();
    enum { N = 256, STRIDE = 272 };
    struct dps_arena arena;
    dps_arena_init(&arena, 1 << 26);
    float *s = malloc(sizeof(float) * N * STRIDE);
    int32_t heads[N];
    struct dps_decode_work w;
    struct dps_error e;
    assert_int_equal(dps_decode_work_init(&w, &arena, N, &e), DPS_OK);
    for (int round = 0; round < 60; round++) {
        size_t n = 1 + next_random() % N;
        int kind = (int)(next_random() % 4);
        for (size_t i = 0; i < (size_t)N * STRIDE; i++)
            s[i] = kind == 0   ? 0.0f                              /* all alike */
                   : kind == 1 ? (next_random() % 8 ? 1e30f : NAN) /* a bad model */
                   : kind == 2 ? (next_random() % 2 ? INFINITY : -INFINITY)
                               : (float)(next_random() % 100000) / 991.0f;
        for (size_t i = 0; kind == 3 && i + 1 < n; i += 2)
            s[i * STRIDE + i + 2] = s[(i + 1) * STRIDE + i + 1] = 1000; /* cycles */
        assert_int_equal(dps_decode_tree(&w, s, STRIDE, n, heads, &e), DPS_OK);
        assert_true(is_tree(heads, n));
    }
    assert_int_equal(dps_decode_tree(&w, s, STRIDE, N + 1, heads, &e), DPS_LIMIT);
    free(s);
    dps_arena_release(&arena);
}

/* ---- names, features ---- */

static void test_names(void **state) {
    (void)state;
    enum dps_rel r;
    enum dps_upos u;
    assert_true(dps_rel_find(DPS_STR("nsubj:pass"), &r) && r == DPS_REL_NSUBJ_PASS);
    assert_true(dps_rel_find(DPS_STR("nsubj:whatever"), &r) && r == DPS_REL_NSUBJ);
    assert_false(dps_rel_find(DPS_STR("what:nsubj"), &r));
    assert_int_equal(dps_rel_plain(DPS_REL_OBL_AGENT), DPS_REL_OBL);
    assert_true(dps_upos_find(DPS_STR("PROPN"), &u) && u == DPS_UPOS_PROPN);
    assert_false(dps_upos_find(DPS_STR(""), &u));
    for (int i = 0; i < DPS_REL_COUNT; i++)
        assert_true(dps_rel_find(dps_str_of(dps_rel_name((enum dps_rel)i)), &r) && (int)r == i);
}

static void test_feats(void **state) {
    (void)state;
    struct dps_feats f = dps_feats_read(DPS_STR("Mood=Sub|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"));
    assert_int_equal(f.mood, DPS_MOOD_SUB);
    assert_int_equal(f.verbform, DPS_VERBFORM_FIN);
    assert_int_equal(f.person, 3);
    f = dps_feats_read(DPS_STR("Case=Gen|Gender=Masc,Neut|PronType=Dem,Rel|Reflex=Yes"));
    assert_int_equal(f.gender, DPS_GENDER_MASC | DPS_GENDER_NEUT);
    assert_int_equal(f.prontype, DPS_PRON_RELATIVE);
    assert_int_equal(f.reflex, 1);
    f = dps_feats_read(DPS_STR("_"));
    assert_int_equal(f.kase, 0);
    f = dps_feats_read(DPS_STR("=|==|a|Case|Case=|Case=Xyz|Gender[psor]=Fem"));
    assert_int_equal(f.kase, 0);
    assert_int_equal(f.gender, 0);
}

/* ---- CoNLL-U ---- */

static const char *const GIVEN = "# sent_id = a\n"
                                 "# text = Er ging zum Amt.\n"
                                 "1\tEr\ter\tPRON\t_\tCase=Nom\t2\tnsubj\t_\t_\n"
                                 "2\tging\tgehen\tVERB\t_\tMood=Ind\t0\troot\t_\t_\n"
                                 "3-4\tzum\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                 "3\tzu\tzu\tADP\t_\t_\t5\tcase\t_\t_\n"
                                 "4\tdem\tder\tDET\t_\t_\t5\tdet\t_\t_\n"
                                 "5\tAmt\tAmt\tNOUN\t_\t_\t2\tobl\t_\tSpaceAfter=No\n"
                                 "6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n"
                                 "\n"
                                 "1\tJa\tja\tINTJ\t_\t_\t0\troot\t_\t_\n"
                                 "1.1\tleer\t_\t_\t_\t_\t_\t_\t_\t_\n";

static void test_conllu_round(void **state) {
    (void)state;
    struct dps_arena arena;
    dps_arena_init(&arena, 1 << 22);
    struct dps_conllu_reader r;
    struct dps_article article;
    struct dps_text text;
    struct dps_parse parse;
    struct dps_error e;
    dps_conllu_init(&r, dps_str_of(GIVEN), "test");
    assert_int_equal(dps_conllu_next(&r, &arena, 10, &article, &text, &parse, &e), DPS_OK);
    assert_int_equal(text.n_sentences, 2);
    assert_int_equal(text.n_tokens, 7);
    assert_true(dps_str_is(article.text, "Er ging zum Amt.\nJa\n"));
    assert_true(dps_str_is(dps_text_span(&text, &text.sentences[0], text.tokens[3].start, text.tokens[3].end), "zum"));
    assert_int_equal(text.tokens[2].mwt_length, 2);
    assert_int_equal(text.tokens[3].mwt_part, 2);
    assert_int_equal(parse.head[4], 1);
    assert_int_equal(parse.kid_first[2] - parse.kid_first[1], 3);
    struct dps_buffer out = {0};
    uint32_t id = 0;
    assert_true(dps_conllu_write(&out, &parse, &id));
    const char *want = strstr(GIVEN, "\n\n");
    assert_int_equal(strncmp(out.data, GIVEN, (size_t)(want - GIVEN)), 0);
    assert_non_null(strstr(out.data, "# sent_id = 2\n# text = Ja\n1\tJa\tja\tINTJ"));
    assert_int_equal(dps_conllu_next(&r, &arena, 10, &article, &text, &parse, &e), DPS_END);
    dps_buffer_release(&out);
    dps_arena_release(&arena);
}

/* What a language's treebanks cut at hyphens, CoNLL-U has in pieces; clitics are ranges, and are read back as such. */
static void test_conllu_pieces(void **state) {
    (void)state;
    static const char given[] = "1\tDer\tder\tDET\t_\t_\t2\tdet\t_\t_\n"
                                "2\tUS-Außenminister\tUS-Außenminister\tNOUN\t_\tCase=Nom\t6\tnsubj\t_\t_\n"
                                "3\tin\tin\tADP\t_\t_\t4\tcase\t_\t_\n"
                                "4\tBaden-Baden\tBaden-Baden\tPROPN\t_\t_\t2\tnmod\t_\t_\n"
                                "5\t2021-2022\t2021-2022\tNUM\t_\t_\t4\tnmod\t_\t_\n"
                                "6\tsah\tsehen\tVERB\t_\t_\t0\troot\t_\t_\n"
                                "7\tBürger-\tBürger-\tNOUN\t_\t_\t6\tobj\t_\tSpaceAfter=No\n"
                                "8\t.\t.\tPUNCT\t_\t_\t6\tpunct\t_\t_\n\n";
    static const char want[] = "# sent_id = 1\n# text = Der US-Außenminister in Baden-Baden 2021-2022 sah Bürger-.\n"
                               "1\tDer\tder\tDET\t_\t_\t4\tdet\t_\t_\n"
                               "2\tUS\tUS\tPROPN\t_\t_\t4\tcompound\t_\tSpaceAfter=No\n"
                               "3\t-\t-\tPUNCT\t_\t_\t2\tpunct\t_\tSpaceAfter=No\n"
                               "4\tAußenminister\tAußenminister\tNOUN\t_\tCase=Nom\t10\tnsubj\t_\t_\n"
                               "5\tin\tin\tADP\t_\t_\t6\tcase\t_\t_\n"
                               "6\tBaden\tBaden\tPROPN\t_\t_\t4\tnmod\t_\tSpaceAfter=No\n"
                               "7\t-\t-\tPUNCT\t_\t_\t8\tpunct\t_\tSpaceAfter=No\n"
                               "8\tBaden\tBaden\tPROPN\t_\t_\t6\tflat\t_\t_\n"
                               "9\t2021-2022\t2021-2022\tNUM\t_\t_\t6\tnmod\t_\t_\n"
                               "10\tsah\tsehen\tVERB\t_\t_\t0\troot\t_\t_\n"
                               "11\tBürger\tBürger\tNOUN\t_\t_\t10\tobj\t_\tSpaceAfter=No\n"
                               "12\t-\t-\tPUNCT\t_\t_\t11\tpunct\t_\tSpaceAfter=No\n"
                               "13\t.\t.\tPUNCT\t_\t_\t10\tpunct\t_\t_\n\n";
    static const char clitic[] = "# sent_id = a\n# text = Russia's men im\n"
                                 "1-2\tRussia's\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                 "1\tRussia\tRussia\tPROPN\t_\t_\t3\tnmod:poss\t_\t_\n"
                                 "2\t's\t's\tPART\t_\t_\t1\tcase\t_\t_\n"
                                 "3\tmen\tman\tNOUN\t_\t_\t0\troot\t_\t_\n"
                                 "4-5\tim\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                 "4\tin\tin\tADP\t_\t_\t3\taux\t_\t_\n"
                                 "5\tdem\tder\tDET\t_\t_\t3\tadvmod\t_\t_\n\n";
    struct dps_arena arena;
    struct dps_conllu_reader r;
    struct dps_article article;
    struct dps_text text;
    struct dps_parse parse;
    struct dps_error e = {0};
    struct dps_buffer out = {0};
    uint32_t id = 0;
    dps_arena_init(&arena, 1 << 20);
    dps_conllu_init(&r, dps_str_of(given), "test");
    assert_int_equal(dps_conllu_next(&r, &arena, 10, &article, &text, &parse, &e), DPS_OK);
    text.cut_hyphens = true;
    assert_true(dps_conllu_write(&out, &parse, &id));
    assert_int_equal(out.length, sizeof want - 1);
    assert_memory_equal(out.data, want, out.length);
    out.length = 0;
    dps_conllu_init(&r, dps_str_of(clitic), "test");
    assert_int_equal(dps_conllu_next(&r, &arena, 10, &article, &text, &parse, &e), DPS_OK);
    assert_int_equal(text.tokens[0].glued, 2);
    assert_int_equal(text.tokens[1].start, 6);
    assert_int_equal(text.tokens[3].glued, 0); /* "in" and "dem" in a row are not what is written */
    assert_int_equal(text.tokens[3].mwt_length, 2);
    assert_true(dps_conllu_write(&out, &parse, &id));
    assert_int_equal(out.length, sizeof clitic - 1);
    assert_memory_equal(out.data, clitic, out.length);
    dps_buffer_release(&out);
    dps_arena_release(&arena);
}

static void test_conllu_refuses(void **state) {
    (void)state;
    static const char *const bad[] = {
        "1\tEr\n\n",
        "2\tEr\ter\tPRON\t_\t_\t0\troot\t_\t_\n\n",
        "1\t\ter\tPRON\t_\t_\t0\troot\t_\t_\n\n",
        "1\tEr\ter\tPRON\t_\t_\t7\troot\t_\t_\n\n",
        "1\tEr\ter\tPRON\t_\t_\t-1\troot\t_\t_\n\n",
        "1-3\tEr\t_\t_\t_\t_\t_\t_\t_\t_\n1\tEr\ter\tPRON\t_\t_\t0\troot\t_\t_\n\n",
        "3-1\tEr\t_\t_\t_\t_\t_\t_\t_\t_\n\n",
        "x\tEr\ter\tPRON\t_\t_\t0\troot\t_\t_\n\n",
        "1\tE\xff\ter\tPRON\t_\t_\t0\troot\t_\t_\n\n",
        "1\tEr\ter\tPRON\t_\t_\t0\troot\t_\t_\tmore\n\n",
    };
    struct dps_arena arena;
    dps_arena_init(&arena, 1 << 22);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct dps_conllu_reader r;
        struct dps_article article;
        struct dps_text text;
        struct dps_parse parse;
        struct dps_error e = {0};
        dps_conllu_init(&r, dps_str_of(bad[i]), "bad.conllu");
        assert_int_equal(dps_conllu_next(&r, &arena, 10, &article, &text, &parse, &e), DPS_INPUT);
        assert_non_null(strstr(e.message, "bad.conllu:"));
    }
    dps_arena_release(&arena);
}

/* Every prefix of a file and random bytes: no crash, no hang. */
static void test_conllu_survives(void **state) {
    (void)state;
    start_random();
    struct dps_arena arena;
    dps_arena_init(&arena, 1 << 24);
    size_t n = strlen(GIVEN);
    for (size_t cut = 0; cut < 3 * n; cut++) {
        char *copy = malloc(n + 1);
        memcpy(copy, GIVEN, n);
        size_t length = cut < n ? cut : n;
        for (int k = 0; cut >= n && k < 3; k++) copy[next_random() % n] = (char)next_random();
        struct dps_conllu_reader r;
        struct dps_article article;
        struct dps_text text;
        struct dps_parse parse;
        struct dps_error e;
        dps_conllu_init(&r, (struct dps_str){copy, length}, "x");
        dps_arena_reset(&arena);
        while (dps_conllu_next(&r, &arena, 1, &article, &text, &parse, &e) == DPS_OK) {}
        free(copy);
    }
    dps_arena_release(&arena);
}

/* ---- lemma tables: the network's scores say "leave the form", so that only the tables act ---- */

static const char *source(void) {
    const char *s = getenv("DPS_SOURCE");
    return s ? s : ".";
}

static void test_lemma_tables(void **state) {
    (void)state;
    static const struct {
        const char *form;
        enum dps_upos upos;
        const char *lemma;
    } cases[] = {
        {"angegriffen", DPS_UPOS_VERB, "angreifen"},
        {"anzugreifen", DPS_UPOS_VERB, "angreifen"},
        {"angriff", DPS_UPOS_VERB, "angreifen"},
        {"griff", DPS_UPOS_VERB, "greifen"},
        {"verbot", DPS_UPOS_VERB, "verbieten"},
        {"verboten", DPS_UPOS_VERB, "verbieten"},
        {"wiederaufgenommen", DPS_UPOS_VERB, "wiederaufnehmen"},
        {"beschlossen", DPS_UPOS_VERB, "beschließen"},
        {"entschied", DPS_UPOS_VERB, "entscheiden"},
        {"zurückgetreten", DPS_UPOS_VERB, "zurücktreten"},
        {"seien", DPS_UPOS_AUX, "sein"},
        {"Sei", DPS_UPOS_AUX, "sein"},
        {"erwarte", DPS_UPOS_VERB, "erwarten"},
        {"bereitete", DPS_UPOS_VERB, "bereiten"},
        {"ausgerüstet", DPS_UPOS_VERB, "ausrüsten"},
        {"vermisst", DPS_UPOS_VERB, "vermissen"},
        {"Wirtschaftsverbände", DPS_UPOS_NOUN, "Wirtschaftsverband"},
        {"Länder", DPS_UPOS_NOUN, "Land"},
        {"Ausländer", DPS_UPOS_NOUN, "Ausländer"},
        {"ihm", DPS_UPOS_PRON, "er"},
        {"Griff", DPS_UPOS_PROPN, "Griff"},
        {"verbot", DPS_UPOS_ADJ, "verbot"},
    };
    /* one script list: leave the form as it is */
    static _Alignas(64) struct {
        uint32_t at[2];
        char text[16];
    } list = {{0, 9}, "k;0:;0:;"};
    list.at[1] = 8;
    const struct dps_tensor scripts = {.type = DPS_MODEL_STRINGS, .rank = 1, .dims = {1}, .count = 1, .data = &list};
    char lang[1024];
    snprintf(lang, sizeof lang, "%s/lang", source());
    struct dps_arena arena;
    dps_arena_init(&arena, 1 << 26);
    struct dps_lemmas l;
    struct dps_error e = {0};
    if (dps_lemmas_init(&l, &arena, &scripts, lang, "de", &e) != DPS_OK) fail_msg("%s", e.message);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        float score = 0;
        struct dps_str got = dps_lemma_find(&l, &arena, dps_str_of(cases[i].form), cases[i].upos, &score);
        if (!dps_str_is(got, cases[i].lemma))
            fail_msg("%s: %.*s, not %s", cases[i].form, DPS_STR_ARG(got), cases[i].lemma);
    }
    dps_arena_release(&arena);
}

static void test_bad_scripts_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",   "k",        "z;0:;0:;", "k;:;0:;", "k;0;0:;", "k;0:;0:;>a", "k;99999:;0:;",
                                      "P|", "k;0:;0:;a"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        _Alignas(64) struct {
            uint32_t at[2];
            char text[32];
        } list = {{0, (uint32_t)strlen(bad[i])}, ""};
        memcpy(list.text, bad[i], strlen(bad[i]));
        const struct dps_tensor scripts = {
            .type = DPS_MODEL_STRINGS, .rank = 1, .dims = {1}, .count = 1, .data = &list};
        struct dps_arena arena;
        dps_arena_init(&arena, 1 << 20);
        struct dps_lemmas l;
        struct dps_error e = {0};
        assert_int_equal(dps_lemmas_init(&l, &arena, &scripts, "/nowhere", "xx", &e), DPS_MODEL);
        dps_arena_release(&arena);
    }
}

/* ---- the shipped models ---- */

static struct dps_parser *open_language(const char *code) {
    char model[1024], lang[1024];
    snprintf(model, sizeof model, "%s/models/%s.dps", source(), code);
    snprintf(lang, sizeof lang, "%s/lang", source());
    if (!dps_file_exists(model)) return NULL;
    struct dps_parser *p;
    struct dps_error e = {0};
    if (dps_parser_new(&p, model, lang, code, &e) != DPS_OK) fail_msg("%s", e.message);
    return p;
}

/* Words parted by blanks -> CoNLL-U; sentences parted by '|'. */
static struct dps_buffer conllu_of(const char *words) {
    struct dps_buffer b = {0};
    unsigned n = 0;
    for (const char *at = words; *at;) {
        size_t k = strcspn(at, " ");
        if (k == 1 && *at == '|') {
            dps_buffer_append_c(&b, "\n");
            n = 0;
        } else {
            dps_buffer_printf(&b, "%u\t%.*s\t_\t_\t_\t_\t_\t_\t_\t_\n", ++n, (int)k, at);
        }
        at += k + (at[k] == ' ');
    }
    dps_buffer_append_c(&b, "\n");
    return b;
}

struct parsed {
    struct dps_arena arena;
    struct dps_buffer given;
    struct dps_article article;
    struct dps_text text;
    struct dps_parse parse;
};

static void parse_words(const struct dps_parser *p, const char *words, struct parsed *out) {
    struct dps_conllu_reader r;
    struct dps_error e = {0};
    dps_arena_init(&out->arena, (size_t)1 << 28);
    out->given = conllu_of(words);
    dps_conllu_init(&r, dps_buffer_str(&out->given), "words");
    assert_int_equal(dps_conllu_next(&r, &out->arena, UINT32_MAX, &out->article, &out->text, NULL, &e), DPS_OK);
    if (dps_parse_run(p, &out->arena, &out->text, &out->parse, &e) != DPS_OK) fail_msg("%s", e.message);
}
static void parsed_release(struct parsed *p) {
    dps_arena_release(&p->arena);
    dps_buffer_release(&p->given);
}

static void check_invariants(const struct dps_parse *p) {
    for (uint32_t s = 0; s < p->text->n_sentences; s++) {
        uint32_t first = p->text->sentences[s].first, count = p->text->sentences[s].count, roots = 0;
        for (uint32_t i = first; i < first + count; i++) {
            roots += p->head[i] < 0;
            assert_true((p->head[i] < 0) == (p->rel[i] == DPS_REL_ROOT));
            uint32_t steps = 0;
            for (int32_t h = (int32_t)i; h >= 0; h = p->head[h]) {
                assert_true(h >= (int32_t)first && h < (int32_t)(first + count));
                assert_true(++steps <= count);
            }
            assert_true(p->score[i] >= 0 && p->score[i] <= 1.0001f);
            assert_true(p->lemma[i].length > 0);
            assert_true(p->upos[i] < DPS_UPOS_COUNT && p->rel[i] < DPS_REL_COUNT);
        }
        assert_int_equal(roots, 1);
    }
}

static void test_random_words_give_trees(void **state) {
    (void)state;
    start_random();
    static const char *const codes[] = {"de", "en"};
    for (int c = 0; c < 2; c++) {
        struct dps_parser *p = open_language(codes[c]);
        if (!p) continue;
        struct dps_buffer b = {0};
        for (int i = 0; i < 2500; i++) {
            if (i && (i > 900 || i < 300) &&
                next_random() % 20 == 0) { /* the middle is one sentence over the ceiling */
                dps_buffer_append_c(&b, "| ");
            }
            unsigned n = 1 + next_random() % 12;
            for (unsigned k = 0; k < n; k++) {
                static const char *const bits[] = {"a", "Ä", "ß", "7", "-", "geh", "en", "Un", ".", "é", "中", "😀"};
                dps_buffer_append_c(&b, bits[next_random() % 12]);
            }
            dps_buffer_append_c(&b, " ");
        }
        b.data[--b.length] = 0;
        struct parsed r;
        parse_words(p, b.data, &r);
        check_invariants(&r.parse);
        parsed_release(&r);
        dps_buffer_release(&b);
        dps_parser_free(p);
    }
}

struct expected {
    const char *form, *lemma;
    enum dps_rel rel;
};

static void expect(const struct dps_parser *p, const char *words, const struct expected *want, size_t n) {
    struct parsed r;
    parse_words(p, words, &r);
    check_invariants(&r.parse);
    for (size_t k = 0; k < n; k++) {
        bool found = false;
        for (uint32_t i = 0; i < r.text.n_tokens; i++)
            if (dps_str_is(r.text.tokens[i].form, want[k].form)) {
                found = true;
                if (want[k].lemma && !dps_str_is(r.parse.lemma[i], want[k].lemma))
                    fail_msg("%s: lemma of %s is %.*s", words, want[k].form, DPS_STR_ARG(r.parse.lemma[i]));
                if (dps_rel_plain((enum dps_rel)r.parse.rel[i]) != dps_rel_plain(want[k].rel))
                    fail_msg("%s: %s is %s", words, want[k].form, dps_rel_name((enum dps_rel)r.parse.rel[i]));
            }
        assert_true(found);
    }
    parsed_release(&r);
}
#define EXPECT(p, words, ...)                                                                                          \
    expect(p, words, (const struct expected[]){__VA_ARGS__},                                                           \
           sizeof((const struct expected[]){__VA_ARGS__}) / sizeof(struct expected))

static void test_german_sentences(void **state) {
    (void)state;
    struct dps_parser *p = open_language("de");
    if (!p) skip();
    EXPECT(p, "Die Miliz griff gestern die Stadt an .", {"griff", "greifen", DPS_REL_ROOT},
           {"Miliz", "Miliz", DPS_REL_NSUBJ}, {"an", NULL, DPS_REL_COMPOUND_PRT});
    EXPECT(p, "Die Regierung verbot gestern alle Versammlungen .", {"verbot", "verbieten", DPS_REL_ROOT},
           {"Versammlungen", "Versammlung", DPS_REL_OBJ});
    EXPECT(p, "Die Stadt wurde von der Miliz angegriffen .", {"angegriffen", "angreifen", DPS_REL_ROOT},
           {"Stadt", "Stadt", DPS_REL_NSUBJ_PASS}, {"wurde", "werden", DPS_REL_AUX_PASS},
           {"Miliz", "Miliz", DPS_REL_OBL});
    EXPECT(p, "Er drohte , die Stadt anzugreifen .", {"drohte", "drohen", DPS_REL_ROOT},
           {"anzugreifen", "angreifen", DPS_REL_XCOMP});
    dps_parser_free(p);
}

static void test_german_reported_speech(void **state) {
    (void)state;
    struct dps_parser *p = open_language("de");
    if (!p) skip();
    static const char *const words =
        "Er sagte , die Regierung habe den Vertrag gebrochen . | Der Minister sagte , er erwarte keinen "
        "Durchbruch . | Sie müsse ihre Truppen abziehen , sagte er . | Er sei bereit , sagte sie .";
    struct parsed r;
    parse_words(p, words, &r);
    for (uint32_t i = 0; i < r.text.n_tokens; i++) {
        static const char *const told[] = {"habe", "erwarte", "müsse", "sei"};
        for (int k = 0; k < 4; k++)
            if (dps_str_is(r.text.tokens[i].form, told[k])) assert_int_equal(r.parse.feats[i].mood, DPS_MOOD_SUB);
    }
    parsed_release(&r);
    dps_parser_free(p);
}

static void test_english_sentences(void **state) {
    (void)state;
    struct dps_parser *p = open_language("en");
    if (!p) skip();
    EXPECT(p, "The army withdrew its troops from the city .", {"withdrew", "withdraw", DPS_REL_ROOT},
           {"army", "army", DPS_REL_NSUBJ}, {"troops", NULL, DPS_REL_OBJ});
    EXPECT(p, "Two men were arrested by the police .", {"arrested", "arrest", DPS_REL_ROOT},
           {"men", "man", DPS_REL_NSUBJ_PASS}, {"police", "police", DPS_REL_OBL});
    dps_parser_free(p);
}

/* Parsing twice, and a sentence alone or among others, gives the same analysis. */
static void test_same_alone_and_among_others(void **state) {
    (void)state;
    struct dps_parser *p = open_language("de");
    if (!p) skip();
    struct parsed a, b;
    parse_words(p, "Das Parlament lehnte den Vertrag ab .", &a);
    parse_words(p, "Es regnet . | Das Parlament lehnte den Vertrag ab . | Danach gingen alle nach Hause .", &b);
    for (uint32_t i = 0; i < a.text.n_tokens; i++) {
        assert_int_equal(a.parse.head[i] < 0 ? -1 : a.parse.head[i] + 3, b.parse.head[i + 3]);
        assert_int_equal(a.parse.rel[i], b.parse.rel[i + 3]);
        assert_true(dps_str_equal(a.parse.lemma[i], b.parse.lemma[i + 3]));
        assert_true(a.parse.score[i] == b.parse.score[i + 3]);
    }
    parsed_release(&a);
    parsed_release(&b);
    dps_parser_free(p);
}

static void test_wrong_language_and_damage(void **state) {
    (void)state;
    char model[1024], lang[1024];
    struct dps_parser *p;
    struct dps_error e = {0};
    snprintf(model, sizeof model, "%s/models/de.dps", source());
    snprintf(lang, sizeof lang, "%s/lang", source());
    if (!dps_file_exists(model)) skip();
    assert_int_equal(dps_parser_new(&p, model, lang, "en", &e), DPS_MODEL);
    assert_null(p);
    assert_int_equal(dps_parser_new(&p, "/nowhere/de.dps", lang, "de", &e), DPS_IO);
}

/* A model that train/smoke.sh has just made. */
static void test_fresh_export(void **state) {
    (void)state;
    const char *path = getenv("DPS_TOY_MODEL");
    if (!path) skip();
    char lang[1024];
    snprintf(lang, sizeof lang, "%s/lang", source());
    struct dps_parser *p;
    struct dps_error e = {0};
    if (dps_parser_new(&p, path, lang, "de", &e) != DPS_OK) fail_msg("%s", e.message);
    EXPECT(p, "Die Regierung besetzte die Stadt .", {"besetzte", "besetzen", DPS_REL_ROOT},
           {"Regierung", "Regierung", DPS_REL_NSUBJ});
    dps_parser_free(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_best_tree_by_force),
        cmocka_unit_test(test_every_tree_is_a_tree),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_feats),
        cmocka_unit_test(test_conllu_round),
        cmocka_unit_test(test_conllu_pieces),
        cmocka_unit_test(test_conllu_refuses),
        cmocka_unit_test(test_conllu_survives),
        cmocka_unit_test(test_lemma_tables),
        cmocka_unit_test(test_bad_scripts_are_refused),
        cmocka_unit_test(test_random_words_give_trees),
        cmocka_unit_test(test_german_sentences),
        cmocka_unit_test(test_german_reported_speech),
        cmocka_unit_test(test_english_sentences),
        cmocka_unit_test(test_same_alone_and_among_others),
        cmocka_unit_test(test_wrong_language_and_damage),
        cmocka_unit_test(test_fresh_export),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
