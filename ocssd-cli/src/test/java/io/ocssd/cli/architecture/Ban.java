package io.ocssd.cli.architecture;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What code above the geometry layer must not use, so that a run under the simulated Scheduler depends on its seed alone.
 *
 * <p>A ban looks at one reference at a time, so it does not see a hash map with enums, classes or records of them as keys:
 * their hash codes differ from one Java VM to the next, and so does the order of such a map.
 */
enum Ban {
    THREADS("start a task on the Scheduler"),
    MONITORS("use the Scheduler's mutex, and a Signal to wait"),
    LOCKS("use the Scheduler's mutex, and a Signal to wait"),
    EXECUTORS_AND_FUTURES("start a task on the Scheduler, and wait on a Signal"),
    CLOCKS("ask the Scheduler for the time"),
    RANDOM("use a SplittableRandom with a seed"),
    PARALLEL_STREAMS("use a sequential stream, or tasks on the Scheduler"),
    IDENTITY_HASHES("identity hashes differ from run to run; compare by value, or keep an order of your own"),
    SALTED_ORDER("its iteration order differs from run to run; use Guava's ImmutableSet and ImmutableMap");

    private static final Predicate<String> HARMLESS_CONCURRENT = Pattern.compile(
                    "java/util/concurrent/(atomic/\\w+|Concurrent\\w+|CopyOnWrite\\w+|TimeUnit|Callable|\\w+Exception)(\\$\\w+)*"
                            + "|com/google/common/util/concurrent/(Atomic\\w+|\\w+Exception|\\w+Error)(\\$\\w+)*")
            .asMatchPredicate();
    private static final Predicate<String> THREAD_TYPE = Pattern.compile(
                    "java/lang/Thread(\\$\\w+)*|java/lang/ThreadGroup|java/lang/ref/Cleaner(\\$\\w+)*")
            .asMatchPredicate();
    private static final Predicate<String> CLOCK_TYPE = Pattern.compile(
                    "java/time/Clock|java/time/InstantSource|java/util/(Gregorian)?Calendar|com/google/common/base/(Stopwatch|Ticker)")
            .asMatchPredicate();
    private static final Predicate<String> RANDOM_TYPE = Pattern.compile(
                    "java/util/Random|java/util/concurrent/ThreadLocalRandom|java/security/SecureRandom")
            .asMatchPredicate();
    private static final Predicate<String> IDENTITY_METHOD = Pattern.compile("java/lang/System\\.identityHashCode"
                    + "|java/lang/(Object|Enum|Class)\\.hashCode"
                    + "|com/google/common/collect/Maps\\.newIdentityHashMap"
                    + "|com/google/common/collect/Sets\\.newIdentityHashSet")
            .asMatchPredicate();
    private static final Predicate<String> SALTED_METHOD = Pattern.compile("java/util/Set\\.(of|copyOf)"
                    + "|java/util/Map\\.(of|ofEntries|copyOf)"
                    + "|java/util/stream/Collectors\\.toUnmodifiable(Set|Map)")
            .asMatchPredicate();
    private static final Predicate<String> CLOCK_METHOD = Pattern.compile(
                    "java/lang/System\\.(nanoTime|currentTimeMillis)"
                            + "|java/time/[\\w/]+\\.now"
                            + "|java/util/concurrent/TimeUnit\\.(sleep|timedJoin|timedWait)")
            .asMatchPredicate();
    private static final Predicate<String> RANDOM_METHOD = Pattern.compile("java/lang/(Strict)?Math\\.random"
                    + "|java/util/UUID\\.randomUUID"
                    + "|java/util/random/RandomGenerator\\.(getDefault|of)"
                    + "|com/google/common/hash/Hashing\\.goodFastHash")
            .asMatchPredicate();
    private static final Predicate<String> PARALLEL_METHOD = Pattern.compile("[\\w/$]+\\.parallelStream"
                    + "|java/util/stream/\\w+\\.parallel"
                    + "|java/util/Arrays\\.parallel\\w+")
            .asMatchPredicate();

    private final String instead;

    Ban(String instead) {
        this.instead = instead;
    }

    /** What to do instead. */
    String instead() {
        return instead;
    }

    /** The ban on a type, named as in class files. */
    static Optional<Ban> onType(String type) {
        if (THREAD_TYPE.test(type)) {
            return Optional.of(THREADS);
        }
        if (RANDOM_TYPE.test(type)) {
            return Optional.of(RANDOM);
        }
        if (CLOCK_TYPE.test(type)) {
            return Optional.of(CLOCKS);
        }
        if (type.equals("java/util/IdentityHashMap")) {
            return Optional.of(IDENTITY_HASHES);
        }
        if (type.startsWith("java/util/concurrent/locks/")) {
            return Optional.of(LOCKS);
        }
        // All the rest of these packages, also what later versions put there.
        if (type.startsWith("java/util/concurrent/") || type.startsWith("com/google/common/util/concurrent/")) {
            return HARMLESS_CONCURRENT.test(type) ? Optional.empty() : Optional.of(EXECUTORS_AND_FUTURES);
        }
        if (type.equals("java/util/Timer") || type.equals("java/util/TimerTask")) {
            return Optional.of(EXECUTORS_AND_FUTURES);
        }
        return Optional.empty();
    }

    /** The ban on a method, named as in class files, of a type that is not banned itself. */
    static Optional<Ban> onMethod(String owner, String name, String descriptor) {
        String method = owner + "." + name;
        if (method.equals("java/lang/Runtime.addShutdownHook")) {
            return Optional.of(THREADS);
        }
        // wait, notify and notifyAll, whatever class they are called through: no subclass can have its own
        if (name.equals("wait") && descriptor.matches("\\((J|JI)?\\)V")
                || name.matches("notify|notifyAll") && descriptor.equals("()V")) {
            return Optional.of(MONITORS);
        }
        if (CLOCK_METHOD.test(method) || method.equals("java/util/Date.<init>") && descriptor.equals("()V")) {
            return Optional.of(CLOCKS);
        }
        if (RANDOM_METHOD.test(method)
                || method.equals("java/util/SplittableRandom.<init>") && descriptor.equals("()V")
                || method.equals("java/util/Collections.shuffle") && descriptor.equals("(Ljava/util/List;)V")) {
            return Optional.of(RANDOM);
        }
        // The bulk operations of ConcurrentHashMap whose first argument is a threshold run on the common pool.
        if (PARALLEL_METHOD.test(method)
                || owner.equals("java/util/concurrent/ConcurrentHashMap")
                        && descriptor.startsWith("(JLjava/util/function/")) {
            return Optional.of(PARALLEL_STREAMS);
        }
        if (IDENTITY_METHOD.test(method)) {
            return Optional.of(IDENTITY_HASHES);
        }
        if (SALTED_METHOD.test(method)) {
            return Optional.of(SALTED_ORDER);
        }
        return Optional.empty();
    }
}
