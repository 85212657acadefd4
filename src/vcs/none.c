/* SPDX-License-Identifier: MIT */
/* Built --without-libgit2: there is no repository to open. */
#include "config.h"

#include <retort/vcs.h>

#include "base/alloc.h"
#include "base/err.h"

int retort_vcs_open(retort_vcs **vcs, const char *path, retort_error *err)
{
	*vcs = NULL;
	rt_err_field(err, RETORT_ERROR_NEXT,
		     "git's own commands tell about %s", path);
	return rt_err_set(err, RETORT_EUNSUPPORTED,
			  "this retort was built without git");
}

void retort_vcs_close(retort_vcs *vcs)
{
	(void)vcs;
}

const char *retort_vcs_directory(const retort_vcs *vcs)
{
	(void)vcs;
	return "";
}

int retort_vcs_diff(retort_vcs *vcs, const char *path,
		    retort_vcs_status *status, char **text, retort_error *err)
{
	(void)vcs;
	*status = (retort_vcs_status){ RETORT_VCS_UNMODIFIED, false, false };
	*text = rt_strdup("");
	return rt_err_set(err, RETORT_EUNSUPPORTED,
			  "%s cannot be compared: this retort was built "
			  "without git",
			  path);
}
