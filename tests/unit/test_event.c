/* test_event.c -- the event stage on hand-made trees: one small grammar of frames, one sentence a construction.
 *
 * A sentence is written as "form|lemma|UPOS|head|relation|feats@CCC": CCC makes the word an actor of that country. So
 * each test shows the whole of what the stage sees, and a failure cannot come from the parser or the tables.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "event/event_frames.h"
#include "event/event_scale.h"
#include "parse/parse_conllu.h"

static const char GRAMMAR[] =
    "cue reflexive\n  word sich\n"
    "cue relative\n  word der, die, das\n"
    "cue agent\n  word von, durch, by\n"
    "cue of\n  word von, of\n"
    "cue particle_joined\n  word yes\n"
    "cue passive_aux\n  word werden\n"
    "cue negation\n  word nicht, kein\n"
    "cue possible\n  word könnte\n"
    "cue condition\n  word falls\n"
    "cue future\n  word werden\n"
    "cue plan\n  word planen\n"
    "cue fear\n  word befürchten\n"
    "cue say\n  word sagen\n"
    "cue locative\n  word in\n"
    "cue object_control\n  word zwingen\n"
    "cue source_adp\n  word laut\n"
    "light\n  lemma führen\n"
    "frame angreifen.1\n  lemma angreifen\n  noun Angriff, *angriff\n  type ASSAULT\n  actor subj\n  recipient obj, "
    "obl:auf\n"
    "frame einigen.1\n  lemma sich einigen\n  type AGREE\n  actor subj+obl:mit\n  content obl:auf\n"
    "frame liefern.1\n  lemma liefern\n  type AID\n  actor subj\n  recipient iobj, obl:an\n"
    "frame gespraech.1\n  noun Gespräch\n  type CONSULT\n  actor subj+obl:mit\n"
    "frame fordern.1\n  lemma fordern\n  noun Forderung\n  type REQUEST\n  actor subj\n  recipient obl:von, "
    "clause>subj, content>of\n  content obj, clause\n"
    "  mode yield if content has Abzug\n"
    "frame festnahme.1\n  noun Festnahme:obj\n  lemma festnehmen\n  type COERCE\n  actor subj\n  recipient obj\n  mode "
    "arrest\n"
    "frame muessen.1\n  aux müssen\n  type REQUEST\n  need speaker\n  actor speaker\n  recipient subj\n  content self\n"
    "modes ASSAULT\n  aerial if trigger has luft*\n"
    "contexts\n  military if sentence has Soldat\n";

struct scene {
    struct dps_arena arena;
    struct dps_frames *frames;
    struct dps_article article;
    struct dps_text text;
    struct dps_parse parse;
    struct dps_mention mention;
    struct dps_events events;
    struct dps_buffer explain;
};

/* "form|lemma|UPOS|head|rel|feats@CCC ..." -> CoNLL-U and actors. */
static void build(struct scene *s, const char *sentence) {
    struct dps_buffer conllu = {0};
    char countries[64][4] = {{0}};
    struct dps_str rest = dps_str_of(sentence), word;
    unsigned n = 0;
    while (dps_str_split(&rest, ' ', &word)) {
        struct dps_str cells[6] = {{0}}, cell, country = {0}, left = word;
        const char *at = memchr(word.data, '@', word.length);
        if (at) {
            country = dps_str_cut(word, (size_t)(at - word.data) + 1, word.length);
            left = dps_str_cut(word, 0, (size_t)(at - word.data));
        }
        for (unsigned i = 0; i < 6 && dps_str_split(&left, '|', &cell); i++) cells[i] = cell;
        assert_true(n < 64);
        memcpy(countries[n], country.data ? country.data : "", country.length < 4 ? country.length : 3);
        dps_buffer_printf(&conllu, "%u\t%.*s\t%.*s\t%.*s\t_\t%s%.*s\t%.*s\t%.*s\t_\t_\n", ++n, DPS_STR_ARG(cells[0]),
                          DPS_STR_ARG(cells[1]), DPS_STR_ARG(cells[2]), cells[5].length ? "" : "_",
                          DPS_STR_ARG(cells[5]), DPS_STR_ARG(cells[3]), DPS_STR_ARG(cells[4]));
    }
    dps_buffer_append_c(&conllu, "\n");
    struct dps_error error = {0};
    struct dps_conllu_reader reader;
    const char *kept = dps_arena_copy(&s->arena, conllu.data, conllu.length);
    dps_conllu_init(&reader, (struct dps_str){kept, conllu.length}, "test");
    dps_buffer_release(&conllu);
    if (dps_conllu_next(&reader, &s->arena, 1, &s->article, &s->text, &s->parse, &error) != DPS_OK)
        fail_msg("%s", error.message);
    assert_int_equal(dps_parse_link(&s->arena, &s->parse, &error), DPS_OK);
    assert_int_equal(s->text.n_tokens, n);
    struct dps_mention *m = &s->mention;
    *m = (struct dps_mention){.anchor = {2022, 1, 21}};
    m->actors = DPS_NEW(&s->arena, n, struct dps_actor);
    m->actor_of = DPS_NEW(&s->arena, n, int32_t);
    m->place_of = DPS_NEW(&s->arena, n, int32_t);
    m->time_of = DPS_NEW(&s->arena, n, int32_t);
    for (unsigned t = 0; t < n; t++) {
        m->actor_of[t] = m->place_of[t] = m->time_of[t] = -1;
        if (!countries[t][0]) continue;
        struct dps_actor *a = &m->actors[m->n_actors];
        *a = (struct dps_actor){.head = t,
                                .text = s->text.tokens[t].form,
                                .name = s->text.tokens[t].form,
                                .sector = "GOV",
                                .nature = DPS_NATURE_COUNTRY,
                                .known = true,
                                .antecedent = -1,
                                .next = -1,
                                .confidence = 1};
        memcpy(a->country, countries[t], 4);
        m->actor_of[t] = (int32_t)m->n_actors++;
    }
}

