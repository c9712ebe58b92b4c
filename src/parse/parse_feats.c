/* parse_feats.c -- see parse_feats.h. The tables below are UD's universal feature values, of no language. */
#include "parse/parse_feats.h"

struct value {
    const char *name;
    unsigned code;
};

/* Code of the value; of several joined by ',' the greatest in the table's order wins (Dem,Rel is a relative pronoun).
 */
static unsigned code_of(struct dps_str values, const struct value *table, size_t n) {
    unsigned code = 0;
    size_t rank = n;
    struct dps_str part;
    while (dps_str_split(&values, ',', &part))
        for (size_t i = 0; i < rank; i++)
            if (dps_str_is(part, table[i].name)) {
                code = table[i].code;
                rank = i;
                break;
            }
    return code;
}
#define CODE(given, ...)                                                                                               \
    code_of(given, (const struct value[]){__VA_ARGS__},                                                                \
            sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value))

static unsigned genders(struct dps_str values) {
    unsigned bits = 0;
    struct dps_str part;
    while (dps_str_split(&values, ',', &part)) {
        if (dps_str_is(part, "Masc")) bits |= DPS_GENDER_MASC;
        if (dps_str_is(part, "Fem")) bits |= DPS_GENDER_FEM;
        if (dps_str_is(part, "Neut")) bits |= DPS_GENDER_NEUT;
    }
    return bits;
}

static unsigned prontype(struct dps_str v) {
    return CODE(v, {"Rel", DPS_PRON_RELATIVE}, {"Prs", DPS_PRON_PERSONAL}, {"Dem", DPS_PRON_DEMONSTRATIVE},
                {"Int", DPS_PRON_INTERROGATIVE}, {"Neg", DPS_PRON_NEGATIVE}, {"Tot", DPS_PRON_TOTAL},
                {"Rcp", DPS_PRON_RECIPROCAL}, {"Ind", DPS_PRON_INDEFINITE}, {"Art", DPS_PRON_ARTICLE});
}

static void read_one(struct dps_str name, struct dps_str v, struct dps_feats *f) {
    bool yes = dps_str_is(v, "Yes");
    if (dps_str_is(name, "Number"))
        f->number = CODE(v, {"Sing", DPS_NUMBER_SING}, {"Plur", DPS_NUMBER_PLUR}) & 3u;
    else if (dps_str_is(name, "Person"))
        f->person = CODE(v, {"1", 1}, {"2", 2}, {"3", 3}) & 3u;
    else if (dps_str_is(name, "Gender"))
        f->gender = genders(v) & 7u;
    else if (dps_str_is(name, "Case"))
        f->kase =
            CODE(v, {"Nom", DPS_CASE_NOM}, {"Gen", DPS_CASE_GEN}, {"Dat", DPS_CASE_DAT}, {"Acc", DPS_CASE_ACC}) & 7u;
    else if (dps_str_is(name, "Mood"))
        f->mood = CODE(v, {"Sub", DPS_MOOD_SUB}, {"Imp", DPS_MOOD_IMP}, {"Ind", DPS_MOOD_IND}) & 3u;
    else if (dps_str_is(name, "Tense"))
        f->tense = CODE(v, {"Pres", DPS_TENSE_PRES}, {"Past", DPS_TENSE_PAST}) & 3u;
    else if (dps_str_is(name, "VerbForm"))
        f->verbform = CODE(v, {"Fin", DPS_VERBFORM_FIN}, {"Inf", DPS_VERBFORM_INF}, {"Part", DPS_VERBFORM_PART},
                           {"Ger", DPS_VERBFORM_GER}) &
                      7u;
    else if (dps_str_is(name, "Voice"))
        f->voice = CODE(v, {"Act", 1}, {"Pass", 2}) & 3u;
    else if (dps_str_is(name, "PronType"))
        f->prontype = prontype(v) & 15u;
    else if (dps_str_is(name, "Poss"))
        f->poss = yes;
    else if (dps_str_is(name, "Reflex"))
        f->reflex = yes;
    else if (dps_str_is(name, "Definite"))
        f->definite = CODE(v, {"Def", 1}, {"Ind", 2}) & 3u;
    else if (dps_str_is(name, "Polarity"))
        f->polarity = dps_str_is(v, "Neg");
    else if (dps_str_is(name, "Degree"))
        f->degree = CODE(v, {"Pos", 1}, {"Cmp", 2}, {"Sup", 3}) & 3u;
}

struct dps_feats dps_feats_read(struct dps_str text) {
    struct dps_feats f = {0};
    struct dps_str part;
    while (dps_str_split(&text, '|', &part)) {
        const char *equal = part.length ? memchr(part.data, '=', part.length) : NULL;
        if (!equal) continue;
        size_t n = (size_t)(equal - part.data);
        read_one(dps_str_cut(part, 0, n), dps_str_cut(part, n + 1, part.length), &f);
    }
    return f;
}
