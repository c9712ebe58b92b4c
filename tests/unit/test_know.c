/* test_know.c -- knowledge tables: look-ups in the shipped table, the user's own on top, complaints, damaged images. */
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

#include "know/know.h"
#include "know/know_build.h"

enum { MAX_MATCHES = 64 };

static struct dps_know *shipped; /* compiled from DPS_SOURCE/know once */
static char image_path[256];

static const char *source_path(char *out, size_t size, const char *name) {
    const char *root = getenv("DPS_SOURCE");
    snprintf(out, size, "%s/%s", root ? root : ".", name);
    return out;
}

static void write_file(const char *path, const char *bytes, size_t length) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void compile_shipped(struct dps_buffer *out) {
    char know_dir[512], lang_dir[512];
    struct know_sources sources;
    struct dps_error error = {0};
    if (know_sources_open(&sources, source_path(know_dir, sizeof know_dir, "know"),
                          source_path(lang_dir, sizeof lang_dir, "lang"), &error) != DPS_OK)
        fail_msg("%s", error.message);
    if (know_build(sources.list, sources.n, NULL, out, &error) != DPS_OK) fail_msg("%s", error.message);
    know_sources_release(&sources);
}

static int setup(void **state) {
    (void)state;
    struct dps_buffer out = {0};
    struct dps_error error = {0};
    compile_shipped(&out);
    snprintf(image_path, sizeof image_path, "/tmp/test_know.%ld.dps", (long)getpid());
    write_file(image_path, out.data, out.length);
    dps_buffer_release(&out);
    if (dps_know_new(&shipped, image_path, NULL, NULL, &error) != DPS_OK) fail_msg("%s", error.message);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    dps_know_free(shipped);
    remove(image_path);
    return 0;
}

/* Words parted by spaces -> matches. */
static size_t find(const struct dps_know *know, const char *lang, const char *text, struct dps_match *matches) {
    struct dps_str forms[32], rest = dps_str_of(text), word;
    size_t n = 0;
    while (n < 32 && dps_str_split(&rest, ' ', &word))
        if (word.length) forms[n++] = word;
    return dps_know_find(know, lang, forms, n, matches, MAX_MATCHES);
}

/* Is `id` among the readings, as `alias`, over `words` words? */
static bool reads_as(const struct dps_know *know, const char *lang, const char *text, const char *id,
                     enum dps_alias_kind alias, uint32_t words) {
    struct dps_match matches[MAX_MATCHES];
    size_t n = find(know, lang, text, matches);
    for (size_t i = 0; i < n; i++)
        if (dps_str_is(matches[i].entity.id, id) && matches[i].alias == alias && matches[i].n_tokens == words)
            return true;
    return false;
}
#define READS(lang, text, id, alias, words)                                                                            \
    do {                                                                                                               \
        if (!reads_as(shipped, lang, text, id, alias, words)) fail_msg("'%s' (%s) should read as %s", text, lang, id); \
    } while (0)
#define READS_NOT(lang, text, id, alias, words)                                                                        \
    do {                                                                                                               \
        if (reads_as(shipped, lang, text, id, alias, words))                                                           \
            fail_msg("'%s' (%s) should not read as %s", text, lang, id);                                               \
    } while (0)

static struct dps_date day(const char *iso) {
    struct dps_date date = {0};
    assert_true(dps_date_parse(dps_str_of(iso), &date));
    return date;
}

