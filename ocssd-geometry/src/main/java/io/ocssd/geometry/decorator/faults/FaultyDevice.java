package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.ForwardingDevice;
import io.ocssd.scheduler.Scheduler;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/**
 * A device on which things go wrong as a plan says.
 *
 * <p>Works over any device. Commands that no fault and no damage concerns are handed on unchanged. What the plan breaks shows
 * in the report, in the chunk information page and in what later commands are answered, as if the media were like that; see
 * {@link FaultKind} for each kind and the package for the details. Counters say what succeeded: sectors of a program that
 * failed are in none of them, nor is what the decorator does by itself. The plan is not closed with the device.
 *
 * <p>Thread-safe, as far as the decorated device is.
 */
public final class FaultyDevice extends ForwardingDevice {
    /** Whether it is there is asked at every command, where a load with an order would cost more than it tells. */
    private static final VarHandle GONE_REASON;

    static {
        try {
            GONE_REASON = MethodHandles.lookup().findVarHandle(FaultyDevice.class, "goneReason", String.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Scheduler scheduler;
    private final DeviceBelow below;
    private final Closeable owned;
    private volatile String goneReason;

    /**
     * Lets a plan loose on a device. Blocks that a power cut kept the plan from closing are closed first.
     *
     * @param inner is closed with this one; it stays the caller's when this throws
     * @param faults may have met the device before, and may be armed later
     * @param scheduler the one that {@code inner} was opened with
     * @throws IllegalArgumentException when the plan names something that the device does not have, or belongs to another one
     */
    public FaultyDevice(FlashDevice inner, Faults faults, Scheduler scheduler) throws IOException {
        this(inner, faults, scheduler, FaultsDecorator.NAME + "+" + inner.info().uri(), () -> {});
    }

    /**
     * Opens it by URI.
     *
     * @param owned is closed with the device
     */
    FaultyDevice(FlashDevice inner, Faults faults, Scheduler scheduler, String uri, Closeable owned)
            throws IOException {
        super(inner, uri);
        this.owned = owned;
        this.scheduler = scheduler;
        faults.meet(inner.geometry(), inner.info().serial());
        BlockReport report = inner.report();
        this.below = new DeviceBelow(inner, faults, report);
        below.admin.look();
        below.damage.agreeWith(report);
        closeBlocks(report);
    }

    /** Makes blocks full below that were closed early and are still open there. */
    private void closeBlocks(BlockReport report) throws GoneException {
        QueueBuffers buffers = new QueueBuffers(geometry());
        for (DamagedBlock each : below.faults.damage()) {
            int block = geometry().blockIndex(each.ppa());
            if (each.state() != BlockState.CLOSED || report.state(block) != BlockState.OPEN) {
                continue;
            }
            Closer closer = new Closer(below, buffers);
            closer.add(block, report.writePointer(block));
            try (IoQueue queue = inner().openQueue(1)) {
                IoCommand command = new IoCommand();
                Completion completion = new Completion();
                while (closer.next(command)) {
                    queue.submit(command);
                    queue.await(1, Long.MAX_VALUE);
                    queue.poll(completion);
                    closer.completed(completion);
                    below.adjustments.commandOfOwn();
                }
            }
        }
    }

    @Override
    public DeviceAdmin admin() {
        return below.admin;
    }

    @Override
    public BlockReport report() throws GoneException {
        checkThere();
        BlockReport report = inner().report();
        below.damage.show(report);
        return report;
    }

    @Override
    public DeviceCounters counters() {
        return below.adjustments.without(inner().counters(), geometry());
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        checkThere();
        return new FaultyQueue(this, below, inner().openQueue(depth), scheduler);
    }

    @Override
    public void close() {
        super.close();
        try {
            owned.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void checkThere() throws GoneException {
        if (GONE_REASON.getOpaque(this) != null) {
            throw gone(goneReason);
        }
    }

    /** The device goes away; what the sender of this command gets. */
    GoneException goAway(IoCommand command) {
        goneReason = "a fault took the device away at a command to "
                + command.operation().name().toLowerCase(Locale.ROOT) + " " + Ppa.toString(command.address(0));
        return gone(goneReason);
    }

    private static GoneException gone(String reason) {
        return new GoneException(reason, "open the device again");
    }
}
