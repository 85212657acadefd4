/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "ui/sqltext.h"

static rt_role role_of(rt_sv text, const retort_token *token,
		       retort_dialect dialect)
{
	switch (token->kind) {
	case RETORT_TOKEN_COMMENT:
		return RT_ROLE_DIM;
	case RETORT_TOKEN_STRING:
	case RETORT_TOKEN_DATA:
		return RT_ROLE_STRING;
	case RETORT_TOKEN_ERROR:
		return RT_ROLE_ERROR;
	case RETORT_TOKEN_WORD:
		return retort_sql_is_keyword(text.p + token->offset,
					     token->length, dialect) ?
			       RT_ROLE_KEYWORD :
			       RT_ROLE_PLAIN;
	case RETORT_TOKEN_SPACE:
	case RETORT_TOKEN_IDENTIFIER:
	case RETORT_TOKEN_NUMBER:
	case RETORT_TOKEN_PARAMETER:
	case RETORT_TOKEN_OPERATOR:
	case RETORT_TOKEN_PUNCTUATION:
	case RETORT_TOKEN_META:
		break;
	}
	return RT_ROLE_PLAIN;
}

void rt_sqltext(rt_out *o, const char *sql, retort_dialect dialect)
{
	rt_sv text = rt_sv_trim(rt_sv_from(sql));
	retort_token token;
	size_t at = 0;

	if (!o->colour) {
		rt_out_lines(o, RT_ROLE_PLAIN, text);
		return;
	}
	while (retort_sql_next(text.p, text.n, dialect, &at, &token) > 0)
		rt_out_lines(o, role_of(text, &token, dialect),
			     rt_sv_sub(text, token.offset, token.length));
}
