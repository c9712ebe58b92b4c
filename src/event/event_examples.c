/* event_examples.c -- do the frames' own sentences come out as their lines say? (depesche frames check) */
#include "event/event.h"

/* "RUS+USA" against parties: the same set of countries; "*" fits anything; empty fits nobody and anybody. */
static bool countries_fit(struct dps_str wanted, const struct dps_actor *const *parties, unsigned count) {
    if (!wanted.length || dps_str_is(wanted, "*")) return true;
    struct dps_str code;
    unsigned n = 0;
    while (dps_str_split(&wanted, '+', &code)) {
        bool found = false;
        for (unsigned i = 0; i < count; i++)
            found |= dps_str_is(code, parties[i]->country[0] ? parties[i]->country : "---");
        if (!found) return false;
        n++;
    }
    for (unsigned i = 0; i < count; i++) /* no country that was not wanted */
        for (unsigned j = 0; j < i; j++)
            if (strcmp(parties[i]->country, parties[j]->country) == 0) n++;
    return n >= count;
}

static struct dps_str next_word(struct dps_str *rest) {
    *rest = dps_str_trim(*rest);
    size_t n = 0;
    while (n < rest->length && rest->data[n] != ' ') n++;
    struct dps_str word = dps_str_cut(*rest, 0, n);
    *rest = dps_str_cut(*rest, n, rest->length);
    return word;
}

static bool is_capital_word(struct dps_str word) {
    return word.length > 2 && word.data[0] >= 'A' && word.data[0] <= 'Z';
}

static bool event_fits(const struct dps_frame_example *example, const struct dps_event *e) {
    struct dps_str rest = example->expected, actors = DPS_STR(""), first = next_word(&rest);
    bool codes = first.length == 3 || (first.length > 3 && first.data[3] == '+') || dps_str_is(first, "*");
    if (codes) {
        actors = first;
        first = next_word(&rest);
    }
    struct dps_str type = first, mode = {NULL, 0};
    dps_str_split(&first, '/', &type);
    mode = first;
    struct dps_str recipients = next_word(&rest), status = DPS_STR("actual");
    if (recipients.length && recipients.data[0] == '(') {
        status = dps_str_cut(recipients, 1, recipients.length - 1);
        recipients = DPS_STR("");
    }
    struct dps_str last = next_word(&rest);
    if (last.length > 2 && last.data[0] == '(') status = dps_str_cut(last, 1, last.length - 1);
    if (!is_capital_word(type) || !dps_str_equal(type, e->type)) return false;
    if (!dps_str_is(status, dps_event_status_name(e->status))) return false;
    bool mode_found = !mode.length;
    for (unsigned i = 0; i < e->n_modes; i++) mode_found |= dps_str_equal(mode, e->modes[i]);
    return mode_found && countries_fit(actors, e->actors, e->n_actors) &&
           countries_fit(recipients, e->recipients, e->n_recipients);
}

static void describe(const struct dps_event *e, struct dps_buffer *found) {
    for (unsigned i = 0; i < e->n_actors; i++)
        dps_buffer_printf(found, "%s%s", i ? "+" : "", e->actors[i]->country[0] ? e->actors[i]->country : "?");
    dps_buffer_printf(found, " %.*s", DPS_STR_ARG(e->type));
    for (unsigned i = 0; i < e->n_modes; i++) dps_buffer_printf(found, "/%.*s", DPS_STR_ARG(e->modes[i]));
    for (unsigned i = 0; i < e->n_recipients; i++)
        dps_buffer_printf(found, "%s%s", i ? "+" : " ", e->recipients[i]->country[0] ? e->recipients[i]->country : "?");
    if (e->status != DPS_EVENT_ACTUAL) dps_buffer_printf(found, " (%s)", dps_event_status_name(e->status));
    dps_buffer_printf(found, " [%.*s]", DPS_STR_ARG(e->frame));
}

bool dps_frames_example_met(const struct dps_frame_example *example, const struct dps_events *events,
                            struct dps_buffer *found) {
    bool met = !example->yes;
    for (uint32_t i = 0; i < events->n_events; i++) {
        const struct dps_event *e = &events->events[i];
        if (i) dps_buffer_append_c(found, "; ");
        describe(e, found);
        if (example->yes)
            met |= event_fits(example, e);
        else if (dps_str_equal(e->frame, example->frame))
            met = false;
    }
    if (!events->n_events) dps_buffer_append_c(found, "no event");
    return met;
}
