package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.ftl.TestDrive;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What syncs pad: the formula against its definition, and what a device counts against the formula. */
final class SyncPaddingProperties {
    private static final int SEEDS = Boolean.getBoolean("ocssd.campaign") ? 10 : 1;

    /** Of a drive and a vblock. */
    record Shape(int width, int wsMin, int unitsPerOpt, int mwCunits, int unitsPerBlock, boolean volatilePairs) {
        int wsOpt() {
            return wsMin * unitsPerOpt;
        }

        int sectorsPerBlock() {
            return wsMin * unitsPerBlock;
        }

        StripeLayout layout() {
            return new StripeLayout(width, wsMin, wsOpt(), sectorsPerBlock());
        }

        SyncPadding padding() {
            return new SyncPadding(layout(), wsMin, volatilePairs ? mwCunits : 0, sectorsPerBlock());
        }
    }

    @Provide
    Arbitrary<Shape> shapes() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.integers().between(5, 40),
                        Arbitraries.of(true, false))
                .as(Shape::new);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void goesToTheLeastPositionAtWhichAllThatIsNewIsSafe(@ForAll("shapes") Shape shape, @ForAll long seed) {
        StripeLayout layout = shape.layout();
        SplittableRandom random = new SplittableRandom(seed);
        long units = layout.sectors() / shape.wsMin;
        long safe = random.nextInt(4) == 0 ? 0 : random.nextLong(units) * shape.wsMin;
        long end = safe + (1 + random.nextLong(units - safe / shape.wsMin)) * shape.wsMin;
        long least = end;
        while (!isSafe(shape, safe, end, least)) {
            least += shape.wsMin;
        }
        assertThat(shape.padding().safePosition(safe, end))
                .as("seed=%d, %s, safe=%d, end=%d", seed, shape, safe, end)
                .isEqualTo(least);
    }

    /** By counting: sector by sector of the stream. */
    private static boolean isSafe(Shape shape, long safe, long end, long position) {
        if (!shape.volatilePairs) {
            return true;
        }
        StripeLayout layout = shape.layout();
        int[] lastNew = new int[shape.width];
        int[] written = new int[shape.width];
        for (int place = 0; place < shape.width; place++) {
            lastNew[place] = safe == 0 ? shape.wsMin : 0;
            written[place] = shape.wsMin;
        }
        for (long sector = 0; sector < position; sector++) {
            int place = layout.place(sector);
            written[place]++;
            if (sector >= safe && sector < end) {
                lastNew[place] = layout.sector(sector) + 1;
            }
        }
        for (int place = 0; place < shape.width; place++) {
            boolean full = written[place] == shape.sectorsPerBlock();
            if (lastNew[place] > 0 && !full && written[place] < lastNew[place] + shape.mwCunits) {
                return false;
            }
        }
        return true;
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void theDeviceCountsWhatTheFormulaSays(@ForAll("shapes") Shape shape, @ForAll long seed) throws Exception {
        for (int i = 0; i < SEEDS; i++) {
            count(shape, seed + i);
        }
    }

    private static void count(Shape shape, long seed) throws Exception {
        String uri = String.format(
                "mem:?channels=%d&luns=1&blocks=10&sectors=%d&sectorBytes=512&wsMin=%d&wsOpt=%d&mwCunits=%d"
                        + "&factoryBad=0&class=%s",
                shape.width,
                shape.sectorsPerBlock(),
                shape.wsMin,
                shape.wsOpt(),
                shape.mwCunits,
                shape.volatilePairs ? "volatile-pairs" : "protected");
        TestDrive.simulated(seed, scheduler -> {
            count(shape, seed, uri, scheduler);
            return null;
        });
    }

    private static void count(Shape shape, long seed, String uri, Scheduler scheduler) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (Drive drive = Ocssd.open(uri, scheduler, OpenOptions.defaults())) {
            Vblocks vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
            Limits limits = drive.device().limits();
            Geometry geometry = drive.device().geometry();
            int unitBytes = limits.wsMin() * geometry.sectorBytes();
            StreamSpace space = new StreamSpace(shape.layout(), limits.wsMin(), geometry.sectorBytes());
            VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.LOG, shape.width, 0));
            long position = 0;
            while (true) {
                int staged = 0;
                long before = drive.device().counters().programmedBytes(ByteClass.PADDING);
                long end = position;
                if (random.nextBoolean() && writer.remaining(false) > 0) {
                    end += appendRaw(writer, unitBytes, random) / geometry.sectorBytes();
                } else {
                    int capacity = space.frameCapacity(position);
                    if (capacity == 0) {
                        return;
                    }
                    staged = 1 + random.nextInt(capacity - 1);
                    writer.append(ByteBuffer.allocate(staged));
                }
                end += space.frameSectors(staged);
                long next = shape.padding().safePosition(position, end);
                if (next > space.appendEnd() && next > end) {
                    // The vblock is full with this.
                    return;
                }
                writer.sync();
                long padded = drive.device().counters().programmedBytes(ByteClass.PADDING) - before;
                assertThat(padded)
                        .as("seed=%d, %s, position=%d, staged=%d", seed, shape, position, staged)
                        .isEqualTo(SyncPadding.inFrame(staged, unitBytes) + (next - end) * geometry.sectorBytes());
                position = next;
            }
        }
    }

    private static int appendRaw(VblockWriter writer, int unitBytes, SplittableRandom random) throws Exception {
        IoBuffer buffer = writer.takeBuffer();
        long most = Math.min(writer.remaining(false), buffer.bytes().limit());
        int bytes = unitBytes * (1 + random.nextInt((int) most / unitBytes));
        buffer.bytes().limit(bytes);
        writer.append(buffer);
        return bytes;
    }
}
