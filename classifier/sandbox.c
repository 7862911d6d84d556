#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define MOST_DESCRIPTORS 64

/* What a reading child calls; everything else is refused with EPERM, so that a library
 * that merely tries goes on. */
static const int allowed[] = { SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close),
	SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(pread64), SCMP_SYS(lseek),
	SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(fcntl), SCMP_SYS(access),
	SCMP_SYS(readlink), SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(munmap),
	SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex),
	SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom),
	SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getppid), SCMP_SYS(sched_yield),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall), SCMP_SYS(getrusage),
	SCMP_SYS(exit), SCMP_SYS(exit_group) };

static gboolean
filter_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	const struct scmp_arg_cmp reads =
	    SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY);
	const struct scmp_arg_cmp self = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid());
	const struct scmp_arg_cmp us = SCMP_A0(SCMP_CMP_EQ, 0);
	gboolean done = filter != NULL;

	for (guint i = 0; i < G_N_ELEMENTS(allowed) && done; i++)
		done = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) == 0;
	done = done &&
	    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, reads) == 0 &&
	    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, self) ==
		0 && /* abort() */
	    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(kill), 1, self) == 0 &&
	    seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, us) == 0 &&
	    seccomp_load(filter) == 0;
	seccomp_release(filter);
	return done;
}

static void
limit(int resource, rlim_t most)
{
	struct rlimit now, wanted;

	if (getrlimit(resource, &now) < 0)
		return;
	wanted.rlim_max = MIN(now.rlim_max, most);
	wanted.rlim_cur = wanted.rlim_max;
	setrlimit(resource, &wanted);
}

/* AddressSanitizer maps terabytes that it never touches. */
static void
limit_memory(gsize memory)
{
#ifndef __SANITIZE_ADDRESS__
	unsigned long pages = 0;
	FILE *file = fopen("/proc/self/statm", "r");

	if (file != NULL) {
		if (fscanf(file, "%lu", &pages) != 1)
			pages = 0;
		fclose(file);
	}
	limit(RLIMIT_AS, (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + memory);
#endif
}

/* Descriptors of the store and its locks must not live on in a child. */
static gboolean
keep_descriptors(int in, int out)
{
	int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
	int in_copy = fcntl(in, F_DUPFD, 10), out_copy = fcntl(out, F_DUPFD, 10);

	return nothing >= 0 && in_copy >= 0 && out_copy >= 0 && dup2(nothing, 0) == 0 &&
	    dup2(nothing, 1) == 1 && dup2(in_copy, SANDBOX_IN) == SANDBOX_IN &&
	    dup2(out_copy, SANDBOX_OUT) == SANDBOX_OUT &&
	    close_range(SANDBOX_OUT + 1, ~0U, 0) == 0;
}

gboolean
sandbox_enter(int in, int out, gsize memory)
{
	pid_t parent = getppid();

	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || getppid() != parent ||
	    !keep_descriptors(in, out))
		return FALSE;
	/* The parent decides when we end: an interrupt of the terminal, or a service
	 * manager, tells both. */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	limit_memory(memory);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_NOFILE, MOST_DESCRIPTORS);
	return prctl(PR_SET_DUMPABLE, 0) == 0 &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && filter_calls();
}

void
sandbox_allow_seconds(guint seconds)
{
	struct timespec used;
	struct rlimit now;

	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) < 0 ||
	    getrlimit(RLIMIT_CPU, &now) < 0)
		return;
	now.rlim_cur = MIN((rlim_t)used.tv_sec + seconds + 1, now.rlim_max);
	setrlimit(RLIMIT_CPU, &now);
}
