/* SPDX-License-Identifier: MIT */
/*
 * Database URLs, SQLAlchemy's forms included.
 */
#ifndef RT_TEXT_URL_H
#define RT_TEXT_URL_H

#include "base/str.h"

/*
 * The URL with every password replaced by ***: in the user part, and as
 * `password=`, `passfile`-free query parameters or keywords.  Any text is
 * accepted; what is not a URL comes out without what looks like a password.
 */
void rt_url_redact(rt_sv url, rt_str *out);

/*
 * Scheme without its SQLAlchemy driver: "postgresql+asyncpg://…" gives
 * "postgresql"; "postgres" counts as "postgresql".  Empty if there is none.
 */
rt_sv rt_url_scheme(rt_sv url);

/*
 * The same URL with the plain scheme, as libpq and the SQLite driver want
 * it: "postgresql://…" / "sqlite:///path".
 */
void rt_url_normalize(rt_sv url, rt_str *out);

#endif
