/* know.c -- look-ups by name, by id, by office and date, in the user's table first and then in the shipped one.
 *
 * Names: the words of the text are normalised one by one into a key on the stack; each key is one probe of a hash table
 * that holds all names and all beginnings of names, so the search ends at the first word that begins nothing. Nothing
 * is allocated.
 */
#include "know/know.h"

#include "base/file.h"
#include "know/know_build.h"

#include <stdlib.h>

enum { OWN = 0, SHIPPED = 1, TABLES = 2 };
#define OWN_BIT 0x80000000u /* in dps_entity.index: the row is of the user's table */

struct dps_know {
    struct dps_file file;        /* the shipped table, mapped */
    struct dps_buffer own_bytes; /* the user's, compiled */
    struct know_image image[TABLES];
};

/* ---- opening ---- */

void dps_know_free(struct dps_know *know) {
    if (!know) return;
    dps_file_unmap(&know->file);
    dps_buffer_release(&know->own_bytes);
    free(know);
}

static enum dps_status open_own(struct dps_know *know, const char *own_dir, const char *lang_dir,
                                struct dps_error *error) {
    struct know_sources sources;
    DPS_TRY(know_sources_open(&sources, own_dir, lang_dir, error));
    enum dps_status status = know_build(sources.list, sources.n, &know->image[SHIPPED], &know->own_bytes, error);
    know_sources_release(&sources);
    if (status == DPS_OK) status = know_image_open(&know->image[OWN], dps_buffer_str(&know->own_bytes), own_dir, error);
    return status;
}

static enum dps_status know_open(struct dps_know *know, const char *path, const char *own_dir, const char *lang_dir,
                                 struct dps_error *error) {
    if (path) {
        DPS_TRY(dps_file_map(&know->file, path, error));
        DPS_TRY(know_image_open(&know->image[SHIPPED], know->file.bytes, path, error));
    }
    return own_dir ? open_own(know, own_dir, lang_dir, error) : DPS_OK;
}

enum dps_status dps_know_new(struct dps_know **know, const char *path, const char *own_dir, const char *lang_dir,
                             struct dps_error *error) {
    *know = calloc(1, sizeof **know);
    if (!*know) return dps_error_set(error, DPS_MEMORY, "out of memory opening the knowledge table");
    enum dps_status status = know_open(*know, path, own_dir, lang_dir, error);
    if (status == DPS_OK) return DPS_OK;
    dps_know_free(*know);
    *know = NULL;
    return status;
}

/* ---- rows ---- */

static double degrees(int32_t micro) {
    return micro == KNOW_NO_DEGREES ? 0.0 : (double)micro / 1e6;
}

static void fill_entity(const struct dps_know *know, int table, uint32_t index, struct dps_entity *out) {
    const struct know_image *image = &know->image[table];
    const struct know_entity *e = &image->entities[index];
    *out = (struct dps_entity){.kind = (enum dps_entity_kind)e->kind,
                               .id = know_str(image, e->id),
                               .name = know_str(image, e->name),
                               .country = know_str(image, e->country),
                               .sector = know_str(image, e->sector),
                               .from = know_date_unpack(e->from),
                               .to = know_date_unpack(e->to),
                               .gender = (char)e->gender,
                               .lat = degrees(e->lat),
                               .lon = degrees(e->lon),
                               .located = e->lat != KNOW_NO_DEGREES && e->lon != KNOW_NO_DEGREES,
                               .population = e->population,
                               .place_kind = know_str(image, e->place_kind),
                               .index = index | (table == OWN ? OWN_BIT : 0),
                               .table = know};
    if (e->kind == DPS_ENTITY_PERSON && e->n_offices)
        out->country =
            know_str(image, image->offices[e->first_office + e->n_offices - 1].country); /* of the latest office */
}