static void countries_in_both_languages(void **state) {
    (void)state;
    READS("de", "Russland", "RUS", DPS_ALIAS_NAME, 1);
    READS("de", "Russlands", "RUS", DPS_ALIAS_NAME, 1);
    READS("de", "russischen", "RUS", DPS_ALIAS_ADJECTIVE, 1);
    READS("de", "Russische", "RUS", DPS_ALIAS_ADJECTIVE, 1);
    READS("de", "Russen", "RUS", DPS_ALIAS_DEMONYM, 1);
    READS("de", "Russinnen", "RUS", DPS_ALIAS_DEMONYM, 1);
    READS("de", "Moskau", "RUS", DPS_ALIAS_CAPITAL, 1);
    READS("de", "Moskaus", "RUS", DPS_ALIAS_CAPITAL, 1);
    READS("en", "Russia", "RUS", DPS_ALIAS_NAME, 1);
    READS("en", "Russian", "RUS", DPS_ALIAS_ADJECTIVE, 1);
    READS("en", "Russians", "RUS", DPS_ALIAS_DEMONYM, 1);
    READS("en", "Moscow", "RUS", DPS_ALIAS_CAPITAL, 1);
    READS("de", "Moskauer", "RUS", DPS_ALIAS_ADJECTIVE, 1);
    READS("de", "Athener", "GRC", DPS_ALIAS_ADJECTIVE, 1);
    READS_NOT("en", "Moskauer", "RUS", DPS_ALIAS_ADJECTIVE, 1);
    READS("de", "Vereinigten Staaten", "USA", DPS_ALIAS_NAME, 2);
    READS("de", "Vereinigte Staaten von Amerika", "USA", DPS_ALIAS_NAME, 4);
    READS("de", "Demokratischen Republik Kongo", "COD", DPS_ALIAS_NAME, 3);
    READS("de", "Weissrussland", "BLR", DPS_ALIAS_NAME, 1);
    READS("de", "US-amerikanische", "USA", DPS_ALIAS_ADJECTIVE, 1);
    READS("en", "Frenchmen", "FRA", DPS_ALIAS_DEMONYM, 1);
    READS_NOT("de", "Germany", "DEU", DPS_ALIAS_NAME, 1);
    READS_NOT("en", "Russland", "RUS", DPS_ALIAS_NAME, 1);
}

static void case_tells_names_from_words(void **state) {
    (void)state;
    READS("en", "US", "USA", DPS_ALIAS_NAME, 1);
    READS_NOT("en", "us", "USA", DPS_ALIAS_NAME, 1);
    READS_NOT("en", "Us", "USA", DPS_ALIAS_NAME, 1);
    READS("en", "WHO", "org.who", DPS_ALIAS_NAME, 1);
    READS_NOT("en", "Who", "org.who", DPS_ALIAS_NAME, 1);
    READS_NOT("de", "Uns", "org.un", DPS_ALIAS_NAME, 1);
    READS_NOT("de", "UNS", "org.un", DPS_ALIAS_NAME, 1);
    READS("de", "UNs", "org.un", DPS_ALIAS_NAME, 1);
    READS_NOT("en", "turkey", "TUR", DPS_ALIAS_NAME, 1);
    READS("en", "TURKEY", "TUR", DPS_ALIAS_NAME, 1);
    READS_NOT("en", "polish", "POL", DPS_ALIAS_ADJECTIVE, 1);
}

static void ordinary_words_are_no_names(void **state) {
    (void)state;
    struct dps_match matches[MAX_MATCHES];
    assert_int_equal(find(shipped, "de", "Nur", matches), 0);
    assert_int_equal(find(shipped, "de", "Haus", matches), 0);
    assert_int_equal(find(shipped, "en", "He", matches), 0);
    READS("de", "Stephan Weil", "deu.weil", DPS_ALIAS_NAME, 2);
    READS_NOT("de", "Weil", "deu.weil", DPS_ALIAS_SURNAME, 1);
    READS("en", "Weil", "deu.weil", DPS_ALIAS_SURNAME, 1);
}

static void tokenizers_may_part_names(void **state) {
    (void)state;
    READS("en", "al-Qaeda", "org.alqaeda", DPS_ALIAS_NAME, 1);
    READS("en", "al - Qaeda", "org.alqaeda", DPS_ALIAS_NAME, 3);
    READS("en", "Cote d'Ivoire", "CIV", DPS_ALIAS_NAME, 2);
    READS("en", "C\xC3\xB4te d\xE2\x80\x99Ivoire", "CIV", DPS_ALIAS_NAME, 2);
    READS("en", "Co\xCC\x82te d ' Ivoire", "CIV", DPS_ALIAS_NAME, 4); /* decomposed */
    READS("de", "CDU / CSU", "org.deu.cdu", DPS_ALIAS_NAME, 3);
}

