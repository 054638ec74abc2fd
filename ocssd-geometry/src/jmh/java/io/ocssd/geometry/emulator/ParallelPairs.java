package io.ocssd.geometry.emulator;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two threads, each programming and reading on a LUN of its own: by turns of one drive and of a drive each, in slices of a
 * fraction of a millisecond that both begin together. Both kinds of slices go through the same amount of memory, in the same
 * order.
 *
 * <p>On a machine that does other things, too, only the quieter slices say something: those in which both threads had a
 * processor all the time.
 */
public final class ParallelPairs {
    private static final int SLICE = 2000;
    private static final int WARM_UP = 2000;
    private static final int COLLECTED_EVERY = 100;

    private final AtomicInteger arrived = new AtomicInteger();
    private final int slices;
    private final User[] alone = new User[2];
    private final User[] together = new User[2];
    private final double[][] nanos;
    private volatile Throwable failure;
    private volatile byte[] garbage;

    private ParallelPairs(String creation, int sectors, int slices) throws IOException {
        this.slices = slices;
        this.nanos = new double[2][2 * slices];
        Scheduler scheduler = Scheduler.real();
        FlashDevice shared = Ocssd.openDevice(creation, scheduler);
        for (int i = 0; i < 2; i++) {
            together[i] = new PaddedUser(shared, i, sectors);
            alone[i] = new PaddedUser(Ocssd.openDevice(creation, scheduler), i, sectors);
        }
    }

    /**
     * Runs, and prints what the share of a slice with a drive each was: of the quietest slices, of the quarters, of the
     * medians.
     *
     * @param arguments number of slices of each kind
     */
    public static void main(String[] arguments) throws Exception {
        int slices = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        for (String payload : new String[] {"off", "on"}) {
            for (int sectors : new int[] {1, 8}) {
                String creation =
                        "mem:?factoryBad=0&wsMin=1&mwCunits=0&eraseFree=on&sectorBytes=512&payload=" + payload;
                new ParallelPairs(creation, sectors, slices)
                        .run("two LUNs, sectors=" + sectors + ", payload=" + payload);
            }
        }
    }

    private void run(String name) throws Exception {
        Thread other = new Thread(() -> work(1), "second");
        other.start();
        work(0);
        other.join();
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        List<Double> one = new ArrayList<>();
        List<Double> two = new ArrayList<>();
        for (int i = 0; i < 2 * slices; i++) {
            (i % 2 == 0 ? one : two).add(Math.max(nanos[0][i], nanos[1][i]));
        }
        Collections.sort(one);
        Collections.sort(two);
        System.out.printf(Locale.ROOT, "%-34s ns each: one drive", name);
        print(one);
        System.out.print("   a drive each");
        print(two);
        System.out.print("   ratio");
        for (int part : new int[] {100, 20, 4, 2}) {
            System.out.printf(Locale.ROOT, " %.2f", two.get(slices / part) / one.get(slices / part));
        }
        System.out.println();
    }

    private void print(List<Double> sorted) {
        for (int part : new int[] {100, 20, 4, 2}) {
            System.out.printf(Locale.ROOT, " %7.1f", sorted.get(slices / part));
        }
    }

    private void work(int number) {
        try {
            for (int i = -WARM_UP; i < 2 * slices; i++) {
                User user = (i & 1) == 0 ? together[number] : alone[number];
                if (number == 0 && i % COLLECTED_EVERY == 0) {
                    letObjectsMove();
                }
                meet();
                long begin = System.nanoTime();
                for (int n = 0; n < SLICE; n++) {
                    user.programAndRead();
                }
                if (i >= 0) {
                    nanos[number][i] = (double) (System.nanoTime() - begin) / SLICE;
                }
            }
        } catch (GoneException | RuntimeException e) {
            failure = e;
            arrived.set(Integer.MAX_VALUE / 2);
        }
    }

    /** Which objects are neighbours in memory changes as long as a program runs: the collector moves them. */
    private void letObjectsMove() {
        for (int i = 0; i < 100_000; i++) {
            garbage = new byte[1024];
        }
    }

    /** Waits until both are here. */
    private void meet() {
        int wanted = (arrived.getAndIncrement() / 2 + 1) * 2;
        while (arrived.get() < wanted) {
            Thread.onSpinWait();
        }
    }

    /** What a thread does on one LUN. */
    private static class User extends Padding {
        private final Completion completion = new Completion();
        private final IoCommand command = new IoCommand();
        private final Geometry geometry;
        private final IoQueue queue;
        private final IoBuffer buffer;
        private final int firstBlock;
        private final int sectors;
        private int block;
        private int sector;

        User(FlashDevice device, int lun, int sectors) throws GoneException {
            this.geometry = device.geometry();
            this.queue = device.openQueue(4);
            this.buffer = new IoBufferPool(8192, 1).tryTake();
            this.firstBlock = lun * geometry.blocksPerLun();
            this.sectors = sectors;
            this.block = firstBlock;
        }

        void programAndRead() throws GoneException {
            if (sector == geometry.sectorsPerBlock()) {
                sector = 0;
                block = block + 1 == firstBlock + geometry.blocksPerLun() ? firstBlock : block + 1;
                execute(command.erase().add(geometry.blockPpa(block)));
            }
            long address = geometry.blockPpa(block) + sector;
            sector += sectors;
            execute(command.write(buffer, 0).addRun(address, sectors));
            execute(command.read(buffer, 0).addRun(address, sectors));
        }

        private void execute(IoCommand any) throws GoneException {
            if (!queue.submit(any) || !queue.poll(completion) || !completion.isSuccess()) {
                throw new IllegalStateException("status=" + completion.status());
            }
        }
    }

    /** It is the drive's cost that is wanted, not that of neighbours among those who use it. */
    @SuppressWarnings("UnusedVariable")
    private static final class PaddedUser extends User {
        long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

        PaddedUser(FlashDevice device, int lun, int sectors) throws GoneException {
            super(device, lun, sectors);
        }
    }
}
