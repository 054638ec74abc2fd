package io.ocssd.cli.bench.load;

import io.ocssd.cli.bench.measure.Measure;
import io.ocssd.device.Completion;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import java.util.SplittableRandom;

/**
 * One writer: fills one block after the other, and has never more than one open.
 *
 * <p>The next block is opened, or erased first when none is free any more, only after every command to the last one has
 * completed; requests wait so long. A block in which a program failed is left as it is.
 */
final class WriteLane extends Lane {
    /** So many blocks in a row that take nothing end a writer: it would only wear out the drive. */
    private static final int MOST_FAILURES = 3;

    private static final int NO_BLOCK = -1;

    private final Geometry geometry;
    private final BlockSupply supply;
    private final LunRotation rotation;
    private final Measure measure;
    private int place;
    private int block = NO_BLOCK;
    /** A block that is erased, or will be as soon as the queue has room. */
    private int erasing = NO_BLOCK;

    private int sector;
    private boolean broken;
    private int commandsUnderWay;
    private int failures;

    WriteLane(
            int number,
            WriteLoad load,
            Geometry geometry,
            Limits limits,
            BlockSupply supply,
            LunRotation rotation,
            Measure measure,
            SplittableRandom content) {
        super(number, load.sectors(), load.depth(), geometry.sectorBytes(), limits, content);
        this.geometry = geometry;
        this.supply = supply;
        this.rotation = rotation;
        this.measure = measure;
        this.place = rotation.first();
    }

    @Override
    void place(Request request) {
        // Writes go where the write pointer is when they are sent.
    }

    @Override
    Step send(Request request, IoQueue queue, IoCommand command) throws GoneException {
        if (block == NO_BLOCK || broken || sector == geometry.sectorsPerBlock()) {
            if (commandsUnderWay > 0) {
                return Step.BLOCKED;
            }
            leaveBlock();
            Step step = nextBlock(queue, command);
            if (step != Step.SENT || block == NO_BLOCK) {
                return step == Step.SENT ? Step.BLOCKED : step;
            }
        }
        int sectors = Math.min(nextSectors(request), geometry.sectorsPerBlock() - sector);
        command.write(request.buffer, request.sentSectors * sectorBytes())
                .addRun(ppa(sector), sectors)
                .tag(tag(request, sector));
        if (!queue.submit(command)) {
            return Step.QUEUE_FULL;
        }
        commandsUnderWay++;
        sector += sectors;
        request.sentSectors += sectors;
        request.underWay++;
        return Step.SENT;
    }

    @Override
    void pieceEnded(Request request, Completion completion) {
        commandsUnderWay--;
        if (completion.isSuccess()) {
            failures = 0;
            return;
        }
        request.fail(completion.status(), ppa(mark(completion.tag())) + ReadLane.firstFailed(completion));
        if (!broken) {
            failures++;
        }
        broken = true;
    }

    @Override
    void upkeepEnded(Completion completion, long nowNanos) {
        commandsUnderWay--;
        if (completion.isSuccess()) {
            measure.erased(nowNanos);
            open(erasing);
        } else {
            measure.failed(nowNanos, completion.status(), geometry.blockPpa(rotation.lun(place), erasing));
            failures++;
        }
        erasing = NO_BLOCK;
    }

    private void leaveBlock() {
        if (block == NO_BLOCK) {
            return;
        }
        if (!broken) {
            supply.giveFilled(rotation.lun(place), block);
        }
        block = NO_BLOCK;
        broken = false;
        place = rotation.after(place);
    }

    /** Opens a block when one is free; else begins to erase one. */
    private Step nextBlock(IoQueue queue, IoCommand command) throws GoneException {
        if (place < 0 || failures >= MOST_FAILURES) {
            return Step.DEAD;
        }
        int lun = rotation.lun(place);
        if (erasing == NO_BLOCK) {
            int free = supply.takeFree(lun);
            if (free >= 0) {
                open(free);
                return Step.SENT;
            }
            erasing = supply.takeFilled(lun);
            if (erasing < 0) {
                return Step.DEAD;
            }
        }
        if (!queue.submit(command.erase().add(geometry.blockPpa(lun, erasing)).tag(upkeepTag()))) {
            return Step.QUEUE_FULL;
        }
        commandsUnderWay++;
        return Step.SENT;
    }

    private void open(int newBlock) {
        block = newBlock;
        sector = 0;
        broken = false;
    }

    private long ppa(int sectorOfBlock) {
        return Ppa.withSector(geometry.blockPpa(rotation.lun(place), block), sectorOfBlock);
    }
}
