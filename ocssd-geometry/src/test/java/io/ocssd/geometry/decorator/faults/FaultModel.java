package io.ocssd.geometry.decorator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.decorator.TestDrive.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/**
 * A drive on which things go wrong, as plain maps, and none of the code under test.
 *
 * <p>It knows faults that are always there at their addresses, and says what must happen. What chance does it is told by the
 * answers: it checks that they are possible, and from then on that the drive keeps to them.
 */
final class FaultModel {
    /** What is known of a block. */
    private static final class Block {
        BlockState state = BlockState.FREE;
        int writePointer;
        boolean early;
        boolean dead;
        int erases;
        final Map<Integer, Long> versions = new HashMap<>();
        final Set<Integer> lost = new TreeSet<>();

        boolean isDamaged() {
            return early || dead || state == BlockState.OFFLINE;
        }
    }

    /** Kinds of faults that chance may bring. */
    final Set<FaultKind> chance = new TreeSet<>();
    /** Addresses at which faults are certain. */
    final Map<FaultKind, Set<Long>> certain = new TreeMap<>();

    long programmedSectors;
    long readSectors;
    long erases;
    int struck;
    private final Geometry geometry;
    private final Limits limits;
    private final Map<Long, Block> blocks = new TreeMap<>();

    FaultModel(Geometry geometry, Limits limits) {
        this.geometry = geometry;
        this.limits = limits;
        for (int block = 0; block < geometry.blocks(); block++) {
            blocks.put(geometry.blockPpa(block), new Block());
        }
        for (FaultKind each : FaultKind.values()) {
            certain.put(each, new TreeSet<>());
        }
    }

    private Block block(long ppa) {
        return blocks.get(Ppa.blockOf(ppa));
    }

    BlockState state(long ppa) {
        Block block = block(ppa);
        return block.dead ? BlockState.OFFLINE : block.state;
    }

    int writePointer(long ppa) {
        return block(ppa).writePointer;
    }

    int erases(long ppa) {
        return block(ppa).erases;
    }

    void kill(int lun) {
        blocks.forEach((ppa, block) -> block.dead |= geometry.lunIndex(ppa) == lun);
    }

    private boolean isCertain(FaultKind kind, long ppa) {
        return certain.get(kind).contains(ppa);
    }

    // ---- programs

    private record Run(int from, int to) {}

