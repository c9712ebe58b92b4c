/* test_mention.c -- parties, places and times of hand-made parses: the parser's mistakes stay out of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "mention/mention.h"
#include "parse/parse_conllu.h"

enum { DE, EN };
static struct dps_know *know;
static struct dps_mention_rules *rules[2];

struct fixture { /* one article of compact notation, read and resolved */
    struct dps_arena arena;
    struct dps_buffer conllu;
    struct dps_article article;
    struct dps_text text;
    struct dps_parse parse;
    struct dps_mention mention;
};

static char lang_dir[512];

static int setup(void **state) {
    (void)state;
    char tables[512];
    struct dps_error error;
    const char *root = getenv("DPS_SOURCE") ? getenv("DPS_SOURCE") : ".";
    snprintf(lang_dir, sizeof lang_dir, "%s/lang", root);
    snprintf(tables, sizeof tables, "%s/know", root);
    if (dps_mention_rules_new(&rules[DE], lang_dir, "de", &error) != DPS_OK) fail_msg("%s", error.message);
    if (dps_mention_rules_new(&rules[EN], lang_dir, "en", &error) != DPS_OK) fail_msg("%s", error.message);
    if (dps_know_new(&know, NULL, tables, lang_dir, &error) != DPS_OK) fail_msg("%s", error.message);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    dps_mention_rules_free(rules[DE]);
    dps_mention_rules_free(rules[EN]);
    dps_know_free(know);
    return 0;
}

/* Words "form|lemma|UPOS|head|rel|feats" parted by spaces; a line is a sentence. feats may be left out. */
static void read_compact(struct fixture *f, const char *compact) {
    unsigned id = 0;
    for (const char *at = compact; *at;) {
        char cell[6][64] = {{0}};
        unsigned n = 0, k = 0;
        while (*at && *at != ' ' && *at != '\n') {
            if (*at == '|' && n < 5)
                n++, k = 0;
            else if (k < 63)
                cell[n][k++] = *at;
            at++;
        }
        dps_buffer_printf(&f->conllu, "%u\t%s\t%s\t%s\t_\t%s\t%s\t%s\t_\t_\n", ++id, cell[0], cell[1], cell[2],
                          cell[5][0] ? cell[5] : "_", cell[3], cell[4]);
        if (*at == '\n' || !*at) dps_buffer_append_c(&f->conllu, "\n"), id = 0;
        if (*at) at++;
    }
    struct dps_conllu_reader reader;
    struct dps_error error = {0};
    dps_conllu_init(&reader, dps_buffer_str(&f->conllu), "test");
    if (dps_conllu_next(&reader, &f->arena, 100, &f->article, &f->text, &f->parse, &error) != DPS_OK)
        fail_msg("%s", error.message);
}

static void run(struct fixture *f, int lang, const char *compact, const char *day) {
    struct dps_date anchor = {0, 0, 0};
    struct dps_error error = {0};
    memset(f, 0, sizeof *f);
    dps_arena_init(&f->arena, (size_t)256 * 1024 * 1024);
    read_compact(f, compact);
    if (day) assert_true(dps_date_parse(dps_str_of(day), &anchor));
    if (dps_mention_run(rules[lang], know, &f->arena, &f->parse, anchor, &f->mention, &error) != DPS_OK)
        fail_msg("%s", error.message);
}

static void done(struct fixture *f) {
    dps_buffer_release(&f->conllu);
    dps_arena_release(&f->arena);
}

static const struct dps_actor *actor(const struct fixture *f, uint32_t token) {
    assert_true(token < f->text.n_tokens);
    return f->mention.actor_of[token] < 0 ? NULL : &f->mention.actors[f->mention.actor_of[token]];
}

static void assert_actor(const struct dps_actor *a, const char *country, const char *sector) {
    assert_non_null(a);
    assert_string_equal(a->country, country);
    assert_string_equal(a->sector, sector);
}

static void assert_text(struct dps_str s, const char *expected) {
    if (!dps_str_is(s, expected)) fail_msg("'%.*s' is not '%s'", DPS_STR_ARG(s), expected);
}

