/* know_image.c -- check a compiled table before anything is read from it. A hostile or cut file gives an error, never a
 * crash. */
#include "know/know_image.h"

#include "know/know.h"

size_t know_section_size(enum know_section section) {
    static const size_t size[KNOW_SECTIONS] = {
        sizeof(struct know_entity), sizeof(struct know_office),  sizeof(uint32_t), sizeof(uint32_t),
        sizeof(struct know_key),    sizeof(struct know_posting), sizeof(uint32_t), 1};
    return size[section];
}

/* Word-wise, since a whole table is summed at each start. */
uint64_t know_checksum(struct dps_str bytes) {
    uint64_t sum = 0x9E3779B97F4A7C15u ^ bytes.length, word;
    size_t i = 0;
    for (; i + 8 <= bytes.length; i += 8) {
        memcpy(&word, bytes.data + i, 8);
        sum = (sum ^ word) * 0xFF51AFD7ED558CCDu;
        sum ^= sum >> 32;
    }
    word = 0;
    if (i < bytes.length) memcpy(&word, bytes.data + i, bytes.length - i);
    sum = (sum ^ word) * 0xFF51AFD7ED558CCDu;
    return sum ^ sum >> 29;
}

int32_t know_date_pack(struct dps_date d) {
    return d.year * 10000 + d.month * 100 + d.day;
}

struct dps_date know_date_unpack(int32_t p) {
    return (struct dps_date){(int16_t)(p / 10000), (uint8_t)(p / 100 % 100), (uint8_t)(p % 100)};
}

int32_t know_date_last(int32_t to) {
    if (to == 0) return 99991231;
    if (to % 10000 == 0) return to + 1231;
    return to % 100 == 0 ? to + 31 : to;
}

bool know_date_within(int32_t day, int32_t from, int32_t to) {
    return day >= from && day <= know_date_last(to);
}

struct check {
    const struct know_image *image;
    bool bad;
};

static void check_ref(struct check *c, struct know_ref ref) {
    if (ref.offset > c->image->n_strings || ref.length > c->image->n_strings - ref.offset) c->bad = true;
}
static void check_date(struct check *c, int32_t p) {
    if (p < 0 || p > 99991231) c->bad = true;
}
static void check_index(struct check *c, uint32_t index, uint32_t count) {
    if (index >= count) c->bad = true;
}
static void check_range(struct check *c, uint32_t first, uint32_t count, uint32_t all) {
    if (first > all || count > all - first) c->bad = true;
}

static bool image_sound(const struct know_image *image) {
    struct check c = {image, false};
    for (uint32_t i = 0; i < image->n_entities && !c.bad; i++) {
        const struct know_entity *e = &image->entities[i];
        check_ref(&c, e->id), check_ref(&c, e->name), check_ref(&c, e->country), check_ref(&c, e->sector),
            check_ref(&c, e->place_kind);
        check_date(&c, e->from), check_date(&c, e->to);
        check_range(&c, e->first_office, e->n_offices, image->n_offices);
        check_index(&c, e->kind, DPS_ENTITY_PLACE + 1);
    }
    for (uint32_t i = 0; i < image->n_offices && !c.bad; i++) {
        const struct know_office *o = &image->offices[i];
        check_ref(&c, o->office), check_ref(&c, o->country), check_ref(&c, o->sector), check_ref(&c, o->after);
        check_date(&c, o->from), check_date(&c, o->to);
        check_index(&c, o->person, image->n_entities);
        check_index(&c, image->holders[i], image->n_offices);
    }
    for (uint32_t i = 0; i < image->n_entities && !c.bad; i++) check_index(&c, image->ids[i], image->n_entities);
    for (uint32_t i = 0; i < image->n_keys && !c.bad; i++) {
        const struct know_key *k = &image->keys[i];
        check_ref(&c, (struct know_ref){k->offset, k->length});
        check_range(&c, k->first_posting, k->n_postings, image->n_postings);
        if (k->length >= KNOW_MAX_KEY) c.bad = true;
    }
    for (uint32_t i = 0; i < image->n_postings && !c.bad; i++) {
        check_index(&c, image->postings[i].entity, image->n_entities);
        check_index(&c, image->postings[i].alias, DPS_ALIAS_SURNAME + 1);
    }
    bool gap = false; /* I3 */
    for (uint32_t i = 0; i < image->n_slots && !c.bad; i++) {
        if (image->slots[i] == KNOW_NONE)
            gap = true;
        else
            check_index(&c, image->slots[i], image->n_keys);
    }
    return !c.bad && gap && (image->n_slots & (image->n_slots - 1)) == 0;
}

