/* api_print.c -- `depesche read` as JSON lines and `depesche explain` as text.
 *
 * In: an article, or an article with all its records.  Out: text in a buffer (its `failed` tells of memory that ran
 * out).
 */
#include <math.h>

#include "api.h"
#include "base/json.h"
#include "base/utf8.h"
#include "view/view.h"

/* ---- read ---- */

static void print_known(struct dps_json *json, const char *key, struct dps_str value) {
    dps_json_key(json, key);
    if (value.length)
        dps_json_str(json, value);
    else
        dps_json_null(json);
}

static void print_time(struct dps_json *json, struct dps_time time) {
    char iso[40] = "", date[16] = "", clock[8] = "";
    if (dps_date_known(time.date)) {
        dps_time_format(time, iso);
        dps_date_format(time.date, date);
        if (time.hour >= 0)
            snprintf(clock, sizeof clock, "%02u:%02u", (unsigned)time.hour % 24u, (unsigned)time.minute % 60u);
    }
    print_known(json, "published", dps_str_of(iso));
    print_known(json, "date", dps_str_of(date));
    print_known(json, "time", dps_str_of(clock));
}

void dps_api_print_read(struct dps_buffer *out, const struct dps_article *article) {
    struct dps_json json;
    dps_json_init(&json, out);
    dps_json_open(&json, '{');
    print_known(&json, "id", article->id);
    print_known(&json, "file", article->file);
    dps_json_key(&json, "record");
    dps_json_int(&json, article->record);
    print_known(&json, "url", article->url);
    print_known(&json, "title", article->title);
    print_time(&json, article->published);
    print_known(&json, "city", article->city);
    print_known(&json, "agency", article->agency);
    print_known(&json, "lang", dps_str_of(article->lang));
    print_known(&json, "source", article->source);
    dps_json_key(&json, "text");
    dps_json_str(&json, article->text);
    dps_json_key(&json, "blocks");
    dps_json_open(&json, '[');
    for (uint32_t i = 0; i < article->n_blocks; i++) {
        const struct dps_block *block = &article->blocks[i];
        dps_json_open(&json, '{');
        dps_json_key(&json, "kind");
        dps_json_c(&json, block->kind == DPS_BLOCK_HEADING ? "heading" : "paragraph");
        dps_json_key(&json, "start");
        dps_json_int(&json, block->start);
        dps_json_key(&json, "end");
        dps_json_int(&json, block->end);
        dps_json_close(&json, '}');
    }
    dps_json_close(&json, ']');
    dps_json_close(&json, '}');
    dps_buffer_append_c(out, "\n");
}

/* ---- explain ---- */

/* Control characters of the input become blanks: an escape sequence in an article must not reach the terminal. */
static void make_harmless(struct dps_buffer *out, size_t from) {
    for (size_t i = from; i < out->length; i++) {
        char *at = out->data + i;
        unsigned char c = (unsigned char)at[0], next = (unsigned char)at[1]; /* the buffer ends with NUL */
        if ((c < 0x20 && c != '\n') || c == 0x7F) at[0] = ' ';
        if (c == 0xC2 && next >= 0x80 && next < 0xA0) at[0] = at[1] = ' '; /* those beyond ASCII */
    }
}

/* "text" padded to `columns`, never cut. */
static void pad(struct dps_buffer *out, struct dps_str text, size_t columns) {
    dps_buffer_append_str(out, text);
    for (size_t used = dps_view_columns(text); used < columns; used++) dps_buffer_append(out, " ", 1);
}

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

/* The words of a sentence, a line each: number, form, lemma, part of speech, relation -> head, features. */
static void print_tree(struct dps_buffer *out, const struct dps_work *work, const struct dps_sentence *s) {
    const struct dps_parse *parse = &work->parse;
    size_t forms = 4, lemmas = 4;
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        forms = larger(forms, dps_view_columns(work->text.tokens[i].form));
        lemmas = larger(lemmas, dps_view_columns(parse->lemma[i]));
    }
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        int32_t head = parse->head[i];
        dps_buffer_printf(out, "  %3u  ", i - s->first + 1);
        pad(out, work->text.tokens[i].form, forms + 2);
        pad(out, parse->lemma[i], lemmas + 2);
        pad(out, dps_str_of(dps_upos_name(parse->upos[i])), 7);
        pad(out, dps_str_of(dps_rel_name(parse->rel[i])), 13);
        if (head < 0)
            dps_buffer_printf(out, "%3d %-*s", 0, 0, "");
        else
            dps_buffer_printf(out, "%3u ", (uint32_t)head - s->first + 1);
        pad(out, head < 0 ? DPS_STR("-") : work->text.tokens[head].form, forms + 2);
        dps_buffer_append_str(out, parse->feats_text[i]);
        while (out->length && out->data[out->length - 1] == ' ') out->data[--out->length] = '\0';
        dps_buffer_append_c(out, "\n");
    }
}

static void print_part(struct dps_buffer *out, const char *before, struct dps_str part) {
    if (part.length) dps_buffer_printf(out, "%s%.*s", before, DPS_STR_ARG(part));
}

