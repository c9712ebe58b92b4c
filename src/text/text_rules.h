/* text_rules.h -- sentence and token rules of one language, as loaded. Private to src/text. */
#ifndef DPS_TEXT_RULES_H
#define DPS_TEXT_RULES_H

#include "text/text.h"

/* What a word is to the splitter: bits, since a word may be several things. */
enum {
    DPS_WORD_TITLE = 1,            /* abbreviation that never ends a sentence: Dr., Mr. */
    DPS_WORD_NUMBER = 2,           /* abbreviation only before a number: Nr., Art., No. */
    DPS_WORD_INNER = 4,            /* abbreviation; ends a sentence only before a starter: bzw., e.g., Mio. */
    DPS_WORD_STARTER = 8,          /* written with a capital only where a sentence begins: Der, The */
    DPS_WORD_PREFIX = 16,          /* no split behind it at a hyphen: anti-, ex- */
    DPS_WORD_UNIT = 32,            /* split off a number: 5kg */
    DPS_WORD_ORDINAL_NOUN = 64,    /* "21. Januar": the full stop before it belongs to the number */
    DPS_WORD_ORDINAL_BEFORE = 128, /* "am 21. Verhandlungstag": so does it behind these */
    DPS_WORD_NOT_INITIAL = 256     /* a single letter that is a word: English "I" */
};

struct dps_rule_word {
    struct dps_str form;
    unsigned bits; /* 0: the slot is empty */
};

enum { DPS_CONTRACTION_PARTS = 3 };
struct dps_contraction {
    struct dps_str form;                            /* lower case */
    struct dps_str parts[3][DPS_CONTRACTION_PARTS]; /* lower case, First letter upper, ALL UPPER */
    uint8_t n_parts;
    bool plain; /* the parts in a row are the form: cut the bytes, no multi-word token */
};

struct dps_text_rules {
    struct dps_arena arena;      /* owns all strings and tables */
    struct dps_rule_word *words; /* hash table, open addressing, size a power of two */
    size_t n_slots, n_words;
    struct dps_contraction *contractions; /* sorted by form */
    size_t n_contractions;
    bool last_bytes[256];          /* with which bytes (small letters) contractions end: most words need no search */
    struct dps_boundary *boundary; /* owned; NULL: rules alone */
    struct dps_str *clitics;       /* endings that are split off: n't, 's; longest first; ' stands for any apostrophe */
    size_t n_clitics;
    bool hyphen_split, slash_split; /* US-Präsident, and/or: one token or three */
    bool ordinals;                  /* a number with a full stop is an ordinal */
    bool genitive_apostrophe;       /* Scholz': one token */
    bool conllu_hyphen_split;       /* whole here, three words in CoNLL-U, as the language's treebanks have it */
};

/* Bits of a word; `form` as written. */
unsigned dps_rules_word(const struct dps_text_rules *rules, struct dps_str form);
/* The same, and the bits of the form in small letters. */
unsigned dps_rules_word_any(const struct dps_text_rules *rules, struct dps_str form);
/* The contraction that `form` is, or NULL. *shape: index of `parts` by the form's capitals. */
const struct dps_contraction *dps_rules_contraction(const struct dps_text_rules *rules, struct dps_str form,
                                                    int *shape);
/* Bytes of the clitic at the end of `form`, 0 if none. */
size_t dps_rules_clitic(const struct dps_text_rules *rules, struct dps_str form);

struct dps_boundary; /* text_boundary.h */

/* ---- text_split.c ---- */

struct dps_splitter {
    const struct dps_text_rules *rules; /* never NULL */
    struct dps_arena *arena;
    struct dps_str base; /* what offsets count into */
    size_t end;          /* of the block */
    bool one;            /* a title or heading: no sentence ends in it */
    struct dps_token *tokens;
    uint32_t n_tokens, room;
    uint32_t *ends; /* tokens counted at each sentence end */
    uint32_t n_ends, ends_room;
    bool single_open;    /* a single quotation mark is open */
    size_t note_end;     /* a sentence waits for the note that ends here */
    void *boundary_work; /* of text_boundary.c */
    bool failed;         /* out of memory */
};
/* ":-)", ";)": one token. */
bool dps_split_is_smiley(struct dps_str s);
/* A sentence ends behind so many tokens. */
void dps_split_end(struct dps_splitter *splitter, uint32_t tokens);
/* Split base[start .. end): tokens and sentence ends are appended. */
void dps_split_block(struct dps_splitter *splitter, size_t start, size_t end, bool one);

#endif
