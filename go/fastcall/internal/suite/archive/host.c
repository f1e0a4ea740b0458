//go:build ignore

// A C program with the suite inside. It runs it on its first thread and on
// another one.

#include <pthread.h>
#include <stdio.h>

extern int GangplankSuite(void);

static void *run(void *failed)
{
	*(int *)failed += GangplankSuite();
	return 0;
}

int main(void)
{
	int failed = GangplankSuite();
	pthread_t thread;
	pthread_create(&thread, 0, run, &failed);
	pthread_join(thread, 0);
	return failed != 0;
}
