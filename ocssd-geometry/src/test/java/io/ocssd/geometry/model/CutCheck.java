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
        drive.wasCut = true;
        BlockReport report = device.report();
        SentQueue queue = new SentQueue(device, 1);
        int row = 0;
        for (long ppa : List.copyOf(drive.blocks.keySet())) {
            drive.blocks.put(ppa, settle(cut.statesOf(ppa), report, row++, queue));
        }
        queue.close();
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
        int end = left.get(0).readableEnd(drive.limits.mwCunits());
        for (int from = 0; from < end; from += Limits.MAX_ADDRESSES) {
            int to = Math.min(end, from + Limits.MAX_ADDRESSES);
            Answer answer = read(queue, left.get(0).ppa + from, to - from);
            for (int i = 0; i < to - from; i++) {
                settleSector(left, from + i, i, answer, here);
            }
        }
        return merged(left);
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
        assertThat(answer.status()).as(here + ", reading it").isIn(0x000, 0x281);
        boolean lost = answer.isFailed(index);
        left.removeIf(each -> {
            ModelSector stored = each.content.get(sector);
            if (stored == null && each.isRandom()) {
                // What nobody wrote of a block that is written anywhere reads as zeros.
                stored =
                        ModelSector.stored(new byte[drive.geometry.sectorBytes()], new byte[drive.geometry.oobBytes()]);
            }
            if (stored == null) {
                return lost;
            }
            return lost
                    ? stored.readable() == ModelSector.Fate.YES
                    : drive.traits.payload() && !stored.mayRead(answer.data()[index], answer.oob()[index]);
        });
        assertThat(left).as("a possible content of sector %d; %s", sector, here).isNotEmpty();
        for (ModelBlock each : left) {
            if (lost) {
                each.content.put(sector, ModelSector.lost());
            } else if (each.content.containsKey(sector) && drive.traits.payload()) {
                each.content.put(sector, ModelSector.stored(answer.data()[index], answer.oob()[index]));
            }
        }
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
