/* record.c -- the stage records of one event, flattened.
 *
 * In: article, text, event. Out: struct dps_record, all strings borrowed. No memory is taken, so it cannot fail. */
#include "store/record.h"

#include <math.h>

/* An empty string means "unknown" in the stage records; here unknown is NULL (R2). */
static struct dps_str known(struct dps_str s) {
    return s.length ? s : (struct dps_str){NULL, 0};
}

static struct dps_str known_c(const char *s, size_t size) {
    size_t length = strnlen(s, size);
    return length ? (struct dps_str){s, length} : (struct dps_str){NULL, 0};
}

/* Do offsets of that sentence count into the same string as the event's own (R3)? A speaker may stand in a sentence
 * before, which may be the title. */
static bool same_base(const struct dps_record *record, const struct dps_text *text, uint32_t sentence) {
    return sentence < text->n_sentences && text->sentences[sentence].in_title == record->in_title;
}

static struct dps_record_party make_party(const struct dps_record *record, const struct dps_text *text,
                                          const struct dps_actor *actor) {
    struct dps_record_party party = {.text = actor->text.data ? actor->text : DPS_STR(""),
                                     .name = known(actor->name),
                                     .country = known_c(actor->country, sizeof actor->country),
                                     .sector = known_c(actor->sector, sizeof actor->sector),
                                     .office = known(actor->office),
                                     .id = known(actor->id),
                                     .start = actor->start,
                                     .end = actor->end};
    if (actor->text.length == 0 || !same_base(record, text, actor->sentence))
        party.start = party.end = -1; /* no place to point to */
    return party;
}

static unsigned make_parties(const struct dps_record *record, const struct dps_text *text, struct dps_record_party *out,
                             const struct dps_actor *const *actors, unsigned n) {
    unsigned count = 0;
    for (unsigned i = 0; i < n && i < DPS_EVENT_MAX_PARTIES; i++)
        if (actors[i]) out[count++] = make_party(record, text, actors[i]);
    return count;
}

static struct dps_record_span make_span(struct dps_span span) {
    if (!span.text.data) return (struct dps_record_span){.start = -1, .end = -1};
    return (struct dps_record_span){.text = span.text, .start = span.start, .end = span.end};
}

static struct dps_record_place make_place(const struct dps_place *place) {
    if (!place || !place->text.data) return (struct dps_record_place){.lat = NAN, .lon = NAN, .start = -1, .end = -1};
    bool located =
        isfinite(place->lat) && isfinite(place->lon) && (place->lat != 0 || place->lon != 0); /* 0, 0 is open sea */
    return (struct dps_record_place){.text = place->text,
                                     .name = known(place->name),
                                     .country = known(place->country),
                                     .lat = located ? place->lat : NAN,
                                     .lon = located ? place->lon : NAN,
                                     .start = place->start,
                                     .end = place->end};
}

static unsigned make_list(struct dps_str *out, const struct dps_str *in, unsigned n, unsigned max) {
    unsigned count = 0;
    for (unsigned i = 0; i < n && i < max; i++)
        if (in[i].length) out[count++] = in[i];
    return count;
}

/* The event's own date; for a sentence that names none, the article's. A named but vague one ("recently") stays
 * unknown. */
static void make_dates(struct dps_record *record, const struct dps_article *article, const struct dps_event *event) {
    struct dps_date date = event->date;
    if (!dps_date_known(date) && !event->date_text.data) date = article->published.date;
    if (dps_date_known(date)) dps_date_format(date, record->date);
    if (dps_date_known(event->date_end) && dps_date_compare(event->date_end, date) != 0)
        dps_date_format(event->date_end, record->date_end);
    record->date_text = known(event->date_text);
}

void dps_store_record_make(struct dps_record *record, const struct dps_article *article, const struct dps_text *text,
                           const struct dps_event *event) {
    *record = (struct dps_record){.article = article->id,
                                  .lang = known_c(article->lang, sizeof article->lang),
                                  .file = known(article->file),
                                  .url = known(article->url),
                                  .title = known(article->title),
                                  .sentence = event->sentence,
                                  .n = event->n,
                                  .type = known(event->type),
                                  .status = dps_str_of(dps_event_status_name(event->status)),
                                  .cameo = known(event->cameo),
                                  .frame = known(event->frame),
                                  .quad = event->quad >= 1 && event->quad <= 4 ? event->quad : 0,
                                  .score = isfinite(event->score) ? event->score : NAN,
                                  .goldstein = isfinite(event->goldstein) ? event->goldstein : NAN,
                                  .confidence = isfinite(event->confidence) ? event->confidence : NAN,
                                  .trigger = make_span(event->trigger),
                                  .content = make_span(event->content),
                                  .place = make_place(event->place)};
    if (dps_date_known(article->published.date)) dps_time_format(article->published, record->published);
    if (event->sentence < text->n_sentences) {
        const struct dps_sentence *sentence = &text->sentences[event->sentence];
        record->text = dps_text_span(text, sentence, sentence->start, sentence->end);
        record->in_title = sentence->in_title;
    }
    record->n_modes = make_list(record->modes, event->modes, event->n_modes, DPS_EVENT_MAX_MODES);
    record->n_contexts = make_list(record->contexts, event->contexts, event->n_contexts, DPS_EVENT_MAX_CONTEXTS);
    record->n_actors = make_parties(record, text, record->actors, event->actors, event->n_actors);
    record->n_recipients = make_parties(record, text, record->recipients, event->recipients, event->n_recipients);
    record->has_speaker = event->speaker != NULL;
    if (event->speaker) record->speaker = make_party(record, text, event->speaker);
    make_dates(record, article, event);
}
