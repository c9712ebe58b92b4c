/* date.h -- civil dates (proleptic Gregorian) and instants with a zone offset. No time zone data base: zones with
 * daylight saving are computed by the European Union's rule (Directive 2000/84/EC), which holds for Europe/Berlin since
 * 1996. */
#ifndef DPS_BASE_DATE_H
#define DPS_BASE_DATE_H

#include "base/str.h"

struct dps_date { /* year 0: no date. month 0: only the year is known. day 0: only year and month. */
    int16_t year;
    uint8_t month, day;
};

struct dps_time { /* an instant as printed in a source */
    struct dps_date date;
    int8_t hour, minute, second; /* hour -1: no time of day */
    int16_t offset;              /* minutes east of UTC; DPS_NO_OFFSET if unknown */
};
enum { DPS_NO_OFFSET = INT16_MAX };

static inline bool dps_date_known(struct dps_date d) {
    return d.year != 0;
}
static inline bool dps_date_full(struct dps_date d) {
    return d.year && d.month && d.day;
}
bool dps_date_valid(struct dps_date d);   /* ranges, length of the month */
int32_t dps_date_days(struct dps_date d); /* days since 1970-01-01 of a full date */
struct dps_date dps_date_of_days(int32_t days);
int dps_date_weekday(struct dps_date d); /* 0 Monday .. 6 Sunday */
int dps_date_month_length(int year, int month);
struct dps_date dps_date_add(struct dps_date d, int32_t days);
int dps_date_compare(struct dps_date a, struct dps_date b); /* missing parts count as the first */

/* "2022-01-21", "2022-01", "2022" -> date; false if malformed or impossible. The whole span must match. */
bool dps_date_parse(struct dps_str s, struct dps_date *date);
/* ISO form of what is known; writes at most 11 bytes with NUL; returns out. */
char *dps_date_format(struct dps_date d, char out[16]);

/* ISO 8601 / RFC 3339: "2022-01-21", "2022-01-21T11:47", "2022-01-21 11:47:00Z", "...+01:00", fractions ignored. */
bool dps_time_parse(struct dps_str s, struct dps_time *time);
/* "2022-01-21T11:47:00+01:00"; only the date when the hour is unknown; no offset when unknown. */
char *dps_time_format(struct dps_time t, char out[40]);

/* Offset in minutes of Central European Time on that local date and time (60 or 120). Western/Eastern European: add
 * -60/+60. */
int dps_date_cet_offset(struct dps_date d, int hour, int minute);

#endif
