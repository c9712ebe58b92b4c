/* parse.h -- text -> parse: part of speech, features, lemma, head and relation of each word (Universal Dependencies
 * v2).
 *
 * P1: head[i] is the index of the head among the article's tokens, in the same sentence, or -1 for the root.
 * P2: each sentence has exactly one root.   P3: no cycles.   All arrays run parallel to text->tokens.
 */
#ifndef DPS_PARSE_PARSE_H
#define DPS_PARSE_PARSE_H

#include "base/arena.h"
#include "base/status.h"
#include "base/str.h"
#include "text/text.h"

/* One list makes the tags, their numbers and names. */
/* Not formatted: clang-format indents such a list deeper at each run. */
/* clang-format off */
#define DPS_UPOS_MAP(X) \
    X(X_, "X") X(ADJ, "ADJ") X(ADP, "ADP") X(ADV, "ADV") X(AUX, "AUX") X(CCONJ, "CCONJ") X(DET, "DET") \
    X(INTJ, "INTJ") X(NOUN, "NOUN") X(NUM, "NUM") X(PART, "PART") X(PRON, "PRON") X(PROPN, "PROPN") \
    X(PUNCT, "PUNCT") X(SCONJ, "SCONJ") X(SYM, "SYM") X(VERB, "VERB")
/* clang-format on */
enum dps_upos {
#define DPS_UPOS_ENUM(name, text) DPS_UPOS_##name,
    DPS_UPOS_MAP(DPS_UPOS_ENUM)
#undef DPS_UPOS_ENUM
        DPS_UPOS_COUNT
};

/* Relations: the 37 of UD v2, then the subtypes that a stage asks for. Subtypes unknown here are read as their plain
 * relation. */
/* Not formatted: clang-format indents such a list deeper at each run. */
/* clang-format off */
#define DPS_REL_MAP(X) \
    X(ACL, "acl") X(ADVCL, "advcl") X(ADVMOD, "advmod") X(AMOD, "amod") X(APPOS, "appos") X(AUX, "aux") \
    X(CASE, "case") X(CC, "cc") X(CCOMP, "ccomp") X(CLF, "clf") X(COMPOUND, "compound") X(CONJ, "conj") \
    X(COP, "cop") X(CSUBJ, "csubj") X(DEP, "dep") X(DET, "det") X(DISCOURSE, "discourse") \
    X(DISLOCATED, "dislocated") X(EXPL, "expl") X(FIXED, "fixed") X(FLAT, "flat") X(GOESWITH, "goeswith") \
    X(IOBJ, "iobj") X(LIST, "list") X(MARK, "mark") X(NMOD, "nmod") X(NSUBJ, "nsubj") X(NUMMOD, "nummod") \
    X(OBJ, "obj") X(OBL, "obl") X(ORPHAN, "orphan") X(PARATAXIS, "parataxis") X(PUNCT, "punct") \
    X(REPARANDUM, "reparandum") X(ROOT, "root") X(VOCATIVE, "vocative") X(XCOMP, "xcomp") \
    X(ACL_RELCL, "acl:relcl") X(ADVCL_RELCL, "advcl:relcl") X(AUX_PASS, "aux:pass") X(CC_PRECONJ, "cc:preconj") \
    X(COMPOUND_PRT, "compound:prt") X(CSUBJ_PASS, "csubj:pass") X(CSUBJ_OUTER, "csubj:outer") \
    X(DET_POSS, "det:poss") X(DET_PREDET, "det:predet") X(EXPL_PV, "expl:pv") X(FLAT_NAME, "flat:name") \
    X(FLAT_FOREIGN, "flat:foreign") X(NMOD_POSS, "nmod:poss") X(NMOD_DESC, "nmod:desc") \
    X(NMOD_UNMARKED, "nmod:unmarked") X(NSUBJ_PASS, "nsubj:pass") X(NSUBJ_OUTER, "nsubj:outer") \
    X(OBL_AGENT, "obl:agent") X(OBL_ARG, "obl:arg") X(OBL_UNMARKED, "obl:unmarked") X(NMOD_TMOD, "nmod:tmod") \
    X(NMOD_NPMOD, "nmod:npmod") X(OBL_TMOD, "obl:tmod") X(OBL_NPMOD, "obl:npmod") X(ADVMOD_EMPH, "advmod:emph") \
    X(APPOS_NMOD, "appos:nmod")
/* clang-format on */
enum dps_rel {
#define DPS_REL_ENUM(name, text) DPS_REL_##name,
    DPS_REL_MAP(DPS_REL_ENUM)
#undef DPS_REL_ENUM
        DPS_REL_COUNT
};

