/* model.c -- opens the weights file: header, checksum, directory, each entry. See model.h; docs/models.md has the
 * layout.
 *
 * Nothing read from the file is used as a size or an offset before it has been compared with the file's length.
 */
#include "model/model.h"

#include "base/file.h"

#include <stdlib.h>
#include <zlib.h>

enum { HEADER_SIZE = 64, ENTRY_SIZE = 96, BYTE_ORDER_MARK = 0x01020304 };

struct header {
    char magic[4];
    uint32_t version, order, header_size;
    char lang[DPS_MODEL_LANG];
    uint64_t file_size, directory;
    uint32_t entries, checksum; /* CRC-32 of all bytes behind the header */
    uint32_t header_checksum;   /* CRC-32 of the header's bytes before this field */
    uint32_t reserved[3];
};
struct entry {
    char name[DPS_MODEL_NAME];
    uint32_t type, rank, dims[DPS_MODEL_MAX_RANK];
    uint64_t offset, size, scales; /* scales: offset of the row scales, 0 if none */
    uint64_t reserved;
};
_Static_assert(sizeof(struct header) == HEADER_SIZE, "header layout");
_Static_assert(sizeof(struct entry) == ENTRY_SIZE, "entry layout");

struct dps_model {
    struct dps_file file; /* empty when opened over bytes */
    struct dps_str bytes;
    char *name;
    char lang[DPS_MODEL_LANG + 1];
    uint32_t n;
    char (*names)[DPS_MODEL_NAME];
    struct dps_tensor *tensors;
};

static bool inside(const struct dps_model *m, uint64_t offset, uint64_t size) {
    return offset <= m->bytes.length && size <= m->bytes.length - offset;
}

static uint32_t crc_of(const char *data, size_t length) {
    uLong crc = crc32(0, NULL, 0);
    while (length > 0) { /* zlib counts in 32 bits */
        uInt part = length > (1u << 30) ? 1u << 30 : (uInt)length;
        crc = crc32(crc, (const Bytef *)data, part);
        data += part;
        length -= part;
    }
    return (uint32_t)crc;
}

static enum dps_status check_header(struct dps_model *m, struct header *h, struct dps_error *error) {
    if (m->bytes.length < HEADER_SIZE)
        return dps_error_set(error, DPS_MODEL, "%s: too short for a model (%zu bytes)", m->name, m->bytes.length);
    memcpy(h, m->bytes.data, HEADER_SIZE);
    if (memcmp(h->magic, "DPSM", 4) != 0) return dps_error_set(error, DPS_MODEL, "%s: not a depesche model", m->name);
    if (h->order != BYTE_ORDER_MARK)
        return dps_error_set(error, DPS_MODEL, "%s: written for another byte order", m->name);
    if (h->version != DPS_MODEL_VERSION)
        return dps_error_set(error, DPS_MODEL, "%s: format version %u, this program reads version %d", m->name,
                             h->version, DPS_MODEL_VERSION);
    if (h->header_size != HEADER_SIZE) return dps_error_set(error, DPS_MODEL, "%s: bad header size", m->name);
    if (h->header_checksum != crc_of(m->bytes.data, offsetof(struct header, header_checksum)))
        return dps_error_set(error, DPS_MODEL, "%s: the header is damaged (checksum)", m->name);
    if (h->file_size != m->bytes.length)
        return dps_error_set(error, DPS_MODEL, "%s: %zu bytes, should be %llu (cut short?)", m->name, m->bytes.length,
                             (unsigned long long)h->file_size);
    if (h->entries == 0 || h->entries > DPS_MODEL_MAX_ENTRIES ||
        !inside(m, h->directory, (uint64_t)h->entries * ENTRY_SIZE))
        return dps_error_set(error, DPS_MODEL, "%s: bad directory", m->name);
    if (h->checksum != crc_of(m->bytes.data + HEADER_SIZE, m->bytes.length - HEADER_SIZE))
        return dps_error_set(error, DPS_MODEL, "%s: damaged (checksum)", m->name);
    memcpy(m->lang, h->lang, DPS_MODEL_LANG);
    return DPS_OK;
}

static size_t element_size(uint32_t type) {
    switch (type) {
    case DPS_MODEL_F32:
    case DPS_MODEL_I32:
        return 4;
    case DPS_MODEL_I8:
        return 1;
    default:
        return 0;
    }
}

static bool strings_well_formed(const struct dps_tensor *t, uint64_t size) {
    uint64_t table = ((uint64_t)t->dims[0] + 1) * 4;
    if (t->rank != 1 || size < table) return false;
    const uint32_t *at = t->data;
    if (at[0] != 0) return false;
    for (uint32_t i = 0; i < t->dims[0]; i++)
        if (at[i + 1] < at[i]) return false;
    return at[t->dims[0]] == size - table;
}

