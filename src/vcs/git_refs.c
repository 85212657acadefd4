/* SPDX-License-Identifier: MIT */
/* Refs: which commit is meant, and which branch a branch goes into. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/err.h"
#include "base/nearest.h"
#include "vcs/git_vcs.h"
#include "vcs/trees.h"

static const char *nth_name(size_t i, const void *self)
{
	const rt_vcs_branches *branches = self;

	return i < branches->n ? branches->v[i].name : NULL;
}

/* The branch that may be meant: origin/REF, or one that is spelt alike. */
static const char *nearest_branch(const rt_vcs_branches *branches,
				  const char *ref)
{
	size_t i, n, m = strlen(ref);

	for (i = 0; i < branches->n; i++) {
		const char *name = branches->v[i].name;

		n = strlen(name);
		if (n > m && name[n - m - 1] == '/' &&
		    !strcmp(name + n - m, ref))
			return name;
	}
	return rt_nearest(rt_sv_from(ref), nth_name, branches);
}

static int no_such_ref(retort_vcs *vcs, const char *ref, retort_error *err)
{
	rt_arena arena = RT_ARENA_INIT;
	rt_vcs_branches branches = RT_VEC_INIT;
	const char *near = NULL;

	if (!rt_vcs_branches_read(vcs, &arena, &branches, NULL))
		near = nearest_branch(&branches, ref);
	if (near)
		rt_err_field(err, RETORT_ERROR_NEXT, "did you mean '%s'?",
			     near);
	else
		rt_err_field(err, RETORT_ERROR_NEXT,
			     "git branch -a lists the branches; git fetch "
			     "gets those of the server");
	rt_vec_free(&branches);
	rt_arena_free(&arena);
	return rt_err_set(err, RETORT_ENOTFOUND,
			  "there is no branch, tag or commit '%s'", ref);
}

/* The ref is there, so what it points to is missing. */
static bool is_known(retort_vcs *vcs, const char *ref)
{
	git_reference *found = NULL;
	bool known = vcs->git.git_reference_dwim(&found, vcs->repo, ref) == 0;

	vcs->git.git_reference_free(found);
	return known;
}

static int cannot_resolve(retort_vcs *vcs, const char *ref, int rc,
			  retort_error *err)
{
	if (rc == GIT_EAMBIGUOUS)
		return rt_err_set(err, RETORT_EAMBIGUOUS,
				  "'%s' stands for several commits", ref);
	if (rc == GIT_ENOTFOUND && is_known(vcs, ref))
		return rt_git_missing(vcs, err, "the commit of '%s' is not "
				      "here", ref);
	if (rc == GIT_ENOTFOUND || rc == GIT_EINVALIDSPEC)
		return no_such_ref(vcs, ref, err);
	return rt_git_missing(vcs, err, "cannot read '%s'", ref);
}

int rt_vcs_resolve(retort_vcs *vcs, const char *ref, char commit[RT_VCS_ID],
		   retort_error *err)
{
	git_object *object = NULL, *peeled = NULL;
	int rc;

	if (ref[0] == '-')
		return rt_err_set(err, RETORT_EUSAGE,
				  "'%s' looks like an option, not like a "
				  "branch", ref);
	rc = *ref ? vcs->git.git_revparse_single(&object, vcs->repo, ref)
		  : GIT_EINVALIDSPEC;
	if (rc)
		return cannot_resolve(vcs, ref, rc, err);
	rc = vcs->git.git_object_peel(&peeled, object, GIT_OBJECT_COMMIT);
	if (rc)
		rc = rt_err_set(err, RETORT_ENOTFOUND,
				"'%s' is no commit", ref);
	else
		vcs->git.git_oid_tostr(commit, RT_VCS_ID,
				       vcs->git.git_object_id(peeled));
	vcs->git.git_object_free(peeled);
	vcs->git.git_object_free(object);
	return rc;
}

int rt_vcs_head(retort_vcs *vcs, rt_arena *arena, char commit[RT_VCS_ID],
		const char **branch, retort_error *err)
{
	static const char heads[] = "refs/heads/";
	git_reference *head = NULL;
	const char *target;

	commit[0] = '\0';
	*branch = "";
	if (vcs->git.git_reference_lookup(&head, vcs->repo, "HEAD"))
		return rt_git_missing(vcs, err, "cannot read HEAD");
	target = vcs->git.git_reference_symbolic_target(head);
	if (target && !strncmp(target, heads, sizeof(heads) - 1))
		*branch = rt_arena_strdup(arena, target + sizeof(heads) - 1);
	vcs->git.git_reference_free(head);
	if (vcs->git.git_repository_head_unborn(vcs->repo) == 1)
		return 0;
	return rt_vcs_resolve(vcs, "HEAD", commit, err);
}

