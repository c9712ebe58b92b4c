/* event_frames.c -- the frame compiler: lang/<code>/frames/\*.frames -> struct dps_frames.
 *
 * In: text files of blocks (docs/frames.md gives the grammar). Out: frames, anchors hashed by lemma, word lists, cues,
 * examples. One pass over the lines, no back-tracking. Errors name file, line and column and say what was expected.
 * Limits: those of struct dps_role and the ceilings below; reaching one is an error, nothing is cut silently.
 */
#include "event/event_frames.h"

#include "base/file.h"
#include "base/utf8.h"
#include "event/event_scale.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    MAX_BYTES = 256 * 1024 * 1024, /* compiled frames of a language; the shipped ones need some 5 MB */
    MAX_LIST = 4000,               /* words in one list */
    MAX_CONDITIONS = 24,           /* need/not lines of one frame */
    MAX_LABELS = 48                /* mode or context lines of one block */
};

static const char *const SLOT_NAMES[DPS_SLOT_COUNT] = {"subj",      "obj",     "iobj",    "obl",     "clause",
                                                       "of",        "party",   "speaker", "self",    "actor",
                                                       "recipient", "content", "trigger", "sentence"};

enum block { BLOCK_NONE, BLOCK_FRAME, BLOCK_MODES, BLOCK_CONTEXTS, BLOCK_LIGHT, BLOCK_CUE };

struct compiler {
    struct dps_frames *out;
    struct dps_arena *arena;
    struct dps_error *error;
    const char *file;
    unsigned line;
    struct dps_str text; /* the current line, for columns */
    bool own;
    enum block block;
    /* the open frame */
    struct dps_frame *frame;
    struct dps_condition conditions[MAX_CONDITIONS];
    struct dps_label modes[MAX_LABELS], contexts[MAX_LABELS];
    unsigned n_conditions, n_modes, n_contexts;
    /* the open modes block */
    struct dps_words types;
    uint32_t cue_bit;
    /* growing results */
    size_t cap_frames, cap_anchors, cap_examples, cap_rules, cap_contexts, n_cues, cap_cues;
    struct cue_word {
        struct dps_str word;
        uint32_t bits;
    } * cue_list;
};

static enum dps_status fail(struct compiler *c, struct dps_str at, const char *message) {
    size_t column = at.data && at.data >= c->text.data && at.data <= c->text.data + c->text.length
                        ? (size_t)(at.data - c->text.data) + 1
                        : 1;
    return dps_error_set(c->error, DPS_FRAMES, "%s:%u:%zu: %s", c->file, c->line, column, message);
}
static enum dps_status fail_word(struct compiler *c, struct dps_str at, const char *before, const char *after) {
    char message[256];
    snprintf(message, sizeof message, "%s '%.*s'%s", before, (int)(at.length < 60 ? at.length : 60),
             at.data ? at.data : "", after);
    return fail(c, at, message);
}
static enum dps_status no_memory(struct compiler *c) {
    return dps_error_set(c->error, DPS_MEMORY, "%s: out of memory compiling frames", c->file);
}

/* An arena array with room for one more element; its capacity doubles. NULL: no memory. */
static void *with_room(struct compiler *c, const void *array, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) return (void *)array;
    *capacity = *capacity ? *capacity * 2 : 64;
    return dps_arena_grow(c->arena, array, count, *capacity, size);
}
/* Append a value to such an array: false when memory ran out. */
#define PUSH(c, array, count, capacity, type, value)                                                                   \
    ((array) = with_room((c), (array), (count), &(capacity), sizeof(type)),                                            \
     (array) ? (((type *)(array))[(count)++] = (value), true) : false)

/* ---- words and lists ---- */

static enum dps_status read_word(struct compiler *c, struct dps_str raw, struct dps_word *word) {
    raw = dps_str_trim(raw);
    *word = (struct dps_word){0};
    struct dps_str core = raw;
    if (core.length && core.data[0] == '*') {
        word->any_before = true;
        core = dps_str_cut(core, 1, core.length);
    }
    if (core.length && core.data[core.length - 1] == '*') {
        word->any_after = true;
        core = dps_str_cut(core, 0, core.length - 1);
    }
    if (!core.length) return fail(c, raw, "a word is missing (a stray comma or star?)");
    word->text = dps_utf8_fold(c->arena, core);
    return word->text.data ? DPS_OK : no_memory(c);
}

