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
        settleChance(sectors, answer);
        long failed = 0;
        TreeSet<Integer> statuses = new TreeSet<>();
        for (int i = 0; i < sectors.length; i++) {
            int status = status(sectors[i]);
            if (status != 0) {
                failed |= 1L << i;
                statuses.add(status);
            }
        }
        if (failed == 0 && drive.traits.faults() && answer.status() == 0x2D0) {
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

    /** Sectors that a power cut, or a fault, may have destroyed: now the drive says which. */
    private void settleChance(long[] sectors, Answer answer) {
        for (int i = 0; i < sectors.length; i++) {
            if (!isReadable(sectors[i])) {
                continue;
            }
            ModelBlock block = drive.block(sectors[i]);
            ModelSector stored = block.content.get(Ppa.sector(sectors[i]));
            boolean open = stored != null
                    && (stored.readable() == ModelSector.Fate.PERHAPS
                            || stored.readable() == ModelSector.Fate.YES && drive.traits.faults());
            if (open) {
                ModelSector settled = answer.isFailed(i) && answer.status() != 0x2D0
                        ? ModelSector.lost()
                        : new ModelSector(stored.data(), stored.oob(), ModelSector.Fate.YES);
                block.content.put(Ppa.sector(sectors[i]), settled);
            }
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
            if (expected.data() != null) {
                assertThat(answer.data()[i]).as("data; %s", where).isEqualTo(expected.data());
            }
            if (expected.oob() != null) {
                assertThat(answer.oob()[i]).as("OOB; %s", where).isEqualTo(expected.oob());
            }
            if (expected.data() == null) {
                // What a torn command left is so from now on.
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
