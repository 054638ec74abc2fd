package io.ocssd.geometry.zns;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.contract.FlashDeviceContract;
import io.ocssd.geometry.contract.Shape;
import io.ocssd.geometry.contract.Trait;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract on zoned drives whose kernel is a double. */
final class DoubledZonesTest extends FlashDeviceContract {
    /** What every zoned drive of the block layer can do. */
    private static final Trait[] ZONES = {
        Trait.ZONES,
        Trait.NO_COPY,
        Trait.ERASE_FREE,
        Trait.ERASE_OPEN,
        Trait.DULBE,
        Trait.PAGES,
        Trait.PAYLOAD,
        Trait.SEVERAL_BLOCKS,
        Trait.SEVERAL_UNITS,
        Trait.OPEN_LIMIT,
        Trait.ACTIVE_LIMIT,
        Trait.REOPENS,
        Trait.FORGETS_FINISH
    };

    @TempDir
    static Path directory;

    private DoubledHost host;

    @Override
    protected List<Shape> shapes() {
        return List.of(
                Shape.of("appends by command and blocks of 4096 bytes", ZONES).with(Trait.LARGE_BLOCKS),
                Shape.of("a ring, two LUNs and blocks of 512 bytes", ZONES)
                        .with(Trait.SMALL_BLOCKS, Trait.GRANULAR, Trait.SEVERAL_LUNS));
    }

    @Override
    protected Scheduler newScheduler() {
        return Scheduler.real();
    }

    @Override
    protected FlashDevice openNew(Shape shape, Scheduler scheduler) throws Exception {
        host = shape.has(Trait.LARGE_BLOCKS)
                ? new DoubledHost(directory.resolve("large"), new ZonedDouble(10, 512 << 10, 384 << 10, 4096, 3, 4))
                : new DoubledHost(directory.resolve("small"), new ZonedDouble(12, 16 << 10, 12 << 10, 512, 2, 3));
        // Appends go by command where there is no ring.
        host.kernel.isNvme = shape.has(Trait.LARGE_BLOCKS);
        if (shape.has(Trait.GRANULAR)) {
            host.kernel.hasRing = true;
            host.attribute("queue/zone_write_granularity", 1024);
        }
        return host.open(parameters(shape), scheduler);
    }

    private static String parameters(Shape shape) {
        return shape.has(Trait.SEVERAL_LUNS) ? "?luns=2" : "?append=command";
    }

    /** What the limits forbid is known before the kernel is asked. */
    @AfterEach
    void theKernelHadNoLimitToKeep() {
        if (host != null) {
            assertThat(host.kernel.refusals()).isZero();
        }
    }

    @Override
    protected FlashDevice reopen(Shape shape, Scheduler scheduler) throws Exception {
        return host.open(parameters(shape), scheduler);
    }
}
