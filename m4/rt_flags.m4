dnl SPDX-License-Identifier: MIT
dnl RT_ADD_CFLAGS(VARIABLE, FLAGS): add those flags that the compiler takes.
AC_DEFUN([RT_ADD_CFLAGS], [
	rt_saved_CFLAGS=$CFLAGS
	for rt_flag in m4_normalize([$2]); do
		AC_MSG_CHECKING([whether $CC takes $rt_flag])
		CFLAGS="$rt_saved_CFLAGS -Werror $rt_flag"
		AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])],
			[AC_MSG_RESULT([yes]); $1="$$1 $rt_flag"],
			[AC_MSG_RESULT([no])])
	done
	CFLAGS=$rt_saved_CFLAGS
])
dnl RT_ADD_LDFLAGS(VARIABLE, FLAGS): add those flags that the linker takes.
AC_DEFUN([RT_ADD_LDFLAGS], [
	rt_saved_LDFLAGS=$LDFLAGS
	for rt_flag in m4_normalize([$2]); do
		AC_MSG_CHECKING([whether the linker takes $rt_flag])
		LDFLAGS="$rt_saved_LDFLAGS $rt_flag"
		AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
			[AC_MSG_RESULT([yes]); $1="$$1 $rt_flag"],
			[AC_MSG_RESULT([no])])
	done
	LDFLAGS=$rt_saved_LDFLAGS
])
