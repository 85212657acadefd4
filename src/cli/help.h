/* SPDX-License-Identifier: MIT */
/*
 * Help, made from the tables of commands and options.
 */
#ifndef RT_CLI_HELP_H
#define RT_CLI_HELP_H

#include "cli/cmd.h"
#include "ui/out.h"

/* All commands by group. */
int rt_help_overview(rt_out *o);

/* One command; `called` is the name it was called by.  Returns 0. */
int rt_help_command(rt_out *o, const rt_cmd *cmd, const char *called);

#endif
