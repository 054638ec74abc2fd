package io.ocssd.geometry.natives;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Random reads of 4 KiB through a ring, O_DIRECT: {@code RingRate PATH BYTES DEPTH SECONDS}. Prints reads per second and system
 * calls per read. To be compared with {@code fio --ioengine=io_uring --rw=randread --bs=4k --direct=1}, by turns.
 */
public final class RingRate {
    private static final int BYTES = 4096;
    private static final int BATCH = 8;

    private RingRate() {}

    /** Reads. */
    public static void main(String[] arguments) throws Exception {
        long blocks = Long.parseLong(arguments[1]) / BYTES;
        int depth = Integer.parseInt(arguments[2]);
        Kernel kernel = LinuxKernel.instance();
        int file = kernel.open(arguments[0], Kernel.O_RDONLY | Kernel.O_DIRECT);
        if (file < 0) {
            throw new IllegalArgumentException(arguments[0] + ": " + Errno.name(-file));
        }
        ByteBuffer memory = ByteBuffer.allocateDirect((depth + 1) * BYTES).alignedSlice(BYTES);
        long address = kernel.address(memory);
        SplittableRandom random = new SplittableRandom(1);
        try (Ring ring = kernel.openRing(depth)) {
            for (int i = 0; i < depth; i++) {
                ring.read(file, address + (long) i * BYTES, BYTES, random.nextLong(blocks) * BYTES, i);
            }
            for (int second = 0; second < 2; second++) {
                run(ring, file, address, blocks, depth, random, 1, false);
            }
            run(ring, file, address, blocks, depth, random, Integer.parseInt(arguments[3]), true);
        }
        kernel.close(file);
    }

    private static void run(
            Ring ring,
            int file,
            long address,
            long blocks,
            int depth,
            SplittableRandom random,
            int seconds,
            boolean tell) {
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        long reads = 0;
        long calls = 0;
        while (System.nanoTime() < end) {
            ring.await(1, Ring.FOREVER);
            calls++;
            while (ring.take()) {
                if (ring.result() != BYTES) {
                    throw new IllegalStateException("result=" + ring.result());
                }
                int slot = (int) ring.userData();
                ring.read(file, address + (long) slot * BYTES, BYTES, random.nextLong(blocks) * BYTES, slot);
                reads++;
                if (ring.prepared() >= BATCH) {
                    ring.submit();
                    calls++;
                }
            }
        }
        if (tell) {
            double rate = reads * 1e9 / (System.nanoTime() - begin);
            System.out.printf(Locale.ROOT, "reads/s=%.0f calls/read=%.3f%n", rate, (double) calls / reads);
        }
    }
}
