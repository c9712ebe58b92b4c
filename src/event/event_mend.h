/* event_mend.h -- arguments that the parser labels wrongly, put right by what stands beside them. Private to event/. */
#ifndef DPS_EVENT_EVENT_MEND_H
#define DPS_EVENT_EVENT_MEND_H

#include "event/event_clause.h"

/* Add an argument unless it is there; past DPS_MAX_ARGS nothing is added. */
void dps_argument_add(struct dps_predicate *predicate, enum dps_slot slot, int32_t token, struct dps_str prep,
                      bool shared);
bool dps_argument_has(const struct dps_predicate *predicate, enum dps_slot slot);

/* Put right the subject, object and dative that hang on `verb` itself. */
void dps_mend_core(const struct dps_scene *scene, struct dps_predicate *predicate, int32_t verb);
/* Add, as `slot`, the subject that a verb of saying took from its complement `verb`. */
void dps_mend_stolen_subject(const struct dps_scene *scene, struct dps_predicate *predicate, int32_t verb,
                             enum dps_slot slot);
/* Is `kid`, labelled a conjunct of `head`, its infinitive complement? */
bool dps_mend_is_complement(const struct dps_scene *scene, int32_t kid, int32_t head);
/* Is the genitive `kid` hung on another noun than the one it follows? Add such genitives to the noun that they follow.
 */
bool dps_mend_is_misplaced(const struct dps_scene *scene, int32_t kid);
void dps_mend_genitives(const struct dps_scene *scene, struct dps_predicate *predicate);

#endif
