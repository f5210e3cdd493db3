/* Records what a process does to the files below one folder, in one total order.
 *
 * Loaded with LD_PRELOAD by tests/power_cut.rs. Every write, change of length,
 * change of a name and sync is done and written down under one lock; a sync is
 * written down when it begins and again when it has succeeded, and other calls
 * go on meanwhile. What is written to the file of notes comes in as a note at
 * its place in the same order. The kernel's copying calls are refused, so that
 * the program copies by reading and writing, which is seen.
 * What is not seen here (shared mappings, links) shows in the test: it rebuilds
 * the folder from the record and compares it with the real one, byte for byte.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { CREATE = 1, CUT, WRITE, SYNC_BEGIN, SYNC_END, RENAME, UNLINK, MKDIR, RMDIR, NOTE };
enum { SLOTS = 1 << 17 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *data, *notes;
static int record = -1;
static uint64_t tokens;
static struct { ino_t ino; int seen; } known[SLOTS];
static ino_t notes_ino;

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, name)

static void stop(const char *why) {
    fprintf(stderr, "recorder: %s\n", why);
    abort();
}

__attribute__((constructor)) static void begin(void) {
    data = getenv("PEERTALLY_POWER_DATA");
    notes = getenv("PEERTALLY_POWER_NOTES");
    const char *to = getenv("PEERTALLY_POWER_RECORD");
    if (!data || !notes || !to) return;
    record = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (record < 0) stop("the record cannot be made");
}

static void put(const void *from, size_t length) {
    const char *at = from;
    while (length > 0) {
        long n = syscall(SYS_write, record, at, length);
        if (n <= 0) stop("the record cannot be written");
        at += n;
        length -= (size_t)n;
    }
}

/* One event: kind, two numbers, three lengths, then the bytes. */
static void event(uint64_t kind, uint64_t a, uint64_t b, const char *one, const char *two, const void *bytes, size_t length) {
    uint64_t head[6] = { kind, a, b, one ? strlen(one) : 0, two ? strlen(two) : 0, length };
    put(head, sizeof head);
    if (one) put(one, strlen(one));
    if (two) put(two, strlen(two));
    if (length) put(bytes, length);
}

static int *seen(ino_t ino) {
    size_t at = (ino * 0x9E3779B97F4A7C15ull) >> 47;
    for (size_t n = 0; n < SLOTS; n++, at = (at + 1) % SLOTS) {
        if (known[at].ino == ino) return &known[at].seen;
        if (known[at].ino == 0) {
            known[at].ino = ino;
            return &known[at].seen;
        }
    }
    stop("too many files");
    return 0;
}

static ino_t ino_of(int fd) {
    struct stat found;
    return fstat(fd, &found) == 0 ? found.st_ino : 0;
}

/* The file behind a descriptor, if it is below the folder. */
static ino_t ours(int fd) {
    ino_t ino = record < 0 ? 0 : ino_of(fd);
    return ino && *seen(ino) ? ino : 0;
}

