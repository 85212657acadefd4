/* SPDX-License-Identifier: MIT */
/* The statements of a step, the user's and retort's own around them. */
#include "config.h"

#include <pwd.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "engine/apply/run.h"

void rt_items_clear(retort_apply *run)
{
	run->items.n = 0;
	run->first = run->sent = run->answered = 0;
	run->row_lost = false;
	rt_arena_free(&run->item_arena);
}

static rt_item *add(retort_apply *run, rt_item_kind kind, size_t step,
		    rt_sv sql)
{
	rt_item item;

	memset(&item, 0, sizeof(item));
	item.kind = kind;
	item.step = step;
	item.batch.sql = sql;
	rt_vec_push(&run->items, item);
	return &run->items.v[run->items.n - 1];
}

/* Text that was made for the item; the string is empty again afterwards. */
static rt_item *add_made(retort_apply *run, rt_item_kind kind, size_t step,
			 rt_str *sql)
{
	rt_sv text = rt_str_sv(sql);

	text.p = rt_arena_strsv(&run->item_arena, text);
	rt_str_clear(sql);
	return add(run, kind, step, text);
}

static void add_begin(retort_apply *run, size_t step)
{
	add(run, RT_ITEM_BEGIN, step,
	    run->sqlite ? RT_SV("BEGIN IMMEDIATE") : RT_SV("BEGIN"));
}

void rt_items_commit(retort_apply *run)
{
	size_t step = run->done + run->held;

	step -= step > 0;
	add(run, RT_ITEM_COMMIT, step, RT_SV("COMMIT"))->statement =
	    step < run->n ? rt_body_count(&run->bodies[step]) : 0;
}

/* Tables that are not there yet come with the first step that needs them. */
static void add_tables(retort_apply *run, size_t step, bool version)
{
	retort_database *db = run->db;
	rt_str sql = RT_STR_INIT;
	unsigned i;

	if (version && !run->now.version) {
		rt_vertab_create_sql(&db->place.vertab, false, &sql);
		add_made(run, RT_ITEM_OWN, step, &sql);
		run->now.version = true;
	}
	if (db->place.journal_on && !run->now.journal) {
		for (i = 0; rt_journal_create_sql(&db->place.journal, i, &sql);
		     i++)
			add_made(run, RT_ITEM_OWN, step, &sql);
		run->now.journal = true;
	}
	rt_str_free(&sql);
}

static void add_statement(retort_apply *run, size_t step, size_t i)
{
	const retort_statement *st =
	    retort_script_statement(run->bodies[step].script, i);
	rt_item *item =
	    add(run, RT_ITEM_USER, step, (rt_sv){ st->sql, st->length });

	item->statement = i;
	item->batch.copy_data = (rt_sv){ st->copy_data, st->copy_length };
}

static void add_rows(retort_apply *run, size_t step)
{
	const retort_step *s = retort_plan_step(run->plan, step);
	rt_str sql = RT_STR_INIT;
	rt_item *item;
	size_t i;

	if (run->bodies[step].moves)
		add(run, RT_ITEM_OWN, step, RT_SV("RESET search_path"));
	if (step == 0 && run->purge) {
		rt_vertab_delete_all_sql(&run->db->place.vertab, &sql);
		add_made(run, RT_ITEM_OWN, step, &sql);
	}
	for (i = 0; i < s->n_changes; i++) {
		rt_vertab_change_sql(&run->db->place.vertab, &s->changes[i],
				     &sql);
		item = add_made(run, RT_ITEM_ROW, step, &sql);
		item->change = &s->changes[i];
		item->one_row = s->changes[i].kind != RETORT_ROW_INSERT;
	}
	rt_str_free(&sql);
}

static void
add_journal(retort_apply *run, size_t step, const retort_journal_row *row,
	    void (*make)(const rt_journal_table *t,
			 const retort_journal_row *row, rt_str *out))
{
	rt_str sql = RT_STR_INIT;

	make(&run->db->place.journal, row, &sql);
	add_made(run, RT_ITEM_OWN, step, &sql);
	rt_str_free(&sql);
}

/* Who runs this: the account's name and the machine's. */
static void identify(retort_apply *run)
{
	char host[256] = "", text[4096];
	struct passwd pw, *found = NULL;

	if (gethostname(host, sizeof(host) - 1))
		host[0] = '\0';
	if (getpwuid_r(geteuid(), &pw, text, sizeof(text), &found) == 0 &&
	    found)
		run->who = rt_arena_strdup(&run->arena, found->pw_name);
	else
		run->who = rt_arena_strf(&run->arena, "uid %lu",
					 (unsigned long)geteuid());
	run->host = rt_arena_strdup(&run->arena, host);
}