/* --- branches ------------------------------------------------------------ */

static int by_name(const void *a, const void *b)
{
	const rt_vcs_branch *x = a, *y = b;

	if (x->remote != y->remote)
		return x->remote ? 1 : -1;
	return strcmp(x->name, y->name);
}

static const rt_vcs_branch *find_local(const rt_vcs_branches *branches,
				       const char *name)
{
	size_t i;

	for (i = 0; i < branches->n; i++)
		if (!branches->v[i].remote &&
		    !strcmp(branches->v[i].name, name))
			return &branches->v[i];
	return NULL;
}

/* A remote branch where the local one stands too says nothing new. */
static void drop_doubles(rt_vcs_branches *branches)
{
	size_t i, n = 0;

	for (i = 0; i < branches->n; i++) {
		const rt_vcs_branch *b = &branches->v[i], *local = NULL;
		const char *slash = strchr(b->name, '/');

		if (b->remote && slash)
			local = find_local(branches, slash + 1);
		if (!local || strcmp(local->commit, b->commit) != 0)
			branches->v[n++] = *b;
	}
	branches->n = n;
}

static int add_branch(retort_vcs *vcs, git_reference *ref, bool remote,
		      rt_arena *arena, rt_vcs_branches *out,
		      retort_error *err)
{
	rt_vcs_branch branch = { .remote = remote };
	git_object *commit = NULL;
	const char *name;

	/* origin/HEAD is another name of a branch that comes by itself */
	if (vcs->git.git_reference_type(ref) == GIT_REFERENCE_SYMBOLIC ||
	    vcs->git.git_branch_name(&name, ref))
		return 0;
	branch.name = rt_arena_strdup(arena, name);
	if (vcs->git.git_reference_peel(&commit, ref, GIT_OBJECT_COMMIT))
		return rt_git_missing(vcs, err, "the commit of '%s' is not "
				      "here", name);
	vcs->git.git_oid_tostr(branch.commit, sizeof(branch.commit),
			       vcs->git.git_object_id(commit));
	vcs->git.git_object_free(commit);
	rt_vec_push(out, branch);
	return 0;
}

int rt_vcs_branches_read(retort_vcs *vcs, rt_arena *arena,
			 rt_vcs_branches *out, retort_error *err)
{
	git_branch_iterator *it = NULL;
	git_reference *ref;
	git_branch_t type;
	int rc, end;

	if (vcs->git.git_branch_iterator_new(&it, vcs->repo, GIT_BRANCH_ALL))
		return rt_git_error(&vcs->git, RETORT_EIO, err,
				    "cannot read the branches");
	rc = 0;
	while (!rc && !(end = vcs->git.git_branch_next(&ref, &type, it))) {
		rc = add_branch(vcs, ref, type == GIT_BRANCH_REMOTE, arena,
				out, err);
		vcs->git.git_reference_free(ref);
	}
	vcs->git.git_branch_iterator_free(it);
	if (!rc && end != GIT_ITEROVER)
		rc = rt_git_error(&vcs->git, RETORT_EIO, err,
				  "cannot read the branches");
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_name);
	drop_doubles(out);
	return rc;
}

/* --- names --------------------------------------------------------------- */

enum { SUBJECT_MAX = 40 };

/* The branch or tag that a ref stands for, HEAD's too; NULL for MERGE_HEAD,
 * an id, main~2. */
static const char *short_name(retort_vcs *vcs, const char *ref,
			      rt_arena *arena)
{
	static const char refs[] = "refs/";
	git_reference *found = NULL;
	const char *name = NULL;

	if (!vcs->git.git_reference_dwim(&found, vcs->repo, ref) &&
	    !strncmp(vcs->git.git_reference_name(found), refs,
		     sizeof(refs) - 1))
		name = rt_arena_strdup(
			arena, vcs->git.git_reference_shorthand(found));
	vcs->git.git_reference_free(found);
	return name;
}

static const char *branch_at(retort_vcs *vcs, const char *commit,
			     rt_arena *arena)
{
	rt_vcs_branches branches = RT_VEC_INIT;
	const char *name = NULL;
	size_t i;

	if (!rt_vcs_branches_read(vcs, arena, &branches, NULL))
		for (i = 0; i < branches.n && !name; i++)
			if (!strcmp(branches.v[i].commit, commit))
				name = branches.v[i].name;
	rt_vec_free(&branches);
	return name;
}

