package io.ocssd.cli.io;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Scheduler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Sends the commands of a plan one after the other, each when the one before has completed. Used once. */
final class Exchange {
    private final FlashDevice device;
    private final Scheduler scheduler;
    private final Plan plan;
    private final IoCommand command = new IoCommand();
    private final Completion completion = new Completion();
    private final IoBuffer data;
    private final IoBuffer oob;
    private final ByteBuffer allData;
    private final ByteBuffer allOob;
    /** Sizes of blocks; null where nothing depends on them. */
    private final BlockReport blocks;

    /**
     * An exchange.
     *
     * @param allData bytes of all sectors in order, taken or filled; null when nothing is moved
     * @param allOob out-of-band bytes of all sectors in order, taken or filled; null for none
     */
    Exchange(FlashDevice device, Scheduler scheduler, Plan plan, ByteBuffer allData, ByteBuffer allOob)
            throws GoneException {
        this.device = device;
        this.scheduler = scheduler;
        this.plan = plan;
        this.allData = allData;
        this.allOob = allOob;
        this.blocks = plan.operation() == Operation.ERASE && plan.scalar() ? device.report() : null;
        Geometry geometry = device.geometry();
        this.data = new IoBufferPool(Limits.MAX_ADDRESSES * geometry.sectorBytes(), 1).tryTake();
        this.oob = new IoBufferPool(Math.max(1, Limits.MAX_ADDRESSES * geometry.oobBytes()), 1).tryTake();
    }

    /** Sends all of them, programs only until one fails; returns an answer for each. */
    List<Answer> run() throws GoneException {
        List<Answer> answers = new ArrayList<>();
        boolean stops = plan.operation() == Operation.WRITE || plan.operation() == Operation.COPY;
        boolean failed = false;
        int sector = 0;
        ProgramFates fates = new ProgramFates(device, plan);
        try (IoQueue queue = device.openQueue(1)) {
            for (Plan.Piece piece : plan.pieces()) {
                if (failed && stops) {
                    answers.add(Answer.notSent(piece));
                    continue;
                }
                Answer answer = fates.judge(send(queue, piece, sector));
                answers.add(answer);
                failed |= !answer.isGood();
                sector += piece.addresses().length();
            }
        }
        return answers;
    }

    private Answer send(IoQueue queue, Plan.Piece piece, int sector) throws GoneException {
        int sectors = piece.addresses().length();
        start(sector, sectors);
        if (plan.scalar()) {
            long first = piece.addresses().get(0);
            // An erase names all sectors of its block, which may have fewer than the others.
            int range =
                    blocks == null ? sectors : blocks.sectors(device.geometry().blockIndex(first));
            command.range(first, range);
        } else {
            piece.addresses().forEach(command::add);
            piece.destinations().forEach(command::addDestination);
        }
        long before = scheduler.nanoTime();
        if (!queue.submit(command)) {
            throw new IllegalStateException("an empty queue is full, depth=" + queue.depth());
        }
        queue.await(1, Long.MAX_VALUE);
        if (!queue.poll(completion)) {
            throw new IllegalStateException("nothing completed though it was waited for");
        }
        long nanos = scheduler.nanoTime() - before;
        if (plan.operation() == Operation.READ) {
            take(data, allData, sector, sectors, device.geometry().sectorBytes());
            take(oob, allOob, sector, sectors, device.geometry().oobBytes());
        }
        return Answer.of(piece, completion, nanos);
    }

    private void start(int sector, int sectors) {
        switch (plan.operation()) {
            case READ -> {
                clear(data);
                clear(oob);
                command.read(data, 0);
            }
            case WRITE -> {
                give(allData, data, sector, sectors, device.geometry().sectorBytes());
                command.write(data, 0);
            }
            case ERASE -> command.erase();
            case COPY -> command.copy();
            default -> throw new IllegalArgumentException("operation=" + plan.operation());
        }
        if (allOob != null) {
            if (plan.operation() == Operation.WRITE) {
                give(allOob, oob, sector, sectors, device.geometry().oobBytes());
            }
            command.oob(oob, 0);
        }
    }

    /** What can't be read is zeros. */
    private static void clear(IoBuffer buffer) {
        ByteBuffer bytes = buffer.bytes().clear();
        while (bytes.hasRemaining()) {
            bytes.put((byte) 0);
        }
    }

    private static void give(ByteBuffer all, IoBuffer buffer, int sector, int sectors, int bytes) {
        buffer.bytes().clear().put(all.slice(sector * bytes, sectors * bytes));
    }

    private static void take(IoBuffer buffer, ByteBuffer all, int sector, int sectors, int bytes) {
        if (all != null) {
            buffer.copyTo(0, all.slice(sector * bytes, sectors * bytes), sectors * bytes);
        }
    }
}