void rt_run_journal_row(retort_apply *run, size_t step, retort_journal_row *row)
{
	if (!run->who)
		identify(run);
	rt_body_journal(&run->bodies[step], retort_plan_step(run->plan, step),
			&run->item_arena, row);
	row->who = run->who;
	row->host = run->host;
}

/* Tell every item from `first` on how many statements are done before it. */
static void count_done(retort_apply *run, size_t first, size_t done)
{
	size_t i;

	for (i = first; i < run->items.n; i++)
		if (run->items.v[i].kind == RT_ITEM_USER)
			done = run->items.v[i].statement + 1;
		else
			run->items.v[i].statement = done;
}

/* A step in a transaction; a savepoint of its own where steps share one. */
void rt_items_step(retort_apply *run, size_t step)
{
	bool slice = run->sqlite && !run->one;
	size_t first, i, n = rt_body_count(&run->bodies[step]);
	retort_journal_row row;

	run->before_step = run->now;
	if (run->open && !run->sqlite && !run->one)
		rt_items_commit(run);
	first = run->items.n;
	if (!run->open || (!run->sqlite && !run->one))
		add_begin(run, step);
	if (slice)
		add(run, RT_ITEM_OWN, step, RT_SV("SAVEPOINT retort_step"));
	add_tables(run, step, true);
	for (i = 0; i < n; i++)
		add_statement(run, step, i);
	add_rows(run, step);
	if (run->db->place.journal_on) {
		rt_run_journal_row(run, step, &row);
		add_journal(run, step, &row, rt_journal_insert_sql);
	}
	if (slice)
		add(run, RT_ITEM_OWN, step, RT_SV("RELEASE retort_step"));
	if (run->items.n == first) /* an empty stamp in an open transaction */
		add(run, RT_ITEM_OWN, step, RT_SV("SELECT 1"));
	count_done(run, first, 0);
	run->items.v[first].begins_step = true;
	run->items.v[run->items.n - 1].ends_step = true;
}

/* Begin or end the transaction that the statements share which need not
 * stand alone; whether one is open behind that. */
static bool add_border(retort_apply *run, size_t step, size_t i, bool open)
{
	const retort_statement *st =
	    retort_script_statement(run->bodies[step].script, i);

	if (open && st->autocommit)
		add(run, RT_ITEM_COMMIT, step, RT_SV("COMMIT"));
	if (!open && !st->autocommit)
		add_begin(run, step);
	return !st->autocommit;
}

/* A transaction:false step: every statement alone, and after each of them
 * the journal is told. */
void rt_items_single(retort_apply *run, size_t step)
{
	size_t first = run->items.n, n = rt_body_count(&run->bodies[step]);
	size_t from = step == run->resume_step ? run->resume_at : 0, i;
	bool journal = run->db->place.journal_on, open = false;
	retort_journal_row row;

	rt_run_journal_row(run, step, &row);
	row.outcome = "partial";
	row.statements_done = (long long)from;
	if (journal) {
		add_begin(run, step);
		add_tables(run, step, false);
		add_journal(run, step, &row, rt_journal_insert_sql);
		add(run, RT_ITEM_COMMIT, step, RT_SV("COMMIT"));
	}
	for (i = from; i < n; i++) {
		open = add_border(run, step, i, open);
		add_statement(run, step, i);
		row.statements_done = (long long)i + 1;
		if (journal)
			add_journal(run, step, &row, rt_journal_update_sql);
	}
	if (!open)
		add_begin(run, step);
	add_tables(run, step, true);
	add_rows(run, step);
	row.outcome = "ok";
	if (journal)
		add_journal(run, step, &row, rt_journal_update_sql);
	add(run, RT_ITEM_COMMIT, step, RT_SV("COMMIT"))->ends_step = true;
	count_done(run, first, from);
	run->items.v[first].begins_step = true;
}

/* Alembic has run the step, and changed the rows: only the journal is left. */
void rt_items_foreign(retort_apply *run, size_t step)
{
	retort_journal_row row;

	add_begin(run, step);
	run->now.version = true;
	if (run->db->place.journal_on) {
		add_tables(run, step, false);
		rt_run_journal_row(run, step, &row);
		add_journal(run, step, &row, rt_journal_insert_sql);
	}
	add(run, RT_ITEM_COMMIT, step, RT_SV("COMMIT"))->ends_step = true;
}

/* `stamp --purge` of nothing else. */
void rt_items_purge(retort_apply *run)
{
	rt_str sql = RT_STR_INIT;

	add_begin(run, 0);
	rt_vertab_delete_all_sql(&run->db->place.vertab, &sql);
	add_made(run, RT_ITEM_OWN, 0, &sql);
	add(run, RT_ITEM_COMMIT, 0, RT_SV("COMMIT"));
	rt_str_free(&sql);
}