static int open_scene(void **state) {
    static struct scene s;
    s = (struct scene){0};
    struct dps_error error = {0};
    dps_arena_init(&s.arena, 64 * 1024 * 1024);
    if (dps_frames_compile(&s.frames, "xx", dps_str_of(GRAMMAR), "grammar", &error) != DPS_OK) {
        print_error("%s\n", error.message);
        return -1;
    }
    *state = &s;
    return 0;
}

static int close_scene(void **state) {
    struct scene *s = *state;
    dps_frames_free(s->frames);
    dps_arena_release(&s->arena);
    dps_buffer_release(&s->explain);
    return 0;
}

/* Code the sentence and compare all events, "RUS ASSAULT UKR; ...", with what is expected. */
static void expect(void **state, const char *sentence, const char *expected) {
    struct scene *s = *state;
    build(s, sentence);
    struct dps_error error = {0};
    s->explain.length = 0;
    assert_int_equal(dps_event_run(s->frames, &s->arena, &s->parse, &s->mention, &s->events, &s->explain, &error),
                     DPS_OK);
    struct dps_buffer got = {0};
    for (uint32_t i = 0; i < s->events.n_events; i++) {
        const struct dps_event *e = &s->events.events[i];
        if (i) dps_buffer_append_c(&got, "; ");
        for (unsigned k = 0; k < e->n_actors; k++) dps_buffer_printf(&got, "%s%s", k ? "+" : "", e->actors[k]->country);
        dps_buffer_printf(&got, " %.*s", DPS_STR_ARG(e->type));
        for (unsigned k = 0; k < e->n_modes; k++) dps_buffer_printf(&got, "/%.*s", DPS_STR_ARG(e->modes[k]));
        for (unsigned k = 0; k < e->n_recipients; k++)
            dps_buffer_printf(&got, "%s%s", k ? "+" : " ", e->recipients[k]->country);
        if (e->status != DPS_EVENT_ACTUAL) dps_buffer_printf(&got, " (%s)", dps_event_status_name(e->status));
        if (e->speaker) dps_buffer_printf(&got, " by %s", e->speaker->country);
    }
    const char *text = got.data ? got.data : "";
    if (strcmp(text, expected) != 0)
        fail_msg("got '%s', expected '%s'\n%s", text, expected, s->explain.data ? s->explain.data : "");
    dps_buffer_release(&got);
}

