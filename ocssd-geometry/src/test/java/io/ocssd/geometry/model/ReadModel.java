package io.ocssd.geometry.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.model.DriveModel.Expected;
import java.util.TreeSet;

/** What a read must answer. */
final class ReadModel {
    private final DriveModel drive;

    ReadModel(DriveModel drive) {
        this.drive = drive;
    }

    void judge(ModelCommand command, Answer answer, String here) {
        long[] sectors = command.spread();
        if (sectors.length > Limits.MAX_ADDRESSES) {
            DriveModel.expect(Expected.refused(0x002), answer, here);
            return;
        }
        if (command.isScalar() && crossesZone(command)) {
            DriveModel.expect(Expected.refused(0x1B8), answer, here);
            return;
        }
        long failed = 0;
        TreeSet<Integer> statuses = new TreeSet<>();
        for (int i = 0; i < sectors.length; i++) {
            int status = status(sectors[i]);
            if (status == 0 && mayBeLost(sectors[i]) && answer.isFailed(i) && answer.status() != 0x2D0) {
                status = 0x281;
            }
            if (status != 0) {
                failed |= 1L << i;
                statuses.add(status);
            }
        }
        settleChance(sectors, failed);
        boolean mayBeDoubtful = drive.traits.faults() || drive.traits.endurance() > 0;
        if (failed == 0 && mayBeDoubtful && answer.status() == 0x2D0) {
            assertThat(drive.highEcc).as("somebody asked for it; %s", here).isTrue();
            checkData(sectors, answer, here);
            return;
        }
        // Of several kinds of failure the one with the lowest number is told.
        int status = failed == 0 ? 0 : statuses.first();
        DriveModel.expect(new Expected(status, failed), answer, here);
        checkData(sectors, answer, here);
    }

    private boolean crossesZone(ModelCommand command) {
        ModelBlock zone = drive.block(command.addresses()[0]);
        int first = Ppa.sector(command.addresses()[0]);
        return drive.isZoned() && zone != null && first < zone.sectors && first + command.sectors() > zone.sectors;
    }

    /** What the read of one sector is answered; 0 also where zeros are read since nothing is there. */
    int status(long address) {
        ModelBlock block = drive.block(address);
        if (block == null && drive.isZoned()) {
            return 0x080;
        }
        if (drive.isZoned() && block.state == ModelBlock.State.OFFLINE) {
            return 0x1BB;
        }
        if (!isReadable(address)) {
            return drive.dulbe ? 0x287 : 0;
        }
        ModelSector stored = block.content.get(Ppa.sector(address));
        return stored != null && stored.readable() == ModelSector.Fate.NO ? 0x281 : 0;
    }

    private boolean isReadable(long address) {
        ModelBlock block = drive.block(address);
        return block != null && Ppa.sector(address) < block.readableEnd(drive.limits.mwCunits());
    }

    /** Whether a power cut or a fault may have destroyed a sector that the rules let be read. */
    boolean mayBeLost(long address) {
        if (!isReadable(address)) {
            return false;
        }
        ModelSector stored = drive.block(address).content.get(Ppa.sector(address));
        // Of an open block that is written anywhere the media has what nobody wrote, too.
        return drive.traits.faults() || stored != null && stored.readable() == ModelSector.Fate.PERHAPS;
    }

    /** What chance had a say in is known from now on; lost is what was lost once. */
    private void settleChance(long[] sectors, long failed) {
        for (int i = 0; i < sectors.length; i++) {
            settle(sectors[i], (failed >>> i & 1) != 0);
        }
    }

    void settle(long address, boolean lost) {
        if (mayBeLost(address)) {
            ModelSector stored = content(address);
            boolean gone = lost || stored.readable() == ModelSector.Fate.NO;
            ModelSector.Fate fate = gone ? ModelSector.Fate.NO : ModelSector.Fate.YES;
            drive.block(address).content.put(Ppa.sector(address), stored.with(fate));
        }
    }

    private void checkData(long[] sectors, Answer answer, String here) {
        for (int i = 0; i < sectors.length; i++) {
            String where = "address " + i + "; " + here;
            boolean failed = answer.isFailed(i) && answer.status() != 0x2D0;
            if (failed && answer.status() == 0x287) {
                assertThat(answer.data()[i])
                        .as("data of a failed address; %s", where)
                        .isNull();
                continue;
            }
            if (failed || !drive.traits.payload()) {
                continue;
            }
            ModelSector expected = content(sectors[i]);
            assertThat(answer.data()[i]).as("data; %s", where).isNotNull();
            if (expected.possible().size() == 1) {
                ModelSector.Content only = expected.possible().get(0);
                assertThat(answer.data()[i]).as("data; %s", where).isEqualTo(only.data());
                assertThat(answer.oob()[i]).as("OOB; %s", where).isEqualTo(only.oob());
            } else {
                assertThat(expected.mayHold(answer.data()[i], answer.oob()[i]))
                        .as("data and OOB that were there before or were to be written; %s", where)
                        .isTrue();
                // What a command has left that was torn or failed is so from now on.
                drive.block(sectors[i])
                        .content
                        .put(Ppa.sector(sectors[i]), ModelSector.stored(answer.data()[i], answer.oob()[i]));
            }
        }
    }

    /** What a sector that is not refused reads as. */
    ModelSector content(long address) {
        ModelSector stored = isReadable(address) ? drive.block(address).content.get(Ppa.sector(address)) : null;
        return stored != null
                ? stored
                : ModelSector.stored(new byte[drive.geometry.sectorBytes()], new byte[drive.geometry.oobBytes()]);
    }
}
