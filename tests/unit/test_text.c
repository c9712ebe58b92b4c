/* test_text.c -- sentences and words: what the rules promise, example by example, and the offsets of any bytes
 * whatever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "text/text.h"

static char lang_dir[4096];
static struct dps_text_rules *german, *english, *none;
static struct dps_text_rules *german_learnt, *english_learnt; /* with the splitter of the model */
static struct dps_model *models[2];
static struct dps_arena arena;
static struct dps_error error;

static bool learn(struct dps_text_rules **rules, const char *code, struct dps_model **model) {
    char path[4096];
    const char *source = getenv("DPS_SOURCE");
    snprintf(path, sizeof path, "%s/models/%s.dps", source ? source : ".", code);
    return dps_text_rules_new(rules, lang_dir, code, &error) == DPS_OK &&
           dps_model_open(model, path, &error) == DPS_OK && dps_text_rules_learn(*rules, *model, &error) == DPS_OK;
}

static int set_up(void **state) {
    (void)state;
    const char *source = getenv("DPS_SOURCE");
    snprintf(lang_dir, sizeof lang_dir, "%s/lang", source ? source : ".");
    dps_arena_init(&arena, (size_t)512 << 20);
    if (dps_text_rules_new(&german, lang_dir, "de", &error) != DPS_OK ||
        dps_text_rules_new(&english, lang_dir, "en", &error) != DPS_OK ||
        dps_text_rules_new(&none, lang_dir, "zz", &error) != DPS_OK || !learn(&german_learnt, "de", &models[0]) ||
        !learn(&english_learnt, "en", &models[1])) {
        print_message("%s\n", error.message);
        return 1;
    }
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    dps_text_rules_free(german);
    dps_text_rules_free(english);
    dps_text_rules_free(none);
    dps_text_rules_free(german_learnt);
    dps_text_rules_free(english_learnt);
    dps_text_rules_free(NULL);
    for (int i = 0; i < 2; i++) dps_model_close(models[i]);
    dps_arena_release(&arena);
    return 0;
}

/* T1-T4 */
static void check(const struct dps_text *text) {
    uint32_t next = 0;
    for (uint32_t i = 0; i < text->n_sentences; i++) {
        const struct dps_sentence *s = &text->sentences[i];
        struct dps_str base = dps_text_base(text, s);
        uint32_t at = s->start, left = 0, part = 0;
        assert_int_equal(s->first, next);
        assert_true(s->count > 0 && s->count <= DPS_TEXT_MAX_SENTENCE);
        assert_true(s->start < s->end && s->end <= base.length);
        next = s->first + s->count;
        assert_true(next <= text->n_tokens);
        assert_int_equal(text->tokens[s->first].start, s->start);
        assert_int_equal(text->tokens[next - 1].end, s->end);
        for (uint32_t k = s->first; k < next; k++) {
            const struct dps_token *t = &text->tokens[k];
            assert_true(t->start < t->end && t->end <= base.length);
            assert_true(t->end - t->start <= DPS_TEXT_MAX_TOKEN); /* T4 */
            if (t->mwt_part > 1) {
                assert_true(left > 0);
                assert_int_equal(t->mwt_part, part + 1);
                assert_int_equal(t->start, t[-1].start);
                assert_int_equal(t->end, t[-1].end);
                left--;
            } else {
                assert_int_equal(left, 0);
                for (uint32_t c = at; c < t->start;) { /* nothing but white space between words */
                    size_t behind = c;
                    assert_true(dps_utf8_is_space(dps_utf8_next(base, &behind)));
                    c = (uint32_t)behind;
                }
                assert_true(t->start >= at);
                left = t->mwt_length ? t->mwt_length - 1u : 0;
            }
            part = t->mwt_part;
            if (!t->mwt_part) assert_true(dps_str_equal(t->form, dps_str_cut(base, t->start, t->end)));
            assert_true(t->form.length > 0);
            at = t->end;
        }
        assert_int_equal(left, 0);
    }
    assert_int_equal(next, text->n_tokens);
}

