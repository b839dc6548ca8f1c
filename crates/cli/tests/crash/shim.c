/* Fails the N-th call that writes to a file of the database, once or from then on.
 * TANDEM_FAULT_AT: which call, from 1. TANDEM_FAULT_STICKY: every one after it too.
 * TANDEM_FAULT_ERRNO: 5 (the disk fails) or 28 (the disk is full). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long seen;

static int ours(int fd) {
  char link[64], path[512];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return strstr(path, "tandem.db") != NULL;
}

static int fails(int fd) {
  const char *at = getenv("TANDEM_FAULT_AT");
  if (!at || !ours(fd)) return 0;
  /* Armed once the service is ready: a file of that name in its folder. */
  if (access("armed", F_OK) != 0) return 0;
  long rank = __sync_add_and_fetch(&seen, 1), wanted = atol(at);
  if (rank == wanted || (rank > wanted && getenv("TANDEM_FAULT_STICKY"))) {
    const char *number = getenv("TANDEM_FAULT_ERRNO");
    FILE *mark = fopen("failed", "w");
    if (mark) fclose(mark);
    errno = number ? atoi(number) : EIO;
    return 1;
  }
  return 0;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
  return fails(fd) ? -1 : real(fd, bytes, count, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
  static ssize_t (*real)(int, const void *, size_t, off_t);
  if (!real) real = dlsym(RTLD_NEXT, "pwrite");
  return fails(fd) ? -1 : real(fd, bytes, count, offset);
}

ssize_t write(int fd, const void *bytes, size_t count) {
  static ssize_t (*real)(int, const void *, size_t);
  if (!real) real = dlsym(RTLD_NEXT, "write");
  return fails(fd) ? -1 : real(fd, bytes, count);
}

int fsync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fsync");
  return fails(fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
  return fails(fd) ? -1 : real(fd);
}

int ftruncate64(int fd, off64_t length) {
  static int (*real)(int, off64_t);
  if (!real) real = dlsym(RTLD_NEXT, "ftruncate64");
  return fails(fd) ? -1 : real(fd, length);
}
