package io.ocssd.ftl.media;

import io.ocssd.device.BlockReport;
import io.ocssd.device.ByteClass;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Programs filler behind the write pointers of blocks, on all their LUNs at once and with commands as large as they can be.
 * Counted as padding. Goes on behind units that the device lost. A block that fails in another way is left where it is and
 * does not stop the others. Used once, by one task.
 */
public final class BlockFiller {
    /** Leaves the OOB bytes of filler zero. */
    public static final Consumer<IoCommand> NO_OOB = command -> {};

    /** Sectors to fill in one block. */
    private static final class Run {
        final long blockPpa;
        final int end;
        final Consumer<IoCommand> oob;
        int from;
        int next;
        int status = NvmeStatus.SUCCESS;

        Run(long blockPpa, int from, int end, Consumer<IoCommand> oob) {
            this.blockPpa = blockPpa;
            this.from = from;
            this.next = from;
            this.end = end;
            this.oob = oob;
        }
    }

    private final Media media;
    private final MediaPath path;
    private final int mostSectors;
    private final List<Run> runs = new ArrayList<>();
    private long programmedSectors;
    private int failedPrograms;

    /**
     * Prepares the filler.
     *
     * @param path stays the caller's; its buffer is overwritten
     */
    public BlockFiller(Media media, MediaPath path) {
        this.media = media;
        this.path = path;
        int wsMin = media.limits().wsMin();
        this.mostSectors = Limits.MAX_ADDRESSES / wsMin * wsMin;
    }

    /**
     * Asks for sectors {@code from} to {@code end - 1} of a block to be filled.
     *
     * @param from the write pointer
     */
    public BlockFiller add(long blockPpa, int from, int end) {
        return add(blockPpa, from, end, NO_OOB);
    }

    /**
     * As {@link #add(long, int, int)}.
     *
     * @param oob adds the OOB bytes to each program of the block, whose addresses it has already
     */
    public BlockFiller add(long blockPpa, int from, int end, Consumer<IoCommand> oob) {
        if (from < end) {
            runs.add(new Run(Ppa.blockOf(blockPpa), from, end, oob));
        }
        return this;
    }

    /** Fills; returns when all programs have ended, well or not. */
    public BlockFiller fill() throws GoneException {
        if (runs.isEmpty()) {
            return this;
        }
        prepareBuffer();
        do {
            fillOn();
        } while (passLostUnits());
        return this;
    }

    /** Sectors that were programmed. */
    public long programmedSectors() {
        return programmedSectors;
    }

    /** Programs that failed. */
    public int failedPrograms() {
        return failedPrograms;
    }

    /** How the filling of a block ended; success when nothing was to fill. */
    public int statusOf(long blockPpa) {
        for (Run run : runs) {
            if (run.blockPpa == Ppa.blockOf(blockPpa)) {
                return run.status;
            }
        }
        return NvmeStatus.SUCCESS;
    }

    /** The addresses of the blocks that could not be filled. */
    public List<Long> failedBlocks() {
        List<Long> failed = new ArrayList<>();
        for (Run run : runs) {
            if (run.status != NvmeStatus.SUCCESS) {
                failed.add(run.blockPpa);
            }
        }
        return failed;
    }

    /**
     * Throws the first failure, if there is one.
     *
     * @throws DeviceException when a block could not be filled
     */
    public void check() throws DeviceException {
        for (Run run : runs) {
            if (run.status != NvmeStatus.SUCCESS) {
                throw Failures.of("program of filler", run.status, run.blockPpa);
            }
        }
    }

    private void fillOn() throws GoneException {
        MediaPath.Outcome outcome = (tag, status, failed) -> {
            Run run = runs.get((int) (tag >>> Integer.SIZE));
            if (status == NvmeStatus.SUCCESS) {
                programmedSectors += (int) tag;
                return;
            }
            failedPrograms++;
            if (run.status == NvmeStatus.SUCCESS) {
                run.status = status;
            }
        };
        boolean more = true;
        while (more) {
            more = false;
            for (int i = 0; i < runs.size(); i++) {
                Run run = runs.get(i);
                if (run.next < run.end && run.status == NvmeStatus.SUCCESS) {
                    submitNext(i, run, outcome);
                    more = true;
                }
            }
        }
        path.drain(outcome);
    }

    /** Sets blocks that lost a unit behind it; whether there is one that goes on. */
    private boolean passLostUnits() throws GoneException {
        if (runs.stream().noneMatch(run -> run.status == NvmeStatus.WRITE_NEXT_UNIT)) {
            return false;
        }
        boolean goesOn = false;
        BlockReport report = media.report();
        for (Run run : runs) {
            int writePointer = report.writePointer(media.geometry().blockIndex(run.blockPpa));
            if (run.status == NvmeStatus.WRITE_NEXT_UNIT && writePointer > run.from && writePointer <= run.end) {
                run.status = NvmeStatus.SUCCESS;
                run.from = writePointer;
                run.next = writePointer;
                goesOn |= writePointer < run.end;
            }
        }
        return goesOn;
    }

    private void submitNext(int index, Run run, MediaPath.Outcome outcome) throws GoneException {
        int sectors = Math.min(mostSectors, run.end - run.next);
        path.command()
                .write(path.buffer(), 0)
                .addRun(Ppa.withSector(run.blockPpa, run.next), sectors)
                .count(ByteClass.PADDING, sectors * media.sectorBytes())
                .tag((long) index << Integer.SIZE | sectors);
        run.oob.accept(path.command());
        run.next += sectors;
        path.submit(outcome);
    }

    private void prepareBuffer() {
        FillerLayout.fill(
                path.buffer().bytes().clear(),
                mostSectors,
                media.sectorBytes(),
                media.driveId(),
                new Checksum(media.scheduler()));
    }
}