static void assert_time(const struct fixture *f, uint32_t token, const char *from, const char *to) {
    char a[16], b[16];
    assert_true(f->mention.time_of[token] >= 0);
    const struct dps_timex *x = &f->mention.times[f->mention.time_of[token]];
    assert_string_equal(dps_date_format(x->from, a), from);
    assert_string_equal(dps_date_format(x->to, b), to);
}

static void test_role_and_name(void **state) {
    (void)state;
    struct fixture f;
    run(&f, DE,
        "Der|der|DET|3|det|Definite=Def russische|russisch|ADJ|3|amod "
        "Außenminister|Außenminister|NOUN|6|nsubj|Gender=Masc|Number=Sing "
        "Sergej|Sergej|PROPN|3|appos Lawrow|Lawrow|PROPN|4|flat traf|treffen|VERB|0|root|VerbForm=Fin "
        "seinen|sein|DET|8|det:poss|Poss=Yes US-Kollegen|US-Kollege|NOUN|6|obj|Number=Sing Antony|Antony|PROPN|8|appos "
        "Blinken|Blinken|PROPN|9|flat",
        "2022-01-21");
    const struct dps_actor *a = actor(&f, 2);
    assert_actor(a, "RUS", "GOV");
    assert_text(a->text, "Der russische Außenminister Sergej Lawrow");
    assert_text(a->id, "rus.lavrov");
    assert_text(a->office, "minister of foreign affairs");
    assert_ptr_equal(actor(&f, 4), a); /* the name inside is the same actor */
    assert_actor(actor(&f, 6), "RUS", "GOV");
    assert_int_equal(actor(&f, 6)->form, DPS_ACTOR_POSSESSIVE);
    assert_int_equal(actor(&f, 6)->antecedent, f.mention.actor_of[2]);
    assert_actor(actor(&f, 7), "USA", "GOV");
    assert_text(actor(&f, 7)->id, "usa.blinken");
    assert_int_equal(actor(&f, 1)->part_of, f.mention.actor_of[2]);
    done(&f);
}

static void test_one_role_several_owners(void **state) {
    (void)state;
    struct fixture f;
    run(&f, DE,
        "Die|der|DET|2|det Außenminister|Außenminister|NOUN|7|nsubj|Number=Plur "
        "Russlands|Russland|PROPN|2|nmod|Case=Gen und|und|CCONJ|6|cc "
        "der|der|DET|6|det USA|USA|PROPN|3|conj|Case=Gen berieten|beraten|VERB|0|root|VerbForm=Fin",
        "2022-01-21");
    const struct dps_actor *a = actor(&f, 1);
    assert_actor(a, "RUS", "GOV");
    assert_text(a->text, "Die Außenminister Russlands");
    assert_true(a->next >= 0);
    assert_actor(&f.mention.actors[a->next], "USA", "GOV");
    assert_text(f.mention.actors[a->next].text, "der USA");
    done(&f);
}

static void test_references(void **state) {
    (void)state;
    struct fixture f;
    run(&f, DE,
        "China|China|PROPN|2|nsubj kritisierte|kritisieren|VERB|0|root|VerbForm=Fin Indien|Indien|PROPN|2|obj\n"
        "Beide|beide|DET|2|det|Number=Plur Seiten|Seite|NOUN|3|nsubj|Number=Plur "
        "drohten|drohen|VERB|0|root|VerbForm=Fin\n"
        "Die|der|DET|2|det|Definite=Def Polizei|Polizei|NOUN|3|nsubj|Gender=Fem|Number=Sing "
        "schwieg|schweigen|VERB|0|root|VerbForm=Fin",
        "2022-01-21");
    const struct dps_actor *a = actor(&f, 4);
    assert_actor(a, "CHN", "GOV");
    assert_true(a->next >= 0);
    assert_actor(&f.mention.actors[a->next], "IND", "GOV");
    assert_actor(actor(&f, 7), "CHN", "COP"); /* of the country in the fore */
    done(&f);

    run(&f, EN,
        "Zimbabwe|Zimbabwe|PROPN|4|nmod:poss 's|'s|PART|1|case President|president|PROPN|4|nmod "
        "Xolani|Xolani|PROPN|6|nsubj Qqrst|Qqrst|PROPN|4|flat "
        "spoke|speak|VERB|0|root|VerbForm=Fin\nHe|he|PRON|2|nsubj|Number=Sing left|leave|VERB|0|root|VerbForm=Fin\n"
        "Qqrst|Qqrst|PROPN|2|nsubj returned|return|VERB|0|root|VerbForm=Fin",
        "2022-01-21");
    assert_actor(actor(&f, 3), "ZWE", "GOV"); /* an unknown person takes the role's country */
    assert_actor(actor(&f, 6), "ZWE", "GOV");
    assert_int_equal(actor(&f, 6)->form, DPS_ACTOR_PRONOUN);
    assert_actor(actor(&f, 8), "ZWE", "GOV"); /* and is known by the surname afterwards */
    done(&f);
}