static void longest_name_first(void **state) {
    (void)state;
    struct dps_match matches[MAX_MATCHES];
    size_t n = find(shipped, "en", "United Nations Security Council resolution", matches);
    assert_true(n >= 2);
    assert_int_equal(matches[0].n_tokens, 4);
    assert_true(dps_str_is(matches[0].entity.id, "org.unsc"));
    for (size_t i = 1; i < n; i++) assert_true(matches[i].n_tokens <= matches[i - 1].n_tokens);
    assert_int_equal(find(shipped, "en", "zzyzzx", matches), 0);
    assert_int_equal(dps_know_find(shipped, "en", NULL, 0, matches, MAX_MATCHES), 0);
    struct dps_str form = DPS_STR("Russia");
    assert_int_equal(dps_know_find(shipped, "en", &form, 1, matches, 0), 0);
}

static void organisations(void **state) {
    (void)state;
    READS("de", "Kremls", "org.rus.kremlin", DPS_ALIAS_NAME, 1);
    READS("de",
          "Wei\xC3\x9F"
          "en Hauses",
          "org.usa.whitehouse", DPS_ALIAS_NAME, 2);
    READS("de", "Nato", "org.nato", DPS_ALIAS_NAME, 1);
    READS("de", "NATO", "org.nato", DPS_ALIAS_NAME, 1);
    READS("de", "Revolutionsgarden", "org.irn.guards", DPS_ALIAS_NAME, 1);
    READS("en", "State Department", "org.usa.state", DPS_ALIAS_NAME, 2);
}

static struct dps_str sector_of(const char *lang, const char *text, const char *id, const char *date) {
    struct dps_match matches[MAX_MATCHES];
    size_t n = find(shipped, lang, text, matches);
    for (size_t i = 0; i < n; i++)
        if (dps_str_is(matches[i].entity.id, id) && dps_know_holds(&matches[i].entity, day(date)))
            return matches[i].entity.sector;
    return (struct dps_str){NULL, 0};
}

static void groups_that_come_to_govern(void **state) {
    (void)state;
    assert_true(dps_str_is(sector_of("en", "Taliban", "org.afg.taliban", "2021-09-06"), "REB"));
    assert_true(dps_str_is(sector_of("en", "Taliban", "org.afg.taliban", "2021-09-07"), "GOV"));
    assert_true(dps_str_is(sector_of("de", "Taliban", "org.afg.taliban", "2000-01-01"), "GOV"));
    assert_true(dps_str_is(sector_of("de", "FARC", "org.col.farc", "2012-05-01"), "REB"));
    assert_true(dps_str_is(sector_of("de", "Farc", "org.col.farc", "2019-05-01"), "PTY"));
    struct dps_entity latest;
    assert_true(dps_know_by_id(shipped, DPS_STR("org.afg.taliban"), &latest));
    assert_true(dps_str_is(latest.sector, "GOV"));
    assert_true(dps_know_holds(&latest, (struct dps_date){0}));
}

static void people_by_name(void **state) {
    (void)state;
    READS("de", "Baerbock", "deu.baerbock", DPS_ALIAS_SURNAME, 1);
    READS("de", "Baerbocks", "deu.baerbock", DPS_ALIAS_SURNAME, 1);
    READS("de", "Annalena Baerbock", "deu.baerbock", DPS_ALIAS_NAME, 2);
    READS("en", "Heiko Maas", "deu.maas", DPS_ALIAS_NAME, 2);
    READS("de", "Scholz'", "deu.scholz", DPS_ALIAS_SURNAME, 1);
}

static void holder_is(const char *country, const char *office, const char *date, const char *id) {
    struct dps_entity person;
    if (!dps_know_holder_on(shipped, dps_str_of(country), dps_str_of(office), day(date), &person))
        fail_msg("nobody is %s of %s on %s", office, country, date);
    if (!dps_str_is(person.id, id))
        fail_msg("%s of %s on %s: %.*s, not %s", office, country, date, DPS_STR_ARG(person.id), id);
}

static struct dps_office office_of(const char *id, const char *date) {
    struct dps_entity person;
    struct dps_office office = {0};
    if (!dps_know_by_id(shipped, dps_str_of(id), &person)) fail_msg("no %s", id);
    if (!dps_know_office_on(shipped, &person, date ? day(date) : (struct dps_date){0}, &office))
        fail_msg("%s holds nothing", id);
    return office;
}