static void active(void **state) {
    expect(state,
           "Russland|Russland|PROPN|2|nsubj@RUS greift|greifen|VERB|0|root|VerbForm=Fin Kiew|Kiew|PROPN|2|obj@UKR "
           "an|an|ADP|2|compound:prt",
           "RUS ASSAULT UKR");
}
static void passive_with_agent(void **state) {
    expect(state,
           "Kiew|Kiew|PROPN|3|nsubj:pass@UKR wurde|werden|AUX|3|aux:pass|VerbForm=Fin "
           "angegriffen|angreifen|VERB|0|root|VerbForm=Part "
           "von|von|ADP|5|case Russland|Russland|PROPN|3|obl@RUS",
           "RUS ASSAULT UKR");
}
static void passive_without_agent(void **state) {
    expect(state,
           "Kiew|Kiew|PROPN|3|nsubj:pass@UKR wurde|werden|AUX|3|aux:pass|VerbForm=Fin "
           "angegriffen|angreifen|VERB|0|root|VerbForm=Part",
           "--- ASSAULT UKR");
}
static void passive_mislabelled_subject(void **state) {
    expect(state,
           "Kiew|Kiew|PROPN|3|nsubj@UKR wurde|werden|AUX|3|aux|VerbForm=Fin "
           "angegriffen|angreifen|VERB|0|root|VerbForm=Part",
           "--- ASSAULT UKR");
}
/* labels that the parser gets wrong, mended by what stands beside them */
static void auxiliary_beats_label(void **state) {
    expect(state,
           "Polen|Polen|PROPN|4|nsubj:pass@POL hat|haben|AUX|4|aux|VerbForm=Fin Meier|Meier|PROPN|4|obj@DEU "
           "festgenommen|festnehmen|VERB|0|root|VerbForm=Part",
           "POL COERCE/arrest DEU");
}
static void two_subjects(void **state) {
    expect(
        state,
        "Russland|Russland|PROPN|2|nsubj@RUS überfiel|angreifen|VERB|0|root|VerbForm=Fin Kiew|Kiew|PROPN|2|nsubj@UKR",
        "RUS ASSAULT UKR");
    expect(state,
           "Berlin|Berlin|PROPN|2|nsubj@DEU liefert|liefern|VERB|0|root|VerbForm=Fin Kiew|Kiew|PROPN|2|nsubj@UKR "
           "Waffen|Waffe|NOUN|2|obj",
           "DEU AID UKR");
}
static void dative_taken_for_genitive(void **state) {
    expect(
        state,
        "Berlin|Berlin|PROPN|3|nsubj@DEU Kiew|Kiew|PROPN|1|nmod|Case=Gen@UKR liefert|liefern|VERB|0|root|VerbForm=Fin "
        "Waffen|Waffe|NOUN|3|obj",
        "DEU AID UKR");
}
static void promised_meeting_has_an_addressee(void **state) {
    expect(state,
           "Polen|Polen|PROPN|3|nsubj@POL wird|werden|AUX|3|aux|VerbForm=Fin führen|führen|VERB|0|root|VerbForm=Inf "
           "Gespräche|Gespräch|NOUN|3|obj mit|mit|ADP|6|case China|China|PROPN|3|obl@CHN",
           "POL AGREE CHN");
}
static void relative_clause(void **state) {
    expect(state,
           "Russland|Russland|PROPN|0|root@RUS ,|,|PUNCT|5|punct das|das|PRON|5|nsubj|PronType=Rel "
           "Kiew|Kiew|PROPN|5|obj@UKR "
           "angreift|angreifen|VERB|1|acl:relcl|VerbForm=Fin",
           "RUS ASSAULT UKR");
}
static void infinitive_takes_subject(void **state) {
    expect(state,
           "Russland|Russland|PROPN|2|nsubj@RUS begann|beginnen|VERB|0|root|VerbForm=Fin Kiew|Kiew|PROPN|4|obj@UKR "
           "anzugreifen|angreifen|VERB|2|xcomp|VerbForm=Inf",
           "RUS ASSAULT UKR");
}
static void object_control(void **state) {
    expect(state,
           "Russland|Russland|PROPN|2|nsubj@RUS zwang|zwingen|VERB|0|root|VerbForm=Fin Belarus|Belarus|PROPN|2|obj@BLR "
           "Kiew|Kiew|PROPN|5|obj@UKR "
           "anzugreifen|angreifen|VERB|2|xcomp|VerbForm=Inf",
           "BLR ASSAULT UKR");
}
static void reflexive_decides(void **state) {
    expect(state,
           "Russland|Russland|PROPN|2|nsubj@RUS einigte|einigen|VERB|0|root|VerbForm=Fin "
           "sich|sich|PRON|2|expl:pv|Reflex=Yes mit|mit|ADP|5|case "
           "China|China|PROPN|2|obl@CHN",
           "RUS+CHN AGREE");
    expect(state,
           "Russland|Russland|PROPN|2|nsubj@RUS einigte|einigen|VERB|0|root|VerbForm=Fin China|China|PROPN|2|obj@CHN",
           "");
}
static void light_verb_lends_subject(void **state) {
    expect(state,
           "Russland|Russland|PROPN|2|nsubj@RUS führte|führen|VERB|0|root|VerbForm=Fin Gespräche|Gespräch|NOUN|2|obj "
           "mit|mit|ADP|5|case "
           "China|China|PROPN|2|obl@CHN",
           "RUS+CHN CONSULT");
}
static void noun_needs_two_parties(void **state) {
    expect(state, "Angriff|Angriff|NOUN|0|root Russlands|Russland|PROPN|1|nmod|Case=Gen@RUS", "");
    expect(state,
           "Angriff|Angriff|NOUN|0|root Russlands|Russland|PROPN|1|nmod|Case=Gen@RUS auf|auf|ADP|4|case "
           "Kiew|Kiew|PROPN|1|nmod@UKR",
           "RUS ASSAULT UKR");
}
static void compound_noun(void **state) {
    expect(state,
           "Luftangriff|Luftangriff|NOUN|0|root Russlands|Russland|PROPN|1|nmod|Case=Gen@RUS auf|auf|ADP|4|case "
           "Kiew|Kiew|PROPN|1|nmod@UKR",
           "RUS ASSAULT/aerial UKR");
}
static void objective_genitive(void **state) {
    expect(state, "Festnahme|Festnahme|NOUN|0|root Meiers|Meier|PROPN|1|nmod|Case=Gen@DEU", "--- COERCE/arrest DEU");
    expect(state,
           "Festnahme|Festnahme|NOUN|0|root Meiers|Meier|PROPN|1|nmod|Case=Gen@DEU durch|durch|ADP|4|case "
           "Polen|Polen|PROPN|1|nmod@POL",
           "POL COERCE/arrest DEU");
}
static void content_is_no_event(void **state) {
    expect(state,
           "China|China|PROPN|2|nsubj@CHN forderte|fordern|VERB|0|root|VerbForm=Fin Abzug|Abzug|NOUN|2|obj "
           "nach|nach|ADP|5|case Angriff|Angriff|NOUN|3|nmod "
           "Russlands|Russland|PROPN|5|nmod|Case=Gen@RUS auf|auf|ADP|8|case Kiew|Kiew|PROPN|5|nmod@UKR",
           "CHN REQUEST/yield");
}
static void negation(void **state) {
    expect(state,
           "Russland|Russland|PROPN|2|nsubj@RUS griff|angreifen|VERB|0|root|VerbForm=Fin Kiew|Kiew|PROPN|2|obj@UKR "
           "nicht|nicht|PART|2|advmod",
           "RUS ASSAULT UKR (negated)");
}
static void possibility(void **state) {
    expect(state,
           "Russland|Russland|PROPN|4|nsubj@RUS könnte|können|AUX|4|aux|Mood=Sub|VerbForm=Fin "
           "Kiew|Kiew|PROPN|4|obj@UKR angreifen|angreifen|VERB|0|root|VerbForm=Inf",
           "RUS ASSAULT UKR (hypothetical)");
}
static void condition(void **state) {
    expect(state,
           "falls|falls|SCONJ|4|mark Russland|Russland|PROPN|4|nsubj@RUS Kiew|Kiew|PROPN|4|obj@UKR "
           "angreift|angreifen|VERB|5|advcl|VerbForm=Fin "
           "reden|reden|VERB|0|root|VerbForm=Fin wir|wir|PRON|5|nsubj",
           "RUS ASSAULT UKR (hypothetical)");
}
static void harm_under_a_condition_is_a_threat(void **state) {
    expect(state,
           "falls|falls|SCONJ|4|mark Russland|Russland|PROPN|4|nsubj@RUS Kiew|Kiew|PROPN|4|obj@UKR "
           "angreift|angreifen|VERB|9|advcl|VerbForm=Fin ,|,|PUNCT|4|punct wird|werden|AUX|9|aux|VerbForm=Fin "
           "Polen|Polen|PROPN|9|nsubj@POL Meier|Meier|PROPN|9|obj@DEU festnehmen|festnehmen|VERB|0|root|VerbForm=Inf",
           "POL THREATEN DEU");
}
static void fear(void **state) {
    expect(state,
           "Polen|Polen|PROPN|2|nsubj@POL befürchtet|befürchten|VERB|0|root|VerbForm=Fin Angriff|Angriff|NOUN|2|obj "
           "Russlands|Russland|PROPN|3|nmod|Case=Gen@RUS "
           "auf|auf|ADP|6|case Kiew|Kiew|PROPN|3|nmod@UKR",
           "RUS ASSAULT UKR (hypothetical)");
}
static void future_cooperation_is_agree(void **state) {
    expect(state,
           "Polen|Polen|PROPN|4|nsubj@POL wird|werden|AUX|4|aux|VerbForm=Fin Kiew|Kiew|PROPN|4|iobj@UKR "
           "liefern|liefern|VERB|0|root|VerbForm=Inf",
           "POL AGREE UKR");
}
static void future_attack_is_threat(void **state) {
    expect(state,
           "Russland|Russland|PROPN|4|nsubj@RUS wird|werden|AUX|4|aux|VerbForm=Fin Kiew|Kiew|PROPN|4|obj@UKR "
           "angreifen|angreifen|VERB|0|root|VerbForm=Inf",
           "RUS THREATEN UKR");
}
static void speaker(void **state) {
    expect(state,
           "Russland|Russland|PROPN|3|nsubj@RUS Kiew|Kiew|PROPN|3|obj@UKR angreift|angreifen|VERB|5|ccomp|VerbForm=Fin "
           ",|,|PUNCT|3|punct sagte|sagen|VERB|0|root|VerbForm=Fin "
           "Polen|Polen|PROPN|5|nsubj@POL",
           "RUS ASSAULT UKR by POL");
    expect(state,
           "laut|laut|ADP|2|case Polen|Polen|PROPN|3|obl@POL griff|angreifen|VERB|0|root|VerbForm=Fin "
           "Russland|Russland|PROPN|3|nsubj@RUS Kiew|Kiew|PROPN|3|obj@UKR",
           "RUS ASSAULT UKR by POL");
}
static void demand_by_modal(void **state) {
    expect(state,
           "Polen|Polen|PROPN|3|nsubj@POL müsse|müssen|AUX|3|aux|Mood=Sub|VerbForm=Fin "
           "abziehen|abziehen|VERB|5|ccomp|VerbForm=Inf ,|,|PUNCT|3|punct "
           "sagte|sagen|VERB|0|root|VerbForm=Fin Russland|Russland|PROPN|5|nsubj@RUS",
           "RUS REQUEST POL");
    expect(state,
           "Polen|Polen|PROPN|3|nsubj@POL müsse|müssen|AUX|3|aux|Mood=Sub|VerbForm=Fin "
           "abziehen|abziehen|VERB|0|root|VerbForm=Inf",
           "");
}
static void unknown_subject_is_no_agent(void **state) {
    expect(state, "Hagel|Hagel|NOUN|2|nsubj griff|angreifen|VERB|0|root|VerbForm=Fin Kiew|Kiew|PROPN|2|obj@UKR", "");
}
static void offsets_cut_the_trigger(void **state) {
    expect(state,
           "Russland|Russland|PROPN|2|nsubj@RUS überfiel|angreifen|VERB|0|root|VerbForm=Fin Kiew|Kiew|PROPN|2|obj@UKR",
           "RUS ASSAULT UKR");
    struct scene *s = *state;
    const struct dps_span *trigger = &s->events.events[0].trigger;
    assert_true(dps_str_is(dps_text_span(&s->text, &s->text.sentences[0], trigger->start, trigger->end), "überfiel"));
    assert_true(dps_str_is(trigger->text, "überfiel"));
}