/* The parser calls "Außenminister" singular; the article's gender, or the owning states, tell otherwise. */
static void test_plural_told_by_owners(void **state) {
    (void)state;
    struct fixture f;
    run(&f, DE,
        "Die|der|DET|2|det|Gender=Fem|Number=Sing Außenminister|Außenminister|NOUN|6|nsubj|Gender=Masc|Number=Sing "
        "Indiens|Indien|PROPN|2|nmod|Case=Gen "
        "und|und|CCONJ|5|cc Chinas|China|PROPN|3|conj|Case=Gen berieten|beraten|VERB|0|root|VerbForm=Fin",
        "2022-01-21");
    const struct dps_actor *a = actor(&f, 1);
    assert_actor(a, "IND", "GOV");
    assert_true(a->next >= 0);
    assert_actor(&f.mention.actors[a->next], "CHN", "GOV");
    assert_text(f.mention.actors[a->next].id, "chn.wangyi"); /* each the holder of his own office */
    done(&f);
    run(&f, DE, /* one man of two states, by his verb */
        "Der|der|DET|2|det|Gender=Masc|Number=Sing König|König|NOUN|6|nsubj|Gender=Masc|Number=Sing "
        "Spaniens|Spanien|PROPN|2|nmod|Case=Gen "
        "und|und|CCONJ|5|cc Portugals|Portugal|PROPN|3|conj|Case=Gen "
        "schwieg|schweigen|VERB|0|root|VerbForm=Fin|Number=Sing",
        "2022-01-21");
    assert_actor(actor(&f, 1), "ESP", "GOV");
    done(&f);
    run(&f, DE, /* the tree hung the owners beside the role */
        "Die|der|DET|2|det|Number=Plur Präsidenten|Präsident|NOUN|7|nsubj|Number=Plur "
        "Polens|Polen|PROPN|2|conj|Case=Gen und|und|CCONJ|6|cc der|der|DET|6|det "
        "Ukraine|Ukraine|PROPN|2|conj|Case=Gen schwiegen|schweigen|VERB|0|root|VerbForm=Fin",
        "2022-01-21");
    a = actor(&f, 1);
    assert_actor(a, "POL", "GOV");
    assert_true(a->next >= 0);
    assert_actor(&f.mention.actors[a->next], "UKR", "GOV");
    done(&f);
}

static void test_surnames_of_headlines(void **state) {
    (void)state;
    struct fixture f;
    run(&f, DE, "Scholz|Scholz|NOUN|2|nsubj|Number=Sing lobt|loben|VERB|0|root Wang|Wang|PROPN|2|obj", "2022-01-21");
    assert_text(actor(&f, 0)->id, "deu.scholz");
    assert_text(actor(&f, 2)->id, "chn.wangyi"); /* the minister before others of the name */
    done(&f);
    run(&f, DE, "Die|der|DET|2|det Scholz|Scholz|NOUN|3|nsubj|Number=Sing kam|kommen|VERB|0|root", "2022-01-21");
    assert_null(actor(&f, 1)); /* an article: some common noun */
    done(&f);
    run(&f, EN, "May|May|PROPN|2|nsubj waits|wait|VERB|0|root", "2018-01-21");
    assert_null(actor(&f, 0));
    done(&f);
    run(&f, EN,
        "Bishop|Bishop|PROPN|2|nmod Rolando|Rolando|PROPN|3|nsubj Qqrst|Qqrst|PROPN|2|flat spoke|speak|VERB|0|root",
        "2018-01-21");
    if (actor(&f, 0) && actor(&f, 0)->id.data)
        fail_msg("a role before a name is not %.*s", DPS_STR_ARG(actor(&f, 0)->id));
    done(&f);
}

