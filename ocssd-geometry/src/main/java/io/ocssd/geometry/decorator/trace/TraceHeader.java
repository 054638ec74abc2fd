package io.ocssd.geometry.decorator.trace;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Capabilities;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Timings;
import io.ocssd.error.GoneException;

/**
 * What a trace is about: the device, as it was when the trace began.
 *
 * @param uri what the device was opened as
 * @param model what it says that it is; of an emulated drive the name of its profile is in it
 * @param limits what it asks of its writers
 * @param capabilities what it can do beyond reading, programming and erasing
 * @param durability what of a completed program survives a power cut
 * @param timings how long its media takes, as far as it tells
 * @param blocks state, type, size and write pointer of every block before the first command, without erases and wear;
 *     not to be changed
 * @param simulated whether times are virtual
 */
public record TraceHeader(
        String uri,
        String model,
        Limits limits,
        Capabilities capabilities,
        DurabilityClass durability,
        Timings timings,
        BlockReport blocks,
        boolean simulated) {
    static TraceHeader of(FlashDevice device, boolean simulated) throws GoneException {
        return new TraceHeader(
                device.info().uri(),
                device.info().model(),
                device.limits(),
                device.capabilities(),
                device.durability(),
                device.timings(),
                withoutWear(device.report()),
                simulated);
    }

    /** The shape of the device. */
    public Geometry geometry() {
        return blocks.geometry();
    }

    private static BlockReport withoutWear(BlockReport report) {
        BlockReport blocks = new BlockReport(report.geometry());
        for (int block = 0; block < report.geometry().blocks(); block++) {
            boolean meaningless = report.state(block) == BlockState.OFFLINE || report.type(block) == BlockType.RANDOM;
            int writePointer = meaningless ? 0 : report.writePointer(block);
            blocks.set(block, report.state(block), writePointer, BlockReport.UNKNOWN_ERASES);
            blocks.describe(block, report.type(block), report.sectors(block), 0);
        }
        return blocks;
    }
}