/* A place whose head is a party stands on several words: the search for another place must move on (it once ran for
 * ever). */
static void party_is_no_place(void **state) {
    struct scene *s = *state;
    build(s, "Russland|Russland|PROPN|2|nsubj@RUS griff|angreifen|VERB|0|root|VerbForm=Fin in|in|ADP|4|case "
             "Kiew|Kiew|PROPN|2|obj@UKR Stadt|Stadt|NOUN|4|flat in|in|ADP|7|case Genf|Genf|PROPN|2|obl");
    struct dps_place places[2] = {{.head = 3, .name = DPS_STR("Kyiv")}, {.head = 6, .name = DPS_STR("Geneva")}};
    s->mention.places = places;
    s->mention.n_places = 2;
    s->mention.place_of[3] = s->mention.place_of[4] = 0;
    s->mention.place_of[6] = 1;
    struct dps_error error = {0};
    assert_int_equal(dps_event_run(s->frames, &s->arena, &s->parse, &s->mention, &s->events, NULL, &error), DPS_OK);
    assert_int_equal(s->events.n_events, 1);
    assert_non_null(s->events.events[0].place);
    assert_true(dps_str_is(s->events.events[0].place->name, "Geneva"));
}

static void bad_frames_are_told_with_place(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"frame a.1\n  lemma gehen\n", "f:1: frame 'xx/a.1' has no type"},
        {"frame a.1\n  type NOSUCH\n",
         "f:1: 'NOSUCH' is none of the sixteen types; a type of your own needs quad and score"},
        {"frame a.1\n  type AID\n  actor nsubjj\n", "f:3:9: unknown slot 'nsubjj'"},
        {"frame a.1\n  type AID\n  mode yield\n", "f:1: frame 'xx/a.1': type AID has no mode 'yield'"},
        {"frame a.1\n  type AID\n  lemma gehen,,stehen\n", "f:3:15: a word is missing"},
        {"frame a.1\n  type AID\n  need obj hat Geld\n", "f:3:12: expected 'has' or 'is', not 'hat'"},
        {"frame a.1\n  type AID\nframe a.1\n  type AID\n", "f:3:7: a second frame named 'a.1'"},
        {"frame a.1\n  type AID\n  yes Er geht.\n", "f:3:7: a yes line needs '->"},
        {"cue nosuch\n", "f:1:5: unknown cue 'nosuch'"},
        {"  lemma gehen\n", "f:1:3: an indented line outside a block"},
        {"farme a.1\n", "f:1:1: expected frame, modes, contexts, light or cue, not 'farme'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dps_frames *frames;
        struct dps_error error = {0};
        assert_int_equal(dps_frames_compile(&frames, "xx", dps_str_of(cases[i].text), "f", &error), DPS_FRAMES);
        assert_null(frames);
        if (strncmp(error.message, cases[i].message, strlen(cases[i].message)) != 0)
            fail_msg("got '%s', expected '%s...'", error.message, cases[i].message);
    }
}