static struct dps_text run(const struct dps_text_rules *rules, const char *title, struct dps_str body,
                           enum dps_block_kind kind) {
    struct dps_article *article = dps_arena_take(&arena, sizeof *article);
    article->title = dps_str_of(title);
    article->text = body;
    article->blocks = DPS_NEW(&arena, 1, struct dps_block);
    article->blocks[0] = (struct dps_block){0, (uint32_t)body.length, kind};
    article->n_blocks = body.length > 0;
    struct dps_text text;
    assert_int_equal(dps_text_run(rules, &arena, article, &text, &error), DPS_OK);
    check(&text);
    return text;
}

/* The sentences of a paragraph, joined by " | ". */
static void sentences(const struct dps_text_rules *rules, const char *body, const char *want) {
    char have[4000] = "";
    size_t n = 0;
    dps_arena_reset(&arena);
    struct dps_text text = run(rules, "", dps_str_of(body), DPS_BLOCK_PARAGRAPH);
    for (uint32_t i = 0; i < text.n_sentences; i++) {
        struct dps_str s = dps_text_span(&text, &text.sentences[i], text.sentences[i].start, text.sentences[i].end);
        n += (size_t)snprintf(have + n, sizeof have - n, "%s%.*s", i ? " | " : "", DPS_STR_ARG(s));
    }
    if (strcmp(have, want) != 0) fail_msg("\nhave %s\nwant %s", have, want);
}

/* The words of a title, joined by spaces. */
static void words(const struct dps_text_rules *rules, const char *title, const char *want) {
    char have[4000] = "";
    size_t n = 0;
    dps_arena_reset(&arena);
    struct dps_text text = run(rules, title, (struct dps_str){NULL, 0}, DPS_BLOCK_PARAGRAPH);
    assert_int_equal(text.n_sentences, 1); /* whatever stands in it */
    for (uint32_t i = 0; i < text.n_tokens; i++)
        n += (size_t)snprintf(have + n, sizeof have - n, "%s%.*s", i ? " " : "", DPS_STR_ARG(text.tokens[i].form));
    if (strcmp(have, want) != 0) fail_msg("\nhave %s\nwant %s", have, want);
}

static void german_sentences(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Er kam. Sie ging.", "Er kam. | Sie ging."},
        {"Am 21. Januar kam er an. Am 3. Verhandlungstag ging er.",
         "Am 21. Januar kam er an. | Am 3. Verhandlungstag ging er."},
        {"Es begann im 2. Weltkrieg und endete 1945. Danach war Frieden.",
         "Es begann im 2. Weltkrieg und endete 1945. | Danach war Frieden."},
        {"Er war am 21. 1. 2022 dort. Sie nicht.", "Er war am 21. 1. 2022 dort. | Sie nicht."},
        {"Sie trafen Dr. Muster und Prof. Beispiel, z. B. am Montag. Gut so.",
         "Sie trafen Dr. Muster und Prof. Beispiel, z. B. am Montag. | Gut so."},
        {"Es gab Brot, Wasser usw. Der Rest fehlte.", "Es gab Brot, Wasser usw. | Der Rest fehlte."},
        {"Es kostet 3 Mio. Euro und ca. 5 Mrd. Dollar. Viel Geld.",
         "Es kostet 3 Mio. Euro und ca. 5 Mrd. Dollar. | Viel Geld."},
        {"Papst Johannes XXIII. kam. Friedrich II. Wilhelms Sohn auch.",
         "Papst Johannes XXIII. kam. | Friedrich II. Wilhelms Sohn auch."},
        {"George W. Bush traf John F. Kennedy. Nie.", "George W. Bush traf John F. Kennedy. | Nie."},
        {"„Wir kommen!“, sagte er. „Wann?“ fragte sie.", "„Wir kommen!“, sagte er. | „Wann?“ fragte sie."},
        {"„Das ist gut.“ Der Minister nickte.", "„Das ist gut.“ | Der Minister nickte."},
        {"\"Wir reden\", sagte er. \"Dann sehen wir weiter.\" Das war alles.",
         "\"Wir reden\", sagte er. | \"Dann sehen wir weiter.\" | Das war alles."},
        {"Er sagte: „Wir bleiben.“ Sie ging.", "Er sagte: „Wir bleiben.“ | Sie ging."},
        {"Er zögerte ... und ging. Sie wartete … Dann kam er.",
         "Er zögerte ... und ging. | Sie wartete … | Dann kam er."},
        {"Er ging (endlich!) nach Hause. Sie auch.", "Er ging (endlich!) nach Hause. | Sie auch."},
        {"Das sagte er.Die Ministerin schwieg.", "Das sagte er. | Die Ministerin schwieg."},
        {"Das stand auf Beispiel.de und in Nr. 5 der Zeitung. Siehe Art. 5 Abs. 2 des Vertrags.",
         "Das stand auf Beispiel.de und in Nr. 5 der Zeitung. | Siehe Art. 5 Abs. 2 des Vertrags."},
        {"Das Ergebnis war 3:2. Trotzdem verlor er um 20.15 Uhr 1,5 Punkte. Schade.",
         "Das Ergebnis war 3:2. | Trotzdem verlor er um 20.15 Uhr 1,5 Punkte. | Schade."},
        {"Kommt er? Ja! Nein?! Wohl doch.", "Kommt er? | Ja! | Nein?! | Wohl doch."},
        {"Er kam am 21. Das war ein Montag.", "Er kam am 21. | Das war ein Montag."},
        {"Sie wuchs um 3 v. H. und lebte 50 v. Chr. in Rom. So sagt man.",
         "Sie wuchs um 3 v. H. und lebte 50 v. Chr. in Rom. | So sagt man."},
        {"Er lebt in St. Gallen. Sie auch.", "Er lebt in St. Gallen. | Sie auch."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) sentences(german, cases[i][0], cases[i][1]);
}

