/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "tui/draw/theme.h"

#include <stdlib.h>
#include <string.h>

/*
 * X(NAME, 16 colours, 256 colours, dark RGB): mid tones that can be read on
 * black and on white; BROWN is what YELLOW is on white.
 */
#define PALETTE(X)                                                            \
	X(DEFAULT, -1, -1, -1)                                                \
	X(GREY, -1, 245, 0x8a8a8a)                                            \
	X(RED, 1, 160, 0xd72d2d)                                              \
	X(GREEN, 2, 71, 0x4fa84f)                                             \
	X(YELLOW, 3, 178, 0xd7a700)                                           \
	X(BROWN, 3, 130, 0xa35f00)                                            \
	X(BLUE, 4, 68, 0x4f87d7)                                              \
	X(MAGENTA, 5, 133, 0xaf5faf)                                          \
	X(CYAN, 6, 37, 0x00a0a0)                                              \
	X(ORANGE, 1, 166, 0xd75f00)

enum {
#define PALETTE_ENUM(name, c16, c256, rgb) PALETTE_##name,
	PALETTE(PALETTE_ENUM)
};

static const struct palette {
	long c16, c256, rgb;
} palette[] = {
#define PALETTE_ROW(name, c16, c256, rgb) { c16, c256, rgb },
	PALETTE(PALETTE_ROW)
};

#define DARK(name, flags, dark, light, contrast) PALETTE_##dark,
#define LIGHT(name, flags, dark, light, contrast) PALETTE_##light,
#define CONTRAST(name, flags, dark, light, contrast) PALETTE_##contrast,

static const rt_theme themes[] = {
	{ "dark", "for a dark background", true, { RT_FACES(DARK) } },
	{ "light", "for a light background", true, { RT_FACES(LIGHT) } },
	{ "contrast", "few colours, none dim", false, { RT_FACES(CONTRAST) } },
};

const rt_theme *rt_themes(size_t *n)
{
	*n = sizeof(themes) / sizeof(themes[0]);
	return themes;
}

const rt_theme *rt_theme_find(rt_sv name)
{
	size_t i;

	for (i = 0; i < sizeof(themes) / sizeof(themes[0]); i++)
		if (rt_sv_is(name, themes[i].name))
			return &themes[i];
	return NULL;
}

/* COLORFGBG is "foreground;background" in the 16 colours. */
const rt_theme *rt_theme_default(const char *colorfgbg)
{
	const char *last = colorfgbg ? strrchr(colorfgbg, ';') : NULL;
	long background = last ? strtol(last + 1, NULL, 10) : 0;

	return &themes[background == 7 || background == 15];
}

unsigned rt_theme_flags(const rt_theme *theme, unsigned face)
{
	static const unsigned char flags_of[] = {
#define FLAGS(name, flags, dark, light, contrast) flags,
		RT_FACES(FLAGS)
	};

	unsigned keep = theme->keeps_dim ? ~0u : ~(unsigned)RT_DIM;

	return face < RT_FACE_COUNT ? flags_of[face] & keep : 0;
}

long rt_theme_colour(const rt_theme *theme, unsigned face, int colours)
{
	const struct palette *p;

	if (face >= RT_FACE_COUNT)
		return -1;
	p = &palette[theme->colour[face]];
	return colours > 256 ? p->rgb : colours == 256 ? p->c256 : p->c16;
}