static void test_words_of_a_party(void **state) {
    (void)state;
    struct fixture f;
    run(&f, EN,
        "The|the|DET|2|det|Definite=Def party|party|NOUN|5|nsubj|Number=Sing on|on|ADP|4|case "
        "Sunday|Sunday|PROPN|2|nmod accused|accuse|VERB|0|root "
        "Turkey|Turkey|PROPN|5|obj of|of|ADP|8|case aggression|aggression|NOUN|6|nmod",
        "2022-01-21");
    assert_text(actor(&f, 1)->text, "The party");
    assert_text(actor(&f, 5)->text, "Turkey");
    done(&f);
    run(&f, DE,
        "Der|der|DET|3|det|Definite=Def Internationale|international|ADJ|3|amod "
        "Währungsfonds|Währungsfonds|NOUN|4|nsubj gab|geben|VERB|0|root|VerbForm=Fin "
        "der|der|DET|6|det|Definite=Def Ukraine|Ukraine|PROPN|4|iobj Kredite|Kredit|PROPN|6|flat und|und|CCONJ|9|cc "
        "Kanzler|Kanzler|NOUN|6|conj Scholz|Scholz|PROPN|9|appos Moskau|Moskau|PROPN|10|flat",
        "2022-01-21");
    assert_actor(actor(&f, 2), "IGO", "UNK"); /* weak first adjective of the name */
    assert_text(actor(&f, 5)->text, "der Ukraine");
    assert_text(actor(&f, 8)->text, "Kanzler Scholz");
    assert_actor(actor(&f, 8), "DEU", "GOV"); /* not of the name that follows */
    done(&f);
}

static void test_default_countries(void **state) {
    (void)state;
    struct fixture f;
    run(&f, DE,
        "Mali|Mali|PROPN|6|nsubj hat|haben|AUX|6|aux Soldaten|Soldat|NOUN|6|obj|Number=Plur aus|aus|ADP|5|case "
        "Togo|Togo|PROPN|6|obl "
        "festgenommen|festnehmen|VERB|0|root",
        "2022-01-21");
    assert_actor(actor(&f, 2), "TGO", "MIL");
    done(&f);
    run(&f, EN,
        "The|the|DET|2|det|Definite=Def allies|ally|NOUN|3|nsubj|Number=Plur saw|see|VERB|0|root "
        "an|a|DET|5|det|Definite=Ind island|island|NOUN|3|obj|Number=Sing "
        "of|of|ADP|7|case China|China|PROPN|5|nmod in|in|ADP|12|case the|the|DET|12|det East|East|PROPN|12|compound "
        "China|China|PROPN|12|compound Sea|Sea|PROPN|3|obl",
        "2022-01-21");
    assert_actor(actor(&f, 1), "---", "UNK");
    assert_null(actor(&f, 11)); /* a sea is no party */
    assert_true(f.mention.place_of[11] >= 0);
    done(&f);
    run(&f, DE,
        "Bei|bei|ADP|3|case seinem|sein|DET|3|det:poss|Gender=Masc|Number=Sing|Poss=Yes Besuch|Besuch|NOUN|4|obl "
        "sprach|sprechen|VERB|0|root|VerbForm=Fin "
        "der|der|DET|7|det|Definite=Def britische|britisch|ADJ|7|amod "
        "Premierminister|Premierminister|NOUN|4|nsubj|Gender=Masc|Number=Sing",
        "2023-02-20");
    assert_actor(actor(&f, 1), "GBR", "GOV"); /* its owner comes behind */
    assert_int_equal(actor(&f, 1)->antecedent, f.mention.actor_of[6]);
    done(&f);
}

