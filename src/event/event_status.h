/* event_status.h -- what kind of telling a clause is: negation, possibility, plan, history, and by whose account.
 * Private to event/. */
#ifndef DPS_EVENT_EVENT_STATUS_H
#define DPS_EVENT_EVENT_STATUS_H

#include "event/event_argument.h"

struct dps_modality {
    bool negated, future, hypothetical, historical;
    bool hearsay; /* "soll getötet haben": told by nobody named */
    bool past;    /* told as past or perfect: a deed that happened */
};
/* Read the modality of a predicate off its clause and the words above it. */
void dps_status_read(const struct dps_scene *scene, const struct dps_predicate *predicate,
                     struct dps_modality *modality);

/* Who is cited for the clause: the token whose actor speaks, or -1. */
int32_t dps_speaker_find(const struct dps_scene *scene, int32_t clause);
/* The speaker of a whole sentence (for the next one's indirect speech), or -1. */
int32_t dps_speaker_of_sentence(const struct dps_scene *scene, uint32_t sentence);

/* Index of the time expression that dates the predicate, or -1. */
int32_t dps_status_time(const struct dps_scene *scene, const struct dps_predicate *predicate);
/* The predicate's next word behind the token `after` (-1: from the start of the sentence) that names a place, or -1. */
int32_t dps_status_place(const struct dps_scene *scene, const struct dps_predicate *predicate, int32_t after);

/* A place that the predicate's object or goal names ("den Flughafen von Beirut", "aus Mali"), for deeds that happen
 * there; a token or -1. */
int32_t dps_status_target(const struct dps_scene *scene, const struct dps_predicate *predicate);

#endif
