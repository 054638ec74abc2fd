package io.ocssd.geometry.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Capabilities;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a drive must answer, said as plainly as can be: a map of blocks and one method for each command.
 *
 * <p>A command is judged when its completion is there; the model changes then. Where chance has a say the answer is taken
 * for a fact when it is possible.
 */
final class DriveModel {
    /** Bits that do not matter. */
    static final long ANY_BITS = 0x0123_4567_89AB_CDEFL;

    /** What is expected of a command. */
    record Expected(int status, long failed) {
        static final Expected SUCCESS = new Expected(0, 0);

        static Expected refused(int status) {
            return new Expected(status, ANY_BITS);
        }
    }

    final Geometry geometry;
    final Limits limits;
    final Capabilities capabilities;
    final Traits traits;
    final TreeMap<Long, ModelBlock> blocks = new TreeMap<>();
    /** Whether commands that are under way on other queues may have opened or closed blocks that are not known of yet. */
    boolean othersUnderWay;
    /** Whether no other command was under way since the one that is judged was sent. */
    boolean alone;
    /** Asks the drive whether it reports a block as closed. */
    Predicate<Long> isClosedNow;

    final ModelPlaces places;
    boolean dulbe = true;
    /** Whether the drive was asked to tell reads with a high ECC count. */
    boolean highEcc;

    private final ReadModel reads = new ReadModel(this);
    private final ProgramModel programs = new ProgramModel(this);
    private final StateModel states = new StateModel(this);
    private long commands;
    private long readSectors;
    private long programmedSectors;
    private long relocatedSectors;
    private long erases;
    private boolean programsFailed;

    /**
     * What a history knows of its drive beyond what the drive says.
     *
     * @param payload whether it keeps bytes
     * @param endurance erases of a block until it is worn out; 0 for never
     * @param failing how programs fail on purpose; then reads and erases do as well
     */
    record Traits(boolean payload, int endurance, Failing failing) {
        /** Whether commands fail on purpose. */
        boolean faults() {
            return failing != Failing.NEVER;
        }
    }

    /** What a program that fails on purpose does to a block that is written in order. */
    enum Failing {
        NEVER,
        /** The block is full, with what was written before the sector that failed. */
        CLOSES_EARLY,
        /** A unit of wsMin sectors can't be read. */
        LOSES_UNIT
    }

    /** A model of a drive on which nothing was written yet. */
    DriveModel(FlashDevice device, Traits traits) throws GoneException {
        this.traits = traits;
        geometry = device.geometry();
        limits = device.limits();
        capabilities = device.capabilities();
        BlockReport report = device.report();
        for (int i = 0; i < geometry.blocks(); i++) {
            boolean bad = report.state(i) == BlockState.OFFLINE;
            long ppa = geometry.blockPpa(i);
            ModelBlock.State state = bad ? ModelBlock.State.OFFLINE : ModelBlock.State.FREE;
            blocks.put(ppa, new ModelBlock(ppa, report.type(i), report.sectors(i), state, 0));
        }
        places = new ModelPlaces(this);
    }

    /** The block of an address, or null. */
    ModelBlock block(long address) {
        return blocks.get(Ppa.blockOf(address));
    }

    boolean isZoned() {
        return capabilities.zoned();
    }

    /** Judges an answer and takes over what the command did. */
    void judge(ModelCommand command, Answer answer, String where) {
        String here = where + ": " + command + ", answered " + answer;
        commands++;
        switch (command.operation()) {
            case READ -> {
                reads.judge(command, answer, here);
                readSectors += goodSectors(command, answer);
            }
            case WRITE, APPEND, COPY -> programs.judge(command, answer, here);
            case ERASE, FINISH, OPEN, CLOSE -> erases += states.judge(command, answer, here);
        }
    }

    private static int goodSectors(ModelCommand command, Answer answer) {
        int sectors = command.spread().length;
        if (answer.status() == 0 || answer.status() == 0x2D0) {
            return sectors;
        }
        // A range that is too long or crosses the end of a zone is refused as a whole.
        return sectors > Limits.MAX_ADDRESSES ? 0 : sectors - Long.bitCount(answer.failed());
    }

