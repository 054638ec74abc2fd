package io.ocssd.geometry.model;

import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.model.DriveModel.Expected;

/** What an erase, finish, open or close must answer, and what it does: each entry on its own. */
final class StateModel {
    private final DriveModel drive;

    StateModel(DriveModel drive) {
        this.drive = drive;
    }

    /** Judges a command; returns how many blocks were erased. */
    int judge(ModelCommand command, Answer answer, String here) {
        if (command.operation() != Operation.ERASE && !drive.isZoned()) {
            DriveModel.expect(Expected.refused(0x001), answer, here);
            return 0;
        }
        int status = 0;
        long failed = 0;
        int erased = 0;
        for (int i = 0; i < command.addresses().length; i++) {
            ModelBlock block = drive.block(command.addresses()[i]);
            int each = status(command, i, block, answer);
            if (each != 0) {
                status = each;
                failed |= 1L << i;
            } else {
                change(command.operation(), block);
                erased += command.operation() == Operation.ERASE ? 1 : 0;
            }
        }
        DriveModel.expect(new Expected(status, failed), answer, here);
        return erased;
    }

    private int status(ModelCommand command, int index, ModelBlock block, Answer answer) {
        if (block == null) {
            return drive.isZoned() ? 0x080 : 0x2C1;
        }
        if (drive.isZoned() && Ppa.sector(command.addresses()[index]) != 0) {
            return 0x002;
        }
        return switch (command.operation()) {
            case ERASE -> erase(command, index, block, answer);
            case FINISH -> isGone(block) ? 0x1BF : 0;
            case OPEN -> open(block, 1L << index, answer);
            default -> block.isPartlyWritten() ? 0 : 0x1BF;
        };
    }

    private static boolean isGone(ModelBlock zone) {
        return zone.state == ModelBlock.State.OFFLINE || zone.state == ModelBlock.State.READ_ONLY;
    }

    private int open(ModelBlock zone, long bit, Answer answer) {
        if (isGone(zone) || zone.state == ModelBlock.State.FULL) {
            return 0x1BF;
        }
        if (drive.othersUnderWay && zone.state != ModelBlock.State.EXPLICIT) {
            // What the limits allow depends on the others; a later entry's status may hide this one's.
            boolean limited = drive.limits.maxOpen() > 0 || drive.limits.maxActive() > 0;
            boolean told = answer.status() == 0x1BD || answer.status() == 0x1BE;
            boolean refused = limited && (answer.failed() & bit) != 0;
            return refused ? (told ? answer.status() : 0x1BE) : 0;
        }
        return zone.state == ModelBlock.State.EXPLICIT ? 0 : new ProgramModel(drive).zonePlace(zone, 0);
    }

    private int erase(ModelCommand command, int index, ModelBlock block, Answer answer) {
        boolean whole = Ppa.sector(command.addresses()[index]) == 0 && command.sectors() == block.sectors;
        if (command.isScalar() && !whole) {
            return 0x080;
        }
        int status = switch (block.state) {
            case OFFLINE -> drive.isZoned() ? 0x1BF : 0x2C0;
            case READ_ONLY -> 0x1BF;
            case FREE -> drive.capabilities.eraseFree() ? 0 : 0x2C1;
            case OPEN, EXPLICIT, PARKED -> drive.capabilities.eraseOpen() || block.isRandom() ? 0 : 0x2C1;
            case FULL -> 0;
        };
        boolean mayFail = drive.traits.endurance() > 0 && block.erases > 0 || drive.traits.faults();
        if (status == 0 && mayFail && answer.isFailed(index)) {
            block.retire();
            return drive.isZoned() && !drive.traits.faults() ? 0x1BB : 0x2C1;
        }
        return status;
    }

    private void change(Operation operation, ModelBlock block) {
        switch (operation) {
            case ERASE -> drive.erase(block);
            case FINISH -> block.state = ModelBlock.State.FULL;
            case OPEN -> block.state = ModelBlock.State.EXPLICIT;
            default -> block.state = ModelBlock.State.PARKED;
        }
    }
}
