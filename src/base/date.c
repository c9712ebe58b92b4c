/* date.c -- calendar arithmetic after H. Hinnant, "chrono-compatible low-level date algorithms" (2013). */
#include "base/date.h"

#include <stdio.h>

int dps_date_month_length(int year, int month) {
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) return 0;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool dps_date_valid(struct dps_date d) {
    if (d.year < 1 || d.year > 9999 || d.month > 12) return false;
    if (d.month == 0) return d.day == 0;
    return d.day <= dps_date_month_length(d.year, d.month);
}

int32_t dps_date_days(struct dps_date d) {
    int32_t y = d.year, m = d.month ? d.month : 1, day = d.day ? d.day : 1;
    y -= m <= 2;
    int32_t era = (y >= 0 ? y : y - 399) / 400;
    int32_t yoe = y - era * 400;
    int32_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

struct dps_date dps_date_of_days(int32_t days) {
    int32_t z = days + 719468;
    int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    int32_t doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t y = yoe + era * 400;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153;
    int32_t d = doy - (153 * mp + 2) / 5 + 1;
    int32_t m = mp < 10 ? mp + 3 : mp - 9;
    return (struct dps_date){(int16_t)(y + (m <= 2)), (uint8_t)m, (uint8_t)d};
}

int dps_date_weekday(struct dps_date d) {
    int32_t days = dps_date_days(d); /* 1970-01-01 was a Thursday */
    return (int)(((days + 3) % 7 + 7) % 7);
}

struct dps_date dps_date_add(struct dps_date d, int32_t days) {
    return dps_date_of_days(dps_date_days(d) + days);
}

int dps_date_compare(struct dps_date a, struct dps_date b) {
    if (a.year != b.year) return a.year < b.year ? -1 : 1;
    int am = a.month ? a.month : 1, bm = b.month ? b.month : 1;
    if (am != bm) return am < bm ? -1 : 1;
    int ad = a.day ? a.day : 1, bd = b.day ? b.day : 1;
    return ad < bd ? -1 : ad > bd;
}

/* Exactly `digits` decimal digits at *at. */
static bool number(struct dps_str s, size_t *at, int digits, int *value) {
    if (s.length - *at < (size_t)digits) return false;
    int v = 0;
    for (int i = 0; i < digits; i++) {
        char c = s.data[*at + (size_t)i];
        if (c < '0' || c > '9') return false;
        v = v * 10 + (c - '0');
    }
    *at += (size_t)digits;
    *value = v;
    return true;
}

static bool skip(struct dps_str s, size_t *at, char c) {
    if (*at >= s.length || s.data[*at] != c) return false;
    ++*at;
    return true;
}

/* "-01" at *at, or nothing there and value 0; false for "-00", since 0 is for the unknown. */
static bool part_at(struct dps_str s, size_t *at, int *value) {
    size_t next = *at;
    *value = 0;
    if (!skip(s, &next, '-') || !number(s, &next, 2, value)) return true;
    *at = next;
    return *value > 0;
}

static bool date_at(struct dps_str s, size_t *at, struct dps_date *date) {
    int year, month, day = 0;
    if (!number(s, at, 4, &year) || !part_at(s, at, &month)) return false;
    if (month && !part_at(s, at, &day)) return false;
    *date = (struct dps_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return dps_date_valid(*date);
}

bool dps_date_parse(struct dps_str s, struct dps_date *date) {
    size_t at = 0;
    return date_at(s, &at, date) && at == s.length;
}

char *dps_date_format(struct dps_date d, char out[16]) {
    if (!d.month)
        snprintf(out, 16, "%04d", d.year);
    else if (!d.day)
        snprintf(out, 16, "%04d-%02u", d.year, (unsigned)d.month);
    else
        snprintf(out, 16, "%04d-%02u-%02u", d.year, (unsigned)d.month, (unsigned)d.day);
    return out;
}

static bool offset_at(struct dps_str s, size_t *at, int16_t *offset) {
    if (skip(s, at, 'Z') || skip(s, at, 'z')) {
        *offset = 0;
        return true;
    }
    int sign = skip(s, at, '+') ? 1 : skip(s, at, '-') ? -1 : 0, hours, minutes = 0;
    if (!sign || !number(s, at, 2, &hours)) return false;
    skip(s, at, ':');
    if (*at < s.length && !number(s, at, 2, &minutes)) return false;
    if (hours > 15 || minutes > 59) return false;
    *offset = (int16_t)(sign * (hours * 60 + minutes));
    return true;
}

bool dps_time_parse(struct dps_str s, struct dps_time *time) {
    size_t at = 0;
    struct dps_time t = {.hour = -1, .offset = DPS_NO_OFFSET};
    if (!date_at(s, &at, &t.date)) return false;
    if (at < s.length) {
        int hour, minute = 0, second = 0;
        if (!dps_date_full(t.date)) return false;
        if (!skip(s, &at, 'T') && !skip(s, &at, 't') && !skip(s, &at, ' ')) return false;
        if (!number(s, &at, 2, &hour) || !skip(s, &at, ':') || !number(s, &at, 2, &minute)) return false;
        if (skip(s, &at, ':')) {
            if (!number(s, &at, 2, &second)) return false;
            if (skip(s, &at, '.') || skip(s, &at, ','))
                while (at < s.length && s.data[at] >= '0' && s.data[at] <= '9') at++;
        }
        if (hour > 23 || minute > 59 || second > 60) return false;
        t.hour = (int8_t)hour;
        t.minute = (int8_t)minute;
        t.second = (int8_t)second;
        skip(s, &at, ' ');
        if (at < s.length && !offset_at(s, &at, &t.offset)) return false;
    }
    if (at != s.length) return false;
    *time = t;
    return true;
}

char *dps_time_format(struct dps_time t, char out[40]) {
    char day[16];
    dps_date_format(t.date, day);
    if (t.hour < 0 || !dps_date_full(t.date))
        snprintf(out, 40, "%s", day);
    else if (t.offset == DPS_NO_OFFSET)
        snprintf(out, 40, "%sT%02d:%02d:%02d", day, t.hour, t.minute, t.second);
    else {
        int offset = t.offset < 0 ? -t.offset : t.offset;
        snprintf(out, 40, "%sT%02d:%02d:%02d%c%02d:%02d", day, t.hour, t.minute, t.second, t.offset < 0 ? '-' : '+',
                 offset / 60, offset % 60);
    }
    return out;
}

static int last_sunday(int year, int month) {
    struct dps_date end = {(int16_t)year, (uint8_t)month, (uint8_t)dps_date_month_length(year, month)};
    return end.day - (dps_date_weekday(end) + 1) % 7;
}

int dps_date_cet_offset(struct dps_date d, int hour, int minute) {
    if (d.month < 3 || d.month > 10) return 60;
    if (d.month > 3 && d.month < 10) return 120;
    int now = (d.day * 24 + (hour < 0 ? 12 : hour)) * 60 + minute;
    if (d.month == 3) return now >= (last_sunday(d.year, 3) * 24 + 2) * 60 ? 120 : 60;
    return now < (last_sunday(d.year, 10) * 24 + 3) * 60 ? 120 : 60;
}
