/* parse_conllu.c -- see parse_conllu.h. Two passes over a chunk of the file: count and check, then fill. */
#include "parse/parse_conllu.h"

#include "base/utf8.h"
#include "parse/parse_feats.h"

enum {
    COLUMNS = 10,
    MAX_CHUNK_WORDS = 1 << 20, /* words read as one article */
    MAX_SENTENCE_WORDS = 1 << 16,
    MAX_FORM = 4096 /* bytes of one word */
};

void dps_conllu_init(struct dps_conllu_reader *r, struct dps_str bytes, const char *name) {
    *r = (struct dps_conllu_reader){.rest = bytes, .name = name, .line = 0};
}

/* Next line without its end; false at the end of the bytes. */
static bool next_line(struct dps_conllu_reader *r, struct dps_str *line) {
    if (r->rest.length == 0) return false;
    const char *end = memchr(r->rest.data, '\n', r->rest.length);
    size_t n = end ? (size_t)(end - r->rest.data) : r->rest.length;
    *line = dps_str_cut(r->rest, 0, n);
    r->rest = dps_str_cut(r->rest, n + (end != NULL), r->rest.length);
    if (line->length && line->data[line->length - 1] == '\r') line->length--;
    r->line++;
    return true;
}

static bool number(struct dps_str s, uint32_t *n) {
    uint32_t value = 0;
    if (s.length == 0 || s.length > 6) return false;
    for (size_t i = 0; i < s.length; i++) {
        if (s.data[i] < '0' || s.data[i] > '9') return false;
        value = value * 10 + (uint32_t)(s.data[i] - '0');
    }
    *n = value;
    return true;
}

struct line {
    struct dps_str cell[COLUMNS];
    enum { WORD, RANGE, EMPTY } kind;
    uint32_t first, last; /* the word's number, or the range's */
};

static enum dps_status bad(const struct dps_conllu_reader *r, const char *what, struct dps_error *error) {
    return dps_error_set(error, DPS_INPUT, "%s:%u: %s", r->name, r->line, what);
}

static enum dps_status read_line(const struct dps_conllu_reader *r, struct dps_str text, struct line *out,
                                 struct dps_error *error) {
    struct dps_str rest = text;
    int n = 0;
    while (n < COLUMNS && dps_str_split(&rest, '\t', &out->cell[n])) n++;
    if (n != COLUMNS || rest.length) return bad(r, "a line must have ten columns parted by tabs", error);
    if (out->cell[1].length == 0 || out->cell[1].length > MAX_FORM) return bad(r, "empty or overlong word", error);
    if (dps_utf8_check(text) != text.length || memchr(text.data, 0, text.length))
        return bad(r, "not valid UTF-8", error);
    struct dps_str id = out->cell[0];
    const char *mark = memchr(id.data, '-', id.length);
    out->kind = mark ? RANGE : memchr(id.data, '.', id.length) ? EMPTY : WORD;
    if (out->kind == EMPTY) return DPS_OK;
    struct dps_str a = mark ? dps_str_cut(id, 0, (size_t)(mark - id.data)) : id;
    struct dps_str b = mark ? dps_str_cut(id, (size_t)(mark - id.data) + 1, id.length) : id;
    if (!number(a, &out->first) || !number(b, &out->last) || out->last < out->first)
        return bad(r, "bad word number", error);
    return DPS_OK;
}

struct counts {
    uint32_t sentences, words;
    size_t bytes; /* ceiling of the text's length */
};

/* Pass over up to `most` sentences, checking each line; `r` is a copy and is given back moved on. */
static enum dps_status count_chunk(struct dps_conllu_reader *r, uint32_t most, struct counts *c,
                                   struct dps_error *error) {
    uint32_t words = 0, covered = 0;
    struct dps_str text;
    memset(c, 0, sizeof *c);
    while (c->sentences < most && next_line(r, &text)) {
        bool last = r->rest.length == 0;
        if (text.length && text.data[0] != '#') {
            struct line l;
            DPS_TRY(read_line(r, text, &l, error));
            if (l.kind == WORD) {
                if (l.first != ++words) return bad(r, "words must be numbered 1, 2, 3 ...", error);
                if (words > MAX_SENTENCE_WORDS || c->words >= MAX_CHUNK_WORDS) return bad(r, "too many words", error);
                c->words++;
            } else if (l.kind == RANGE) {
                if (l.first != words + 1 || l.first <= covered || l.last - l.first > 200)
                    return bad(r, "bad range of a multi-word token", error);
                covered = l.last;
            }
            if (l.kind != EMPTY) c->bytes += l.cell[1].length + 1;
        }
        if ((text.length == 0 || last) && words > 0) {
            if (covered > words) return bad(r, "a multi-word token runs past its sentence", error);
            c->sentences++;
            words = covered = 0;
        }
    }
    return DPS_OK;
}

