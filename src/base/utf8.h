/* utf8.h -- UTF-8: decoding, checking, classes of letters, case folding and composition (utf8proc). Offsets are bytes.
 */
#ifndef DPS_BASE_UTF8_H
#define DPS_BASE_UTF8_H

#include "base/arena.h"
#include "base/str.h"

/* Decode the code point at s.data[*at] and move *at behind it. Bad bytes give U+FFFD and move by one. *at must be <
 * s.length. */
uint32_t dps_utf8_next(struct dps_str s, size_t *at);
/* Offset of the first byte that is not valid UTF-8, or s.length if all is. Surrogates and overlong forms are invalid.
 */
size_t dps_utf8_check(struct dps_str s);
/* Number of code points (bad bytes count one each). */
size_t dps_utf8_count(struct dps_str s);
/* Largest offset <= at that is a character boundary. */
size_t dps_utf8_floor(struct dps_str s, size_t at);
/* Write one code point; returns bytes written (1..4). */
size_t dps_utf8_put(uint32_t code_point, char out[4]);

bool dps_utf8_is_letter(uint32_t c);
bool dps_utf8_is_digit(uint32_t c); /* Unicode Nd */
bool dps_utf8_is_upper(uint32_t c); /* upper or title case */
bool dps_utf8_is_lower(uint32_t c);
bool dps_utf8_is_space(uint32_t c); /* incl. no-break and thin spaces */
bool dps_utf8_is_punct(uint32_t c); /* Unicode P* and S* */

/* Lower-cased copy (simple mapping, not folding: "Straße" -> "straße") in the arena; data is NULL when memory ran out.
 */
struct dps_str dps_utf8_lower(struct dps_arena *arena, struct dps_str s);
/* NFC-composed, case-folded copy for look-ups. */
struct dps_str dps_utf8_fold(struct dps_arena *arena, struct dps_str s);
/* First letter upper-cased copy. */
struct dps_str dps_utf8_capital(struct dps_arena *arena, struct dps_str s);

#endif
