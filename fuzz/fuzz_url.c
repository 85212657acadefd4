/* SPDX-License-Identifier: MIT */
/* Whatever stands around it, a password does not get out. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "text/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(rt_str *url)
{
	rt_str shown = RT_STR_INIT, plain = RT_STR_INIT;

	rt_url_redact(rt_str_sv(url), &shown);
	if (memmem(shown.p, shown.n, "S3cr3t", 6))
		abort();
	rt_url_normalize(rt_str_sv(url), &plain);
	if (plain.n > url->n + sizeof("postgresql"))
		abort();
	rt_str_free(&shown);
	rt_str_free(&plain);
	rt_str_clear(url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	rt_str url = RT_STR_INIT;
	size_t half = n / 2;

	if (memmem(data, n, "S3cr3t", 6))
		return 0;
	rt_str_addn(&url, (const char *)data, half);
	rt_str_add(&url, " password=S3cr3t ");
	rt_str_addn(&url, (const char *)data + half, n - half);
	check(&url);

	rt_str_add(&url, "postgresql+asyncpg://me:S3cr3t@");
	rt_str_addn(&url, (const char *)data, n);
	check(&url);

	rt_str_addn(&url, (const char *)data, n);
	check(&url);
	rt_str_free(&url);
	return 0;
}
