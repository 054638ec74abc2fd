package io.ocssd.cli.architecture;

import com.google.common.base.Stopwatch;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Classes that break one ban each in their method {@code offend}, and some that break none. Never run, only scanned. */
@SuppressWarnings("unused")
final class PlantedOffenders {
    private PlantedOffenders() {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface Breaks {
        Ban value();
    }

    @Breaks(Ban.THREADS)
    static final class ThreadStart {
        void offend() {
            new Thread(() -> {}).start();
        }
    }

    @Breaks(Ban.THREADS)
    static final class ThreadSleep {
        void offend() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    @Breaks(Ban.THREADS)
    static final class ThreadName {
        String offend() {
            return Thread.currentThread().getName();
        }
    }

    @Breaks(Ban.THREADS)
    static final class ShutdownHook {
        void offend() {
            Runtime.getRuntime().addShutdownHook(null);
        }
    }

    @Breaks(Ban.MONITORS)
    static final class SynchronizedBlock {
        int offend() {
            synchronized (this) {
                return 1;
            }
        }
    }

    @Breaks(Ban.MONITORS)
    static final class SynchronizedMethod {
        synchronized int offend() {
            return 1;
        }
    }

    @Breaks(Ban.MONITORS)
    static final class Wait {
        void offend() throws InterruptedException {
            wait();
        }
    }

    @Breaks(Ban.MONITORS)
    static final class Notify {
        void offend() {
            notifyAll();
        }
    }

    @Breaks(Ban.LOCKS)
    static final class Lock {
        boolean offend() {
            return new ReentrantLock().tryLock();
        }
    }

    @Breaks(Ban.LOCKS)
    static final class Park {
        void offend() {
            LockSupport.parkNanos(1);
        }
    }

    @Breaks(Ban.EXECUTORS_AND_FUTURES)
    static final class Pool {
        Object offend() {
            return Executors.newCachedThreadPool();
        }
    }

    @Breaks(Ban.EXECUTORS_AND_FUTURES)
    static final class ExecutorArgument {
        void offend(Executor executor) {
            // the argument is the offence
        }
    }

    @Breaks(Ban.EXECUTORS_AND_FUTURES)
    static final class FutureInSignature {
        int offend(List<Future<?>> futures) {
            return futures.size();
        }
    }

    @Breaks(Ban.EXECUTORS_AND_FUTURES)
    static final class CompletableFutures {
        Object offend() {
            return CompletableFuture.completedFuture(1);
        }
    }

    @Breaks(Ban.EXECUTORS_AND_FUTURES)
    static final class ForkJoin {
        int offend() {
            return ForkJoinPool.getCommonPoolParallelism();
        }
    }

    @Breaks(Ban.EXECUTORS_AND_FUTURES)
    static final class Latch {
        void offend() {
            new CountDownLatch(1).countDown();
        }
    }

    @Breaks(Ban.EXECUTORS_AND_FUTURES)
    static final class Barrier {
        int offend() {
            return new CyclicBarrier(1).getParties();
        }
    }

    @Breaks(Ban.EXECUTORS_AND_FUTURES)
    static final class Permits {
        boolean offend() {
            return new Semaphore(1).tryAcquire();
        }
    }

    @Breaks(Ban.EXECUTORS_AND_FUTURES)
    static final class Phases {
        int offend() {
            return new Phaser().register();
        }
    }

    @Breaks(Ban.EXECUTORS_AND_FUTURES)
    static final class Exchange {
        Object offend() {
            return new Exchanger<String>();
        }
    }

    @Breaks(Ban.EXECUTORS_AND_FUTURES)
    static final class BlockingQueues {
        Object offend() {
            return new ArrayBlockingQueue<String>(1);
        }
    }

    @Breaks(Ban.EXECUTORS_AND_FUTURES)
    static final class Timers {
        Object offend() {
            return new Timer();
        }
    }

    @Breaks(Ban.CLOCKS)
    static final class NanoTime {
        long offend() {
            return System.nanoTime();
        }
    }

    @Breaks(Ban.CLOCKS)
    static final class NanoTimeReference {
        LongSupplier offend() {
            return System::nanoTime;
        }
    }

    @Breaks(Ban.CLOCKS)
    static final class Millis {
        long offend() {
            return System.currentTimeMillis();
        }
    }

    @Breaks(Ban.CLOCKS)
    static final class Clocks {
        Object offend() {
            return Clock.systemUTC();
        }
    }

    @Breaks(Ban.CLOCKS)
    static final class InstantNow {
        Object offend() {
            return Instant.now();
        }
    }

    @Breaks(Ban.CLOCKS)
    static final class DateNow {
        Object offend() {
            return LocalDate.now();
        }
    }

    @Breaks(Ban.CLOCKS)
    static final class OldDate {
        Object offend() {
            return new Date();
        }
    }

    @Breaks(Ban.CLOCKS)
    static final class UnitSleep {
        void offend() throws InterruptedException {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    @Breaks(Ban.CLOCKS)
    static final class GuavaStopwatch {
        Object offend() {
            return Stopwatch.createStarted();
        }
    }

    @Breaks(Ban.RANDOM)
    static final class Randoms {
        int offend() {
            return new Random(7).nextInt();
        }
    }

    @Breaks(Ban.RANDOM)
    static final class ThreadLocalRandoms {
        int offend() {
            return ThreadLocalRandom.current().nextInt();
        }
    }

    @Breaks(Ban.RANDOM)
    static final class SecureRandoms {
        int offend() {
            return new SecureRandom().nextInt();
        }
    }

    @Breaks(Ban.RANDOM)
    static final class UnseededSplittable {
        int offend() {
            return new SplittableRandom().nextInt();
        }
    }

    @Breaks(Ban.RANDOM)
    static final class DefaultGenerator {
        int offend() {
            return RandomGenerator.getDefault().nextInt();
        }
    }

    @Breaks(Ban.RANDOM)
    static final class MathRandom {
        double offend() {
            return Math.random();
        }
    }

    @Breaks(Ban.RANDOM)
    static final class RandomUuid {
        Object offend() {
            return UUID.randomUUID();
        }
    }

    @Breaks(Ban.RANDOM)
    static final class Shuffle {
        void offend(List<String> list) {
            Collections.shuffle(list);
        }
    }

    @Breaks(Ban.PARALLEL_STREAMS)
    static final class ParallelStream {
        long offend(List<String> list) {
            return list.parallelStream().count();
        }
    }

    @Breaks(Ban.PARALLEL_STREAMS)
    static final class Parallel {
        int offend() {
            return IntStream.range(0, 9).parallel().sum();
        }
    }

    @Breaks(Ban.PARALLEL_STREAMS)
    static final class ParallelSort {
        void offend(int[] array) {
            Arrays.parallelSort(array);
        }
    }

    @Breaks(Ban.PARALLEL_STREAMS)
    static final class ParallelMap {
        long offend(ConcurrentHashMap<String, Long> map) {
            return map.reduceValues(1, Long::sum);
        }
    }

    @Breaks(Ban.IDENTITY_HASHES)
    static final class IdentityMap {
        Object offend() {
            return new IdentityHashMap<String, String>();
        }
    }

    @Breaks(Ban.IDENTITY_HASHES)
    static final class IdentityHash {
        int offend() {
            return System.identityHashCode(this);
        }
    }

    @Breaks(Ban.IDENTITY_HASHES)
    static final class ObjectHash {
        int offend(Object key) {
            return key.hashCode();
        }
    }

    @Breaks(Ban.IDENTITY_HASHES)
    static final class ObjectHashReference {
        Function<Object, Integer> offend() {
            return Object::hashCode;
        }
    }

    @Breaks(Ban.IDENTITY_HASHES)
    static final class SuperHash {
        int offend() {
            return super.hashCode();
        }
    }

    @Breaks(Ban.SALTED_ORDER)
    static final class SetOf {
        Object offend() {
            return Set.of("a", "b");
        }
    }

    @Breaks(Ban.SALTED_ORDER)
    static final class SetCopy {
        Object offend(List<String> list) {
            return Set.copyOf(list);
        }
    }

    @Breaks(Ban.SALTED_ORDER)
    static final class MapOf {
        Object offend() {
            return Map.of("a", 1, "b", 2);
        }
    }

    @Breaks(Ban.SALTED_ORDER)
    static final class MapOfEntries {
        Object offend() {
            return Map.ofEntries(Map.entry("a", 1));
        }
    }

    @Breaks(Ban.SALTED_ORDER)
    static final class MapCopy {
        Object offend(Map<String, String> map) {
            return Map.copyOf(map);
        }
    }

    @Breaks(Ban.SALTED_ORDER)
    static final class UnmodifiableSet {
        Object offend(Stream<String> stream) {
            return stream.collect(Collectors.toUnmodifiableSet());
        }
    }

    @Breaks(Ban.SALTED_ORDER)
    static final class UnmodifiableMap {
        Object offend(Stream<String> stream) {
            return stream.collect(Collectors.toUnmodifiableMap(key -> key, key -> 1));
        }
    }

    /** What is allowed, near to what is not. */
    static final class Harmless {
        private final AtomicLong counter = new AtomicLong();
        private final Map<String, Long> map = new ConcurrentHashMap<>();
        private final ConcurrentSkipListMap<Long, String> sorted = new ConcurrentSkipListMap<>();
        private final ConcurrentLinkedQueue<String> queue = new ConcurrentLinkedQueue<>();

        record Pair(long left, String right) {}

        enum Colour {
            RED,
            GREEN
        }

        long allowed(List<String> list, Colour colour) {
            counter.incrementAndGet();
            map.merge("a", 1L, Long::sum);
            sorted.put(1L, "a");
            queue.addAll(list.stream().sequential().sorted().toList());
            map.forEach((key, value) -> counter.addAndGet(value));
            String word = switch (colour) {
                case RED -> "red";
                case GREEN -> "green";
            };
            return new SplittableRandom(7).nextLong()
                    + new Pair(1, word).hashCode()
                    + list.hashCode()
                    + "a".hashCode()
                    + TimeUnit.SECONDS.toNanos(1)
                    + Instant.ofEpochSecond(3).getNano()
                    + new Date(0).getTime()
                    + List.of(1, 2).size()
                    + UUID.nameUUIDFromBytes(new byte[1]).hashCode();
        }
    }
}