static void resolve(int dir, const char *path, char *out, size_t room) {
    if (path[0] == '/') {
        snprintf(out, room, "%s", path);
        return;
    }
    char link[64], base[4096];
    if (dir == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
    ssize_t n = readlink(link, base, sizeof base - 1);
    base[n < 0 ? 0 : n] = 0;
    snprintf(out, room, "%s/%s", base, path);
}

static int below(const char *path) {
    if (record < 0) return 0;
    size_t n = strlen(data);
    return strncmp(path, data, n) == 0 && (path[n] == '/' || path[n] == 0);
}

static int opened(int dir, const char *path, int flags, mode_t mode) {
    REAL(int, "openat64", int, const char *, int, ...);
    if (record < 0) return real(dir, path, flags, mode);
    char full[8192];
    struct stat before;
    pthread_mutex_lock(&lock);
    resolve(dir, path, full, sizeof full);
    /* The witness is reached by a link from beside the folder: what counts is where it lies. */
    if (lstat(full, &before) == 0 && S_ISLNK(before.st_mode)) {
        ssize_t n = readlink(full, full, sizeof full - 1);
        if (n > 0) full[n] = 0;
    }
    int existed = lstat(full, &before) == 0;
    int fd = real(dir, path, flags, mode);
    int error = errno;
    if (fd >= 0) {
        ino_t ino = ino_of(fd);
        if (strcmp(full, notes) == 0) notes_ino = ino;
        *seen(ino) = below(full);
        if (below(full)) {
            if (!existed) event(CREATE, ino, 0, full, 0, 0, 0);
            else if (flags & O_TRUNC) event(CUT, ino, 0, 0, 0, 0, 0);
        }
    }
    pthread_mutex_unlock(&lock);
    errno = error;
    return fd;
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

int open(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int dir, const char *path, int flags, ...) { MODE(flags) return opened(dir, path, flags, mode); }
int openat64(int dir, const char *path, int flags, ...) { MODE(flags) return opened(dir, path, flags, mode); }

/* `at` is -1 where the descriptor's own position counts. */
static ssize_t written(int fd, const struct iovec *parts, int count, off_t at) {
    pthread_mutex_lock(&lock);
    ino_t ino = ours(fd);
    ino_t note = record >= 0 && notes_ino && ino_of(fd) == notes_ino;
    off_t from = at;
    if (ino && at < 0) {
        struct stat found;
        from = (fcntl(fd, F_GETFL) & O_APPEND) && fstat(fd, &found) == 0 ? found.st_size : lseek(fd, 0, SEEK_CUR);
    }
    ssize_t n = at < 0 ? syscall(SYS_writev, fd, parts, count)
                       : syscall(SYS_pwritev, fd, parts, count, (unsigned long)at, 0ul);
    int error = errno;
    if (n > 0 && (ino || note)) {
        char *all = malloc((size_t)n);
        size_t filled = 0;
        for (int i = 0; all && i < count && filled < (size_t)n; i++) {
            size_t more = parts[i].iov_len < (size_t)n - filled ? parts[i].iov_len : (size_t)n - filled;
            memcpy(all + filled, parts[i].iov_base, more);
            filled += more;
        }
        if (!all) stop("no memory");
        if (ino) event(WRITE, ino, (uint64_t)from, 0, 0, all, (size_t)n);
        else event(NOTE, 0, 0, 0, 0, all, (size_t)n);
        free(all);
    }
    pthread_mutex_unlock(&lock);
    errno = error;
    return n;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    struct iovec one = { (void *)bytes, length };
    return written(fd, &one, 1, -1);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
    struct iovec one = { (void *)bytes, length };
    return written(fd, &one, 1, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) { return pwrite(fd, bytes, length, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) { return written(fd, parts, count, -1); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return written(fd, parts, count, at); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) { return written(fd, parts, count, at); }

int ftruncate(int fd, off_t length) {
    pthread_mutex_lock(&lock);
    ino_t ino = ours(fd);
    int done = (int)syscall(SYS_ftruncate, fd, length);
    if (done == 0 && ino) event(CUT, ino, (uint64_t)length, 0, 0, 0, 0);
    pthread_mutex_unlock(&lock);
    return done;
}
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }

static int synced(int fd, long call) {
    pthread_mutex_lock(&lock);
    ino_t ino = ours(fd);
    uint64_t token = ++tokens;
    if (ino) event(SYNC_BEGIN, ino, token, 0, 0, 0, 0);
    pthread_mutex_unlock(&lock);
    int done = (int)syscall(call, fd);
    pthread_mutex_lock(&lock);
    if (ino && done == 0) event(SYNC_END, ino, token, 0, 0, 0, 0);
    pthread_mutex_unlock(&lock);
    return done;
}
int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int renamed(int from_dir, const char *from, int to_dir, const char *to, unsigned flags) {
    char one[8192], two[8192];
    pthread_mutex_lock(&lock);
    resolve(from_dir, from, one, sizeof one);
    resolve(to_dir, to, two, sizeof two);
    int done = (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
    if (done == 0 && (below(one) || below(two))) {
        if (flags) stop("a rename with flags");
        event(RENAME, 0, 0, one, two, 0, 0);
    }
    pthread_mutex_unlock(&lock);
    return done;
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return renamed(a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { return renamed(a, from, b, to, flags); }

static int unlinked(int dir, const char *path, int flags) {
    char full[8192];
    pthread_mutex_lock(&lock);
    resolve(dir, path, full, sizeof full);
    int done = (int)syscall(SYS_unlinkat, dir, path, flags);
    if (done == 0 && below(full)) event(flags & AT_REMOVEDIR ? RMDIR : UNLINK, 0, 0, full, 0, 0, 0);
    pthread_mutex_unlock(&lock);
    return done;
}
int unlink(const char *path) { return unlinked(AT_FDCWD, path, 0); }
int unlinkat(int dir, const char *path, int flags) { return unlinked(dir, path, flags); }
int rmdir(const char *path) { return unlinked(AT_FDCWD, path, AT_REMOVEDIR); }

static int made(int dir, const char *path, mode_t mode) {
    char full[8192];
    struct stat found;
    pthread_mutex_lock(&lock);
    resolve(dir, path, full, sizeof full);
    int done = (int)syscall(SYS_mkdirat, dir, path, mode);
    if (done == 0 && below(full) && lstat(full, &found) == 0) {
        *seen(found.st_ino) = 1;
        event(MKDIR, found.st_ino, 0, full, 0, 0, 0);
    }
    pthread_mutex_unlock(&lock);
    return done;
}
int mkdir(const char *path, mode_t mode) { return made(AT_FDCWD, path, mode); }
int mkdirat(int dir, const char *path, mode_t mode) { return made(dir, path, mode); }

#define REFUSED { errno = EINVAL; return -1; }
ssize_t copy_file_range(int a, off64_t *b, int c, off64_t *d, size_t e, unsigned f) {
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f;
    REFUSED
}
ssize_t sendfile(int a, int b, off_t *c, size_t d) { (void)a, (void)b, (void)c, (void)d; REFUSED }
ssize_t sendfile64(int a, int b, off64_t *c, size_t d) { (void)a, (void)b, (void)c, (void)d; REFUSED }
int fallocate(int fd, int mode, off_t at, off_t length) {
    (void)mode, (void)at, (void)length;
    if (ours(fd)) stop("fallocate is not recorded");
    REFUSED
}
int fallocate64(int fd, int mode, off64_t at, off64_t length) { return fallocate(fd, mode, at, length); }