const char *dps_upos_name(enum dps_upos upos);
const char *dps_rel_name(enum dps_rel rel);
bool dps_upos_find(struct dps_str name, enum dps_upos *upos);
bool dps_rel_find(struct dps_str name,
                  enum dps_rel *rel);         /* "nsubj:pass"; an unknown subtype gives its plain relation */
enum dps_rel dps_rel_plain(enum dps_rel rel); /* without its subtype */

/* The features that later stages ask for; 0 is always "not told". */
struct dps_feats {
    uint8_t number : 2;   /* 1 singular, 2 plural */
    uint8_t person : 2;   /* 1, 2, 3 */
    uint8_t gender : 3;   /* bits: 1 masculine, 2 feminine, 4 neuter */
    uint8_t kase : 3;     /* 1 nominative, 2 genitive, 3 dative, 4 accusative */
    uint8_t mood : 2;     /* 1 indicative, 2 subjunctive (both Konjunktive), 3 imperative */
    uint8_t tense : 2;    /* 1 present, 2 past */
    uint8_t verbform : 3; /* 1 finite, 2 infinitive, 3 participle, 4 gerund */
    uint8_t voice : 2;    /* 1 active, 2 passive */
    uint8_t prontype : 4; /* 1 personal, 2 demonstrative, 3 relative, 4 interrogative, 5 indefinite, 6 article, 7
                             negative, 8 total, 9 reciprocal */
    uint8_t poss : 1, reflex : 1, definite : 2 /* 1 definite, 2 indefinite */, polarity : 1 /* 1 negative */,
        degree : 2;
};
enum {
    DPS_NUMBER_SING = 1,
    DPS_NUMBER_PLUR = 2,
    DPS_CASE_NOM = 1,
    DPS_CASE_GEN,
    DPS_CASE_DAT,
    DPS_CASE_ACC,
    DPS_GENDER_MASC = 1,
    DPS_GENDER_FEM = 2,
    DPS_GENDER_NEUT = 4,
    DPS_MOOD_IND = 1,
    DPS_MOOD_SUB,
    DPS_MOOD_IMP,
    DPS_TENSE_PRES = 1,
    DPS_TENSE_PAST,
    DPS_VERBFORM_FIN = 1,
    DPS_VERBFORM_INF,
    DPS_VERBFORM_PART,
    DPS_VERBFORM_GER,
    DPS_PRON_PERSONAL = 1,
    DPS_PRON_DEMONSTRATIVE,
    DPS_PRON_RELATIVE,
    DPS_PRON_INTERROGATIVE,
    DPS_PRON_INDEFINITE,
    DPS_PRON_ARTICLE,
    DPS_PRON_NEGATIVE,
    DPS_PRON_TOTAL,
    DPS_PRON_RECIPROCAL
};

struct dps_parse {
    const struct dps_text *text;
    uint8_t *upos;         /* enum dps_upos */
    uint8_t *rel;          /* enum dps_rel */
    int32_t *head;         /* index into text->tokens, -1: root (P1) */
    struct dps_str *lemma; /* in the arena or the model */
    struct dps_feats *feats;
    struct dps_str *feats_text; /* "Case=Nom|Number=Sing", "" if none; borrowed from the model or arena */
    float *score;               /* probability-like confidence of the arc, 0..1 */
    /* children in text order, made by dps_parse_link(): kids of token i are kid[kid_first[i] .. kid_first[i + 1]) */
    uint32_t *kid_first; /* n_tokens + 1 entries */
    uint32_t *kid;
};

/* Fill kid_first and kid from head (for parses that came from elsewhere too). */
enum dps_status dps_parse_link(struct dps_arena *arena, struct dps_parse *parse, struct dps_error *error);

/* A language's parser: weights mapped read-only plus lang/<code>/ lemma tables. Shared by threads. */
struct dps_parser;
enum dps_status dps_parser_new(struct dps_parser **parser, const char *model_path, const char *lang_dir,
                               const char *code, struct dps_error *error);
/* Its weights file, as long as the parser lives. */
const struct dps_model *dps_parser_model(const struct dps_parser *parser);
void dps_parser_free(struct dps_parser *parser);

/* Parse every sentence of `text`; scratch and results live in `arena`. Calls dps_parse_link. Only DPS_MEMORY can fail.
 */
enum dps_status dps_parse_run(const struct dps_parser *parser, struct dps_arena *arena, const struct dps_text *text,
                              struct dps_parse *parse, struct dps_error *error);

#endif