    private static List<Run> runs(List<Long> addresses) {
        List<Run> runs = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= addresses.size(); i++) {
            if (i == addresses.size() || Ppa.blockOf(addresses.get(i)) != Ppa.blockOf(addresses.get(from))) {
                runs.add(new Run(from, i));
                from = i;
            }
        }
        return runs;
    }

    private Answer refusal(List<Long> addresses) {
        Set<Long> seen = new TreeSet<>();
        for (Run run : runs(addresses)) {
            int status = refusal(addresses, run, seen.add(Ppa.blockOf(addresses.get(run.from))));
            if (status != 0) {
                return Answer.failed(status, run.from, run.to);
            }
        }
        return null;
    }

    private int refusal(List<Long> addresses, Run run, boolean first) {
        Block block = block(addresses.get(run.from));
        int sector = Ppa.sector(addresses.get(run.from));
        int length = run.to - run.from;
        if (block.isDamaged() || block.state == BlockState.CLOSED || sector + length > geometry.sectorsPerBlock()) {
            return 0x280;
        }
        if (length % limits.wsMin() != 0) {
            return 0x002;
        }
        for (int i = run.from + 1; i < run.to; i++) {
            if (addresses.get(i) != addresses.get(i - 1) + 1) {
                return 0x2F2;
            }
        }
        return sector == block.writePointer && first ? 0 : 0x2F2;
    }

    /**
     * A program was answered.
     *
     * @param closed says whether a block was closed early at this address, and did not lose a unit there
     */
    void written(List<Long> addresses, long version, Answer answer, LongPredicate closed) {
        Answer refusal = refusal(addresses);
        if (refusal != null) {
            assertThat(answer).as("refused program").isEqualTo(refusal);
            return;
        }
        int lowest = 0;
        for (Run run : runs(addresses)) {
            int status = written(addresses, run, version, answer, closed);
            lowest = status == 0 ? lowest : lowest == 0 ? status : Math.min(lowest, status);
        }
        assertThat(answer.status()).as("status of the program").isEqualTo(lowest);
    }

    private int written(List<Long> addresses, Run run, long version, Answer answer, LongPredicate closed) {
        Block block = block(addresses.get(run.from));
        int start = block.writePointer;
        int failed = run.to;
        while (failed > run.from && (answer.failed() & 1L << (failed - 1)) != 0) {
            failed--;
        }
        long bits = answer.failed() & Answer.failed(0, run.from, run.to).failed();
        assertThat(bits)
                .as("bits from one to the end")
                .isEqualTo(
                        failed == run.to ? 0 : Answer.failed(0, failed, run.to).failed());
        int bad = firstCertain(addresses, run, FaultKind.EARLY_CLOSE);
        int lost = firstCertain(addresses, run, FaultKind.NEXT_UNIT);
        boolean early;
        if (bad < run.to || lost < run.to) {
            // Early closes are armed first.
            early = bad <= lost;
            int expected = early ? bad : unit(run, lost);
            assertThat(failed).as("first failed sector of run " + run).isEqualTo(expected);
        } else if (failed == run.to) {
            early = false;
        } else {
            // The address that the write pointer is at when the block was closed.
            early = closed.test(addresses.get(run.from) + failed - run.from);
            assertThat(chance).as("what chance may do").contains(early ? FaultKind.EARLY_CLOSE : FaultKind.NEXT_UNIT);
        }
        int written = failed - run.from;
        for (int i = 0; i < written; i++) {
            block.versions.put(start + i, version);
        }
        programmedSectors += written;
        if (failed == run.to) {
            advance(block, start + written);
            return 0;
        }
        struck++;
        if (early) {
            block.state = BlockState.CLOSED;
            block.early = true;
            block.writePointer = start + written;
            return 0x2F1;
        }
        assertThat(written % limits.wsMin()).as("a whole unit is lost").isZero();
        for (int i = 0; i < limits.wsMin(); i++) {
            block.lost.add(start + written + i);
        }
        advance(block, start + written + limits.wsMin());
        return 0x2F0;
    }

    private int firstCertain(List<Long> addresses, Run run, FaultKind kind) {
        int index = run.from;
        while (index < run.to && !isCertain(kind, addresses.get(index))) {
            index++;
        }
        return index;
    }

    private int unit(Run run, int index) {
        return index - (index - run.from) % limits.wsMin();
    }

    private void advance(Block block, int writePointer) {
        block.writePointer = writePointer;
        block.state = writePointer == geometry.sectorsPerBlock() ? BlockState.CLOSED : BlockState.OPEN;
    }

    // ---- reads

    /** What a sector is answered: 0, 0x287 or 0x281. */
    private int readStatus(long ppa) {
        Block block = block(ppa);
        int sector = Ppa.sector(ppa);
        if (block.dead) {
            return 0x281;
        }
        int end = switch (block.state) {
            case FREE, OFFLINE -> 0;
            case OPEN -> block.writePointer - limits.mwCunits();
            case CLOSED -> block.writePointer;
        };
        if (sector >= end) {
            return 0x287;
        }
        return block.lost.contains(sector) || isCertain(FaultKind.UNREADABLE, ppa) ? 0x281 : 0;
    }

    /** A read was answered; returns the versions of the sectors, or null of those that were not delivered. */
    List<Long> read(List<Long> addresses, Answer answer) {
        List<Long> versions = new ArrayList<>();
        int lowest = 0;
        long doubtful = 0;
        for (int i = 0; i < addresses.size(); i++) {
            long ppa = addresses.get(i);
            int status = readStatus(ppa);
            boolean failed = answer.status() != 0x2D0 && (answer.failed() & 1L << i) != 0;
            if (status == 0 && failed) {
                assertThat(chance)
                        .as("what chance may do to " + Ppa.toString(ppa))
                        .contains(FaultKind.UNREADABLE);
                block(ppa).lost.add(Ppa.sector(ppa));
                status = 0x281;
                struck++;
            }
            assertThat(failed)
                    .as("whether sector " + Ppa.toString(ppa) + " failed")
                    .isEqualTo(status != 0);
            if (status != 0) {
                lowest = lowest == 0 ? status : Math.min(lowest, status);
                versions.add(null);
            } else {
                readSectors++;
                doubtful |= isCertain(FaultKind.HIGH_ECC, ppa) ? 1L << i : 0;
                versions.add(block(ppa).versions.get(Ppa.sector(ppa)));
            }
        }
        if (answer.status() == 0x2D0) {
            assertThat(lowest).as("a high error count when something failed").isZero();
            if (chance.contains(FaultKind.HIGH_ECC)) {
                assertThat(answer.failed()).isNotZero();
            } else {
                assertThat(answer.failed()).as("doubtful sectors").isEqualTo(doubtful);
            }
        } else {
            assertThat(answer.status()).as("status of the read").isEqualTo(lowest);
            assertThat(doubtful == 0 || lowest != 0)
                    .as("doubtful sectors go unreported")
                    .isTrue();
        }
        return versions;
    }

    // ---- erases

    void erased(List<Long> addresses, Answer answer) {
        int last = 0;
        for (int i = 0; i < addresses.size(); i++) {
            Block block = block(addresses.get(i));
            boolean failed = (answer.failed() & 1L << i) != 0;
            int status = block.dead || block.state == BlockState.OFFLINE
                    ? 0x2C0
                    : block.state == BlockState.CLOSED ? 0 : 0x2C1;
            if (status == 0 && (failed || isCertain(FaultKind.RESET_FAIL, Ppa.blockOf(addresses.get(i))))) {
                assertThat(chance.contains(FaultKind.RESET_FAIL)
                                || isCertain(FaultKind.RESET_FAIL, Ppa.blockOf(addresses.get(i))))
                        .as("what chance may do")
                        .isTrue();
                status = 0x2C1;
                block.state = BlockState.OFFLINE;
                struck++;
            } else if (status == 0) {
                block.state = BlockState.FREE;
                block.writePointer = 0;
                block.early = false;
                block.lost.clear();
                block.versions.clear();
                block.erases++;
                erases++;
            }
            assertThat(failed)
                    .as("whether the erase of " + Ppa.toString(addresses.get(i)) + " failed")
                    .isEqualTo(status != 0);
            last = status == 0 ? last : status;
        }
        assertThat(answer.status()).as("status of the erase").isEqualTo(last);
    }
}
