/* know_image.h -- the compiled knowledge table: its layout in the file and in memory (the same bytes), private to
 * src/know.
 *
 * An image is one block of little-endian data, mapped read-only or held on the heap:
 *   header | entities | offices | ids | holders | keys | postings | slots | strings
 * Every reference is an offset or an index, so that the block needs no fixing up. know_image_check() looks at all of
 * them once when a table is opened; the look-ups then trust it.
 *
 * I1: each ref lies within `strings`; each index within its section.
 * I2: the offices of an entity are consecutive, sorted by their first day. `ids` is sorted by id, `holders` by country,
 * office, first day. I3: `slots` is a power of two, holds key numbers or KNOW_NONE, and at least one KNOW_NONE: a probe
 * ends. I4: a key's postings are consecutive, the likeliest reading first.
 */
#ifndef DPS_KNOW_IMAGE_H
#define DPS_KNOW_IMAGE_H

#include "base/date.h"
#include "base/status.h"
#include "base/str.h"

enum {
    KNOW_VERSION = 4,
    KNOW_ORDER = 0x01020304,   /* reads differently on a machine of the other byte order */
    KNOW_MAX_KEY = 200,        /* bytes of a normalised name; the longest shipped has 95 */
    KNOW_MAX_WORDS = 24,       /* tokens of a name, hyphens and dots counted */
    KNOW_MAX_ROWS = 4000000,   /* rows of one table: far above any use, below every overflow */
    KNOW_MAX_STRINGS = 1 << 30 /* bytes of all strings */
};
#define KNOW_NONE       UINT32_MAX
#define KNOW_NO_DEGREES INT32_MIN /* no coordinate */
#define KNOW_MAGIC      "DPSKNOW\n"

struct know_ref {
    uint32_t offset, length; /* bytes of the section `strings` */
};

struct know_entity {
    struct know_ref id, name, country, sector, place_kind;
    int32_t from, to; /* packed dates, 0 unknown */
    int32_t lat, lon; /* millionths of a degree, KNOW_NO_DEGREES */
    uint32_t population;
    uint32_t first_office, n_offices;
    uint8_t kind, gender, stub /* only holds offices for a person of the table below */, unused;
};

struct know_office {
    struct know_ref office, country, sector, after; /* after: the sector once all terms are over */
    int32_t from, to;
    uint32_t person;
    uint32_t rank;   /* lower is higher */
    uint32_t single; /* 1: one at a time in a country */
};

struct know_key {
    uint32_t offset;
    uint16_t length;
    uint16_t n_postings;
    uint32_t first_posting;
    uint32_t longer; /* 1: a longer name begins with these words */
};

/* What the text must look like for the alias to count. */
enum { KNOW_FIRST_UPPER = 1, KNOW_LAST_UPPER = 2, KNOW_NO_LOWER = 4, KNOW_TWO_UPPER = 8, KNOW_HAS_LOWER = 16 };

struct know_posting {
    uint32_t entity;
    uint16_t lang; /* know_lang_pack, 0: every language */
    uint8_t alias; /* enum dps_alias_kind */
    uint8_t look;
};

enum know_section {
    KNOW_ENTITIES,
    KNOW_OFFICES,
    KNOW_IDS,
    KNOW_HOLDERS,
    KNOW_KEYS,
    KNOW_POSTINGS,
    KNOW_SLOTS,
    KNOW_STRINGS,
    KNOW_SECTIONS
};

struct know_header {
    char magic[8];
    uint32_t version, order;
    uint64_t size, checksum; /* of the whole block; of all bytes behind the header */
    struct {
        uint64_t offset, count;
    } section[KNOW_SECTIONS];
};

/* A checked image. All pointers are borrowed from the block. */
struct know_image {
    const struct know_entity *entities;
    const struct know_office *offices;
    const uint32_t *ids, *holders, *slots;
    const struct know_key *keys;
    const struct know_posting *postings;
    const char *strings;
    uint32_t n_entities, n_offices, n_keys, n_postings, n_slots;
    uint32_t n_strings;
};

size_t know_section_size(enum know_section section); /* of one element */
uint64_t know_checksum(struct dps_str bytes);
/* `block` must be aligned to 8 bytes and live as long as the image. `name` is for messages. */
enum dps_status know_image_open(struct know_image *image, struct dps_str block, const char *name,
                                struct dps_error *error);

static inline struct dps_str know_str(const struct know_image *image, struct know_ref ref) {
    return (struct dps_str){image->strings + ref.offset, ref.length};
}

/* ---- dates as numbers: 20220121; unknown parts are 00 ---- */
int32_t know_date_pack(struct dps_date date);
struct dps_date know_date_unpack(int32_t packed);
/* Is `day` (packed, whole) within from..to? An end without day or month reaches to the end of that month or year. */
bool know_date_within(int32_t day, int32_t from, int32_t to);
/* The last day of a packed end; 99991231 for an open one. */
int32_t know_date_last(int32_t to);

/* ---- names ---- */

/* "de" -> a number; 0 for anything but 2 or 3 small letters. */
uint16_t know_lang_pack(struct dps_str code);

/* Append one word to a normalised name (composed, case-folded, apostrophes and hyphens of one kind; a space between
 * words, none beside hyphens, apostrophes and the like, so that it does not matter how a tokenizer parts them). Returns
 * the new length, or 0 if the word is not valid UTF-8 or there is no room. Takes no memory. */
size_t know_norm_append(char key[KNOW_MAX_KEY], size_t length, struct dps_str word);
/* Parts of a key may end at `at`: a shorter name may end or a tokenizer may part there. */
bool know_norm_boundary(struct dps_str key, size_t at);
/* Upper-case looks of a text (KNOW_* bits that it meets), first and last being its words. */
uint8_t know_norm_look(struct dps_str first, struct dps_str last, bool one_word);

#endif
