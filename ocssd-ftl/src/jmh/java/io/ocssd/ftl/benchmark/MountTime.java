package io.ocssd.ftl.benchmark;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.RecoveryReport;
import io.ocssd.target.Target;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Locale;

/**
 * How long it takes to open a target whose vblocks fill a drive, and how much heap. Run it with {@code -Xmx300m}. The drive
 * keeps headers and summaries alone ({@link EdgeKeeper}), outside of the heap; its tables of blocks are inside of it.
 */
public final class MountTime {
    private static final int LUNS = 32;
    private static final int OPENS = 6;
    private static final double MILLI = 1e6;
    private static final double MEBI = 1 << 20;

    private MountTime() {}

    /**
     * Runs.
     *
     * @param arguments blocks of a LUN (there are 32 LUNs), sectors of 4 KiB of a block, LUNs of a vblock; 3125, 2688 and 1
     *     unless given: 100,000 blocks and as many vblocks on 1 TiB
     */
    public static void main(String[] arguments) throws IOException {
        int blocks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3125;
        int sectors = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2688;
        int width = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        Scheduler scheduler = Scheduler.real();
        String shape = "mem:?channels=8&luns=" + LUNS / 8 + "&blocks=" + blocks + "&sectors=" + sectors
                + "&wsMin=4&wsOpt=64&mwCunits=8&oobBytes=0&factoryBad=0&payload=off";
        try (FlashDevice drive = Ocssd.openDevice(shape, scheduler)) {
            FlashDevice device = new EdgeKeeper(drive);
            long payload = fill(device, scheduler, width);
            System.out.printf(
                    Locale.ROOT,
                    "%,d blocks, %,.0f MiB of payload%n",
                    drive.geometry().blocks(),
                    payload / MEBI);
            for (int i = 1; i <= OPENS; i++) {
                mount(device, scheduler, i, payload);
            }
        }
    }

    private static long fill(FlashDevice device, Scheduler scheduler, int width) throws IOException {
        try (Drive drive = Ocssd.open(device, scheduler, OpenOptions.defaults())) {
            Vblocks vblocks =
                    drive.createTarget(TargetRequest.wholeDrive("full")).vblocks();
            for (int i = vblocks.available(width); i > 0; i--) {
                VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, width, i));
                VblockRig.fill(writer);
                writer.seal();
            }
            return vblocks.list().stream().mapToLong(each -> each.length()).sum();
        }
    }

    private static void mount(FlashDevice device, Scheduler scheduler, int number, long payload) throws IOException {
        System.gc();
        long usedBefore = used();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        long beginCpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        try (Drive drive = Ocssd.open(device, scheduler, OpenOptions.defaults())) {
            Target target = drive.target("full");
            long nanos = System.nanoTime() - begin;
            long cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - beginCpu;
            long peak = peak();
            RecoveryReport recovery = target.recovery();
            long found = target.vblocks().list().stream()
                    .mapToLong(each -> each.length())
                    .sum();
            if (found != payload) {
                throw new IllegalStateException("payload=" + payload + ", found=" + found);
            }
            System.gc();
            System.out.printf(
                    Locale.ROOT,
                    "open %d: %,.0f ms, %,.0f of the processor, %,.0f in recovery; %,d vblocks; heap: %.0f MiB peak, %.0f before, %.0f after%n",
                    number,
                    nanos / MILLI,
                    cpuNanos / MILLI,
                    recovery.nanos() / MILLI,
                    recovery.vblocks(),
                    peak / MEBI,
                    usedBefore / MEBI,
                    used() / MEBI);
        }
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(each -> each.getType() == MemoryType.HEAP)
                .mapToLong(each -> each.getPeakUsage().getUsed())
                .sum();
    }
}
