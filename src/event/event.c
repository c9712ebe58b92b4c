/* event.c -- the event stage: for each sentence its triggers, what is chosen of them, and the records of it.
 *
 * event_trigger.c finds what fires, event_select.c chooses; here each chosen draft gets its modes, contexts, scores,
 * place, date, spans and number.
 */
#include "event/event.h"

#include "base/utf8.h"
#include "event/event_draft.h"
#include "event/event_scale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_EVENTS = 4096 /* an article */ };

const char *dps_event_status_name(enum dps_event_status status) {
    static const char *const names[] = {
#define DPS_EVENT_STATUS_STRING(name, text) text,
        DPS_STATUS_OF_EVENT_MAP(DPS_EVENT_STATUS_STRING)
#undef DPS_EVENT_STATUS_STRING
    };
    return names[status];
}

/* Do the forces of a state act, rather than its government? docs/coding.md, "Parties" */
static bool forces_act(const struct dps_event *e) {
    if (dps_str_is(e->type, "ASSAULT") || dps_str_is(e->type, "MOBILIZE")) return true;
    for (unsigned i = 0; dps_str_is(e->type, "RETREAT") && i < e->n_modes; i++)
        if (dps_str_is(e->modes[i], "withdraw") || dps_str_is(e->modes[i], "ceasefire")) return true;
    return false;
}

/* The actor as it takes part: a state whose forces act is MIL. */
static const struct dps_actor *as_actor(struct dps_run *r, const struct dps_actor *actor, const struct dps_event *e) {
    if (actor->nature != DPS_NATURE_COUNTRY || strcmp(actor->sector, "GOV") != 0 || !forces_act(e)) return actor;
    struct dps_actor *copy = DPS_NEW(r->arena, 1, struct dps_actor);
    if (!copy) return actor;
    *copy = *actor;
    memcpy(copy->sector, "MIL", 4);
    return copy;
}

static void add_label(struct dps_str *list, uint8_t *count, unsigned most, struct dps_str name) {
    for (unsigned i = 0; i < *count; i++)
        if (dps_str_equal(list[i], name)) return;
    if (*count < most) list[(*count)++] = name;
}

static void set_modes(struct dps_run *r, const struct dps_draft *d, struct dps_event *e) {
    const struct dps_frames *f = r->scene.frames;
    const struct dps_frame *frame = d->match.frame;
    bool folded = !dps_str_equal(frame->type, d->type);
    for (unsigned i = 0; !folded && i < frame->n_modes; i++)
        if (dps_match_label(&r->scene, &d->match, &frame->modes[i]))
            add_label(e->modes, &e->n_modes, DPS_EVENT_MAX_MODES, frame->modes[i].name);
    struct dps_str type = dps_utf8_fold(r->arena, d->type); /* as the compiler keeps words */
    for (size_t k = 0; k < f->n_type_rules; k++) {
        if (!dps_str_equal(f->type_rules[k].type, type)) continue;
        for (unsigned i = 0; i < f->type_rules[k].count; i++)
            if (dps_match_label(&r->scene, &d->match, &f->type_rules[k].modes[i]))
                add_label(e->modes, &e->n_modes, DPS_EVENT_MAX_MODES, f->type_rules[k].modes[i].name);
    }
    for (unsigned i = 0; i < frame->n_contexts; i++)
        if (dps_match_label(&r->scene, &d->match, &frame->contexts[i]))
            add_label(e->contexts, &e->n_contexts, DPS_EVENT_MAX_CONTEXTS, frame->contexts[i].name);
    for (size_t i = 0; i < f->n_contexts; i++)
        if (dps_match_label(&r->scene, &d->match, &f->contexts[i]))
            add_label(e->contexts, &e->n_contexts, DPS_EVENT_MAX_CONTEXTS, f->contexts[i].name);
}