struct fill {
    struct dps_arena *arena;
    struct dps_text *text;
    struct dps_parse *parse; /* or NULL */
    char *bytes;
    uint32_t at;
    uint32_t mwt_last; /* number of the last word under the current range, 0: none */
    uint32_t mwt_start, mwt_end, mwt_part;
    uint32_t mwt_token; /* its first word */
    bool mwt_space;
};

static bool no_space(struct dps_str misc) {
    struct dps_str part;
    while (dps_str_split(&misc, '|', &part))
        if (dps_str_is(part, "SpaceAfter=No")) return true;
    return false;
}

static void put_form(struct fill *f, struct dps_str form, bool space, uint32_t *start, uint32_t *end) {
    *start = f->at;
    memcpy(f->bytes + f->at, form.data, form.length);
    f->at += (uint32_t)form.length;
    *end = f->at;
    if (space) f->bytes[f->at++] = ' ';
}

static struct dps_str copy(struct dps_arena *arena, struct dps_str s) {
    if (s.length == 1 && s.data[0] == '_') return (struct dps_str){NULL, 0};
    return (struct dps_str){dps_arena_copy(arena, s.data, s.length), s.length};
}

static enum dps_status fill_given(struct fill *f, const struct dps_conllu_reader *r, const struct line *l,
                                  uint32_t token, uint32_t first, struct dps_error *error) {
    struct dps_parse *p = f->parse;
    enum dps_upos upos = DPS_UPOS_X_;
    enum dps_rel rel = DPS_REL_DEP;
    uint32_t head = 0;
    dps_upos_find(l->cell[3], &upos);
    dps_rel_find(l->cell[7], &rel);
    bool told = number(l->cell[6], &head);
    if (!told && !dps_str_is(l->cell[6], "_")) return bad(r, "bad head", error);
    p->upos[token] = (uint8_t)upos;
    p->rel[token] = (uint8_t)rel;
    p->head[token] = head ? (int32_t)(first + head - 1) : -1; /* checked when the sentence is complete */
    p->lemma[token] =
        dps_str_is(l->cell[2], "_") && !dps_str_is(l->cell[1], "_")
            ? (struct dps_str){NULL, 0}
            : (struct dps_str){dps_arena_copy(f->arena, l->cell[2].data, l->cell[2].length), l->cell[2].length};
    p->feats_text[token] = copy(f->arena, l->cell[5]);
    p->feats[token] = dps_feats_read(l->cell[5]);
    p->score[token] = 1.0f;
    return DPS_OK;
}

/* A range is read whose words in a row are what is written (Russia's): they get bytes of their own. */
static void part_range(struct fill *f) {
    struct dps_token *t = &f->text->tokens[f->mwt_token];
    uint32_t n = t->mwt_length, at = f->mwt_start;
    for (uint32_t i = 0; i < n; at += (uint32_t)t[i++].form.length)
        if (t[i].form.length > f->mwt_end - at || memcmp(f->bytes + at, t[i].form.data, t[i].form.length) != 0) return;
    if (at != f->mwt_end) return;
    at = f->mwt_start;
    for (uint32_t i = 0; i < n; i++) {
        t[i].start = at;
        t[i].end = at += (uint32_t)t[i].form.length;
        t[i].space_after = i + 1 == n && f->mwt_space;
        t[i].mwt_part = 0;
    }
    t->mwt_length = 0;
    t->glued = (uint8_t)n;
}

static enum dps_status fill_word(struct fill *f, const struct dps_conllu_reader *r, const struct line *l,
                                 uint32_t token, uint32_t first, struct dps_error *error) {
    struct dps_token *t = &f->text->tokens[token];
    if (l->first <= f->mwt_last) {
        t->start = f->mwt_start;
        t->end = f->mwt_end;
        t->mwt_part = (uint8_t)++f->mwt_part;
        t->space_after = f->mwt_space;
    } else {
        t->space_after = !no_space(l->cell[9]);
        put_form(f, l->cell[1], t->space_after, &t->start, &t->end);
    }
    t->form = (struct dps_str){dps_arena_copy(f->arena, l->cell[1].data, l->cell[1].length), l->cell[1].length};
    if (!t->form.data) return dps_error_set(error, DPS_MEMORY, "%s: out of memory", r->name);
    if (l->first == f->mwt_last) part_range(f);
    return f->parse ? fill_given(f, r, l, token, first, error) : DPS_OK;
}