uint32_t know_image_find_id(const struct know_image *image, struct dps_str id, bool stubs) {
    uint32_t low = 0, high = image->n_entities;
    while (low < high) { /* the first id that is greater */
        uint32_t middle = low + (high - low) / 2;
        if (dps_str_compare(know_str(image, image->entities[image->ids[middle]].id), id) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) return KNOW_NONE;
    uint32_t index = image->ids[low - 1];
    const struct know_entity *e = &image->entities[index];
    return dps_str_equal(know_str(image, e->id), id) && (stubs || !e->stub) ? index : KNOW_NONE;
}

bool dps_know_by_id(const struct dps_know *know, struct dps_str id, struct dps_entity *entity) {
    for (int t = OWN; t < TABLES; t++) {
        uint32_t index = know_image_find_id(&know->image[t], id, false);
        if (index == KNOW_NONE) continue;
        fill_entity(know, t, index, entity);
        return true;
    }
    return false;
}

bool dps_know_country(const struct dps_know *know, struct dps_str code, struct dps_entity *entity) {
    return code.length == 3 && dps_know_by_id(know, code, entity) && entity->kind == DPS_ENTITY_COUNTRY;
}

bool dps_know_holds(const struct dps_entity *entity, struct dps_date date) {
    if (!dps_date_known(date)) return !dps_date_known(entity->to);
    struct dps_date day = {date.year, date.month ? date.month : 7, date.day ? date.day : 15};
    return know_date_within(know_date_pack(day), know_date_pack(entity->from), know_date_pack(entity->to));
}

/* ---- names ---- */

static const struct know_key *find_key(const struct know_image *image, struct dps_str key) {
    if (image->n_slots == 0) return NULL;
    for (uint32_t at = (uint32_t)dps_str_hash(key) & (image->n_slots - 1);; at = (at + 1) & (image->n_slots - 1)) {
        if (image->slots[at] == KNOW_NONE) return NULL;
        const struct know_key *k = &image->keys[image->slots[at]];
        if (k->length == key.length && memcmp(image->strings + k->offset, key.data, key.length) == 0) return k;
    }
}

struct hit {
    const struct know_key *key[TABLES];
    uint32_t words;
};

static bool already(const struct dps_match *matches, size_t from, size_t n, const struct dps_entity *entity,
                    enum dps_alias_kind alias) {
    for (size_t i = from; i < n; i++)
        if (matches[i].entity.index == entity->index && matches[i].alias == alias) return true;
    return false;
}

/* The readings of one name in one table, behind those that `matches` holds. */
static size_t add_readings(const struct dps_know *know, int table, const struct know_key *key, uint16_t lang,
                           uint8_t look, uint32_t words, struct dps_match *matches, size_t from, size_t n, size_t max) {
    const struct know_image *image = &know->image[table];
    for (uint32_t i = 0; i < key->n_postings && n < max; i++) {
        const struct know_posting *p = &image->postings[key->first_posting + i];
        if ((p->lang && p->lang != lang) || (p->look & ~look)) continue;
        const struct know_entity *e = &image->entities[p->entity];
        if (e->stub ||
            (table == SHIPPED && know_image_find_id(&know->image[OWN], know_str(image, e->id), false) != KNOW_NONE))
            continue; /* the user's row of that id stands for it */
        struct dps_match match = {.alias = (enum dps_alias_kind)p->alias, .n_tokens = words};
        fill_entity(know, table, p->entity, &match.entity);
        if (!already(matches, from, n, &match.entity, match.alias)) matches[n++] = match;
    }
    return n;
}

size_t dps_know_find(const struct dps_know *know, const char *lang, const struct dps_str *forms, size_t n,
                     struct dps_match *matches, size_t max) {
    char key[KNOW_MAX_KEY];
    struct hit hits[KNOW_MAX_WORDS];
    size_t length = 0, n_hits = 0, found = 0;
    for (uint32_t i = 0; i < n && i < KNOW_MAX_WORDS; i++) {
        length = know_norm_append(key, length, forms[i]);
        if (length == 0) break;
        struct hit hit = {.words = i + 1};
        bool longer = false, any = false;
        for (int t = OWN; t < TABLES; t++) {
            hit.key[t] = find_key(&know->image[t], (struct dps_str){key, length});
            if (!hit.key[t]) continue;
            longer |= hit.key[t]->longer != 0;
            any |= hit.key[t]->n_postings != 0;
        }
        if (any) hits[n_hits++] = hit;
        if (!longer) break;
    }
    uint16_t code = know_lang_pack(dps_str_of(lang));
    while (n_hits-- > 0 && found < max) {
        const struct hit *hit = &hits[n_hits];
        uint8_t look = know_norm_look(forms[0], forms[hit->words - 1], hit->words == 1);
        size_t from = found;
        for (int t = OWN; t < TABLES; t++)
            if (hit->key[t])
                found = add_readings(know, t, hit->key[t], code, look, hit->words, matches, from, found, max);
    }
    return found;
}

/* ---- offices ---- */

static void fill_office(const struct know_image *image, const struct know_office *o, bool former,
                        struct dps_office *out) {
    *out = (struct dps_office){.office = know_str(image, o->office),
                               .country = know_str(image, o->country),
                               .sector = know_str(image, o->sector),
                               .from = know_date_unpack(o->from),
                               .to = know_date_unpack(o->to),
                               .rank = o->rank,
                               .former = former};
    if (former) out->sector = o->after.length ? know_str(image, o->after) : DPS_STR("ELI");
}

/* Offices of one person in one table. *held: the highest one held on `day`; *past: the one that ended last before it.
 */
static void scan_offices(const struct know_image *image, struct dps_str id, int32_t day,
                         const struct know_office **held, const struct know_office **past) {
    uint32_t person = know_image_find_id(image, id, true);
    *held = *past = NULL;
    if (person == KNOW_NONE) return;
    const struct know_entity *e = &image->entities[person];
    for (uint32_t i = 0; i < e->n_offices; i++) {
        const struct know_office *o = &image->offices[e->first_office + i];
        if (know_date_within(day, o->from, o->to)) {
            if (!*held || o->rank < (*held)->rank || (o->rank == (*held)->rank && o->from >= (*held)->from)) *held = o;
        } else if (know_date_last(o->to) < day) {
            int32_t end = know_date_last(o->to), best = *past ? know_date_last((*past)->to) : 0;
            if (!*past || end > best || (end == best && o->rank < (*past)->rank)) *past = o;
        }
    }
}

/* A day to compare with: the middle of the month or year where that is all that is known; the end of time for an
 * unknown date. */
static int32_t day_of(struct dps_date date) {
    if (!dps_date_known(date)) return 99991231;
    return know_date_pack((struct dps_date){date.year, date.month ? date.month : 7, date.day ? date.day : 15});
}

bool dps_know_office_on(const struct dps_know *know, const struct dps_entity *person, struct dps_date date,
                        struct dps_office *office) {
    const struct know_office *held, *past, *last = NULL;
    const struct know_image *last_image = NULL;
    if (person->kind != DPS_ENTITY_PERSON) return false;
    for (int t = OWN; t < TABLES; t++) {
        scan_offices(&know->image[t], person->id, day_of(date), &held, &past);
        if (held) {
            fill_office(&know->image[t], held, false, office);
            return true;
        }
        if (past && !last) last = past, last_image = &know->image[t];
    }
    if (!last) return false;
    fill_office(last_image, last, dps_date_known(date),
                office); /* without a date: the latest known, as if still held */
    return true;
}

/* The first office in `holders` that is not before (country, office). */
static uint32_t first_holder(const struct know_image *image, struct dps_str country, struct dps_str office) {
    uint32_t low = 0, high = image->n_offices;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct know_office *o = &image->offices[image->holders[middle]];
        int c = dps_str_compare(know_str(image, o->country), country);
        if (c == 0) c = dps_str_compare(know_str(image, o->office), office);
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Does `later` take over from `earlier`? The parts of the dates that are unknown do not speak against it. */
static bool takes_over(const struct know_office *later, const struct know_office *earlier) {
    return earlier->to != 0 && later->from > earlier->from && know_date_last(later->from) >= earlier->to;
}

/* The one holder on `day`, NULL if there is none or more than one. A member of the government goes before others of the
 * same title: the president of a country before that of its football association. */
static const struct know_office *find_holder(const struct know_image *image, struct dps_str country,
                                             struct dps_str office, int32_t day) {
    const struct know_office *best[2] = {NULL, NULL}; /* of the government, others */
    bool rivals[2] = {false, false};
    for (uint32_t i = first_holder(image, country, office); i < image->n_offices; i++) {
        const struct know_office *o = &image->offices[image->holders[i]];
        if (!dps_str_equal(know_str(image, o->country), country) || !dps_str_equal(know_str(image, o->office), office))
            break;
        if (!o->single || !know_date_within(day, o->from, o->to)) continue;
        int other = !dps_str_is(know_str(image, o->sector), "GOV");
        rivals[other] =
            best[other] && best[other]->person != o->person && !takes_over(o, best[other]); /* sorted by first day */
        best[other] = o;
    }
    int other = best[0] == NULL;
    return rivals[other] ? NULL : best[other];
}

bool dps_know_holder_on(const struct dps_know *know, struct dps_str country, struct dps_str office,
                        struct dps_date date, struct dps_entity *person) {
    for (int t = OWN; t < TABLES; t++) {
        const struct know_image *image = &know->image[t];
        const struct know_office *best = find_holder(image, country, office, day_of(date));
        if (!best) continue;
        const struct know_entity *e = &image->entities[best->person];
        if (e->stub) return dps_know_by_id(know, know_str(image, e->id), person);
        fill_entity(know, t, best->person, person);
        return true;
    }
    return false;
}