static void offices_by_date(void **state) {
    (void)state;
    holder_is("DEU", "minister of foreign affairs", "2021-12-07", "deu.maas");
    holder_is("DEU", "minister of foreign affairs", "2021-12-08",
              "deu.baerbock"); /* the day of the change: the successor */
    holder_is("DEU", "minister of foreign affairs", "2021-12-09", "deu.baerbock");
    holder_is("DEU", "chancellor", "2022-02-24", "deu.scholz");
    struct dps_office o = office_of("deu.maas", "2021-12-07");
    assert_true(dps_str_is(o.office, "minister of foreign affairs"));
    assert_false(o.former);
    o = office_of("deu.maas", "2024-01-01");
    assert_true(o.former);
    assert_true(dps_str_is(o.sector, "ELI"));
    o = office_of("deu.scholz", "2022-03"); /* a month is enough */
    assert_true(dps_str_is(o.office, "chancellor"));
    o = office_of("deu.baerbock", NULL);
    assert_false(o.former);
    struct dps_entity nobody;
    assert_false(dps_know_holder_on(shipped, DPS_STR("DEU"), DPS_STR("emperor"), day("2020-01-01"), &nobody));
    assert_false(dps_know_holder_on(shipped, DPS_STR("DEU"), DPS_STR("member of parliament"), day("2020-01-01"),
                                    &nobody)); /* one of many */
    assert_false(dps_know_holder_on(shipped, DPS_STR("XXX"), DPS_STR("president"), day("2020-01-01"), &nobody));
}

static void country_rows(void **state) {
    (void)state;
    struct dps_entity e;
    assert_true(dps_know_country(shipped, DPS_STR("CHE"), &e));
    assert_true(dps_str_is(e.name, "Switzerland"));
    assert_true(e.located && e.lat > 45 && e.lat < 48);
    assert_false(dps_know_country(shipped, DPS_STR("XYZ"), &e));
    assert_false(dps_know_country(shipped, DPS_STR(""), &e));
}

/* ---- the user's own tables ---- */

struct folder {
    char path[128];
};

static void folder_make(struct folder *f) {
    snprintf(f->path, sizeof f->path, "/tmp/test_know_own.%ld.XXXXXX", (long)getpid());
    assert_non_null(mkdtemp(f->path));
}
static void folder_put(const struct folder *f, const char *name, const char *text) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    write_file(path, text, strlen(text));
}
static void folder_remove(const struct folder *f) {
    static const char *const names[] = {"countries.tsv", "orgs.tsv",   "people.tsv",
                                        "offices.tsv",   "places.tsv", "office_terms.tsv"};
    char path[256];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", f->path, names[i]);
        remove(path);
    }
    rmdir(f->path);
}

