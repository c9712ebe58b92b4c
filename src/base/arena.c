/* arena.c -- blocks of doubling size, newest first; see arena.h for the promises A1 and A2. */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16, FIRST_BLOCK = 64 * 1024, LARGEST_STEP = 4 * 1024 * 1024 };

struct dps_arena_block {
    struct dps_arena_block *next;
    size_t size; /* payload bytes */
    size_t used;
    size_t pad; /* keeps the payload 16-byte aligned (A1) */
};

static unsigned char *payload(struct dps_arena_block *block) {
    return (unsigned char *)(block + 1);
}

void dps_arena_init(struct dps_arena *arena, size_t ceiling) {
    *arena = (struct dps_arena){.ceiling = ceiling};
}

void dps_arena_release(struct dps_arena *arena) {
    struct dps_arena_block *block = arena->blocks;
    while (block) {
        struct dps_arena_block *next = block->next;
        free(block);
        block = next;
    }
    *arena = (struct dps_arena){.ceiling = arena->ceiling};
}

void dps_arena_reset(struct dps_arena *arena) {
    struct dps_arena_block *keep = NULL;
#ifndef DPS_ARENA_MALLOC
    for (struct dps_arena_block *b = arena->blocks; b; b = b->next)
        if (b->size <= LARGEST_STEP && (!keep || b->size > keep->size)) keep = b;
#endif
    struct dps_arena_block *block = arena->blocks;
    while (block) {
        struct dps_arena_block *next = block->next;
        if (block != keep) free(block);
        block = next;
    }
    if (keep) {
        keep->next = NULL;
        keep->used = 0;
    }
    arena->blocks = keep;
    arena->used = 0;
    arena->full = false;
}

static struct dps_arena_block *add_block(struct dps_arena *arena, size_t at_least) {
    size_t size = arena->blocks ? arena->blocks->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_STEP) size = LARGEST_STEP;
#ifdef DPS_ARENA_MALLOC
    size = at_least;
#endif
    if (size < at_least) size = at_least;
    struct dps_arena_block *block = malloc(sizeof *block + size);
    if (!block) return NULL;
    *block = (struct dps_arena_block){.next = arena->blocks, .size = size};
    arena->blocks = block;
    return block;
}

void *dps_arena_take(struct dps_arena *arena, size_t size) {
    if (size > SIZE_MAX / 2) goto refuse;
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
#ifdef DPS_ARENA_MALLOC
    if (rounded == 0) rounded = 1;
#endif
    if (rounded > arena->ceiling || arena->used > arena->ceiling - rounded) goto refuse;
    struct dps_arena_block *block = arena->blocks;
#ifdef DPS_ARENA_MALLOC
    block = add_block(arena, size ? size : 1); /* exact size: one byte past the piece is past the malloc */
    if (!block) goto refuse;
    rounded = block->size;
#else
    if (!block || block->size - block->used < rounded) {
        block = add_block(arena, rounded);
        if (!block) goto refuse;
    }
#endif
    unsigned char *piece = payload(block) + block->used;
    block->used += rounded;
    arena->used += rounded;
    memset(piece, 0, rounded);
    return piece;
refuse:
    arena->full = true;
    return NULL;
}

void *dps_arena_take_array(struct dps_arena *arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / 2 / size) {
        arena->full = true;
        return NULL;
    }
    return dps_arena_take(arena, count * size);
}

char *dps_arena_copy(struct dps_arena *arena, const char *bytes, size_t length) {
    char *copy = dps_arena_take(arena, length + 1);
    if (copy && length) memcpy(copy, bytes, length);
    return copy;
}

void *dps_arena_grow(struct dps_arena *arena, const void *old, size_t old_count, size_t new_count, size_t size) {
    void *fresh = dps_arena_take_array(arena, new_count, size);
    if (fresh && old && old_count) memcpy(fresh, old, old_count * size);
    return fresh;
}
