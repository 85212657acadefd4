/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "cli/symbol.h"

#include <string.h>

bool rt_symbol_range_is_current(const char *range)
{
	rt_sv rest = rt_sv_from(range), end;

	while (range && rt_sv_split(&rest, ':', &end))
		if (rt_sv_is(end, "current"))
			return true;
	return false;
}

int rt_symbol_resolve(rt_cli *cli, const char *symbol, retort_list *list,
		      retort_names *rows, bool *asked, retort_error *err)
{
	int rc = rt_cli_graph(cli, err);

	*asked = strcmp(symbol, "current") == 0;
	if (rc == 0 && *asked)
		rc = rt_cli_rows(cli, rows, err);
	if (rc)
		return rc;
	return retort_graph_resolve(cli->graph, symbol, *asked ? rows : NULL,
				    list, err);
}