static void set_scale(const struct dps_draft *d, struct dps_event *e) {
    const struct dps_type_scale *scale = dps_scale_type(d->type);
    const struct dps_frame *frame = d->match.frame;
    bool folded = !dps_str_equal(frame->type, d->type);
    e->quad = scale ? scale->quad : frame->quad;
    e->score = scale ? scale->score : frame->score;
    e->cameo = scale ? dps_str_of(scale->cameo) : DPS_STR("");
    double largest = -1;
    for (unsigned i = 0; i < e->n_modes; i++) { /* two scores at once: the larger in size */
        const struct dps_mode_scale *mode = dps_scale_mode(d->type, e->modes[i]);
        if (!mode) continue;
        if (fabs(mode->score) > largest) {
            largest = fabs(mode->score);
            e->score = mode->score;
        }
        if (mode->cameo) e->cameo = dps_str_of(mode->cameo);
    }
    if (!folded && frame->cameo.length) e->cameo = frame->cameo;
    if (!folded && !isnan(frame->score)) e->score = frame->score;
    if (!folded && frame->quad) e->quad = frame->quad;
    e->goldstein = dps_scale_goldstein(e->cameo);
}

static bool is_party_head(const struct dps_parties *parties, uint32_t token) {
    for (unsigned i = 0; i < parties->count; i++)
        if (parties->list[i]->head == token) return true;
    return false;
}

/* The first place of the predicate that is not one of the parties ("an attack on Ukraine" tells none); for deeds of
 * force and withdrawal, else, the place that is their object or goal. */
static const struct dps_place *place_of(struct dps_run *r, const struct dps_draft *d) {
    static const char *const at_target[] = {"ASSAULT", "RETREAT", "MOBILIZE", "COERCE",
                                            "PROTEST", "AID",     "SANCTION", NULL};
    const struct dps_mention *m = r->scene.mention;
    const struct dps_predicate *q = &d->match.predicate;
    const struct dps_place *nested = NULL; /* "vor seinem Treffen in Genf sprach er in Kiew": not Geneva */
    int32_t token = DPS_NONE;
    while ((token = dps_status_place(&r->scene, q, token)) >= 0) { /* moves on: the next token is behind this one */
        const struct dps_place *place = &m->places[m->place_of[token]];
        if (is_party_head(&d->match.actors, place->head) || is_party_head(&d->match.recipients, place->head)) continue;
        int32_t head = r->scene.parse->head[token];
        if (head < 0 || head == q->clause || head == q->light || dps_clause_under(&r->scene, token, q->trigger))
            return place;
        if (!nested) nested = place;
    }
    if (nested) return nested;
    token = dps_draft_is_one_of(d, at_target) ? dps_status_target(&r->scene, &d->match.predicate) : DPS_NONE;
    if (token < 0) return NULL;
    const struct dps_place *target = &m->places[m->place_of[token]];
    /* sanctions happen where they are imposed, but a consulate is closed where it is */
    bool recipient = is_party_head(&d->match.recipients, target->head);
    return dps_draft_is(d, "SANCTION") && recipient ? NULL : target;
}

static void set_time_and_place(struct dps_run *r, const struct dps_draft *d, struct dps_event *e) {
    const struct dps_mention *m = r->scene.mention;
    int32_t time = dps_status_time(&r->scene, &d->match.predicate);
    static const char *const announced[] = {"AGREE", "CONCEDE", "THREATEN", NULL};
    e->date = m->anchor;
    if (time >= 0 && dps_date_known(m->times[time].from)) {
        const struct dps_timex *x = &m->times[time];
        /* a promise or threat about something to come is dated by its telling */
        bool to_come = dps_date_full(m->anchor) && dps_date_full(x->from) && dps_date_compare(x->from, m->anchor) > 0;
        if (!(to_come && dps_draft_is_one_of(d, announced))) {
            e->date = x->from;
            e->date_end = dps_date_compare(x->to, x->from) != 0 ? x->to : (struct dps_date){0};
            e->date_text = x->text;
        }
    }
    e->place = place_of(r, d);
}