static void own_type_needs_no_recompiling(void **state) {
    (void)state;
    struct dps_frames *frames;
    struct dps_error error = {0};
    assert_int_equal(
        dps_frames_compile(
            &frames, "xx",
            dps_str_of("frame hack.1\n  lemma hacken\n  type CYBER\n  quad 4\n  score -7\n  mode power_grid\n"), "f",
            &error),
        DPS_OK);
    assert_int_equal(dps_frames_count(frames), 1);
    dps_frames_free(frames);
}

static void scale_is_whole(void **state) {
    (void)state;
    size_t n;
    const struct dps_type_scale *types = dps_scale_types(&n);
    assert_int_equal(n, 16);
    for (size_t i = 0; i < n; i++) {
        assert_in_range(types[i].quad, 1, 4);
        assert_false(dps_scale_goldstein(dps_str_of(types[i].cameo)) !=
                     dps_scale_goldstein(dps_str_of(types[i].cameo))); /* no NAN */
    }
    assert_true(dps_scale_goldstein(DPS_STR("10")) == -5.0);
    assert_true(dps_scale_mode(DPS_STR("REQUEST"), DPS_STR("yield"))->score == -1.0);
    assert_null(dps_scale_mode(DPS_STR("AID"), DPS_STR("yield")));
}

