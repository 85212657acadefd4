/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "revfmt/format.h"

#include "base/fs.h"
#include "python/canonical.h"
#include "revfmt/alembic.h"
#include "revfmt/rewrite.h"
#include "text/header.h"

/* What cannot be read as Python changes with each of its bytes. */
static void checksum_alembic(rt_sv text, retort_dialect dialect,
			     char hex[RT_CHECKSUM_HEX])
{
	static const char *const header[] = { "revision", "down_revision",
					      "branch_labels", "depends_on",
					      NULL };
	rt_str tokens = RT_STR_INIT;

	(void)dialect;
	rt_checksum_raw(rt_py_canonical(text, header, &tokens) ?
			rt_str_sv(&tokens) : text, hex);
	rt_str_free(&tokens);
}

static int render_native(const rt_render *what, rt_str *out,
			 retort_error *err)
{
	rt_str text = RT_STR_INIT;
	int rc = rt_native_render(what->template_path, what->template_text,
				  what->rev, &text, err);

	if (rc == 0 && what->sections)
		rc = rt_native_set_sections(what->rev->path, rt_str_sv(&text),
					    what->sections, what->n_sections,
					    out, err);
	else if (rc == 0)
		rt_str_addsv(out, rt_str_sv(&text));
	rt_str_free(&text);
	return rc;
}

const rt_format rt_format_native = {
	.name = "native",
	.extension = ".sql",
	.checksum = rt_checksum_tokens,
	.header = rt_header_read,
	.sections = rt_native_sections,
	.statements = rt_native_statements,
	.render = render_native,
	.set_parents = rt_native_set_parents,
	.template_name = "script.sql.tmpl",
	.template_text = rt_native_template,
};

const rt_format rt_format_alembic = {
	.name = "alembic",
	.extension = ".py",
	.lenient = true,
	.checksum = checksum_alembic,
	.header = rt_alembic_header,
	.body = rt_alembic_body,
	.render = rt_alembic_render,
	.is_python = true,
	.set_parents = rt_alembic_set_parents,
	.template_name = "script.py.mako",
	.template_text = rt_alembic_template,
};

static const rt_format *const formats[] = {
	&rt_format_native, &rt_format_alembic, NULL
};

const rt_format *rt_format_of(const char *file_name)
{
	rt_sv name = rt_sv_from(rt_fs_basename(file_name));
	size_t i;

	if (name.n == 0 || name.p[0] == '.')
		return NULL;
	for (i = 0; formats[i]; i++) {
		rt_sv extension = rt_sv_from(formats[i]->extension);

		if (name.n > extension.n &&
		    rt_sv_eq(rt_sv_sub(name, name.n - extension.n, name.n),
			     extension))
			return formats[i];
	}
	return NULL;
}

void rt_format_checksum(const char *file_name, rt_sv text,
			retort_dialect dialect, char hex[RT_CHECKSUM_HEX])
{
	const rt_format *format = rt_format_of(file_name);

	if (!format)
		format = &rt_format_native;
	format->checksum(text, dialect, hex);
}