static enum dps_status read_words(struct compiler *c, struct dps_str list, char separator, struct dps_words *words) {
    unsigned n = 1;
    for (size_t i = 0; i < list.length; i++) n += list.data[i] == separator;
    if (n > MAX_LIST) return fail(c, list, "the list is too long");
    struct dps_word *array = DPS_NEW(c->arena, n, struct dps_word);
    if (!array) return no_memory(c);
    struct dps_str part;
    unsigned i = 0;
    while (dps_str_split(&list, separator, &part)) DPS_TRY(read_word(c, part, &array[i++]));
    *words = (struct dps_words){array, (uint16_t)i};
    return DPS_OK;
}

bool dps_words_have(struct dps_words words, struct dps_str word) {
    for (unsigned i = 0; i < words.count; i++) {
        const struct dps_word *w = &words.words[i];
        if (w->text.length > word.length) continue;
        if (w->any_before && w->any_after) {
            if (memmem(word.data, word.length, w->text.data, w->text.length)) return true;
        } else if (w->any_before) {
            if (dps_str_ends(word, w->text)) return true;
        } else if (w->any_after) {
            if (dps_str_starts(word, w->text)) return true;
        } else if (dps_str_equal(word, w->text))
            return true;
    }
    return false;
}

/* ---- slots, roles, conditions ---- */

static enum dps_status read_step(struct compiler *c, struct dps_str raw, struct dps_step *step) {
    raw = dps_str_trim(raw);
    struct dps_str name = raw, rest = raw;
    dps_str_split(&rest, ':', &name);
    *step = (struct dps_step){.slot = DPS_SLOT_COUNT};
    for (unsigned i = 0; i < DPS_SLOT_COUNT; i++)
        if (dps_str_is(name, SLOT_NAMES[i])) step->slot = (uint8_t)i;
    if (step->slot == DPS_SLOT_COUNT)
        return fail_word(c, raw, "unknown slot",
                         " (known: subj, obj, iobj, obl:WORD, clause, of, party, speaker, self, actor, recipient, "
                         "content, trigger, sentence)");
    if (!rest.data) return DPS_OK;
    if (step->slot != DPS_SLOT_OBL) return fail_word(c, raw, "only obl takes a preposition, not", "");
    return read_words(c, rest, '/', &step->preps);
}

static enum dps_status read_path(struct compiler *c, struct dps_str raw, struct dps_path *path) {
    *path = (struct dps_path){0};
    struct dps_str part;
    while (dps_str_split(&raw, '>', &part)) {
        if (path->count == 4) return fail(c, part, "a path has at most four steps");
        DPS_TRY(read_step(c, part, &path->steps[path->count++]));
    }
    return DPS_OK;
}

static enum dps_status read_role(struct compiler *c, struct dps_str raw, struct dps_role *role) {
    *role = (struct dps_role){0};
    struct dps_str alternative, path;
    while (dps_str_split(&raw, ',', &alternative)) {
        if (role->count == 8) return fail(c, alternative, "a role has at most eight alternatives");
        struct dps_alternative *a = &role->alternatives[role->count++];
        while (dps_str_split(&alternative, '+', &path)) {
            if (a->count == 3) return fail(c, path, "at most three slots are joined by '+'");
            DPS_TRY(read_path(c, path, &a->paths[a->count++]));
        }
    }
    return DPS_OK;
}

/* The first blank-separated word of *rest, which moves behind it. */
static struct dps_str first_word(struct dps_str *rest) {
    *rest = dps_str_trim(*rest);
    size_t n = 0;
    while (n < rest->length && rest->data[n] != ' ' && rest->data[n] != '\t') n++;
    struct dps_str word = dps_str_cut(*rest, 0, n);
    *rest = dps_str_trim(dps_str_cut(*rest, n, rest->length));
    return word;
}

