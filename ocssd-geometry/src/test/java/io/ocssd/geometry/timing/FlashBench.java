package io.ocssd.geometry.timing;

import com.google.common.primitives.ImmutableLongArray;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A timeline of two channels with two LUNs each, and round figures: 1000 ns on the bus for a sector, 10 ns of command cycles
 * for a plane (two sectors), 5000 ns to read, 20,000 to program, 100,000 to erase. Ends are noted in their order.
 */
final class FlashBench {
    static final long READ = 5_000;
    static final long PROGRAM = 20_000;
    static final long ERASE = 100_000;
    static final long SECTOR = 1_000;
    static final long COMMAND = 10;

    static final CellTimes CELLS = CellTimes.uniform(8192, READ, PROGRAM, ERASE);
    static final BusTimes BUS = new BusTimes(4_096_000_000L, COMMAND, 0);
    static final NandTiming PLAIN =
            new NandTiming(CELLS, BUS, RegisterRules.NONE, SuspendRules.NONE, ControllerTimes.NONE);
    static final Geometry GEOMETRY = new Geometry(2, 2, 4, 64, 4096, 0);
    static final Limits LIMITS = new Limits(2, 4, 0, 0);

    final FlashTimeline timeline;
    final List<String> ends = new ArrayList<>();
    private long now;
    private boolean high;
    private boolean inOrder;

    FlashBench(NandTiming timing) {
        this(timing, OptionalLong.empty());
    }

    FlashBench(NandTiming timing, OptionalLong shuffleSeed) {
        this.timeline = new FlashTimeline(timing, GEOMETRY, LIMITS, shuffleSeed);
    }

    static NandTiming with(RegisterRules registers, SuspendRules suspend, ControllerTimes controller) {
        return new NandTiming(CELLS, BUS, registers, suspend, controller);
    }

    static NandTiming cells(PageOrder order, long[] reads, long[] programs) {
        CellTimes cells = new CellTimes(
                order, 8192, ImmutableLongArray.copyOf(reads), ImmutableLongArray.copyOf(programs), ERASE);
        return new NandTiming(cells, BUS, RegisterRules.NONE, SuspendRules.NONE, ControllerTimes.NONE);
    }

    /** Lets everything happen until then; what follows is submitted at that time. */
    FlashBench at(long nanos) {
        timeline.advance(nanos);
        now = nanos;
        return this;
    }

    /** The next request only is of high priority. */
    FlashBench high() {
        high = true;
        return this;
    }

    /** The next request only overtakes nothing. */
    FlashBench inOrder() {
        inOrder = true;
        return this;
    }

    FlashBench read(String name, int lun, int sectors) {
        return request(name, t -> t.read(lun, 0, sectors));
    }

    FlashBench program(String name, int lun, int sectors) {
        return request(name, t -> t.program(lun, 0, sectors));
    }

    FlashBench erase(String name, int lun) {
        return request(name, t -> t.erase(lun));
    }

    FlashBench request(String name, Consumer<FlashTimeline> operations) {
        FlashRequest request = new FlashRequest() {
            @Override
            protected void finished(long nanos) {
                ends.add(name + " " + nanos);
            }
        };
        timeline.begin(request, high, inOrder, now);
        operations.accept(timeline);
        timeline.submit();
        high = false;
        inOrder = false;
        return this;
    }

    /** Everything that ends, in order, as "name nanos". */
    List<String> toTheEnd() {
        timeline.advance(Long.MAX_VALUE);
        return ends;
    }
}