enum dps_status know_image_open(struct know_image *image, struct dps_str block, const char *name,
                                struct dps_error *error) {
    struct know_header h;
    *image = (struct know_image){0};
    if (block.length < sizeof h || memcmp(block.data, KNOW_MAGIC, 8) != 0)
        return dps_error_set(error, DPS_KNOW, "%s: not a compiled knowledge table (make one with dps-know-compile)",
                             name);
    memcpy(&h, block.data, sizeof h);
    if (h.order != KNOW_ORDER)
        return dps_error_set(error, DPS_KNOW, "%s: made on a machine of another byte order; compile it here", name);
    if (h.version != KNOW_VERSION)
        return dps_error_set(error, DPS_KNOW, "%s: format version %u, this program reads %d; compile the tables again",
                             name, h.version, KNOW_VERSION);
    if (h.size != block.length)
        return dps_error_set(error, DPS_KNOW, "%s: %zu bytes, but made with %llu: the file is cut or grown", name,
                             block.length, (unsigned long long)h.size);
    const char *start[KNOW_SECTIONS];
    uint32_t count[KNOW_SECTIONS];
    for (int s = 0; s < KNOW_SECTIONS; s++) {
        uint64_t offset = h.section[s].offset, n = h.section[s].count;
        uint64_t ceiling = s == KNOW_STRINGS ? KNOW_MAX_STRINGS : 16u * KNOW_MAX_ROWS;
        if (n > ceiling || offset < sizeof h || offset % 8 || offset > block.length ||
            n * know_section_size(s) > block.length - offset)
            return dps_error_set(error, DPS_KNOW, "%s: damaged: section %d does not fit the file", name, s);
        start[s] = block.data + offset;
        count[s] = (uint32_t)n;
    }
    if (know_checksum(dps_str_cut(block, sizeof h, block.length)) != h.checksum)
        return dps_error_set(error, DPS_KNOW, "%s: damaged: the checksum differs", name);
    *image = (struct know_image){.entities = (const void *)start[KNOW_ENTITIES],
                                 .offices = (const void *)start[KNOW_OFFICES],
                                 .ids = (const void *)start[KNOW_IDS],
                                 .holders = (const void *)start[KNOW_HOLDERS],
                                 .slots = (const void *)start[KNOW_SLOTS],
                                 .keys = (const void *)start[KNOW_KEYS],
                                 .postings = (const void *)start[KNOW_POSTINGS],
                                 .strings = start[KNOW_STRINGS],
                                 .n_entities = count[KNOW_ENTITIES],
                                 .n_offices = count[KNOW_OFFICES],
                                 .n_keys = count[KNOW_KEYS],
                                 .n_postings = count[KNOW_POSTINGS],
                                 .n_slots = count[KNOW_SLOTS],
                                 .n_strings = count[KNOW_STRINGS]};
    if (count[KNOW_IDS] != count[KNOW_ENTITIES] || count[KNOW_HOLDERS] != count[KNOW_OFFICES] || !image_sound(image))
        return dps_error_set(error, DPS_KNOW, "%s: damaged: a reference points outside the table", name);
    return DPS_OK;
}