/* "SLOT", "SLOT has A, B", "SLOT is actor|place|GOV, MIL" */
static enum dps_status read_condition(struct compiler *c, struct dps_str raw, bool forbid,
                                      struct dps_condition *condition) {
    *condition = (struct dps_condition){.forbid = forbid};
    condition->source = dps_arena_copy(c->arena, raw.data, raw.length);
    if (!condition->source) return no_memory(c);
    struct dps_str slot = first_word(&raw);
    if (!slot.length) return fail(c, c->text, "a slot is missing");
    DPS_TRY(read_path(c, slot, &condition->slot));
    if (!raw.length) {
        condition->test = DPS_TEST_FILLED;
        return DPS_OK;
    }
    struct dps_str test = first_word(&raw);
    if (!raw.length) return fail(c, test, "a list is missing");
    if (dps_str_is(test, "has")) {
        condition->test = DPS_TEST_HAS;
        return read_words(c, raw, ',', &condition->words);
    }
    if (!dps_str_is(test, "is")) return fail_word(c, test, "expected 'has' or 'is', not", "");
    condition->test = dps_str_is(raw, "actor")   ? DPS_TEST_ACTOR
                      : dps_str_is(raw, "place") ? DPS_TEST_PLACE
                                                 : DPS_TEST_SECTOR;
    if (condition->test != DPS_TEST_SECTOR) return DPS_OK;
    return read_words(c, raw, ',', &condition->words);
}

/* "NAME" or "NAME if CONDITION" */
static enum dps_status read_label(struct compiler *c, struct dps_str raw, struct dps_label *label) {
    struct dps_str name = first_word(&raw);
    if (!name.length) return fail(c, c->text, "a name is missing");
    *label = (struct dps_label){.name = {dps_arena_copy(c->arena, name.data, name.length), name.length}};
    if (!label->name.data) return no_memory(c);
    if (!raw.length) return DPS_OK;
    struct dps_str word = first_word(&raw);
    if (!dps_str_is(word, "if")) return fail_word(c, word, "expected 'if', not", "");
    struct dps_condition *condition = DPS_NEW(c->arena, 1, struct dps_condition);
    if (!condition) return no_memory(c);
    label->condition = condition;
    return read_condition(c, raw, false, condition);
}

/* ---- anchors ---- */

static enum dps_status add_anchor(struct compiler *c, enum dps_anchor_kind kind, struct dps_str raw) {
    struct dps_anchor anchor = {.kind = kind, .frame = c->frame, .next = -1};
    raw = dps_str_trim(raw);
    struct dps_str core = raw;
    if (core.length && core.data[0] == '*') {
        anchor.longer = true;
        core = dps_str_cut(core, 1, core.length);
    }
    struct dps_str word = core, mark = core;
    dps_str_split(&mark, ':', &word);
    if (mark.data) {
        if (kind != DPS_ANCHOR_NOUN || !(dps_str_is(mark, "obj") || dps_str_is(mark, "mixed")))
            return fail_word(c, mark, "only nouns take ':obj' or ':mixed', not", "");
        anchor.genitive = dps_str_is(mark, "obj") ? DPS_GENITIVE_OBJECT : DPS_GENITIVE_MIXED;
        core = word;
    }
    if (!core.length) return fail(c, raw, "a word is missing (a stray comma or star?)");
    anchor.lemma = dps_utf8_fold(c->arena, core);
    if (!anchor.lemma.data) return no_memory(c);
    return PUSH(c, c->out->anchors, c->out->n_anchors, c->cap_anchors, struct dps_anchor, anchor) ? DPS_OK
                                                                                                  : no_memory(c);
}

static enum dps_status add_anchors(struct compiler *c, enum dps_anchor_kind kind, struct dps_str list) {
    struct dps_str part;
    while (dps_str_split(&list, ',', &part)) DPS_TRY(add_anchor(c, kind, part));
    return DPS_OK;
}

/* ---- the attributes of a frame ---- */

static enum dps_status read_number(struct compiler *c, struct dps_str raw, double low, double high, double *value) {
    char text[32], *end;
    snprintf(text, sizeof text, "%.*s", (int)(raw.length < 31 ? raw.length : 31), raw.data ? raw.data : "");
    *value = strtod(text, &end);
    if (end == text || *end || !(*value >= low && *value <= high))
        return fail_word(c, raw, "not a number in range:", "");
    return DPS_OK;
}

