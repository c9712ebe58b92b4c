/* parse_feats.h -- "Case=Nom|Number=Sing" <-> struct dps_feats. */
#ifndef DPS_PARSE_PARSE_FEATS_H
#define DPS_PARSE_PARSE_FEATS_H

#include "parse/parse.h"

/* Reads what struct dps_feats has room for and passes over the rest; "" and "_" are no features. */
struct dps_feats dps_feats_read(struct dps_str text);

#endif