/* Heads of a finished sentence must lie in it; a sentence without a proper tree keeps what it has (the scorer's
 * business). */
static enum dps_status close_sentence(struct fill *f, const struct dps_conllu_reader *r, struct dps_sentence *s,
                                      struct dps_error *error) {
    if (f->at > s->start && f->bytes[f->at - 1] == ' ') f->at--;
    s->end = f->at;
    f->bytes[f->at++] = '\n';
    f->text->tokens[s->first + s->count - 1].space_after = true;
    for (uint32_t i = s->first; f->parse && i < s->first + s->count; i++)
        if (f->parse->head[i] >= (int32_t)(s->first + s->count))
            return bad(r, "a head lies outside its sentence", error);
    f->mwt_last = 0;
    return DPS_OK;
}

static enum dps_status fill_chunk(struct dps_conllu_reader *r, struct fill *f, const struct counts *c,
                                  struct dps_error *error) {
    struct dps_text *text = f->text;
    struct dps_str row, id = {NULL, 0};
    struct dps_sentence *s = NULL;
    while ((text->n_sentences < c->sentences || s) && next_line(r, &row)) {
        bool last = r->rest.length == 0;
        if (row.length && row.data[0] == '#') {
            struct dps_str name = DPS_STR("# sent_id = ");
            if (dps_str_starts(row, name)) id = dps_str_cut(row, name.length, row.length);
        } else if (row.length) {
            struct line l;
            DPS_TRY(read_line(r, row, &l, error));
            if (!s) {
                s = &text->sentences[text->n_sentences++];
                *s = (struct dps_sentence){.first = text->n_tokens, .start = f->at, .kind = DPS_SENTENCE_BODY};
                s->id = (struct dps_str){dps_arena_copy(f->arena, id.data ? id.data : "", id.length), id.length};
                id.length = 0;
            }
            if (l.kind == RANGE) {
                f->mwt_last = l.last;
                f->mwt_part = 0;
                f->mwt_space = !no_space(l.cell[9]);
                put_form(f, l.cell[1], f->mwt_space, &f->mwt_start, &f->mwt_end);
                f->mwt_token = text->n_tokens;
                text->tokens[text->n_tokens].mwt_length = (uint8_t)(l.last - l.first + 1);
            } else if (l.kind == WORD) {
                DPS_TRY(fill_word(f, r, &l, text->n_tokens++, s->first, error));
                s->count++;
            }
        }
        if ((row.length == 0 || last) && s && s->count) {
            DPS_TRY(close_sentence(f, r, s, error));
            s = NULL;
        }
    }
    return DPS_OK;
}

enum dps_status dps_conllu_next(struct dps_conllu_reader *r, struct dps_arena *arena, uint32_t most,
                                struct dps_article *article, struct dps_text *text, struct dps_parse *parse,
                                struct dps_error *error) {
    struct dps_conllu_reader ahead = *r;
    struct counts c;
    DPS_TRY(count_chunk(&ahead, most, &c, error));
    if (c.sentences == 0) return DPS_END;
    memset(article, 0, sizeof *article);
    *text = (struct dps_text){.article = article};
    struct fill f = {
        .arena = arena, .text = text, .parse = parse, .bytes = dps_arena_take(arena, c.bytes + c.sentences + 1)};
    text->sentences = DPS_NEW(arena, c.sentences, struct dps_sentence);
    text->tokens = DPS_NEW(arena, (size_t)c.words + 1, struct dps_token);
    bool taken = f.bytes && text->sentences && text->tokens;
    if (parse && taken) {
        *parse = (struct dps_parse){.text = text};
        parse->upos = DPS_NEW(arena, c.words, uint8_t);
        parse->rel = DPS_NEW(arena, c.words, uint8_t);
        parse->head = DPS_NEW(arena, c.words, int32_t);
        parse->lemma = DPS_NEW(arena, c.words, struct dps_str);
        parse->feats = DPS_NEW(arena, c.words, struct dps_feats);
        parse->feats_text = DPS_NEW(arena, c.words, struct dps_str);
        parse->score = DPS_NEW(arena, c.words, float);
        taken = parse->upos && parse->rel && parse->head && parse->lemma && parse->feats && parse->feats_text &&
                parse->score;
    }
    if (!taken) return dps_error_set(error, DPS_MEMORY, "%s: out of memory", r->name);
    DPS_TRY(fill_chunk(r, &f, &c, error));
    article->text = (struct dps_str){f.bytes, f.at};
    return parse ? dps_parse_link(arena, parse, error) : DPS_OK;
}