static enum dps_status add_example(struct compiler *c, struct dps_str raw, bool yes) {
    struct dps_frame_example example = {.frame = c->frame->name, .yes = yes, .line = c->line};
    example.file = dps_str_of(c->file);
    struct dps_str sentence = raw;
    if (yes) {
        const char *arrow = raw.data ? memmem(raw.data, raw.length, "->", 2) : NULL;
        if (!arrow) return fail(c, raw, "a yes line needs '-> ACTOR TYPE RECIPIENT' behind the sentence");
        sentence = dps_str_trim(dps_str_cut(raw, 0, (size_t)(arrow - raw.data)));
        struct dps_str expected = dps_str_trim(dps_str_cut(raw, (size_t)(arrow - raw.data) + 2, raw.length));
        example.expected = (struct dps_str){dps_arena_copy(c->arena, expected.data, expected.length), expected.length};
        if (!example.expected.data) return no_memory(c);
    }
    if (!sentence.length) return fail(c, raw, "the sentence is missing");
    example.sentence = (struct dps_str){dps_arena_copy(c->arena, sentence.data, sentence.length), sentence.length};
    if (!example.sentence.data) return no_memory(c);
    return PUSH(c, c->out->examples, c->out->n_examples, c->cap_examples, struct dps_frame_example, example)
               ? DPS_OK
               : no_memory(c);
}

static enum dps_status read_status(struct compiler *c, struct dps_str raw) {
    for (int i = 0; i < DPS_EVENT_STATUS_COUNT; i++)
        if (dps_str_is(raw, dps_event_status_name((enum dps_event_status)i))) {
            c->frame->status = (int8_t)i;
            return DPS_OK;
        }
    return fail_word(c, raw, "unknown status", " (known: actual, negated, future, hypothetical, historical)");
}

static enum dps_status add_label(struct compiler *c, struct dps_str raw, struct dps_label *labels, unsigned *count) {
    if (*count == MAX_LABELS) return fail(c, raw, "too many mode or context lines in one block");
    return read_label(c, raw, &labels[(*count)++]);
}

static enum dps_status frame_attribute(struct compiler *c, struct dps_str key, struct dps_str value) {
    struct dps_frame *f = c->frame;
    double number;
    if (dps_str_is(key, "lemma")) return add_anchors(c, DPS_ANCHOR_VERB, value);
    if (dps_str_is(key, "noun")) return add_anchors(c, DPS_ANCHOR_NOUN, value);
    if (dps_str_is(key, "adj")) return add_anchors(c, DPS_ANCHOR_ADJ, value);
    if (dps_str_is(key, "aux")) return add_anchors(c, DPS_ANCHOR_AUX, value);
    if (dps_str_is(key, "type")) {
        f->type = (struct dps_str){dps_arena_copy(c->arena, value.data, value.length), value.length};
        return f->type.data ? DPS_OK : no_memory(c);
    }
    if (dps_str_is(key, "actor")) return read_role(c, value, &f->actor);
    if (dps_str_is(key, "recipient")) return read_role(c, value, &f->recipient);
    if (dps_str_is(key, "content")) return read_role(c, value, &f->content);
    if (dps_str_is(key, "need") || dps_str_is(key, "not")) {
        if (c->n_conditions == MAX_CONDITIONS) return fail(c, key, "too many need and not lines");
        return read_condition(c, value, dps_str_is(key, "not"), &c->conditions[c->n_conditions++]);
    }
    if (dps_str_is(key, "mode")) return add_label(c, value, c->modes, &c->n_modes);
    if (dps_str_is(key, "context")) return add_label(c, value, c->contexts, &c->n_contexts);
    if (dps_str_is(key, "status")) return read_status(c, value);
    if (dps_str_is(key, "borrow")) return (f->borrow = true, DPS_OK);
    if (dps_str_is(key, "mutual")) return (f->mutual = true, DPS_OK);
    if (dps_str_is(key, "beside")) return (f->beside = true, DPS_OK);
    if (dps_str_is(key, "agent")) {
        if (!dps_str_is(value, "no")) return fail_word(c, value, "expected 'no', not", "");
        return (f->agent_free = true, DPS_OK);
    }
    if (dps_str_is(key, "cameo")) {
        f->cameo = (struct dps_str){dps_arena_copy(c->arena, value.data, value.length), value.length};
        return f->cameo.data ? DPS_OK : no_memory(c);
    }
    if (dps_str_is(key, "parties")) {
        DPS_TRY(read_number(c, value, 0, 9, &number));
        return (f->parties = (uint8_t)number, DPS_OK);
    }
    if (dps_str_is(key, "quad")) {
        DPS_TRY(read_number(c, value, 1, 4, &number));
        return (f->quad = (int)number, DPS_OK);
    }
    if (dps_str_is(key, "priority")) {
        DPS_TRY(read_number(c, value, -99, 99, &number));
        return (f->priority = (int)number, DPS_OK);
    }
    if (dps_str_is(key, "score")) return read_number(c, value, -10, 10, &f->score);
    if (dps_str_is(key, "confidence")) return read_number(c, value, 0, 1, &f->confidence);
    if (dps_str_is(key, "yes")) return add_example(c, value, true);
    if (dps_str_is(key, "no")) return add_example(c, value, false);
    return fail_word(c, key, "unknown attribute", " (see docs/frames.md)");
}

