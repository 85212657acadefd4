/* SPDX-License-Identifier: MIT */
/*
 * libretort: schema migrations as a version-controlled graph.
 *
 *   project.h   open a project, its settings, its revision files
 *   graph.h     the revisions as a DAG; identifiers; history
 *   layout.h    where revisions stand when the graph is drawn
 *   plan.h      the steps from here to there (pure)
 *   database.h  version rows, journal, verify
 *   apply.h     carry a plan out, one event at a time; --sql scripts
 *   convert.h   a project of Alembic as one of SQL
 *   create.h    new projects and revisions
 *   rebase.h    a git branch's revisions on top of another branch's
 *   rewrite.h   other parents for a revision; undo of a file's change
 *   overlap.h   where branches touch the same thing, as their text tells
 *   schema.h    what is in a database, and how two of them differ
 *   effects.h   what a step really does, measured
 *   generate.h  a revision's SQL from what the schema should be
 *   sql.h       SQL tokens; the objects that a statement names
 *   vcs.h       git: how a file differs from the last commit
 *   branches.h  the revisions of git branches; who has a revision
 *   conflicts.h what merging two branches would do
 *   switch.h    the database to where a commit's tree wants it
 *   hook.h      git hooks that check the migrations
 *   error.h     the error struct, its codes
 */
#ifndef RETORT_RETORT_H
#define RETORT_RETORT_H

#include <retort/apply.h>
#include <retort/branches.h>
#include <retort/common.h>
#include <retort/conflicts.h>
#include <retort/convert.h>
#include <retort/create.h>
#include <retort/database.h>
#include <retort/effects.h>
#include <retort/error.h>
#include <retort/generate.h>
#include <retort/graph.h>
#include <retort/hook.h>
#include <retort/layout.h>
#include <retort/lint.h>
#include <retort/overlap.h>
#include <retort/plan.h>
#include <retort/project.h>
#include <retort/rebase.h>
#include <retort/rewrite.h>
#include <retort/schema.h>
#include <retort/sql.h>
#include <retort/switch.h>
#include <retort/vcs.h>

#endif