int main(void) {
#define WITH_SCENE(f) cmocka_unit_test_setup_teardown(f, open_scene, close_scene)
    const struct CMUnitTest tests[] = {
        WITH_SCENE(active),
        WITH_SCENE(passive_with_agent),
        WITH_SCENE(passive_without_agent),
        WITH_SCENE(passive_mislabelled_subject),
        WITH_SCENE(auxiliary_beats_label),
        WITH_SCENE(two_subjects),
        WITH_SCENE(dative_taken_for_genitive),
        WITH_SCENE(promised_meeting_has_an_addressee),
        WITH_SCENE(relative_clause),
        WITH_SCENE(infinitive_takes_subject),
        WITH_SCENE(object_control),
        WITH_SCENE(reflexive_decides),
        WITH_SCENE(light_verb_lends_subject),
        WITH_SCENE(noun_needs_two_parties),
        WITH_SCENE(compound_noun),
        WITH_SCENE(objective_genitive),
        WITH_SCENE(content_is_no_event),
        WITH_SCENE(negation),
        WITH_SCENE(possibility),
        WITH_SCENE(condition),
        WITH_SCENE(harm_under_a_condition_is_a_threat),
        WITH_SCENE(fear),
        WITH_SCENE(future_cooperation_is_agree),
        WITH_SCENE(future_attack_is_threat),
        WITH_SCENE(speaker),
        WITH_SCENE(demand_by_modal),
        WITH_SCENE(unknown_subject_is_no_agent),
        WITH_SCENE(offsets_cut_the_trigger),
        WITH_SCENE(party_is_no_place),
        cmocka_unit_test(bad_frames_are_told_with_place),
        cmocka_unit_test(own_type_needs_no_recompiling),
        cmocka_unit_test(scale_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
