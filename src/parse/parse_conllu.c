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

static void put_word(struct dps_buffer *out, const struct dps_parse *p, const struct dps_sentence *s, uint32_t i) {
    const struct dps_token *t = &p->text->tokens[i];
    const char *space = t->space_after ? "_" : "SpaceAfter=No";
    if (t->mwt_length > 0) {
        dps_buffer_printf(out, "%u-%u\t", i - s->first + 1, i - s->first + t->mwt_length);
        put_text(out, dps_text_span(p->text, s, t->start, t->end));
        dps_buffer_printf(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n", space);
    }
    dps_buffer_printf(out, "%u\t", i - s->first + 1);
    put_cell(out, t->form);
    dps_buffer_append(out, "\t", 1);
    put_cell(out, p->lemma[i]);
    dps_buffer_printf(out, "\t%s\t_\t", dps_upos_name((enum dps_upos)p->upos[i]));
    put_cell(out, p->feats_text[i]);
    dps_buffer_printf(out, "\t%d\t%s\t_\t%s\n", p->head[i] < 0 ? 0 : (int)(p->head[i] - (int32_t)s->first + 1),
                      dps_rel_name((enum dps_rel)p->rel[i]), t->mwt_part ? "_" : space);
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
        for (uint32_t i = s->first; i < s->first + s->count; i++) put_word(out, p, s, i);
        dps_buffer_append(out, "\n", 1);
    }
    return !out->failed;
}