static double confidence(const struct dps_draft *d) {
    const struct dps_match_result *m = &d->match;
    double c = m->frame->confidence;
    if (m->predicate.kind == DPS_ANCHOR_NOUN) c *= 0.9;
    if (m->actors.indirect || m->recipients.indirect) c *= 0.9;
    if (m->agentless) c *= 0.9;
    for (unsigned i = 0; i < m->actors.count; i++)
        if (m->actors.list[i]->confidence < 1.0f) {
            c *= 0.5 + 0.5 * (double)m->actors.list[i]->confidence;
            break;
        }
    return c;
}

static bool is_among(const struct dps_actor *a, const struct dps_parties *parties) {
    for (unsigned i = 0; i < parties->count; i++)
        if (dps_match_same_party(a, parties->list[i])) return true;
    return false;
}

static void set_spans(struct dps_run *r, const struct dps_draft *d, struct dps_event *e) {
    const struct dps_text *text = r->scene.parse->text;
    const struct dps_sentence *sentence = &text->sentences[e->sentence];
    const struct dps_token *token = &text->tokens[d->match.predicate.trigger];
    e->trigger_token = (uint32_t)d->match.predicate.trigger;
    e->trigger = (struct dps_span){token->start, token->end, dps_text_span(text, sentence, token->start, token->end)};
    static const char *const with_content[] = {"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "CONCEDE", NULL};
    if (!dps_draft_is_one_of(d, with_content)) return;
    const struct dps_tokens *content = &d->match.content;
    if (!content->count || is_party_head(&d->match.recipients, (uint32_t)content->at[0]))
        return; /* said to, not said */
    e->content = dps_clause_span(&r->scene, content->at[0], false);
}

/* Two mentions of one party, one within the other: "Turkish" and "Turkish warplanes". */
static bool is_nested(const struct dps_actor *a, const struct dps_actor *b) {
    bool overlap = a->sentence == b->sentence && a->head != b->head && a->start < b->end && b->start < a->end;
    return overlap && !memcmp(a->country, b->country, 4);
}

static bool is_nested_in(const struct dps_actor *a, const struct dps_parties *parties, unsigned count) {
    for (unsigned i = 0; i < count; i++)
        if (is_nested(a, parties->list[i])) return true;
    return false;
}

/* What is attacked or taken belongs to the state where it stands, where no other party is told ("stormed a hotel in
 * Mogadishu", "took the town of Goma"): docs/coding.md, "Parties". */
static bool add_struck_state(struct dps_run *r, const struct dps_draft *d, struct dps_event *e) {
    const struct dps_place *place = e->place;
    bool told = e->n_recipients || !d->match.actors.count || !place || place->country.length != 3;
    if (told || !dps_draft_is(d, "ASSAULT") || d->match.predicate.kind == DPS_ANCHOR_NOUN) return true;
    const struct dps_actor *by = d->match.actors.list[0]; /* forces that retake a town of their own state */
    bool own = dps_str_is(place->country, by->country) && !strcmp(by->sector, "MIL");
    if (own || !dps_argument_has(&d->match.predicate, DPS_SLOT_OBJ)) return true;
    struct dps_actor *state = DPS_NEW(r->arena, 1, struct dps_actor);
    if (!state) return false;
    *state = (struct dps_actor){.sentence = place->sentence,
                                .head = place->head,
                                .start = place->start,
                                .end = place->end,
                                .text = place->text,
                                .name = place->name,
                                .sector = "UNK",
                                .form = DPS_ACTOR_NAME,
                                .nature = DPS_NATURE_COUNTRY,
                                .known = true,
                                .is_place_too = true,
                                .antecedent = -1,
                                .next = -1,
                                .part_of = -1,
                                .confidence = 0.6F};
    memcpy(state->country, place->country.data, 3);
    e->recipients[e->n_recipients++] = state;
    return true;
}

static bool add_event(struct dps_run *r, uint32_t sentence, uint32_t number, const struct dps_draft *d) {
    if (r->out->n_events == MAX_EVENTS) return true;
    if (r->out->n_events == r->capacity) {
        uint32_t more = r->capacity ? r->capacity * 2 : 16;
        struct dps_event *grown = dps_arena_grow(r->arena, r->out->events, r->out->n_events, more, sizeof *grown);
        if (!grown) return false;
        r->out->events = grown;
        r->capacity = more;
    }
    const struct dps_match_result *m = &d->match;
    struct dps_event *e = &r->out->events[r->out->n_events++];
    *e = (struct dps_event){
        .sentence = sentence, .n = number, .type = d->type, .status = d->status, .frame = m->frame->name};
    set_modes(r, d, e);
    for (unsigned i = 0; i < m->actors.count; i++)
        if (!is_nested_in(m->actors.list[i], &m->actors, i))
            e->actors[e->n_actors++] = as_actor(r, m->actors.list[i], e);
    if (m->agentless) e->actors[e->n_actors++] = r->nobody;
    for (unsigned i = 0; i < m->recipients.count; i++) e->recipients[e->n_recipients++] = m->recipients.list[i];
    e->speaker = d->speaker;
    set_scale(d, e);
    set_time_and_place(r, d, e);
    set_spans(r, d, e);
    e->confidence = confidence(d);
    return add_struck_state(r, d, e);
}

/* A speaker is kept only where he is not the actor himself. */
static void set_speaker(struct dps_run *r, struct dps_draft *d) {
    int32_t t = d->match.speaker;
    if (t < 0 || r->scene.mention->actor_of[t] < 0) return;
    const struct dps_actor *speaker = &r->scene.mention->actors[r->scene.mention->actor_of[t]];
    if (!is_among(speaker, &d->match.actors)) d->speaker = speaker;
}

static bool code_sentence(struct dps_run *r, uint32_t number) {
    const struct dps_sentence *sentence = &r->scene.parse->text->sentences[number];
    r->n_drafts = 0;
    for (uint32_t i = 0; i < sentence->count; i++) dps_trigger_try(r, (int32_t)(sentence->first + i));
    for (unsigned i = 0; i < r->n_drafts; i++) set_speaker(r, &r->drafts[i]);
    dps_select_drafts(r);
    uint32_t n = 0;
    for (unsigned i = 0; i < r->n_drafts; i++) {
        const struct dps_draft *d = &r->drafts[i];
        if (r->explain && d->dropped)
            dps_buffer_printf(r->explain, "  drops  %.*s at '%.*s': %s\n", DPS_STR_ARG(d->match.frame->name),
                              DPS_STR_ARG(r->scene.parse->text->tokens[d->match.predicate.trigger].form),
                              d->why_dropped);
        if (!d->dropped && !add_event(r, number, n++, d)) return false;
    }
    int32_t speaker = dps_speaker_of_sentence(&r->scene, number);
    if (speaker >= 0) {
        r->scene.last_speaker = speaker;
        r->scene.last_speaker_sentence = (int32_t)number;
    } else if (r->scene.last_speaker_sentence + 1 == (int32_t)number && r->scene.last_speaker >= 0)
        r->scene.last_speaker_sentence = (int32_t)number; /* indirect speech may run on over several sentences */
    return true;
}

enum dps_status dps_event_run(const struct dps_frames *frames, struct dps_arena *arena, const struct dps_parse *parse,
                              const struct dps_mention *mention, struct dps_events *events, struct dps_buffer *explain,
                              struct dps_error *error) {
    *events = (struct dps_events){0};
    struct dps_run r = {.arena = arena, .explain = explain, .out = events};
    DPS_TRY(dps_scene_init(&r.scene, frames, arena, parse, mention, error));
    r.drafts = DPS_NEW(arena, DPS_MAX_DRAFTS, struct dps_draft);
    r.nobody = DPS_NEW(arena, 1, struct dps_actor);
    if (!r.drafts || !r.nobody) return dps_error_set(error, DPS_MEMORY, "out of memory coding an article");
    *r.nobody =
        (struct dps_actor){.text = DPS_STR(""), .country = "---", .sector = "UNK", .antecedent = -1, .next = -1};
    for (uint32_t i = 0; i < parse->text->n_sentences; i++) {
        if (explain) dps_buffer_printf(explain, "sentence %u\n", i);
        if (!code_sentence(&r, i)) return dps_error_set(error, DPS_MEMORY, "out of memory coding an article");
    }
    return DPS_OK;
}