/* ---- blocks ---- */

static void *keep(struct compiler *c, const void *array, size_t count, size_t size) {
    return dps_arena_grow(c->arena, array, count, count ? count : 1, size);
}

/* Close the open frame: its lists move from the compiler into the arena. */
static enum dps_status close_block(struct compiler *c) {
    enum block block = c->block;
    c->block = BLOCK_NONE;
    if (block == BLOCK_MODES) {
        const struct dps_label *labels = keep(c, c->modes, c->n_modes, sizeof *c->modes);
        if (!labels) return no_memory(c);
        for (unsigned i = 0; i < c->types.count; i++) {
            struct dps_type_rules rules = {c->types.words[i].text, labels, (uint16_t)c->n_modes};
            if (!PUSH(c, c->out->type_rules, c->out->n_type_rules, c->cap_rules, struct dps_type_rules, rules))
                return no_memory(c);
        }
        return DPS_OK;
    }
    if (block != BLOCK_FRAME) return DPS_OK;
    struct dps_frame *f = c->frame;
    if (!f->type.length)
        return dps_error_set(c->error, DPS_FRAMES, "%s:%u: frame '%.*s' has no type", c->file, f->line,
                             DPS_STR_ARG(f->name));
    const struct dps_type_scale *scale = dps_scale_type(f->type);
    if (!scale && (!f->quad || isnan(f->score)))
        return dps_error_set(c->error, DPS_FRAMES,
                             "%s:%u: '%.*s' is none of the sixteen types; a type of your own needs quad and score",
                             c->file, f->line, DPS_STR_ARG(f->type));
    f->conditions = keep(c, c->conditions, c->n_conditions, sizeof *c->conditions);
    f->modes = keep(c, c->modes, c->n_modes, sizeof *c->modes);
    f->contexts = keep(c, c->contexts, c->n_contexts, sizeof *c->contexts);
    if (!f->conditions || !f->modes || !f->contexts) return no_memory(c);
    f->n_conditions = (uint16_t)c->n_conditions;
    f->n_modes = (uint16_t)c->n_modes;
    f->n_contexts = (uint16_t)c->n_contexts;
    for (unsigned i = 0; scale && i < c->n_modes; i++)
        if (!dps_scale_mode(f->type, f->modes[i].name))
            return dps_error_set(c->error, DPS_FRAMES, "%s:%u: frame '%.*s': type %.*s has no mode '%.*s'", c->file,
                                 f->line, DPS_STR_ARG(f->name), DPS_STR_ARG(f->type), DPS_STR_ARG(f->modes[i].name));
    return DPS_OK;
}

static enum dps_status open_frame(struct compiler *c, struct dps_str name) {
    if (!name.length) return fail(c, c->text, "a frame needs a name: frame NAME");
    struct dps_frame *f = DPS_NEW(c->arena, 1, struct dps_frame);
    size_t code = strlen(c->out->code);
    char *full = dps_arena_take(c->arena, code + name.length + 2);
    if (!f || !full) return no_memory(c);
    memcpy(full, c->out->code, code);
    full[code] = '/';
    memcpy(full + code + 1, name.data, name.length);
    *f = (struct dps_frame){.name = {full, code + 1 + name.length},
                            .score = NAN,
                            .confidence = 0.8,
                            .status = -1,
                            .own = c->own,
                            .order = (uint32_t)c->out->n_frames,
                            .file = dps_str_of(c->file),
                            .line = c->line};
    for (size_t i = 0; i < c->out->n_frames; i++)
        if (dps_str_equal(c->out->frames[i]->name, f->name) && c->out->frames[i]->own == c->own)
            return fail_word(c, name, "a second frame named", "; give it another number");
    if (!PUSH(c, c->out->frames, c->out->n_frames, c->cap_frames, const struct dps_frame *, f)) return no_memory(c);
    c->frame = f;
    c->n_conditions = c->n_modes = c->n_contexts = 0;
    c->block = BLOCK_FRAME;
    return DPS_OK;
}