/* ---- writing ---- */

static void put_text(struct dps_buffer *out, struct dps_str s) {
    for (size_t from = 0, i = 0; i <= s.length; i++)
        if (i == s.length || s.data[i] == '\n' || s.data[i] == '\r' || s.data[i] == '\t') { /* a comment is one line */
            dps_buffer_append(out, s.data + from, i - from);
            if (i < s.length) dps_buffer_append(out, " ", 1);
            from = i + 1;
        }
}

static void put_cell(struct dps_buffer *out, struct dps_str s) {
    if (s.length)
        put_text(out, s);
    else
        dps_buffer_append(out, "_", 1);
}

/* One row. */
struct word_row {
    struct dps_str form, lemma, feats;
    enum dps_upos upos;
    uint32_t number, head; /* 1 is the first word of the sentence; head 0 the root */
    enum dps_rel rel;
    const char *misc;
};

static void put_row(struct dps_buffer *out, const struct word_row *row) {
    dps_buffer_printf(out, "%u\t", row->number);
    put_cell(out, row->form);
    dps_buffer_append(out, "\t", 1);
    put_cell(out, row->lemma);
    dps_buffer_printf(out, "\t%s\t_\t", dps_upos_name(row->upos));
    put_cell(out, row->feats);
    dps_buffer_printf(out, "\t%u\t%s\t_\t%s\n", row->head, dps_rel_name(row->rel), row->misc);
}

static const char *space_of(const struct dps_token *t) {
    return t->space_after ? "_" : "SpaceAfter=No";
}