static enum dps_status check_entry(struct dps_model *m, uint32_t i, const struct entry *e, struct dps_error *error) {
    struct dps_tensor *t = &m->tensors[i];
    memcpy(m->names[i], e->name, DPS_MODEL_NAME);
    if (memchr(e->name, 0, DPS_MODEL_NAME) == NULL || e->name[0] == 0)
        return dps_error_set(error, DPS_MODEL, "%s: entry %u has no proper name", m->name, i);
    const char *name = m->names[i];
    if (e->rank == 0 || e->rank > DPS_MODEL_MAX_RANK || e->offset % DPS_MODEL_ALIGN != 0 ||
        !inside(m, e->offset, e->size))
        return dps_error_set(error, DPS_MODEL, "%s: '%s' lies outside the file", m->name, name);
    t->type = (enum dps_model_type)e->type;
    t->rank = e->rank;
    t->data = m->bytes.data + e->offset;
    uint64_t count = 1;
    for (uint32_t d = 0; d < e->rank; d++) {
        t->dims[d] = e->dims[d];
        if (e->dims[d] == 0 || count > m->bytes.length / e->dims[d])
            return dps_error_set(error, DPS_MODEL, "%s: '%s' has impossible dimensions", m->name, name);
        count *= e->dims[d];
    }
    t->count = (size_t)count;
    if (e->type == DPS_MODEL_STRINGS) {
        if (!strings_well_formed(t, e->size))
            return dps_error_set(error, DPS_MODEL, "%s: list '%s' is malformed", m->name, name);
        return DPS_OK;
    }
    size_t one = element_size(e->type);
    if (one == 0) return dps_error_set(error, DPS_MODEL, "%s: '%s' is of unknown type %u", m->name, name, e->type);
    if (count * one != e->size)
        return dps_error_set(error, DPS_MODEL, "%s: the size of '%s' does not agree with its dimensions", m->name,
                             name);
    if (e->type == DPS_MODEL_I8) {
        if (e->scales % DPS_MODEL_ALIGN != 0 || !inside(m, e->scales, (uint64_t)e->dims[0] * 4))
            return dps_error_set(error, DPS_MODEL, "%s: the scales of '%s' lie outside the file", m->name, name);
        t->scales = (const float *)(const void *)(m->bytes.data + e->scales);
    }
    return DPS_OK;
}

static enum dps_status check_all(struct dps_model *m, struct dps_error *error) {
    struct header h;
    DPS_TRY(check_header(m, &h, error));
    m->n = h.entries;
    m->names = calloc(m->n, sizeof *m->names);
    m->tensors = calloc(m->n, sizeof *m->tensors);
    if (!m->names || !m->tensors) return dps_error_set(error, DPS_MEMORY, "%s: out of memory", m->name);
    for (uint32_t i = 0; i < m->n; i++) {
        struct entry e;
        memcpy(&e, m->bytes.data + h.directory + (size_t)i * ENTRY_SIZE, ENTRY_SIZE);
        DPS_TRY(check_entry(m, i, &e, error));
    }
    return DPS_OK;
}

static struct dps_model *model_new(const char *name) {
    struct dps_model *m = calloc(1, sizeof *m);
    if (!m) return NULL;
    m->name = malloc(strlen(name) + 1);
    if (!m->name) {
        free(m);
        return NULL;
    }
    memcpy(m->name, name, strlen(name) + 1);
    return m;
}

enum dps_status dps_model_open_bytes(struct dps_model **model, struct dps_str bytes, const char *name,
                                     struct dps_error *error) {
    *model = NULL;
    struct dps_model *m = model_new(name);
    if (!m) return dps_error_set(error, DPS_MEMORY, "%s: out of memory", name);
    m->bytes = bytes;
    enum dps_status status = check_all(m, error);
    if (status != DPS_OK) {
        dps_model_close(m);
        return status;
    }
    *model = m;
    return DPS_OK;
}

enum dps_status dps_model_open(struct dps_model **model, const char *path, struct dps_error *error) {
    *model = NULL;
    struct dps_file file;
    DPS_TRY(dps_file_map(&file, path, error));
    enum dps_status status = dps_model_open_bytes(model, file.bytes, path, error);
    if (status != DPS_OK) {
        dps_file_unmap(&file);
        return status;
    }
    (*model)->file = file;
    return DPS_OK;
}

void dps_model_close(struct dps_model *m) {
    if (!m) return;
    if (m->file.map) dps_file_unmap(&m->file);
    free(m->names);
    free(m->tensors);
    free(m->name);
    free(m);
}

const char *dps_model_lang(const struct dps_model *m) {
    return m->lang;
}
const char *dps_model_name(const struct dps_model *m) {
    return m->name;
}

const struct dps_tensor *dps_model_tensor(const struct dps_model *m, const char *name) {
    for (uint32_t i = 0; i < m->n; i++)
        if (strcmp(m->names[i], name) == 0) return &m->tensors[i];
    return NULL;
}

enum dps_status dps_model_need(const struct dps_model *m, const char *name, enum dps_model_type type, uint32_t rank,
                               const uint32_t *dims, const struct dps_tensor **tensor, struct dps_error *error) {
    const struct dps_tensor *t = dps_model_tensor(m, name);
    *tensor = t;
    if (!t) return dps_error_set(error, DPS_MODEL, "%s: has no '%s'", m->name, name);
    if (t->type != type || t->rank != rank)
        return dps_error_set(error, DPS_MODEL, "%s: '%s' is of another type than this program expects", m->name, name);
    for (uint32_t d = 0; d < rank; d++)
        if (dims && dims[d] && dims[d] != t->dims[d])
            return dps_error_set(error, DPS_MODEL, "%s: '%s' has %u rows or columns where %u are needed", m->name, name,
                                 t->dims[d], dims[d]);
    return DPS_OK;
}

struct dps_str dps_model_string(const struct dps_tensor *list, uint32_t i) {
    if (list->type != DPS_MODEL_STRINGS || i >= list->dims[0]) return (struct dps_str){NULL, 0};
    const uint32_t *at = list->data;
    const char *bytes = (const char *)(at + list->dims[0] + 1);
    return (struct dps_str){bytes + at[i], at[i + 1] - at[i]};
}
