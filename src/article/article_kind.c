/* article_kind.c -- tell what an input is by its first bytes.
 *
 * In: the beginning of an input (up to some kilobytes).  Out: its kind.
 * HTML, feeds and web archives are told, not read: reading their tags as prose would make wrong events. */
#include "article/article_langs.h"

static struct dps_str skip_start(struct dps_str s) {
    if (dps_str_starts(s, DPS_STR("\xEF\xBB\xBF"))) s = dps_str_cut(s, 3, s.length);
    while (s.length && strchr(" \t\r\n", s.data[0]) && s.data[0]) s = dps_str_cut(s, 1, s.length);
    return s;
}

/* ASCII letters of any case. */
static bool starts_with(struct dps_str s, const char *lower) {
    size_t n = strlen(lower);
    if (s.length < n) return false;
    for (size_t i = 0; i < n; i++) {
        char c = s.data[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if (c != lower[i]) return false;
    }
    return true;
}

static bool contains(struct dps_str s, const char *lower) {
    for (size_t i = 0; i < s.length; i++)
        if (s.data[i] == '<' && starts_with(dps_str_cut(s, i, s.length), lower)) return true;
    return false;
}

static const struct {
    const char *bytes;
    size_t length;
    const char *what;
} binaries[] = {
    {"%PDF-", 5, "a PDF file"},
    {"PK\3\4", 4, "a ZIP archive (an office document?)"},
    {"\x89PNG", 4, "a PNG image"},
    {"\xFF\xD8\xFF", 3, "a JPEG image"},
    {"GIF8", 4, "a GIF image"},
    {"\x7F"
     "ELF",
     4, "a program"},
    {"SQLite format 3", 15, "an SQLite file"},
    {"BZh", 3, "bzip2 data (gzip and zstd are read)"},
    {"\xFD"
     "7zXZ",
     5, "xz data (gzip and zstd are read)"},
};

static enum dps_input_kind markup(struct dps_str s) {
    static const char *const html[] = {"<!doctype html", "<html",   "<head", "<body",  "<div", "<p>",   "<p ",
                                       "<article",       "<script", "<meta", "<table", "<h1",  "<title"};
    static const char *const feed[] = {"<rss", "<feed", "<rdf:rdf", "<channel"};
    struct dps_str head = dps_str_cut(s, 0, 1024);
    for (size_t i = 0; i < sizeof feed / sizeof *feed; i++)
        if (contains(head, feed[i])) return DPS_KIND_FEED;
    for (size_t i = 0; i < sizeof html / sizeof *html; i++)
        if (contains(head, html[i])) return DPS_KIND_HTML;
    return starts_with(s, "<?xml") ? DPS_KIND_FEED : DPS_KIND_TEXT;
}

static struct dps_str first_line(struct dps_str s, struct dps_str *rest) {
    struct dps_str line = {NULL, 0};
    *rest = s;
    dps_str_split(rest, '\n', &line);
    return dps_str_trim(line);
}

/* An object a line, or one object (or array) over many lines? */
static enum dps_input_kind json_kind(struct dps_str s) {
    struct dps_str rest, line = first_line(s, &rest), next;
    if (s.data[0] == '[') return DPS_KIND_JSON_DOCUMENT;
    if (dps_str_is(line, "{")) return DPS_KIND_JSON_DOCUMENT;
    if (line.data[line.length - 1] == '}' || !rest.data) return DPS_KIND_JSON_LINES;
    next = first_line(skip_start(rest), &rest);
    bool inner = next.length && (next.data[0] == '"' || next.data[0] == '}');
    return inner ? DPS_KIND_JSON_DOCUMENT : DPS_KIND_JSON_LINES;
}

static bool is_json(struct dps_str s) {
    if (s.length == 0 || (s.data[0] != '{' && s.data[0] != '[')) return false;
    struct dps_str inner = skip_start(dps_str_cut(s, 1, s.length));
    if (inner.length == 0) return s.length == 1;
    if (s.data[0] == '{') return inner.data[0] == '"' || inner.data[0] == '}';
    return inner.data[0] == '{' ||
           (inner.data[0] == ']' && skip_start(dps_str_cut(inner, 1, inner.length)).length == 0);
}

enum dps_input_kind dps_kind_tell(struct dps_str head, const char **what) {
    *what = NULL;
    for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++)
        if (dps_str_starts(head, (struct dps_str){binaries[i].bytes, binaries[i].length})) {
            *what = binaries[i].what;
            return DPS_KIND_BINARY;
        }
    struct dps_str s = skip_start(head);
    if (s.length == 0) return DPS_KIND_EMPTY;
    if (dps_str_starts(s, DPS_STR("WARC/"))) return DPS_KIND_WARC;
    if (s.data[0] == '<') return markup(s);
    if (is_json(s)) return json_kind(s);
    return DPS_KIND_TEXT;
}

enum dps_status dps_kind_check(enum dps_input_kind kind, const char *what, struct dps_error *error) {
    switch (kind) {
    case DPS_KIND_EMPTY:
        return dps_error_set(error, DPS_INPUT, "nothing in it");
    case DPS_KIND_HTML:
        return dps_error_set(error, DPS_INPUT, "looks like HTML; not supported yet");
    case DPS_KIND_FEED:
        return dps_error_set(error, DPS_INPUT, "looks like a feed or other XML; not supported yet");
    case DPS_KIND_WARC:
        return dps_error_set(error, DPS_INPUT, "looks like WARC; not supported yet");
    case DPS_KIND_BINARY:
        return dps_error_set(error, DPS_INPUT, "looks like %s, not like text", what ? what : "binary data");
    default:
        return DPS_OK;
    }
}