static void own_rows_come_first(void **state) {
    (void)state;
    struct folder f;
    struct dps_know *know;
    struct dps_error error = {0};
    char lang_dir[512];
    folder_make(&f);
    folder_put(&f, "orgs.tsv",
               "id\tname_en\tname_de\tcountry\tsector\torg_note\n"
               "org.own.league\tZembla League\tZemblanischer Bund\tXZM\tPTY\t\n"
               "org.nato\tNATO\t\tIGO\tMIL\t\n");
    folder_put(&f, "people.tsv", "id\tname_en\tsurname_en\tgender\nxzm.kinbote\tCharles Kinbote\tKinbote\tm\n");
    folder_put(&f, "offices.tsv",
               "person\toffice\tcountry\tsector\tfrom\tto\n"
               "xzm.kinbote\tmonarch\tXZM\tGOV\t1936\t1958-05\n"
               "deu.maas\thead of intelligence\tDEU\tGOV\t2030-01\t\n");
    if (dps_know_new(&know, image_path, f.path, source_path(lang_dir, sizeof lang_dir, "lang"), &error) != DPS_OK)
        fail_msg("%s", error.message);
    assert_true(reads_as(know, "en", "Zembla League", "org.own.league", DPS_ALIAS_NAME, 2));
    assert_true(reads_as(know, "de", "Zemblanischen Bundes", "org.own.league", DPS_ALIAS_NAME,
                         2)); /* shipped endings on own names */
    assert_true(reads_as(know, "de", "Russlands", "RUS", DPS_ALIAS_NAME, 1));
    struct dps_match matches[MAX_MATCHES];
    size_t n = find(know, "en", "NATO", matches);
    assert_int_equal(n, 1); /* the shipped row is covered */
    assert_true(dps_str_is(matches[0].entity.sector, "MIL"));
    struct dps_entity maas, person;
    struct dps_office office;
    assert_true(dps_know_by_id(know, DPS_STR("deu.maas"), &maas));
    assert_true(dps_str_is(maas.name, "Heiko Maas"));
    assert_true(dps_know_office_on(know, &maas, day("2031-01-01"), &office) &&
                dps_str_is(office.office, "head of intelligence"));
    assert_true(dps_know_office_on(know, &maas, day("2020-01-01"), &office) &&
                dps_str_is(office.office, "minister of foreign affairs"));
    assert_true(dps_know_holder_on(know, DPS_STR("DEU"), DPS_STR("head of intelligence"), day("2031-01-01"), &person) &&
                dps_str_is(person.name, "Heiko Maas"));
    assert_true(dps_know_holder_on(know, DPS_STR("XZM"), DPS_STR("monarch"), day("1958-05-31"), &person));
    assert_false(dps_know_holder_on(know, DPS_STR("XZM"), DPS_STR("monarch"), day("1958-06-01"), &person));
    dps_know_free(know);
    /* without the shipped table too */
    folder_put(&f, "offices.tsv",
               "person\toffice\tcountry\tsector\tfrom\tto\nxzm.kinbote\tmonarch\tXZM\tGOV\t1936\t\n");
    if (dps_know_new(&know, NULL, f.path, NULL, &error) != DPS_OK) fail_msg("%s", error.message);
    assert_true(reads_as(know, "en", "Kinbote", "xzm.kinbote", DPS_ALIAS_SURNAME, 1));
    dps_know_free(know);
    folder_remove(&f);
}