static void test_borrowed_name(void **state) {
    (void)state;
    struct fixture f;
    run(&f, DE,
        "Nord-|Nord|NOUN|4|nsubj und|und|CCONJ|3|cc Südkorea|Südkorea|PROPN|1|conj schwiegen|schweigen|VERB|0|root",
        "2022-01-21");
    assert_actor(actor(&f, 0), "PRK", "GOV");
    assert_actor(actor(&f, 2), "KOR", "GOV");
    done(&f);
}

static void test_office_on_the_day(void **state) {
    (void)state;
    struct fixture f;
    run(&f, EN, "Blinken|Blinken|PROPN|2|nsubj spoke|speak|VERB|0|root", "2022-01-21");
    assert_actor(actor(&f, 0), "USA", "GOV");
    done(&f);
    run(&f, EN, "Blinken|Blinken|PROPN|2|nsubj spoke|speak|VERB|0|root", "2025-06-01");
    assert_actor(actor(&f, 0), "USA", "ELI"); /* a former official */
    done(&f);
}

static void test_place_or_party(void **state) {
    (void)state;
    struct fixture f;
    run(&f, DE,
        "Moskau|Moskau|PROPN|2|nsubj warnt|warnen|VERB|0|root die|der|DET|4|det NATO|NATO|PROPN|2|obj in|in|ADP|6|case "
        "Moskau|Moskau|PROPN|2|obl "
        "und|und|CCONJ|8|cc Lateinamerika|Lateinamerika|PROPN|6|conj",
        "2022-01-21");
    assert_actor(actor(&f, 0), "RUS", "GOV");
    assert_actor(actor(&f, 3), "IGO", "UNK");
    assert_null(actor(&f, 5));
    assert_true(f.mention.place_of[5] >= 0);
    assert_text(f.mention.places[f.mention.place_of[5]].country, "RUS");
    assert_actor(actor(&f, 7), "---", "UNK");
    done(&f);
}

static void test_times(void **state) {
    (void)state;
    struct fixture f;
    run(&f, DE,
        "Am|am|ADP|2|case Mittwoch|Mittwoch|PROPN|9|obl und|und|CCONJ|4|cc Donnerstag|Donnerstag|PROPN|2|conj "
        "seit|seit|ADP|6|case Montag|Montag|PROPN|9|obl "
        "im|im|ADP|8|case Juni|Juni|PROPN|9|obl tagte|tagen|VERB|0|root 2018|2018|NUM|9|obl "
        "gestern|gestern|ADV|9|advmod "
        "8.|8.|ADJ|13|amod Juli|Juli|PROPN|9|obl 2019|2019|NUM|13|nmod für|für|ADP|16|case Sonntag|Sonntag|PROPN|9|obl "
        "vor|vor|ADP|19|case "
        "zwei|zwei|NUM|19|nummod Tagen|Tag|NOUN|9|obl letzte|letzter|ADJ|21|amod Woche|Woche|NOUN|9|obl "
        "Montagabend|Montagabend|NOUN|9|obl",
        "2022-01-21");
    assert_time(&f, 1, "2022-01-19", "2022-01-20");
    assert_time(&f, 5, "2022-01-17", "2022-01-21");
    assert_true(f.mention.times[f.mention.time_of[5]].since);
    assert_time(&f, 7, "2021-06-01", "2021-06-30");
    assert_time(&f, 9, "2018-01-01", "2018-12-31");
    assert_true(f.mention.times[f.mention.time_of[9]].past_marker);
    assert_time(&f, 10, "2022-01-20", "2022-01-20");
    assert_time(&f, 12, "2019-07-08", "2019-07-08");
    assert_time(&f, 15, "2022-01-23", "2022-01-23");
    assert_time(&f, 18, "2022-01-19", "2022-01-19");
    assert_time(&f, 20, "2022-01-10", "2022-01-16");
    assert_time(&f, 21, "2022-01-17", "2022-01-17");
    done(&f);

    run(&f, EN,
        "Troops|troops|NOUN|2|nsubj left|leave|VERB|0|root on|on|ADP|4|case Nov.|Nov.|PROPN|2|obl 14|14|NUM|4|nummod "
        "a|a|DET|7|det day|day|NOUN|8|obl earlier|early|ADV|2|advmod "
        "in|in|ADP|10|case 2014|2014|NUM|2|obl",
        "2017-11-21");
    assert_time(&f, 3, "2017-11-14", "2017-11-14");
    assert_time(&f, 6, "2017-11-13", "2017-11-13");
    assert_time(&f, 9, "2014-01-01", "2014-12-31");
    done(&f);

    run(&f, EN, "They|they|PRON|2|nsubj met|meet|VERB|0|root on|on|ADP|4|case Monday|Monday|PROPN|2|obl", NULL);
    assert_true(f.mention.time_of[3] >= 0); /* found, but no day without an anchor */
    assert_false(dps_date_known(f.mention.times[f.mention.time_of[3]].from));
    done(&f);
}