static void print_actor(struct dps_buffer *out, const struct dps_work *work, const struct dps_actor *actor) {
    static const char *const forms[] = {"name", "role", "pronoun", "possessive", "modifier"};
    const char *form = (size_t)actor->form < sizeof forms / sizeof *forms ? forms[actor->form] : "?";
    dps_buffer_printf(out, "  party  \"%.*s\" (%s)", DPS_STR_ARG(actor->text), form);
    if (!actor->known && actor->antecedent < 0) {
        dps_buffer_append_c(out, ": not known\n");
        return;
    }
    dps_buffer_printf(out, ": %s %s", *actor->country ? actor->country : "---", *actor->sector ? actor->sector : "---");
    print_part(out, ", ", actor->name);
    print_part(out, ", ", actor->office);
    if (actor->id.length) dps_buffer_printf(out, " [%.*s]", DPS_STR_ARG(actor->id));
    if (actor->antecedent >= 0 && (uint32_t)actor->antecedent < work->mention.n_actors) {
        const struct dps_actor *before = &work->mention.actors[actor->antecedent];
        dps_buffer_printf(out, ", stands for \"%.*s\" of sentence %u", DPS_STR_ARG(before->text), before->sentence);
    }
    dps_buffer_append_c(out, "\n");
}

static void print_mentions(struct dps_buffer *out, const struct dps_work *work, uint32_t sentence) {
    const struct dps_mention *m = &work->mention;
    char from[16], to[16];
    for (uint32_t i = 0; i < m->n_actors; i++)
        if (m->actors[i].sentence == sentence) print_actor(out, work, &m->actors[i]);
    for (uint32_t i = 0; i < m->n_places; i++) {
        const struct dps_place *place = &m->places[i];
        if (place->sentence != sentence) continue;
        dps_buffer_printf(out, "  place  \"%.*s\": %.*s, %.*s, %.2f %.2f\n", DPS_STR_ARG(place->text),
                          DPS_STR_ARG(place->name), DPS_STR_ARG(place->country), place->lat, place->lon);
    }
    for (uint32_t i = 0; i < m->n_times; i++) {
        const struct dps_timex *time = &m->times[i];
        if (time->sentence != sentence) continue;
        dps_buffer_printf(out, "  time   \"%.*s\": ", DPS_STR_ARG(time->text));
        if (!dps_date_known(time->from))
            dps_buffer_append_c(out, "not resolved\n");
        else
            dps_buffer_printf(out, "%s to %s\n", dps_date_format(time->from, from), dps_date_format(time->to, to));
    }
}

static void print_parties(struct dps_buffer *out, const struct dps_actor *const *actors, uint8_t n) {
    for (uint8_t i = 0; i < n; i++)
        dps_buffer_printf(out, "%s%s \"%.*s\"", i ? ", " : "", *actors[i]->country ? actors[i]->country : "---",
                          DPS_STR_ARG(actors[i]->text));
}

static void print_events(struct dps_buffer *out, const struct dps_work *work, uint32_t sentence) {
    for (uint32_t i = 0; i < work->events.n_events; i++) {
        const struct dps_event *e = &work->events.events[i];
        if (e->sentence != sentence) continue;
        dps_buffer_printf(out, "  event  %.*s", DPS_STR_ARG(e->type));
        for (uint8_t k = 0; k < e->n_modes; k++) dps_buffer_printf(out, "/%.*s", DPS_STR_ARG(e->modes[k]));
        dps_buffer_printf(out, " %s: ", dps_event_status_name(e->status));
        print_parties(out, e->actors, e->n_actors);
        if (e->n_recipients) dps_buffer_append_c(out, " -> ");
        print_parties(out, e->recipients, e->n_recipients);
        dps_buffer_printf(out, "; word \"%.*s\", frame %.*s\n", DPS_STR_ARG(e->trigger.text), DPS_STR_ARG(e->frame));
    }
}

/* The event stage's words on sentence `number`: the lines between "sentence <number>" and the next such line. */
static struct dps_str explained(const struct dps_work *work, uint32_t number) {
    struct dps_str all = dps_buffer_str(&work->explain);
    char mark[24];
    size_t length = (size_t)snprintf(mark, sizeof mark, "sentence %u\n", number), from = 0;
    while (from < all.length) {
        const char *newline = memchr(all.data + from, '\n', all.length - from);
        size_t next = newline ? (size_t)(newline - all.data) + 1 : all.length;
        if (!dps_str_equal(dps_str_cut(all, from, next), (struct dps_str){mark, length})) {
            from = next;
            continue;
        }
        for (from = next; next < all.length && all.data[next] == ' ';) { /* its lines are indented */
            newline = memchr(all.data + next, '\n', all.length - next);
            next = newline ? (size_t)(newline - all.data) + 1 : all.length;
        }
        return dps_str_cut(all, from, next);
    }
    return (struct dps_str){0};
}

void dps_api_print_explain(struct dps_buffer *out, const struct dps_work *work) {
    static const char *const kinds[] = {"title", "heading", "sentence"};
    const struct dps_article *a = &work->article;
    char published[40] = "";
    size_t start = out->length;
    if (dps_date_known(a->published.date)) dps_time_format(a->published, published);
    dps_buffer_printf(out, "=== %.*s", DPS_STR_ARG(a->id));
    print_part(out, ", ", dps_str_of(a->lang));
    print_part(out, ", ", dps_str_of(published));
    print_part(out, ", ", a->file);
    dps_buffer_append_c(out, "\n");
    if (work->through < DPS_STAGE_EVENT) {
        dps_buffer_append_c(out, "not coded: no data for its language\n\n");
        return;
    }
    for (uint32_t i = 0; i < work->text.n_sentences; i++) {
        const struct dps_sentence *s = &work->text.sentences[i];
        struct dps_str words = dps_text_span(&work->text, s, s->start, s->end);
        dps_buffer_printf(out, "\n%s %u: ", kinds[s->kind], i);
        dps_view_plain(out, words);
        dps_buffer_append_c(out, "\n");
        print_tree(out, work, s);
        print_mentions(out, work, i);
        dps_buffer_append_str(out, explained(work, i));
        print_events(out, work, i);
    }
    dps_buffer_append_c(out, "\n");
    make_harmless(out, start);
}