static void complaints_name_place_and_remedy(void **state) {
    (void)state;
    static const struct {
        const char *file, *text, *expected[3];
    } cases[] = {
        {"orgs.tsv",
         "id\tname_en\tcountry\tsector\n# a comment\norg.x\tX Party\tGermany\tPTY\n",
         {"orgs.tsv:3:", "'country'", "three capital letters"}},
        {"orgs.tsv",
         "id\tname_en\tcountry\tsector\norg.x\t\tDEU\tPTY\n",
         {"orgs.tsv:2:", "'name_en'", "must not be empty"}},
        {"orgs.tsv", "id\tname_en\tcountry\norg.x\tX\tDEU\n", {"orgs.tsv:1:", "no column 'sector'", "first line"}},
        {"orgs.tsv",
         "id\tname_en\tcountry\tsector\tfrom\tto\norg.x\tX\tDEU\tPTY\t2020-13\t\n",
         {"orgs.tsv:2:", "'from'", "YYYY-MM-DD"}},
        {"orgs.tsv",
         "id\tname_en\tcountry\tsector\tfrom\tto\norg.x\tX\tDEU\tPTY\t2020\t2019\n",
         {"orgs.tsv:2:", "'to'", "before 'from'"}},
        {"orgs.tsv",
         "id\tname_en\tcountry\tsector\norg.x\tX\tDEU\tPTY\norg.x\tY\tDEU\tPTY\n",
         {"org.x", "twice", "unique"}},
        {"orgs.tsv", "id\tname_en\tcountry\tsector\norg.x\tX\tDEU\tPTY\tmore\n", {"orgs.tsv:2", "", ""}},
        {"offices.tsv",
         "person\toffice\tcountry\tsector\tfrom\tto\nxxx.nobody\tpresident\tDEU\tGOV\t2020\t\n",
         {"xxx.nobody", "'person'", "people table"}},
        {"places.tsv",
         "id\tname_en\tcountry\tkind\tlat\tlon\nplace.1\tX\tDEU\tcity\t123\t1\n",
         {"places.tsv:2:", "'lat'", "degrees"}},
        {"people.tsv", "id\tname_en\tgender\nxxx.a\tA B\tw\n", {"people.tsv:2:", "'gender'", "m, f"}},
        {"people.tsv", "id\tname_en\nxxx.a\tA \xFF\n", {"people.tsv", "UTF-8", ""}},
        {"countries.tsv", "", {"countries.tsv", "", ""}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct folder f;
        struct dps_know *know = NULL;
        struct dps_error error = {0};
        folder_make(&f);
        folder_put(&f, cases[i].file, cases[i].text);
        enum dps_status status = dps_know_new(&know, image_path, f.path, NULL, &error);
        folder_remove(&f);
        if (status == DPS_OK) fail_msg("case %zu was taken", i);
        assert_null(know);
        for (size_t k = 0; k < 3; k++)
            if (!strstr(error.message, cases[i].expected[k]))
                fail_msg("case %zu: '%s' lacks '%s'", i, error.message, cases[i].expected[k]);
    }
    struct folder f;
    struct dps_know *know;
    struct dps_error error = {0};
    folder_make(&f);
    assert_int_equal(dps_know_new(&know, image_path, f.path, NULL, &error), DPS_KNOW);
    assert_non_null(strstr(error.message, "no knowledge table"));
    folder_remove(&f);
    assert_int_equal(dps_know_new(&know, image_path, "/nonexistent", NULL, &error), DPS_IO);
    assert_int_equal(dps_know_new(&know, "/nonexistent.dps", NULL, NULL, &error), DPS_IO);
}

/* ---- damaged images ---- */

static void damaged_images_are_refused(void **state) {
    (void)state;
    struct dps_buffer out = {0};
    struct dps_error error = {0};
    struct know_image image;
    static const char table[] =
        "id\tname_en\tcountry\tsector\norg.a\tAlpha Union\tDEU\tPTY\norg.b\tBeta Union\tFRA\tPTY\n";
    struct know_source source = {.kind = KNOW_TABLE_ORGS, .name = "t.tsv", .bytes = {table, sizeof table - 1}};
    assert_int_equal(know_build(&source, 1, NULL, &out, &error), DPS_OK);
    assert_int_equal(know_image_open(&image, dps_buffer_str(&out), "t", &error), DPS_OK);
    char *copy = malloc(out.length);
    for (size_t cut = 0; cut < out.length;
         cut++) { /* each length: its own block, so that the sanitizer sees a read behind it */
        char *block = malloc(cut ? cut : 1);
        memcpy(block, out.data, cut);
        assert_int_not_equal(know_image_open(&image, (struct dps_str){block, cut}, "t", &error), DPS_OK);
        free(block);
    }
    for (size_t at = 0; at < out.length; at++) { /* one byte changed, once with and once without a mended checksum */
        memcpy(copy, out.data, out.length);
        copy[at] = (char)(copy[at] ^ 0x81);
        struct dps_str block = {copy, out.length};
        if (at < 24 || at >= 32) assert_int_not_equal(know_image_open(&image, block, "t", &error), DPS_OK);
        struct know_header h;
        memcpy(&h, copy, sizeof h);
        h.checksum = know_checksum(dps_str_cut(block, sizeof h, out.length));
        memcpy(copy, &h, sizeof h);
        if (know_image_open(&image, block, "t", &error) == DPS_OK) know_image_find_id(&image, DPS_STR("org.a"), false);
    }
    free(copy);
    dps_buffer_release(&out);
}

static void same_tables_same_bytes(void **state) {
    (void)state;
    struct dps_buffer a = {0}, b = {0};
    compile_shipped(&a);
    compile_shipped(&b);
    assert_true(dps_str_equal(dps_buffer_str(&a), dps_buffer_str(&b)));
    dps_buffer_release(&a);
    dps_buffer_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(countries_in_both_languages),
        cmocka_unit_test(case_tells_names_from_words),
        cmocka_unit_test(ordinary_words_are_no_names),
        cmocka_unit_test(tokenizers_may_part_names),
        cmocka_unit_test(longest_name_first),
        cmocka_unit_test(organisations),
        cmocka_unit_test(groups_that_come_to_govern),
        cmocka_unit_test(people_by_name),
        cmocka_unit_test(offices_by_date),
        cmocka_unit_test(country_rows),
        cmocka_unit_test(own_rows_come_first),
        cmocka_unit_test(complaints_name_place_and_remedy),
        cmocka_unit_test(damaged_images_are_refused),
        cmocka_unit_test(same_tables_same_bytes),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
