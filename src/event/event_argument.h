/* event_argument.h -- a predicate and its deep arguments: constructions undone once, for every frame. Private to
 * event/.
 *
 * In: the tree. Out: for one trigger, the list of its arguments by deep slot (docs/frames.md, "Slots").
 */
#ifndef DPS_EVENT_EVENT_ARGUMENT_H
#define DPS_EVENT_EVENT_ARGUMENT_H

#include "event/event_mend.h"

/* Collect the arguments of the word `trigger`, used as `kind`; `genitive`: what a noun's genitive is to it. */
void dps_argument_read(const struct dps_scene *scene, int32_t trigger, enum dps_anchor_kind kind,
                       enum dps_genitive genitive, struct dps_predicate *predicate);
/* Turn phrases with the preposition `particle` into objects: it is the verb's particle. */
void dps_argument_join_particle(struct dps_predicate *predicate, struct dps_str particle);

#endif
