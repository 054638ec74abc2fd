package io.ocssd.geometry.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockType;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import java.util.ArrayList;
import java.util.List;

/** Reads back a drive whose power was cut, and finds for each block which of the possible states it is in. */
final class CutCheck {
    private final DriveModel drive;
    private final FlashDevice device;
    private final String where;

    CutCheck(DriveModel drive, FlashDevice device, String where) {
        this.drive = drive;
        this.device = device;
        this.where = where;
    }

    /** Takes what is there over into the model, which was told that the drive was opened again. */
    void takeOver(CutModel cut) throws Exception {
        BlockReport report = device.report();
        SentQueue queue = new SentQueue(device, 1);
        int row = 0;
        for (long ppa : List.copyOf(drive.blocks.keySet())) {
            drive.blocks.put(ppa, settle(cut.statesOf(ppa), report, row++, queue));
        }
        queue.close();
        cut.filledAtOnce().stream()
                .map(drive::block)
                .filter(ModelBlock::isPartlyWritten)
                .forEach(drive.places::openWithoutPlace);
        drive.places.check(where + ", after the cut");
    }

    private ModelBlock settle(List<ModelBlock> states, BlockReport report, int row, SentQueue queue) throws Exception {
        List<ModelBlock> left = new ArrayList<>();
        for (ModelBlock each : states) {
            if (drive.isZoned() && each.isPartlyWritten()) {
                each.state = each.written == 0 ? ModelBlock.State.FREE : ModelBlock.State.PARKED;
            }
            boolean same = each.state.reported() == report.state(row)
                    && each.erases == report.eraseCount(row)
                    && (each.type == BlockType.RANDOM
                            || each.state == ModelBlock.State.OFFLINE
                            || each.writePointer(drive.isZoned()) == report.writePointer(row));
            if (same) {
                left.add(each);
            }
        }
        String here = where + ", after the cut " + Ppa.toString(states.get(0).ppa) + " is " + report.state(row)
                + ", write pointer " + report.writePointer(row) + ", erases " + report.eraseCount(row);
        assertThat(left).as("one of the states that are possible; %s", here).isNotEmpty();
        for (int from = 0, to; from < states.get(0).sectors; from = to) {
            to = from + 1;
            if (!isContested(left, from)) {
                while (to < states.get(0).sectors
                        && to - from < Limits.MAX_ADDRESSES
                        && !isContested(left, to)
                        && isReadable(left.get(0), to) == isReadable(left.get(0), from)) {
                    to++;
                }
            }
            Answer answer = read(queue, states.get(0).ppa + from, to - from);
            for (int i = 0; i < to - from; i++) {
                settleSector(left, from + i, i, answer, here);
            }
        }
        return merged(left);
    }

    /** Whether a sector can be read in some of the states that are left, and not in others. */
    private boolean isContested(List<ModelBlock> left, int sector) {
        return left.stream().anyMatch(each -> isReadable(each, sector) != isReadable(left.get(0), sector));
    }

    private boolean isReadable(ModelBlock block, int sector) {
        return sector < block.readableEnd(drive.limits.mwCunits());
    }

    private Answer read(SentQueue queue, long first, int sectors) throws Exception {
        long[] addresses = new long[sectors];
        for (int i = 0; i < sectors; i++) {
            addresses[i] = first + i;
        }
        queue.send(new ModelCommand(
                0, Operation.READ, addresses, 0, new long[0], new byte[0][], new byte[0][], false, false));
        queue.await(1, Long.MAX_VALUE);
        return queue.poll(where).answer();
    }

    /** Drops the states in which a sector can't be as it was read, and keeps what was read in the others. */
    private void settleSector(List<ModelBlock> left, int sector, int index, Answer answer, String here) {
        String at = "sector " + sector + "; " + here;
        assertThat(answer.status()).as("reading " + at).isIn(0x000, 0x1BB, 0x281, 0x287);
        left.removeIf(each -> !isPossible(each, sector, index, answer));
        assertThat(left).as("a possible content of " + at).isNotEmpty();
        for (ModelBlock each : left) {
            if (answer.isFailed(index)) {
                each.content.computeIfPresent(
                        sector, (same, what) -> answer.status() == 0x281 ? ModelSector.lost() : what);
            } else if (isReadable(each, sector)) {
                each.content.computeIfPresent(
                        sector,
                        (same, what) -> drive.traits.payload()
                                ? ModelSector.stored(answer.data()[index], answer.oob()[index])
                                : what.with(ModelSector.Fate.YES));
            }
        }
    }

    private boolean isPossible(ModelBlock block, int sector, int index, Answer answer) {
        if (!isReadable(block, sector)) {
            boolean gone = drive.isZoned() && block.state == ModelBlock.State.OFFLINE;
            return answer.isFailed(index) && answer.status() == (gone ? 0x1BB : 0x287);
        }
        if (answer.isFailed(index) && answer.status() == 0x287) {
            return false;
        }
        ModelSector stored = block.content.get(sector);
        if (stored == null) {
            // What nobody wrote of a block that is written anywhere reads as zeros.
            stored = ModelSector.stored(new byte[drive.geometry.sectorBytes()], new byte[drive.geometry.oobBytes()]);
        }
        if (answer.isFailed(index)) {
            return stored.readable() != ModelSector.Fate.YES;
        }
        return stored.readable() != ModelSector.Fate.NO
                && (!drive.traits.payload() || stored.mayHold(answer.data()[index], answer.oob()[index]));
    }

    private static ModelBlock merged(List<ModelBlock> left) {
        ModelBlock merged = left.get(0);
        for (ModelBlock other : left.subList(1, left.size())) {
            merged.content.replaceAll((sector, what) -> {
                ModelSector otherwise = other.content.get(sector);
                return otherwise == null ? what : ModelSector.either(what, otherwise);
            });
        }
        return merged;
    }
}
