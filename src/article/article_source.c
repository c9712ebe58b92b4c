/* article_source.c -- read plain, gzip and zstd input as one stream.
 *
 * In: a path or standard input.  Out: bytes, in pieces of the caller's size; memory is bounded whatever the input
 * unpacks to. How: the first four bytes tell the packing. Several gzip members or zstd frames in a row (as crawlers and
 * `cat` make them) are one stream; zero bytes behind the last gzip member are padding. Limits: one layer of packing
 * only; zstd windows over 128 MiB are refused. */
#include "article/article_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { IN_BYTES = 64 * 1024, ZSTD_WINDOW_LOG = 27 };

enum packing { PLAIN, GZIP, ZSTD };

struct dps_source {
    int fd;
    bool close_fd, in_end; /* no more input bytes */
    bool between;          /* at a border of members or frames: the input may end here */
    enum packing packing;
    struct dps_error failed; /* why no more can be read; told again at each further call */
    z_stream z;
    ZSTD_DStream *zstd;
    size_t at, length; /* the unread part of `in` */
    unsigned char in[IN_BYTES];
};

/* Fill `in` behind what is unread. */
static enum dps_status fill(struct dps_source *s, struct dps_error *error) {
    if (s->at) memmove(s->in, s->in + s->at, s->length - s->at);
    s->length -= s->at;
    s->at = 0;
    while (!s->in_end && s->length < sizeof s->in) {
        ssize_t n = read(s->fd, s->in + s->length, sizeof s->in - s->length);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return dps_error_set(error, DPS_IO, "cannot read: %s", strerror(errno));
        if (n == 0) s->in_end = true;
        s->length += (size_t)n;
        if (n > 0 && s->length >= 4) break; /* a pipe gives what it has */
    }
    return DPS_OK;
}

static bool is_gzip(const unsigned char *p, size_t n) {
    return n >= 2 && p[0] == 0x1F && p[1] == 0x8B;
}
static bool is_zstd(const unsigned char *p, size_t n) {
    return n >= 4 && p[1] == 0xB5 && p[2] == 0x2F && p[3] == 0xFD && p[0] == 0x28;
}