static void english_sentences(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"He came. She left.", "He came. | She left."},
        {"Mr. Smith met Gen. Jones and Sen. J. R. Example on Jan. 21. They talked.",
         "Mr. Smith met Gen. Jones and Sen. J. R. Example on Jan. 21. | They talked."},
        {"The U.S. Army left. He lives in the U.S. She does not.",
         "The U.S. Army left. | He lives in the U.S. | She does not."},
        {"It closed at 5 p.m. on Friday. It opened at 9 a.m. The next day it rained.",
         "It closed at 5 p.m. on Friday. | It opened at 9 a.m. | The next day it rained."},
        {"\"We will go,\" he said. \"Will you?\" she asked. \"Yes!\" he said.",
         "\"We will go,\" he said. | \"Will you?\" she asked. | \"Yes!\" he said."},
        {"He turned and said, \"This is it.\" She laughed.", "He turned and said, \"This is it.\" | She laughed."},
        {"“We will go.” The minister left.", "“We will go.” | The minister left."},
        {"It cost $3.6 million, i.e. too much, e.g. for Acme Inc. of Ohio. Sad.",
         "It cost $3.6 million, i.e. too much, e.g. for Acme Inc. of Ohio. | Sad."},
        {"It was No. 5 on the list. No. That is wrong.", "It was No. 5 on the list. | No. | That is wrong."},
        {"The vote was 54-41. Iraq's parliament adjourned.", "The vote was 54-41. | Iraq's parliament adjourned."},
        {"It happened in 2014. In 2015 it ended.", "It happened in 2014. | In 2015 it ended."},
        {"(This is a note.) The rest follows.", "(This is a note.) | The rest follows."},
        {"You and I. Did you see Albert I. Jones?", "You and I. | Did you see Albert I. Jones?"},
        {"He died in 1821. [17] She did not.", "He died in 1821. [17] | She did not."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) sentences(english, cases[i][0], cases[i][1]);
}

static void german_words(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Im Haus am See, zum Tor vom Garten beim Zaun ins Feld",
         "In dem Haus an dem See , zu dem Tor von dem Garten bei dem Zaun in das Feld"},
        {"ZUR LAGE aufs Land fürs Volk", "ZU DER LAGE auf das Land für das Volk"},
        {"US-Außenminister und EU-Gipfel 2014/15", "US-Außenminister und EU-Gipfel 2014/15"},
        {"„Ja“, »nein« und ‚doch‘ (siehe S. 5)", "„ Ja “ , » nein « und ‚ doch ‘ ( siehe S. 5 )"},
        {"``Ja'', sagt sie -- und geht ...", "`` Ja '' , sagt sie -- und geht ..."},
        {"Scholz' Rede, Merkels Haus, geht's so?", "Scholz' Rede , Merkels Haus , geht 's so ?"},
        {"3,6 Mio. Euro, 1.000.000 Menschen, 20.15 Uhr, 11:47 Uhr, 5 % mehr, 5% mehr",
         "3,6 Mio. Euro , 1.000.000 Menschen , 20.15 Uhr , 11:47 Uhr , 5 % mehr , 5 % mehr"},
        {"z. B. am 21. Januar, d.h. bald!", "z. B. an dem 21. Januar , d.h. bald !"},
        {"https://www.beispiel.de/a?b=c und post@beispiel.de, www.beispiel.de.",
         "https://www.beispiel.de/a?b=c und post@beispiel.de , www.beispiel.de ."},
        {"Bürger:innen und Politiker*innen von Beispiel.de – heute",
         "Bürger:innen und Politiker*innen von Beispiel.de – heute"},
        {"Bund- und Länder-Treffen, Bündnis 90/Die Grünen", "Bund- und Länder-Treffen , Bündnis 90/Die Grünen"},
        {"COVID-19: -5 Grad, +3 %, § 5, 10 €", "COVID-19 : -5 Grad , +3 % , § 5 , 10 €"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) words(german, cases[i][0], cases[i][1]);
}

