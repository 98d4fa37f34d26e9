/* Preloaded into a process: fsync and fdatasync take longer, as on a disk that is worn or shared.
   The file named by SLOW_FSYNC_FILE holds the delay in milliseconds; without it nothing is slower. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void delay(void) {
  const char *name = getenv("SLOW_FSYNC_FILE");
  FILE *file = name ? fopen(name, "re") : NULL;
  long milliseconds = 0;
  if (!file) return;
  if (fscanf(file, "%ld", &milliseconds) != 1) milliseconds = 0;
  fclose(file);
  struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  nanosleep(&pause, NULL);
}

int fsync(int descriptor) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
  delay();
  return real(descriptor);
}

int fdatasync(int descriptor) {
  static int (*real)(int);
  if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  delay();
  return real(descriptor);
}