static void test_memory_runs_out(void **state) {
    (void)state;
    struct fixture f;
    run(&f, DE, "Moskau|Moskau|PROPN|2|nsubj warnt|warnen|VERB|0|root Kiew|Kiew|PROPN|2|obj", "2022-01-21");
    for (size_t ceiling = 64; ceiling < 60000; ceiling += 997) {
        struct dps_arena small;
        struct dps_mention mention;
        struct dps_error error = {0};
        dps_arena_init(&small, ceiling);
        enum dps_status status =
            dps_mention_run(rules[DE], know, &small, &f.parse, (struct dps_date){2022, 1, 21}, &mention, &error);
        assert_true(status == DPS_OK || status == DPS_MEMORY);
        dps_arena_release(&small);
    }
    done(&f);
}

static void write_file(const char *folder, const char *name, const char *text) {
    char path[600];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void test_bad_word_lists(void **state) {
    (void)state;
    char root[] = "/tmp/test_mention.XXXXXX", folder[64], path[128];
    struct dps_mention_rules *made = NULL;
    struct dps_error error = {0};
    assert_non_null(mkdtemp(root));
    snprintf(folder, sizeof folder, "%s/xx", root);
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_not_equal(dps_mention_rules_new(&made, root, "xx", &error), DPS_OK); /* cues.tsv is missing */
    assert_null(made);
    write_file(folder, "cues.tsv", "cue\tword\ngenitive\tvan\n");
    assert_int_equal(dps_mention_rules_new(&made, root, "xx", &error), DPS_OK); /* the rest may come later */
    dps_mention_rules_free(made);
    write_file(folder, "times.tsv", "word\tkind\tvalue\nmaandag\tweekday\t9\n");
    assert_int_equal(dps_mention_rules_new(&made, root, "xx", &error), DPS_LANG);
    assert_non_null(strstr(error.message, "times.tsv:2"));
    write_file(folder, "times.tsv", "word\tkind\tvalue\n");
    write_file(folder, "cues.tsv", "cue\tword\ngenitiv\tvan\n");
    assert_int_equal(dps_mention_rules_new(&made, root, "xx", &error), DPS_LANG);
    assert_non_null(strstr(error.message, "cues.tsv:2"));
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, i ? "times.tsv" : "cues.tsv");
        unlink(path);
    }
    rmdir(folder);
    rmdir(root);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_role_and_name),
        cmocka_unit_test(test_one_role_several_owners),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_plural_told_by_owners),
        cmocka_unit_test(test_surnames_of_headlines),
        cmocka_unit_test(test_words_of_a_party),
        cmocka_unit_test(test_default_countries),
        cmocka_unit_test(test_borrowed_name),
        cmocka_unit_test(test_office_on_the_day),
        cmocka_unit_test(test_place_or_party),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_memory_runs_out),
        cmocka_unit_test(test_bad_word_lists),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
