package io.ocssd.geometry.address;

import io.ocssd.device.Geometry;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What converting an address there and back costs, beside shifts written by hand for the same layout, which check nothing:
 * the {@code plain} rows. {@code fetch} is what all single rows have in common. Of the bulk rows an operation is one address.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 50, time = 20, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 50, time = 20, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class AddressBenchmark {
    private static final int ADDRESSES = 4096;
    private static final Geometry GEOMETRY = new Geometry(8, 4, 1474, 6144, 4096, 16);

    private final AddressConverter converter = new AddressConverter(GEOMETRY);
    private final HandWritten handWritten = new HandWritten(3, 2, 11, 13);
    private final long[] generic = new long[ADDRESSES];
    private final long[] ppa = new long[ADDRESSES];
    private final long[] scratch = new long[ADDRESSES];
    private int next;

    /** What a programmer writes who knows that all addresses are good; the widths are those of the drive that was found. */
    private static final class HandWritten {
        private final int blockShift;
        private final int lunShift;
        private final int channelShift;
        private final long sectorMask;
        private final long blockMask;
        private final long lunMask;

        HandWritten(int channelBits, int lunBits, int blockBits, int sectorBits) {
            this.blockShift = sectorBits;
            this.lunShift = blockShift + blockBits;
            this.channelShift = lunShift + lunBits;
            this.sectorMask = (1L << sectorBits) - 1;
            this.blockMask = (1L << blockBits) - 1;
            this.lunMask = (1L << lunBits) - 1;
        }

        long toDevice(long generic) {
            return ((generic >>> 56) << channelShift)
                    | ((generic >>> 48 & 0xFF) << lunShift)
                    | ((generic >>> 32 & 0xFFFF) << blockShift)
                    | (generic & 0xFFFF_FFFFL);
        }

        long toDeviceChecked(long generic) {
            check(generic >>> 56, generic >>> 48 & 0xFF, generic >>> 32 & 0xFFFF, generic & 0xFFFF_FFFFL);
            return toDevice(generic);
        }

        long toGenericChecked(long device) {
            check(
                    device >>> channelShift,
                    device >>> lunShift & lunMask,
                    device >>> blockShift & blockMask,
                    device & sectorMask);
            return toGeneric(device);
        }

        private static void check(long channel, long lun, long block, long sector) {
            if (channel >= GEOMETRY.channels()
                    || lun >= GEOMETRY.lunsPerChannel()
                    || block >= GEOMETRY.blocksPerLun()
                    || sector >= GEOMETRY.sectorsPerBlock()) {
                throw new IllegalArgumentException("channel=" + channel);
            }
        }

        long toGeneric(long device) {
            return ((device >>> channelShift) << 56)
                    | ((device >>> lunShift & lunMask) << 48)
                    | ((device >>> blockShift & blockMask) << 32)
                    | (device & sectorMask);
        }
    }

    /** Draws the addresses, the same each time. */
    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ADDRESSES; i++) {
            generic[i] = GenericAddress.of(
                    random.nextInt(GEOMETRY.channels()),
                    random.nextInt(GEOMETRY.lunsPerChannel()),
                    random.nextInt(GEOMETRY.blocksPerLun()),
                    random.nextInt(GEOMETRY.sectorsPerBlock()));
        }
        converter.convert(AddressFormat.GENERIC, AddressFormat.PPA, generic, 0, ppa, 0, ADDRESSES);
    }

    private int next() {
        next = (next + 1) & (ADDRESSES - 1);
        return next;
    }

    /** Nothing but the address. */
    @Benchmark
    public long fetch() {
        return generic[next()];
    }

    /** By hand, without a check. */
    @Benchmark
    public long plainGeneric() {
        return handWritten.toGeneric(handWritten.toDevice(generic[next()]));
    }

    /** Without a check, for addresses known to be good. */
    @Benchmark
    public long convertGeneric() {
        return converter.deviceToGenericUnchecked(converter.genericToDeviceUnchecked(generic[next()]));
    }

    /** By hand, with a comparison for each field in both directions. */
    @Benchmark
    public long plainChecked() {
        return handWritten.toGenericChecked(handWritten.toDeviceChecked(generic[next()]));
    }

    /** Checked in both directions. */
    @Benchmark
    public long convertChecked() {
        return converter.deviceToGeneric(converter.genericToDevice(generic[next()]));
    }

    /** Checked in both directions, without an exception when the check fails. */
    @Benchmark
    public long tryGeneric() {
        long device = converter.convertOrNone(AddressFormat.GENERIC, AddressFormat.DEVICE, generic[next()]);
        return converter.convertOrNone(AddressFormat.DEVICE, AddressFormat.GENERIC, device);
    }

    /** The addresses of the contracts, checked in both directions. */
    @Benchmark
    public long convertPpa() {
        return converter.deviceToPpa(converter.ppaToDevice(ppa[next()]));
    }

    /** Many at once, by hand, without a check. */
    @Benchmark
    @OperationsPerInvocation(ADDRESSES)
    public long[] plainBulk() {
        for (int i = 0; i < ADDRESSES; i++) {
            scratch[i] = handWritten.toDevice(generic[i]);
        }
        for (int i = 0; i < ADDRESSES; i++) {
            scratch[i] = handWritten.toGeneric(scratch[i]);
        }
        return scratch;
    }

    /** Many at once, all checked before any is changed, in both directions. */
    @Benchmark
    @OperationsPerInvocation(ADDRESSES)
    public long[] convertBulk() {
        converter.convert(AddressFormat.GENERIC, AddressFormat.DEVICE, generic, 0, scratch, 0, ADDRESSES);
        converter.convert(AddressFormat.DEVICE, AddressFormat.GENERIC, scratch, 0, ADDRESSES);
        return scratch;
    }
}