static enum dps_status start(struct dps_source *s, struct dps_error *error) {
    DPS_TRY(fill(s, error));
    if (is_gzip(s->in, s->length)) {
        if (inflateInit2(&s->z, 15 + 16) != Z_OK) return dps_error_set(error, DPS_MEMORY, "out of memory for gzip");
        s->packing = GZIP;
    } else if (is_zstd(s->in, s->length)) {
        s->zstd = ZSTD_createDStream();
        if (!s->zstd) return dps_error_set(error, DPS_MEMORY, "out of memory for zstd");
        ZSTD_DCtx_setParameter(s->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
        s->packing = ZSTD;
    }
    return DPS_OK;
}

enum dps_status dps_source_new(struct dps_source **source, const char *path, struct dps_error *error) {
    *source = NULL;
    struct dps_source *s = calloc(1, sizeof *s);
    if (!s) return dps_error_set(error, DPS_MEMORY, "out of memory");
    s->fd = path ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    s->close_fd = path != NULL;
    if (s->fd < 0) {
        enum dps_status status = dps_error_set(error, DPS_IO, "cannot open: %s", strerror(errno));
        free(s);
        return status;
    }
    enum dps_status status = start(s, error);
    if (status != DPS_OK) {
        dps_source_free(s);
        return status;
    }
    *source = s;
    return DPS_OK;
}

void dps_source_free(struct dps_source *s) {
    if (!s) return;
    if (s->packing == GZIP) inflateEnd(&s->z);
    ZSTD_freeDStream(s->zstd);
    if (s->close_fd && s->fd >= 0) close(s->fd);
    free(s);
}

static enum dps_status read_plain(struct dps_source *s, char *out, size_t room, size_t *got, struct dps_error *error) {
    if (s->at == s->length) {
        s->at = s->length = 0;
        DPS_TRY(fill(s, error));
    }
    size_t n = s->length - s->at;
    if (n == 0) return DPS_END;
    if (n > room) n = room;
    memcpy(out, s->in + s->at, n);
    s->at += n;
    *got = n;
    return DPS_OK;
}

/* Behind a gzip member: another one, padding, or the end. */
static enum dps_status next_member(struct dps_source *s, bool *more, struct dps_error *error) {
    *more = false;
    for (;;) {
        while (s->at < s->length && s->in[s->at] == 0) s->at++;
        if (s->length - s->at >= 2 || s->in_end) break;
        DPS_TRY(fill(s, error));
    }
    if (s->at == s->length) return DPS_END;
    if (!is_gzip(s->in + s->at, s->length - s->at))
        return dps_error_set(error, DPS_INPUT, "bytes behind the gzip data that are no gzip data");
    inflateReset(&s->z);
    *more = true;
    return DPS_OK;
}

static enum dps_status read_gzip(struct dps_source *s, char *out, size_t room, size_t *got, struct dps_error *error) {
    if (room > 1u << 30) room = 1u << 30;
    s->z.next_out = (Bytef *)out;
    s->z.avail_out = (uInt)room;
    while (s->z.avail_out == room) {
        if (s->between) {
            bool more;
            DPS_TRY(next_member(s, &more, error));
            s->between = !more;
        }
        if (s->at == s->length) DPS_TRY(fill(s, error));
        s->z.next_in = s->in + s->at;
        s->z.avail_in = (uInt)(s->length - s->at);
        int code = inflate(&s->z, Z_NO_FLUSH);
        s->at = s->length - s->z.avail_in;
        if (code == Z_STREAM_END)
            s->between = true;
        else if (code == Z_MEM_ERROR)
            return dps_error_set(error, DPS_MEMORY, "out of memory for gzip");
        else if (code == Z_BUF_ERROR && s->at == s->length && s->in_end && s->z.avail_out == room)
            return dps_error_set(error, DPS_INPUT, "the gzip data are cut off");
        else if (code != Z_OK && code != Z_BUF_ERROR && s->z.avail_out == room)
            return dps_error_set(error, DPS_INPUT, "damaged gzip data: %s", s->z.msg ? s->z.msg : "unknown");
    }
    *got = room - s->z.avail_out;
    return DPS_OK;
}

static enum dps_status read_zstd(struct dps_source *s, char *out, size_t room, size_t *got, struct dps_error *error) {
    ZSTD_outBuffer o = {out, room, 0};
    while (o.pos == 0) {
        if (s->at == s->length) {
            s->at = s->length = 0;
            DPS_TRY(fill(s, error));
            if (s->length == 0 && s->between) return DPS_END;
        }
        ZSTD_inBuffer i = {s->in, s->length, s->at};
        size_t before = i.pos;
        size_t code = ZSTD_decompressStream(s->zstd, &o, &i);
        s->at = i.pos;
        if (ZSTD_isError(code))
            return dps_error_set(error, DPS_INPUT, "damaged zstd data: %s", ZSTD_getErrorName(code));
        s->between = code == 0;
        if (o.pos == 0 && i.pos == before && s->at == s->length && s->in_end && !s->between)
            return dps_error_set(error, DPS_INPUT, "the zstd data are cut off");
    }
    *got = o.pos;
    return DPS_OK;
}

enum dps_status dps_source_read(struct dps_source *s, char *out, size_t room, size_t *got, struct dps_error *error) {
    *got = 0;
    if (s->failed.status != DPS_OK)
        return s->failed.status == DPS_END ? DPS_END : dps_error_set(error, s->failed.status, "%s", s->failed.message);
    struct dps_error *why = &s->failed;
    enum dps_status status = s->packing == GZIP   ? read_gzip(s, out, room, got, why)
                             : s->packing == ZSTD ? read_zstd(s, out, room, got, why)
                                                  : read_plain(s, out, room, got, why);
    s->failed.status = status;
    if (status != DPS_OK && status != DPS_END) dps_error_set(error, status, "%s", s->failed.message);
    return status;
}