static enum dps_status open_block(struct compiler *c, struct dps_str line) {
    DPS_TRY(close_block(c));
    struct dps_str rest = line, key = first_word(&rest);
    if (dps_str_is(key, "frame")) return open_frame(c, rest);
    if (dps_str_is(key, "modes")) {
        c->block = BLOCK_MODES;
        c->n_modes = 0;
        DPS_TRY(read_words(c, rest, ',', &c->types));
        return DPS_OK;
    }
    if (dps_str_is(key, "contexts")) return (c->block = BLOCK_CONTEXTS, DPS_OK);
    if (dps_str_is(key, "light")) return (c->block = BLOCK_LIGHT, c->cue_bit = 1u << DPS_LIGHT_BIT, DPS_OK);
    if (dps_str_is(key, "cue")) {
        static const char *const names[] = {
#define DPS_CUE_NAME(name) #name,
            DPS_CUE_MAP(DPS_CUE_NAME)
#undef DPS_CUE_NAME
        };
        for (unsigned i = 0; i < DPS_CUE_COUNT; i++)
            if (dps_str_is(rest, names[i])) return (c->block = BLOCK_CUE, c->cue_bit = 1u << i, DPS_OK);
        return fail_word(c, rest, "unknown cue", " (see the list in docs/frames.md)");
    }
    return fail_word(c, key, "expected frame, modes, contexts, light or cue, not", " (attributes are indented)");
}

static enum dps_status add_cues(struct compiler *c, struct dps_str list) {
    struct dps_words words;
    DPS_TRY(read_words(c, list, ',', &words));
    for (unsigned i = 0; i < words.count; i++) {
        struct cue_word word = {words.words[i].text, c->cue_bit};
        if (!PUSH(c, c->cue_list, c->n_cues, c->cap_cues, struct cue_word, word)) return no_memory(c);
    }
    if (c->cue_bit == 1u << DPS_CUE_particle_joined) c->out->particle_joined = true;
    return DPS_OK;
}

static enum dps_status attribute(struct compiler *c, struct dps_str line) {
    struct dps_str rest = line, key = first_word(&rest);
    switch (c->block) {
    case BLOCK_FRAME:
        return frame_attribute(c, key, rest);
    case BLOCK_MODES:
        return add_label(c, dps_str_trim(line), c->modes, &c->n_modes);
    case BLOCK_CONTEXTS: {
        struct dps_label label;
        DPS_TRY(read_label(c, dps_str_trim(line), &label));
        return PUSH(c, c->out->contexts, c->out->n_contexts, c->cap_contexts, struct dps_label, label) ? DPS_OK
                                                                                                       : no_memory(c);
    }
    case BLOCK_LIGHT:
        if (!dps_str_is(key, "lemma")) return fail_word(c, key, "a light block has lemma lines, not", "");
        return add_cues(c, rest);
    case BLOCK_CUE:
        if (!dps_str_is(key, "word")) return fail_word(c, key, "a cue block has word lines, not", "");
        return add_cues(c, rest);
    case BLOCK_NONE:
        break;
    }
    return fail(c, line, "an indented line outside a block");
}

/* Without a comment: '#' at the start or behind white space. */
static struct dps_str without_comment(struct dps_str line) {
    for (size_t i = 0; i < line.length; i++)
        if (line.data[i] == '#' && (i == 0 || line.data[i - 1] == ' ' || line.data[i - 1] == '\t'))
            return dps_str_cut(line, 0, i);
    return line;
}

