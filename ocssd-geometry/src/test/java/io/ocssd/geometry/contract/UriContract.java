package io.ocssd.geometry.contract;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.scheduler.Scheduler;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The contract on whatever drive a URI names; see {@link ContractRun}.
 *
 * <p>What the drive says about itself is taken for what it is, so that no test can find a lie in it; what can't be seen, such as
 * whether DULBE can be switched, is what the caller declares.
 */
final class UriContract extends FlashDeviceContract {
    /** The drive. */
    static final String URI = "ocssd.contract.uri";
    /** Further traits, separated by commas. */
    static final String TRAITS = "ocssd.contract.traits";

    private Shape shape;

    @Override
    protected synchronized List<Shape> shapes() {
        if (shape == null) {
            try (Scheduler scheduler = newScheduler();
                    FlashDevice device = openNew(null, scheduler)) {
                Set<Trait> traits = EnumSet.noneOf(Trait.class);
                traits.addAll(DeclarationContract.visible(device));
                for (String each : System.getProperty(TRAITS, "").split(",", -1)) {
                    if (!each.isBlank()) {
                        traits.add(Trait.valueOf(each.strip()));
                    }
                }
                shape = new Shape(uri(), traits);
            } catch (Exception e) {
                throw new IllegalStateException("the drive " + uri() + " could not be opened: " + e.getMessage(), e);
            }
        }
        return List.of(shape);
    }

    private static String uri() {
        return System.getProperty(URI);
    }

    @Override
    protected Scheduler newScheduler() {
        return Scheduler.real();
    }

    @Override
    protected FlashDevice openNew(Shape ignored, Scheduler scheduler) throws Exception {
        try (FlashDevice used = Ocssd.openDevice(uri(), scheduler)) {
            empty(used);
        }
        return Ocssd.openDevice(uri(), scheduler);
    }

    @Override
    protected FlashDevice reopen(Shape ignored, Scheduler scheduler) throws Exception {
        return Ocssd.openDevice(uri(), scheduler);
    }

    /** Erases what is not free; open chunks, where they can't be erased, are filled first. */
    private static void empty(FlashDevice device) throws Exception {
        BlockReport report = device.report();
        try (IoQueue queue = device.openQueue(1)) {
            for (int block = 0; block < device.geometry().blocks(); block++) {
                long ppa = device.geometry().blockPpa(block);
                if (report.state(block) == BlockState.OPEN
                        && !device.capabilities().eraseOpen()) {
                    fill(device, queue, ppa, report.writePointer(block), report.sectors(block));
                }
                if (report.state(block) == BlockState.OPEN || report.state(block) == BlockState.CLOSED) {
                    execute(queue, new IoCommand().erase().add(ppa));
                }
            }
        }
    }

    private static void fill(FlashDevice device, IoQueue queue, long ppa, int from, int to) throws Exception {
        int unit = device.limits().wsOpt();
        IoBufferPool pool = new IoBufferPool(unit * device.geometry().sectorBytes(), 1);
        var buffer = pool.tryTake();
        for (int at = from; at < to; at += Math.min(unit, to - at)) {
            execute(queue, new IoCommand().write(buffer, 0).addRun(ppa + at, Math.min(unit, to - at)));
        }
    }

    private static void execute(IoQueue queue, IoCommand command) throws Exception {
        Completion completion = new Completion();
        queue.submit(command);
        queue.await(1, Long.MAX_VALUE);
        queue.poll(completion);
    }
}