static const char *with_subject(retort_vcs *vcs, const char *commit,
				rt_arena *arena)
{
	git_commit *c = NULL;
	const char *subject = NULL, *out;
	size_t n;

	if (!rt_git_commit(vcs, commit, &c, NULL))
		subject = vcs->git.git_commit_summary(c);
	n = subject ? strlen(subject) : 0;
	if (n > SUBJECT_MAX) /* not within a character */
		for (n = SUBJECT_MAX; n && (subject[n] & 0xc0) == 0x80;)
			n--;
	out = n ? rt_arena_strf(arena, "%.7s \"%.*s%s\"", commit, (int)n,
				subject, subject[n] ? "…" : "")
		: rt_arena_strf(arena, "%.7s", commit);
	vcs->git.git_commit_free(c);
	return out;
}

const char *rt_vcs_name(retort_vcs *vcs, const char *ref, const char *commit,
			rt_arena *arena)
{
	const char *name = short_name(vcs, ref, arena);

	if (!name)
		name = branch_at(vcs, commit, arena);
	return name ? name : with_subject(vcs, commit, arena);
}

int rt_vcs_upstream(retort_vcs *vcs, const char *branch, rt_arena *arena,
		    const char **upstream, size_t *behind, retort_error *err)
{
	const rt_git *git = &vcs->git;
	git_reference *local = NULL, *remote = NULL;
	git_object *a = NULL, *b = NULL;
	size_t ahead;
	int rc = 0;

	*upstream = NULL;
	*behind = 0;
	/* a tag, an id, a remote branch: nobody's follower */
	if (git->git_branch_lookup(&local, vcs->repo, branch,
				   GIT_BRANCH_LOCAL) ||
	    git->git_branch_upstream(&remote, local))
		goto out;
	if (git->git_reference_peel(&a, local, GIT_OBJECT_COMMIT) ||
	    git->git_reference_peel(&b, remote, GIT_OBJECT_COMMIT) ||
	    git->git_graph_ahead_behind(&ahead, behind, vcs->repo,
					git->git_object_id(a),
					git->git_object_id(b)))
		rc = rt_git_missing(vcs, err, "cannot compare %s with its "
				    "upstream", branch);
	else
		*upstream = rt_arena_strdup(
			arena, git->git_reference_shorthand(remote));
out:
	git->git_object_free(a);
	git->git_object_free(b);
	git->git_reference_free(local);
	git->git_reference_free(remote);
	return rc;
}

/* --- the default target -------------------------------------------------- */

/* "main" of "origin/main". */
static const char *behind_slash(const char *name)
{
	const char *slash = strchr(name, '/');

	return slash ? slash + 1 : name;
}

/* Where origin/HEAD points to. */
static bool remote_head(retort_vcs *vcs, rt_arena *arena, const char **ref)
{
	static const char remotes[] = "refs/remotes/";
	git_reference *head = NULL;
	const char *target = NULL;

	if (!vcs->git.git_reference_lookup(&head, vcs->repo,
					   "refs/remotes/origin/HEAD"))
		target = vcs->git.git_reference_symbolic_target(head);
	if (target && !strncmp(target, remotes, sizeof(remotes) - 1))
		*ref = rt_arena_strdup(arena, target + sizeof(remotes) - 1);
	else
		target = NULL;
	vcs->git.git_reference_free(head);
	return target != NULL;
}

int rt_vcs_default_target(retort_vcs *vcs, const char *branch,
			  rt_arena *arena, const char **ref,
			  retort_error *err)
{
	static const char *const usual[] = {
		"origin/main", "origin/master", "origin/trunk",
		"main", "master", "trunk",
	};
	const char *upstream;
	size_t i, behind;
	int rc = rt_vcs_upstream(vcs, branch, arena, &upstream, &behind, err);

	*ref = upstream;
	if (rc || (upstream && strcmp(behind_slash(upstream), branch) != 0))
		return rc;
	if (remote_head(vcs, arena, ref))
		return 0;
	for (i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
		*ref = usual[i];
		if (strcmp(usual[i], branch) != 0 && is_known(vcs, usual[i]))
			return 0;
	}
	*ref = upstream;
	if (upstream)
		return 0;
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "name what to compare with: --onto BRANCH");
	return rt_err_set(err, RETORT_ENOTFOUND,
			  "there is no branch to compare with: no upstream, "
			  "no origin/HEAD, no other main, master or trunk");
}