static enum dps_status compile_text(struct compiler *c, struct dps_str bytes) {
    size_t bad = dps_utf8_check(bytes);
    if (bad < bytes.length) return dps_error_set(c->error, DPS_FRAMES, "%s: not UTF-8 at byte %zu", c->file, bad);
    struct dps_lines lines;
    struct dps_str line;
    dps_lines_init(&lines, bytes, c->file);
    c->block = BLOCK_NONE;
    while (dps_lines_next(&lines, &line)) {
        c->line = lines.line;
        c->text = line;
        bool indented = line.data[0] == ' ' || line.data[0] == '\t';
        struct dps_str body = dps_str_trim(without_comment(line));
        if (!body.length) continue;
        DPS_TRY(indented ? attribute(c, body) : open_block(c, body));
    }
    return close_block(c);
}

static enum dps_status compile_file(struct compiler *c, const char *path) {
    struct dps_file file;
    enum dps_status status = dps_file_map(&file, path, c->error);
    if (status != DPS_OK) return status;
    c->file = path;
    /* Words are copied when folded; names, types and sentences are copied too: nothing points into the mapping
     * afterwards. */
    status = compile_text(c, file.bytes);
    dps_file_unmap(&file);
    return status;
}

/* ---- tables ---- */

static size_t power_of_two(size_t at_least) {
    size_t n = 16;
    while (n < at_least) n *= 2;
    return n;
}

static bool build_cues(struct compiler *c) {
    struct dps_frames *f = c->out;
    f->n_cue_slots = power_of_two(c->n_cues * 2 + 2);
    f->cues = dps_arena_take_array(c->arena, f->n_cue_slots, sizeof *f->cues);
    if (!f->cues) return false;
    for (size_t i = 0; i < c->n_cues; i++) {
        size_t at = dps_str_hash(c->cue_list[i].word) & (f->n_cue_slots - 1);
        while (f->cues[at].word.data && !dps_str_equal(f->cues[at].word, c->cue_list[i].word))
            at = (at + 1) & (f->n_cue_slots - 1);
        f->cues[at].word = c->cue_list[i].word;
        f->cues[at].bits |= c->cue_list[i].bits;
    }
    return true;
}

uint32_t dps_frames_cues(const struct dps_frames *frames, struct dps_str word) {
    if (!word.length) return 0;
    size_t at = dps_str_hash(word) & (frames->n_cue_slots - 1);
    for (; frames->cues[at].word.data; at = (at + 1) & (frames->n_cue_slots - 1))
        if (dps_str_equal(frames->cues[at].word, word)) return frames->cues[at].bits;
    return 0;
}

/* "sich einigen" -> reflexive "einigen": the reflexive words are a cue, so this waits until all files are read. */
static void settle_reflexive(struct dps_frames *f) {
    for (size_t i = 0; i < f->n_anchors; i++) {
        struct dps_anchor *a = &f->anchors[i];
        struct dps_str rest = a->lemma, first = first_word(&rest);
        if (a->kind != DPS_ANCHOR_VERB || !rest.length || !(dps_frames_cues(f, first) & 1u << DPS_CUE_reflexive))
            continue;
        a->reflexive = true;
        a->lemma = rest;
    }
}

/* A shipped frame that the user's frame of the same name replaces. */
static bool replaced(const struct dps_frames *f, const struct dps_frame *frame) {
    for (size_t i = 0; !frame->own && i < f->n_frames; i++)
        if (f->frames[i]->own && dps_str_equal(f->frames[i]->name, frame->name)) return true;
    return false;
}

static bool build_anchors(struct compiler *c) {
    struct dps_frames *f = c->out;
    settle_reflexive(f);
    f->n_anchor_slots = power_of_two(f->n_anchors * 2 + 2);
    f->anchor_slots = dps_arena_take_array(c->arena, f->n_anchor_slots, sizeof *f->anchor_slots);
    if (!f->anchor_slots) return false;
    for (size_t i = 0; i < f->n_anchor_slots; i++) f->anchor_slots[i] = -1;
    for (size_t i = f->n_anchors; i-- > 0;) { /* backwards, so that chains run in file order */
        if (replaced(f, f->anchors[i].frame)) continue;
        size_t at = dps_str_hash(f->anchors[i].lemma) & (f->n_anchor_slots - 1);
        while (f->anchor_slots[at] >= 0 && !dps_str_equal(f->anchors[f->anchor_slots[at]].lemma, f->anchors[i].lemma))
            at = (at + 1) & (f->n_anchor_slots - 1);
        f->anchors[i].next = f->anchor_slots[at];
        f->anchor_slots[at] = (int32_t)i;
    }
    return true;
}