static void english_words(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Don't say it's Iraq's, they're Moses' and can't", "Do n't say it 's Iraq 's , they 're Moses ' and ca n't"},
        {"I’ve said we’ll go; you’d won’t", "I ’ve said we ’ll go ; you ’d wo n’t"},
        {"He cannot; I'm gonna", "He can not ; I 'm gon na"},
        {"A four-day U.S.-led talk, anti-war e-mail, al-Qaeda",
         "A four - day U.S. - led talk , anti-war e-mail , al - Qaeda"},
        {"$3.6 million, US$4.5, 54-41, 9/11, and/or, 50%",
         "$ 3.6 million , US$ 4.5 , 54 - 41 , 9/11 , and / or , 50 %"},
        {"Mr. O'Neill's AT&T; \"so,\" he said", "Mr. O'Neill 's AT&T ; \" so , \" he said"},
        {"Yahoo!, 1990s, 21st, 5pm, #MeToo, @example", "Yahoo ! , 1990s , 21st , 5 pm , #MeToo , @example"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) words(english, cases[i][0], cases[i][1]);
}

static void multi_word_tokens(void **state) {
    (void)state;
    dps_arena_reset(&arena);
    struct dps_text text = run(german, "Im Haus.", (struct dps_str){NULL, 0}, DPS_BLOCK_PARAGRAPH);
    assert_int_equal(text.n_tokens, 4);
    assert_int_equal(text.tokens[0].mwt_length, 2);
    assert_int_equal(text.tokens[0].mwt_part, 1);
    assert_int_equal(text.tokens[1].mwt_length, 0);
    assert_int_equal(text.tokens[1].mwt_part, 2);
    assert_int_equal(text.tokens[1].start, 0);
    assert_int_equal(text.tokens[1].end, 2);
    assert_true(text.tokens[1].space_after);
    assert_false(text.tokens[2].space_after);
    assert_true(text.tokens[3].space_after); /* the end */
}

static void titles_and_headings(void **state) {
    (void)state;
    dps_arena_reset(&arena);
    struct dps_text text = run(german, "Er kam. Sie ging", DPS_STR("Der 1. Tag. Ein Anfang"), DPS_BLOCK_HEADING);
    assert_int_equal(text.n_sentences, 2);
    assert_true(text.sentences[0].in_title);
    assert_int_equal(text.sentences[0].kind, DPS_SENTENCE_TITLE);
    assert_int_equal(text.sentences[1].kind, DPS_SENTENCE_HEADING);
    assert_false(text.sentences[1].in_title);
    assert_int_equal(text.sentences[1].start, 0);
}

static void a_language_without_rules(void **state) {
    (void)state;
    sentences(none, "Le ministre est arrivé. Il est parti.", "Le ministre est arrivé. | Il est parti.");
    sentences(NULL, "Hej. Du.", "Hej. | Du.");
}

static void long_sentences_are_cut(void **state) {
    (void)state;
    enum { NAMES = 3000 };
    char *body = malloc(NAMES * 16);
    assert_non_null(body);
    size_t n = 0;
    for (int i = 0; i < NAMES; i++) n += (size_t)sprintf(body + n, "Name%d%s im ", i, i % 9 ? "" : ",");
    dps_arena_reset(&arena);
    struct dps_text text = run(german, "", (struct dps_str){body, n - 1}, DPS_BLOCK_PARAGRAPH);
    assert_true(text.n_sentences > NAMES / DPS_TEXT_MAX_SENTENCE);
    free(body);
}

