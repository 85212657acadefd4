/* SPDX-License-Identifier: MIT */
/*
 * main() of a fuzz target without a fuzzer: runs it on files and speaks TAP.
 * A wrong answer aborts, which ends the test.
 *
 *     fuzz_NAME             the corpus, $top_srcdir/fuzz/corpus/NAME
 *     fuzz_NAME FILE...     these, to see a finding again
 */
#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"

/* libFuzzer's name for what a target defines. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int run(const char *path, size_t number)
{
	retort_error err = RETORT_ERROR_INIT;
	rt_str input = RT_STR_INIT;
	uint8_t *data;
	int rc = rt_fs_read(path, RT_FS_LIMIT, &input, &err);

	if (rc == 0) {
		/* Memory of the very size, so that a sanitizer sees a read
		 * behind the end. */
		data = malloc(input.n ? input.n : 1);
		if (!data)
			abort();
		memcpy(data, input.p, input.n);
		(void)LLVMFuzzerTestOneInput(data, input.n);
		free(data);
	}
	printf("%s %zu - %s\n", rc ? "not ok" : "ok", number,
	       rt_fs_basename(path));
	if (rc)
		printf("# %s\n", err.message);
	retort_error_dispose(&err);
	rt_str_free(&input);
	return rc;
}

static int run_corpus(const char *program)
{
	const char *top = getenv("top_srcdir"), *name;
	char *folder, *corpus;
	rt_fs_list list = RT_FS_LIST_INIT;
	retort_error err = RETORT_ERROR_INIT;
	size_t i;
	int rc;

	name = strstr(rt_fs_basename(program), "fuzz_");
	corpus = rt_fs_join(top ? top : ".", "fuzz/corpus");
	folder = rt_fs_join(corpus, name ? name + strlen("fuzz_") : "");
	rc = rt_fs_read_dir(folder, &list, &err);
	if (rc)
		printf("Bail out! %s: %s\n", folder, err.message);
	else
		printf("1..%zu\n", list.n);
	for (i = 0; i < list.n; i++) {
		char *path = rt_fs_join(folder, list.v[i].name);

		/* What has been run is known even if this one aborts. */
		fflush(stdout);
		if (run(path, i + 1))
			rc = -1;
		free(path);
	}
	rt_fs_list_free(&list);
	retort_error_dispose(&err);
	free(folder);
	free(corpus);
	return rc;
}

int main(int argc, char **argv)
{
	int i, rc = 0;

	if (argc < 2)
		return run_corpus(argv[0]) ? EXIT_FAILURE : EXIT_SUCCESS;
	printf("1..%d\n", argc - 1);
	for (i = 1; i < argc; i++)
		if (run(argv[i], (size_t)i))
			rc = -1;
	return rc ? EXIT_FAILURE : EXIT_SUCCESS;
}
