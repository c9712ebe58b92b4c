/* event_scale.c -- the tables of event_scale.h. Each value is PLOVER's conflict-cooperation value unless said. */
#include "event/event_scale.h"

#include <math.h>

static const struct dps_type_scale TYPES[] = {
    {"AGREE", 1, 2.5, "03"},     {"CONSULT", 1, 2.5, "04"},   {"SUPPORT", 1, 5.0, "05"},   {"CONCEDE", 1, 4.5, "08"},
    {"COOPERATE", 2, 9.5, "06"}, {"AID", 2, 10.0, "07"},      {"RETREAT", 2, 6.5, "08"},   {"REQUEST", 3, 0.0, "10"},
    {"ACCUSE", 3, -3.0, "11"},   {"REJECT", 3, -2.0, "12"},   {"THREATEN", 3, -3.5, "13"}, {"PROTEST", 4, -5.0, "14"},
    {"SANCTION", 4, -6.0, "16"}, {"MOBILIZE", 4, -5.5, "15"}, {"COERCE", 4, -7.0, "17"},   {"ASSAULT", 4, -9.0, "19"},
};

static const struct dps_mode_scale MODES[] = {
    {"CONSULT", "visit", 4.0, NULL},
    {"CONSULT", "third-party", 1.0, NULL},
    {"CONSULT", "multilateral", 4.0, NULL},
    {"CONSULT", "phone", 1.5, NULL},
    {"RETREAT", "withdraw", 8.0, NULL},
    {"RETREAT", "release", 6.5, NULL},
    {"RETREAT", "disarm", 10.0, NULL},
    {"RETREAT", "ceasefire", 7.5, NULL},
    {"RETREAT", "access", 6.5, NULL},
    {"RETREAT", "resign", 4.5, NULL},
    {"REQUEST", "assist", 0.5, "02"},
    {"REQUEST", "change", -1.0, NULL},
    {"REQUEST", "yield", -1.0, NULL},
    {"REQUEST", "meet", 0.0, "02"},
    {"REJECT", "assist", -1.5, NULL},
    {"REJECT", "change", -2.0, NULL},
    {"REJECT", "yield", -2.0, NULL},
    {"REJECT", "meet", -2.0, NULL},
    {"ACCUSE", "disapprove", -2.0, NULL},
    {"ACCUSE", "investigate", -3.5, "09"},
    {"ACCUSE", "allege", -3.5, NULL},
    {"THREATEN", "restrict", -3.0, NULL},
    {"THREATEN", "arrest", -3.5, NULL},
    {"THREATEN", "relations", -3.5, NULL},
    {"THREATEN", "expel", -3.5, NULL},
    {"THREATEN", "territory", -4.0, NULL},
    {"THREATEN", "violence", -3.5, NULL},
    {"PROTEST", "demo", -5.0, NULL},
    {"PROTEST", "riot", -7.0, NULL},
    {"PROTEST", "strike", -5.0, NULL},
    {"PROTEST", "hunger", -4.5, NULL},
    {"PROTEST", "boycott", -4.5, NULL},
    {"PROTEST", "obstruct", -4.5, NULL},
    {"PROTEST", "vandalize", -5.0, NULL},
    {"SANCTION", "convict", -6.0, NULL},
    {"SANCTION", "expel", -5.5, NULL},
    {"SANCTION", "withdraw", -6.0, NULL},
    {"SANCTION", "discontinue", -6.0, NULL},
    {"MOBILIZE", "troops", -6.5, NULL},
    {"MOBILIZE", "weapons", -6.5, NULL},
    {"MOBILIZE", "police", -5.5, NULL},
    {"MOBILIZE", "militia", -6.0, NULL},
    {"COERCE", "seize", -7.0, NULL},
    {"COERCE", "restrict", -7.0, NULL},
    {"COERCE", "censor", -6.5, NULL},
    {"COERCE", "curfew", -6.5, NULL},
    {"COERCE", "martial-law", -7.5, NULL},
    {"COERCE", "arrest", -7.0, NULL},
    {"COERCE", "deport", -7.0, NULL},
    {"COERCE", "withhold", -7.0, NULL},
    {"COERCE", "misinformation", -6.5, NULL},
    {"COERCE", "cyber", -7.0, NULL},
    {"ASSAULT", "abduct", -8.5, "18"},
    {"ASSAULT", "beat", -7.5, "18"},
    {"ASSAULT", "torture", -8.5, "18"},
    {"ASSAULT", "sexual", -8.5, "18"},
    {"ASSAULT", "targeted", -9.5, "18"},
    {"ASSAULT", "destroy", -8.5, "18"},
    {"ASSAULT", "primitive", -8.0, "18"},
    {"ASSAULT", "firearms", -9.0, NULL},
    {"ASSAULT", "explosives", -9.0, "18"},
    {"ASSAULT", "suicide-attack", -9.5, "18"},
    {"ASSAULT", "aerial", -9.5, NULL},
    {"ASSAULT", "drone", -9.5, NULL},
    {"ASSAULT", "heavy-weapons", -9.5, NULL},
    {"ASSAULT", "crowd-control", -7.5, "17"},
    {"ASSAULT", "unconventional", -10.0, "20"},
};

static const double GOLDSTEIN[] = {
    [1] = 0.0,   [2] = 3.0,   [3] = 4.0,   [4] = 1.0,   [5] = 3.5,    [6] = 6.0,   [7] = 7.0,
    [8] = 5.0,   [9] = -2.0,  [10] = -5.0, [11] = -2.0, [12] = -4.0,  [13] = -6.0, [14] = -6.5,
    [15] = -7.2, [16] = -4.0, [17] = -7.0, [18] = -9.0, [19] = -10.0, [20] = -10.0};

const struct dps_type_scale *dps_scale_types(size_t *count) {
    *count = sizeof TYPES / sizeof *TYPES;
    return TYPES;
}

const struct dps_type_scale *dps_scale_type(struct dps_str name) {
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (dps_str_is(name, TYPES[i].name)) return &TYPES[i];
    return NULL;
}

const struct dps_mode_scale *dps_scale_mode(struct dps_str type, struct dps_str mode) {
    for (size_t i = 0; i < sizeof MODES / sizeof *MODES; i++)
        if (dps_str_is(type, MODES[i].type) && dps_str_is(mode, MODES[i].mode)) return &MODES[i];
    return NULL;
}

double dps_scale_goldstein(struct dps_str cameo) {
    if (cameo.length < 2) return NAN;
    int root = (cameo.data[0] - '0') * 10 + (cameo.data[1] - '0');
    return root >= 1 && root <= 20 ? GOLDSTEIN[root] : NAN;
}