/* Each of these took minutes, or the whole stack, as one word: the rules look over a word again at each mark in it. */
static void long_words_are_cut(void **state) {
    (void)state;
    enum { LONG = 2 * 1024 * 1024 };
    static const char *const units[] = {"a", "1-", "'s", "a@b.", "a-B/", ".Bb", "\"", "ä", "(", "...", "n't", "1'"};
    char *body = malloc(LONG + 16);
    assert_non_null(body);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t n = 0, unit = strlen(units[i]);
        memcpy(body, "x", n = 1);
        for (; n + unit <= LONG; n += unit) memcpy(body + n, units[i], unit);
        for (int language = 0; language < 2; language++) {
            dps_arena_reset(&arena);
            struct dps_text text = run(language ? english : german, "", (struct dps_str){body, n}, DPS_BLOCK_PARAGRAPH);
            assert_true(text.n_tokens >= LONG / DPS_TEXT_MAX_TOKEN);
        }
    }
    free(body);
}

static void bad_rules_are_told(void **state) {
    (void)state;
    static const struct {
        const char *file, *text, *reason;
    } cases[] = {
        {"abbreviations.tsv", "form\tclass\nDr\tdoctor\n", "abbreviations.tsv:2: unknown class 'doctor'"},
        {"abbreviations.tsv", "a\tb\n", "needs the columns"},
        {"tokens.tsv", "kind\tvalue\nhyphen\tsometimes\n", "tokens.tsv:2: unknown rule"},
        {"tokens.tsv", "kind\tvalue\nstarter\tDer\tDie\n", "tokens.tsv:2: 3 cells"},
        {"contractions.tsv", "form\tparts\nim\tin\n", "contractions.tsv:2: needs two parts"},
        {"contractions.tsv", "", "empty table"},
    };
    char folder[] = "/tmp/dps-test-text-XXXXXX", path[200], command[200];
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(command, sizeof command, "rm -rf %s/xy && mkdir %s/xy", folder, folder);
        assert_int_equal(system(command), 0);
        snprintf(path, sizeof path, "%s/xy/%s", folder, cases[i].file);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(cases[i].text, file);
        fclose(file);
        struct dps_text_rules *rules;
        assert_int_equal(dps_text_rules_new(&rules, folder, "xy", &error), DPS_LANG);
        assert_null(rules);
        if (!strstr(error.message, cases[i].reason)) fail_msg("'%s' is not in '%s'", cases[i].reason, error.message);
    }
    snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(system(command), 0);
}

/* ---- any bytes ---- */

static uint64_t seed;
static uint64_t draw(void) {
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return seed * 0x2545F4914F6CDD1Dull;
}

static const struct dps_text_rules *any_rules(void) {
    const struct dps_text_rules *all[] = {german, english, none, german_learnt, english_learnt};
    return all[draw() % 5];
}

static void random_bytes(void **state) {
    (void)state;
    seed = 54412022;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (int round = 0; round < 4000; round++) {
        char bytes[400];
        size_t n = 1 + draw() % (sizeof bytes - 1);
        for (size_t i = 0; i < n; i++) bytes[i] = (char)(draw() % (round % 2 ? 128 : 256));
        dps_arena_reset(&arena);
        run(any_rules(), "", (struct dps_str){bytes, n}, DPS_BLOCK_PARAGRAPH);
    }
}

static void random_texts(void **state) {
    (void)state;
    static const char *const pieces[] = {
        " ",  " ",          " ",    " ",   "Der",    "im",   "Am", "z.",       "B.",  "21.",        "Januar",
        ".",  "...",        "…",    "!",   "?",      ",",    ":",  "„",        "“",   "\"",         "'",
        "’s", "n't",        "(",    ")",   "[17]",   "-",    "--", "–",        "/",   "U.S.",       "Mr.",
        "W.", "gesagt.Die", "can",  "not", "cannot", "$3.6", "5%", "§",        "@x",  "http://a.b", "\n",
        "\t", "\xC2\xA0",   "III.", "``",  "''",     ",,",   "S'", "\xC2\xAD", "im’s"};
    seed = 20220121;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (int round = 0; round < 6000; round++) {
        char text[1000];
        size_t n = 0;
        for (uint64_t k = 1 + draw() % 60; k > 0; k--)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s", pieces[draw() % (sizeof pieces / sizeof *pieces)]);
        text[n] = '\0';
        dps_arena_reset(&arena);
        struct dps_text t = run(any_rules(), text, (struct dps_str){text, n}, DPS_BLOCK_PARAGRAPH);
        size_t covered = 0, letters = 0; /* no byte beside white space is lost */
        for (uint32_t i = 0; i < t.n_tokens; i++)
            if (t.tokens[i].mwt_part <= 1) covered += t.tokens[i].end - t.tokens[i].start;
        for (size_t at = 0; at < n;) {
            size_t from = at;
            if (!dps_utf8_is_space(dps_utf8_next((struct dps_str){text, n}, &at))) letters += at - from;
        }
        assert_int_equal(covered, 2 * letters);
    }
}

