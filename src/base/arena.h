/* arena.h -- memory that is taken piece by piece and given back at once.
 *
 * One arena per article: every stage takes what it needs, nothing is freed singly, dps_arena_reset() makes it ready for
 * the next article. Built with -Darena_malloc=true each piece is its own malloc, so that the sanitizers see every
 * overrun.
 *
 * A1: a piece is aligned to 16 bytes and zeroed.
 * A2: an arena never holds more than `ceiling` bytes; past that dps_arena_take returns NULL and the arena's `full` flag
 * is set until the next reset. A stage may test the flag once at its end instead of each pointer only if it checks
 * pointers before use.
 */
#ifndef DPS_BASE_ARENA_H
#define DPS_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct dps_arena_block;

struct dps_arena {
    struct dps_arena_block *blocks; /* newest first; owned */
    size_t used;                    /* bytes handed out since the last reset */
    size_t ceiling;                 /* most bytes handed out between resets */
    bool full;                      /* a request was refused */
};

/* An empty arena that hands out at most `ceiling` bytes. Takes no memory yet. */
void dps_arena_init(struct dps_arena *arena, size_t ceiling);

/* Gives all memory back to the system. Accepts a zeroed struct. */
void dps_arena_release(struct dps_arena *arena);

/* Forgets all pieces; keeps the largest block for reuse. All pointers taken before become invalid. */
void dps_arena_reset(struct dps_arena *arena);

/* `size` zeroed bytes, or NULL if memory or the ceiling is exhausted. size 0 gives a valid pointer. */
void *dps_arena_take(struct dps_arena *arena, size_t size);

/* `count` zeroed elements of `size` bytes, NULL on overflow too. */
void *dps_arena_take_array(struct dps_arena *arena, size_t count, size_t size);

/* A copy of `length` bytes with a NUL behind it. */
char *dps_arena_copy(struct dps_arena *arena, const char *bytes, size_t length);

/* Grow an array living in the arena: returns a copy with room for `new_count` (the old piece stays until reset). */
void *dps_arena_grow(struct dps_arena *arena, const void *old, size_t old_count, size_t new_count, size_t size);

/* Typed shorthand: struct x *a = DPS_NEW(arena, n, struct x). */
#define DPS_NEW(arena, count, type) ((type *)dps_arena_take_array((arena), (count), sizeof(type)))

#endif