    static void expect(Expected expected, Answer answer, String here) {
        assertThat(String.format("0x%03X", answer.status()))
                .as("status; %s", here)
                .isEqualTo(String.format("0x%03X", expected.status()));
        if (expected.failed() != ANY_BITS) {
            assertThat(Long.toBinaryString(answer.failed()))
                    .as("failed addresses; %s", here)
                    .isEqualTo(Long.toBinaryString(expected.failed()));
        }
    }

    /** Counts what a program that succeeded in full has programmed. */
    void countProgrammed(int sectors, boolean relocated) {
        programmedSectors += sectors;
        relocatedSectors += relocated ? sectors : 0;
    }

    /** A program of which a part failed is counted or not as the drive likes. */
    void countFailedProgram() {
        programsFailed = true;
    }

    long open() {
        return blocks.values().stream()
                .filter(each -> each.isPartlyWritten() && !each.isRandom())
                .count();
    }

    long openOfLun(long ppa) {
        return blocks.values().stream()
                .filter(each -> each.isPartlyWritten() && !each.isRandom())
                .filter(each -> geometry.lunIndex(each.ppa) == geometry.lunIndex(ppa))
                .count();
    }

    long explicitlyOpen() {
        return blocks.values().stream()
                .filter(each -> each.state == ModelBlock.State.EXPLICIT)
                .count();
    }

    /** Erases a block, perhaps for the last time. */
    void erase(ModelBlock block) {
        block.erase();
        if (traits.endurance > 0 && wearIndex(block.erases) == 255) {
            block.state = ModelBlock.State.OFFLINE;
        }
    }

    int wearIndex(long eraseCount) {
        return (int) Math.min(255, eraseCount * 255 / (traits.endurance == 0 ? 3000 : traits.endurance));
    }

    /** Compares everything that the drive reports; nothing is under way. */
    void checkReport(FlashDevice device, String where) throws GoneException {
        BlockReport report = device.report();
        int row = 0;
        for (ModelBlock block : blocks.values()) {
            String here = where + ", report of " + Ppa.toString(block.ppa);
            assertThat(report.state(row)).as(here).isEqualTo(block.state.reported());
            assertThat(report.type(row)).as(here).isEqualTo(block.type);
            assertThat(report.sectors(row)).as(here).isEqualTo(block.sectors);
            assertThat(report.eraseCount(row)).as(here + ", erases").isEqualTo(block.erases);
            assertThat(report.wearIndex(row)).as(here + ", wear").isEqualTo(wearIndex(block.erases));
            if (block.type == BlockType.SEQUENTIAL && block.state != ModelBlock.State.OFFLINE) {
                assertThat(report.writePointer(row))
                        .as(here + ", write pointer")
                        .isEqualTo(block.writePointer(isZoned()));
            }
            row++;
        }
        places.check(where);
    }

    /** Compares what the drive has counted; nothing is under way. */
    void checkCounters(FlashDevice device, String where) {
        DeviceCounters counters = device.counters();
        assertThat(counters.commands()).as("commands; %s", where).isEqualTo(commands);
        assertThat(counters.readSectors()).as("sectors read; %s", where).isEqualTo(readSectors);
        assertThat(counters.erases()).as("erases; %s", where).isEqualTo(erases);
        assertThat(counters.programmedBytes())
                .as("bytes programmed; %s", where)
                .isEqualTo(counters.programmedSectors() * geometry.sectorBytes());
        if (!programsFailed) {
            assertThat(counters.programmedSectors())
                    .as("sectors programmed; %s", where)
                    .isEqualTo(programmedSectors);
            assertThat(counters.programmedBytes(ByteClass.RELOCATED))
                    .as("bytes relocated; %s", where)
                    .isEqualTo(relocatedSectors * geometry.sectorBytes());
        }
    }

    /** The drive was opened again: it counts from zero, and no zone is open. */
    void reopened() {
        commands = 0;
        readSectors = 0;
        programmedSectors = 0;
        relocatedSectors = 0;
        erases = 0;
        programsFailed = false;
        dulbe = true;
        if (isZoned()) {
            for (ModelBlock each : blocks.values()) {
                if (each.isPartlyWritten()) {
                    each.state = each.written == 0 ? ModelBlock.State.FREE : ModelBlock.State.PARKED;
                }
            }
        }
    }
}