static void memory_runs_out(void **state) {
    (void)state;
    static const char body[] = "Er kam im Januar. Sie ging am Montag. Es war gut so.";
    struct dps_block block = {0, sizeof body - 1, DPS_BLOCK_PARAGRAPH};
    struct dps_article article = {
        .title = DPS_STR("Titel im Haus"), .text = {body, sizeof body - 1}, .blocks = &block, .n_blocks = 1};
    unsigned failed = 0;
    for (size_t ceiling = 0; ceiling < 64 * 1024; ceiling += 1024) {
        struct dps_arena small;
        struct dps_text text;
        dps_arena_init(&small, ceiling);
        enum dps_status status = dps_text_run(german, &small, &article, &text, &error);
        assert_true(status == DPS_OK || status == DPS_MEMORY);
        failed += status == DPS_MEMORY;
        dps_arena_release(&small);
    }
    assert_true(failed > 0 && failed < 64);
}

/* What has no mark at its end: headings that run into the text. What has one is as by the rules. */
static void test_learnt_ends(void **state) {
    (void)state;
    sentences(english_learnt,
              "Ministers Meet in Geneva for New Talks The two ministers met on Monday. They will meet again.",
              "Ministers Meet in Geneva for New Talks | The two ministers met on Monday. | They will meet again.");
    sentences(german_learnt,
              "Neue Gespräche in Genf Die beiden Minister trafen sich am Montag. Sie wollen sich wieder treffen.",
              "Neue Gespräche in Genf | Die beiden Minister trafen sich am Montag. | Sie wollen sich wieder treffen.");
    sentences(english_learnt, "Dr. Smith of the U.N. said Russia's plan wasn't new. He left at 5 p.m. on Friday.",
              "Dr. Smith of the U.N. said Russia's plan wasn't new. | He left at 5 p.m. on Friday.");
    sentences(german_learnt, "Am 21. Januar traf Dr. Weber den Minister im Kreml. „Wir sind bereit“, sagte er.",
              "Am 21. Januar traf Dr. Weber den Minister im Kreml. | „Wir sind bereit“, sagte er.");
}

/* Blocks longer than the splitter's window: each sentence is found wherever the windows part. */
static void test_learnt_windows(void **state) {
    (void)state;
    enum { TIMES = 400 };
    static const char one[] = "The two ministers met on Monday. Russia's army didn't move. ";
    char *body = malloc(TIMES * sizeof one);
    assert_non_null(body);
    for (int i = 0; i < TIMES; i++) memcpy(body + i * (sizeof one - 1), one, sizeof one);
    dps_arena_reset(&arena);
    struct dps_text text = run(english_learnt, "", dps_str_of(body), DPS_BLOCK_PARAGRAPH);
    assert_int_equal(text.n_sentences, 2 * TIMES);
    free(body);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(german_sentences),
        cmocka_unit_test(english_sentences),
        cmocka_unit_test(german_words),
        cmocka_unit_test(english_words),
        cmocka_unit_test(multi_word_tokens),
        cmocka_unit_test(titles_and_headings),
        cmocka_unit_test(a_language_without_rules),
        cmocka_unit_test(long_sentences_are_cut),
        cmocka_unit_test(long_words_are_cut),
        cmocka_unit_test(bad_rules_are_told),
        cmocka_unit_test(random_bytes),
        cmocka_unit_test(test_learnt_ends),
        cmocka_unit_test(test_learnt_windows),
        cmocka_unit_test(random_texts),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
