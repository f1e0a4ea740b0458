//go:build ignore

// A C program with the suite inside: linked with it, or, if it is told where it lies, loading it.

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

typedef int (*function)(void);

static function find(const char *library, const char *name)
{
	static void *handle;
	if (!handle)
		handle = dlopen(library, RTLD_NOW);
	function found = handle ? (function)dlsym(handle, name) : 0;
	if (!found)
		fprintf(stderr, "%s\n", dlerror());
	return found;
}

static function suite, here;

static void *run(void *length)
{
	*(int *)length = here();
	return 0;
}

#ifdef LINKED
extern int GangplankSuite(void), GangplankHere(void);
#endif

int main(int count, char **arguments)
{
#ifdef LINKED
	suite = GangplankSuite;
	here = GangplankHere;
#else
	if (count < 2)
		return 2;
	suite = find(arguments[1], "GangplankSuite");
	here = find(arguments[1], "GangplankHere");
#endif
	if (!suite || !here)
		return 2;
	int failed = suite();
	int mine = here(), other = 0;
	pthread_t thread;
	pthread_create(&thread, 0, run, &other);
	pthread_join(thread, 0);
	return failed || mine != other;
}