int32_t dps_frames_anchor(const struct dps_frames *frames, struct dps_str lemma) {
    size_t at = dps_str_hash(lemma) & (frames->n_anchor_slots - 1);
    for (; frames->anchor_slots[at] >= 0; at = (at + 1) & (frames->n_anchor_slots - 1))
        if (dps_str_equal(frames->anchors[frames->anchor_slots[at]].lemma, lemma)) return frames->anchor_slots[at];
    return -1;
}

/* ---- opening ---- */

static enum dps_status compile_folder(struct compiler *c, const char *folder, bool own) {
    const char **paths;
    size_t count;
    c->own = own;
    DPS_TRY(dps_file_list(c->arena, folder, ".frames", &paths, &count, c->error));
    for (size_t i = 0; i < count; i++) DPS_TRY(compile_file(c, paths[i]));
    return DPS_OK;
}

static enum dps_status start(struct dps_frames **frames, const char *code, struct dps_error *error) {
    struct dps_frames *f = calloc(1, sizeof *f);
    if (!f) return dps_error_set(error, DPS_MEMORY, "out of memory opening frames");
    dps_arena_init(&f->arena, MAX_BYTES);
    snprintf(f->code, sizeof f->code, "%s", code);
    *frames = f;
    return DPS_OK;
}

static enum dps_status finish(struct compiler *c) {
    return build_cues(c) && build_anchors(c) ? DPS_OK : no_memory(c);
}

enum dps_status dps_frames_new(struct dps_frames **frames, const char *lang_dir, const char *code, const char *own_dir,
                               struct dps_error *error) {
    *frames = NULL;
    struct dps_frames *f = NULL;
    DPS_TRY(start(&f, code, error));
    struct compiler *c = calloc(1, sizeof *c);
    enum dps_status status = DPS_MEMORY;
    if (c) {
        *c = (struct compiler){.out = f, .arena = &f->arena, .error = error, .file = lang_dir};
        const char *language = dps_file_join(&f->arena, lang_dir, code);
        const char *shipped = language ? dps_file_join(&f->arena, language, "frames") : NULL;
        const char *own = own_dir ? dps_file_join(&f->arena, own_dir, code) : NULL;
        /* the user's first, so that chains ask his frames before ours */
        status = own_dir ? compile_folder(c, own && dps_file_is_folder(own) ? own : own_dir, true) : DPS_OK;
        if (status == DPS_OK) status = shipped ? compile_folder(c, shipped, false) : no_memory(c);
        if (status == DPS_OK) status = finish(c);
    } else
        dps_error_set(error, DPS_MEMORY, "out of memory opening frames");
    free(c);
    if (status == DPS_OK)
        *frames = f;
    else
        dps_frames_free(f);
    return status;
}

/* For the fuzz target and tests: compile one text from memory. */
enum dps_status dps_frames_compile(struct dps_frames **frames, const char *code, struct dps_str bytes, const char *name,
                                   struct dps_error *error) {
    *frames = NULL;
    struct dps_frames *f = NULL;
    DPS_TRY(start(&f, code, error));
    struct compiler *c = calloc(1, sizeof *c);
    if (!c) {
        dps_frames_free(f);
        return dps_error_set(error, DPS_MEMORY, "out of memory opening frames");
    }
    *c = (struct compiler){.out = f, .arena = &f->arena, .error = error, .file = name};
    c->file = dps_arena_copy(&f->arena, name, strlen(name));
    enum dps_status status = c->file ? compile_text(c, bytes) : DPS_MEMORY;
    if (status == DPS_OK) status = finish(c);
    free(c);
    if (status == DPS_OK)
        *frames = f;
    else
        dps_frames_free(f);
    return status;
}

void dps_frames_free(struct dps_frames *frames) {
    if (!frames) return;
    dps_arena_release(&frames->arena);
    free(frames);
}

size_t dps_frames_count(const struct dps_frames *frames) {
    return frames->n_frames;
}

size_t dps_frames_examples(const struct dps_frames *frames, const struct dps_frame_example **examples) {
    *examples = frames->examples;
    return frames->n_examples;
}
