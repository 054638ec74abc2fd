package io.ocssd.cli.bench.load;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Gives a drive its blocks back as free as they were: fills those that can't be erased while they are open, erases all. */
final class Restoration {
    private static final int AT_A_TIME = 64;

    private final FlashDevice device;
    private final Completion completion = new Completion();

    Restoration(FlashDevice device) {
        this.device = device;
    }

    /**
     * Erases blocks that are not free.
     *
     * @param touched linear numbers of the blocks
     * @return how many of them are not free now
     */
    int restore(BitSet touched) throws GoneException {
        if (touched.isEmpty()) {
            return 0;
        }
        BlockReport report = device.report();
        if (!device.capabilities().eraseOpen()) {
            List<Filler.Rest> open = new ArrayList<>();
            touched.stream()
                    .filter(block -> report.state(block) == BlockState.OPEN)
                    .forEach(block -> open.add(new Filler.Rest(
                            device.geometry().blockPpa(block),
                            report.writePointer(block),
                            device.geometry().sectorsPerBlock())));
            if (!open.isEmpty()) {
                new Filler(device, ByteClass.PADDING, Math.min(AT_A_TIME, open.size()), Monitor.SILENT).fill(open);
            }
        }
        List<Integer> written = new ArrayList<>();
        touched.stream().filter(block -> report.state(block) != BlockState.FREE).forEach(written::add);
        return erase(written);
    }

    /** Erases blocks one command each; returns how many were refused. */
    private int erase(List<Integer> blocks) throws GoneException {
        int failed = 0;
        IoCommand command = new IoCommand();
        try (IoQueue queue = device.openQueue(AT_A_TIME)) {
            int sent = 0;
            while (sent < blocks.size() || queue.inFlight() > 0) {
                while (sent < blocks.size()
                        && queue.submit(command.erase().add(device.geometry().blockPpa(blocks.get(sent))))) {
                    sent++;
                }
                queue.await(1, Long.MAX_VALUE);
                while (queue.poll(completion)) {
                    failed += completion.isSuccess() ? 0 : 1;
                }
            }
        }
        return failed;
    }
}