/* The row of words `number`..`last` that are written together. */
static void put_range(struct dps_buffer *out, const struct dps_parse *p, const struct dps_sentence *s, uint32_t i,
                      uint32_t words, uint32_t number) {
    const struct dps_token *last = &p->text->tokens[i + words - 1];
    dps_buffer_printf(out, "%u-%u\t", number, number + words - 1);
    put_text(out, dps_text_span(p->text, s, p->text->tokens[i].start, last->end));
    dps_buffer_printf(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n", space_of(last));
}

/* ---- words that the treebanks cut at hyphens ---- */

enum { MOST_PIECES = 15 }; /* words and hyphens */

/* The words and hyphens of a form, 1 if it stays whole: a hyphen is cut off behind a letter or digit, and one side has
 * a letter. */
static uint32_t cut_form(struct dps_str form, struct dps_str pieces[MOST_PIECES]) {
    uint32_t n = 0;
    size_t from = 0;
    bool letters = false;
    for (size_t i = 0; i < form.length; i++) {
        unsigned char c = (unsigned char)form.data[i];
        if (c == '/' || c == '@' || c == '.') n = MOST_PIECES; /* addresses, paired ends of words */
        letters |= (c | 32) >= 'a' || c >= 0x80;
        if (c != '-' || i == from || n + 3 > MOST_PIECES) continue;
        pieces[n++] = dps_str_cut(form, from, i);
        pieces[n++] = dps_str_cut(form, i, i + 1);
        from = i + 1;
    }
    if (n == 0 || n >= MOST_PIECES || !letters) {
        pieces[0] = form;
        return 1;
    }
    if (from < form.length) pieces[n++] = dps_str_cut(form, from, form.length);
    return n;
}

/* Which piece stands for the word: a name's first, else the last word. */
static uint32_t own_piece(const struct dps_parse *p, uint32_t token, uint32_t pieces) {
    if (pieces == 1 || p->upos[token] == DPS_UPOS_PROPN) return 0;
    return pieces % 2 == 0 ? pieces - 2 : pieces - 1;
}

static bool all_capitals(struct dps_str s) {
    for (size_t i = 0; i < s.length; i++)
        if (s.data[i] < 'A' || s.data[i] > 'Z') return false;
    return s.length > 1;
}

/* What stands behind the last hyphen, a hyphen at the end aside. */
static struct dps_str last_word(struct dps_str s) {
    size_t end = s.length > 1 && s.data[s.length - 1] == '-' ? s.length - 1 : s.length, start = end;
    while (start > 0 && s.data[start - 1] != '-') start--;
    return dps_str_cut(s, start, end);
}

/* US-Außenminister: US (compound), - (punct), Außenminister; Baden-Württemberg: Baden, -, Württemberg (flat). */
static void put_pieces(struct dps_buffer *out, const struct dps_parse *p, uint32_t token, struct word_row row) {
    struct dps_str piece[MOST_PIECES], whole_lemma = row.lemma;
    uint32_t n = cut_form(row.form, piece), own = own_piece(p, token, n), first = row.number;
    bool name = row.upos == DPS_UPOS_PROPN;
    for (uint32_t k = 0; k < n; k++) {
        struct word_row r = {.form = piece[k], .lemma = piece[k], .number = first + k, .head = first + own};
        r.misc = k + 1 < n ? "SpaceAfter=No" : row.misc;
        if (k == own) {
            r.lemma = whole_lemma, r.feats = row.feats, r.upos = row.upos, r.head = row.head, r.rel = row.rel;
            if (n > 1 && !name) r.lemma = last_word(whole_lemma);
            if (n > 1 && name) r.lemma = piece[k];
        } else if (k % 2 == 1) {
            r.upos = DPS_UPOS_PUNCT, r.rel = DPS_REL_PUNCT;
            r.head = name && k + 1 < n ? r.number + 1 : r.number - 1;
        } else if (name) {
            r.upos = DPS_UPOS_PROPN, r.rel = DPS_REL_FLAT;
        } else {
            r.upos = all_capitals(piece[k]) ? DPS_UPOS_PROPN : DPS_UPOS_NOUN, r.rel = DPS_REL_COMPOUND;
        }
        put_row(out, &r);
    }
}

/* The number of each token's word in the file (its own piece), and of its first piece in `first`. */
static void number_words(const struct dps_parse *p, const struct dps_sentence *s, uint32_t own[], uint32_t first[]) {
    struct dps_str piece[MOST_PIECES];
    uint32_t next = 1;
    for (uint32_t i = 0; i < s->count; i++) {
        uint32_t n = cut_form(p->text->tokens[s->first + i].form, piece);
        first[i] = next;
        own[i] = next + own_piece(p, s->first + i, n);
        next += n;
    }
}

static void put_sentence(struct dps_buffer *out, const struct dps_parse *p, const struct dps_sentence *s) {
    uint32_t own[DPS_TEXT_MAX_SENTENCE], first[DPS_TEXT_MAX_SENTENCE];
    uint32_t range_end = 0; /* words before it stand under a range */
    bool cut = p->text->cut_hyphens && s->count <= DPS_TEXT_MAX_SENTENCE;
    if (cut) number_words(p, s, own, first);
    for (uint32_t k = 0; k < s->count; k++) {
        uint32_t i = s->first + k, head = p->head[i] < 0 ? 0 : (uint32_t)p->head[i] - s->first + 1;
        const struct dps_token *t = &p->text->tokens[i];
        struct word_row row = {.form = t->form, .lemma = p->lemma[i], .feats = p->feats_text[i]};
        row.upos = (enum dps_upos)p->upos[i];
        row.rel = (enum dps_rel)p->rel[i];
        row.number = cut ? first[k] : k + 1;
        row.head = cut && head ? own[head - 1] : head;
        uint32_t together = t->mwt_length > 0 ? t->mwt_length : t->glued;
        if (together > 1) {
            put_range(out, p, s, i, together, row.number);
            range_end = k + together;
        }
        row.misc = k < range_end ? "_" : space_of(t); /* the range's row tells it */
        if (cut)
            put_pieces(out, p, i, row);
        else
            put_row(out, &row);
    }
}

bool dps_conllu_write(struct dps_buffer *out, const struct dps_parse *p, uint32_t *next_id) {
    const struct dps_text *text = p->text;
    for (uint32_t k = 0; k < text->n_sentences; k++) {
        const struct dps_sentence *s = &text->sentences[k];
        ++*next_id;
        if (s->id.length)
            dps_buffer_printf(out, "# sent_id = %.*s\n", DPS_STR_ARG(s->id));
        else
            dps_buffer_printf(out, "# sent_id = %u\n", *next_id);
        dps_buffer_append_c(out, "# text = ");
        put_text(out, dps_text_span(text, s, s->start, s->end));
        dps_buffer_append(out, "\n", 1);
        put_sentence(out, p, s);
        dps_buffer_append(out, "\n", 1);
    }
    return !out->failed;
}
