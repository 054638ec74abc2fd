package io.ocssd.geometry.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.model.DriveModel.Expected;
import io.ocssd.geometry.model.ModelCommand.Run;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a write, an append or a copy must answer, and what it does. */
final class ProgramModel {
    private final DriveModel drive;
    private final FailedPrograms failures;

    ProgramModel(DriveModel drive) {
        this.drive = drive;
        this.failures = new FailedPrograms(drive, this);
    }

    void judge(ModelCommand command, Answer answer, String here) {
        Expected known = knownOperation(command.operation());
        if (known == null && command.spread().length > Limits.MAX_ADDRESSES) {
            known = Expected.refused(0x002);
        }
        if (known == null && command.operation() == Operation.APPEND) {
            known = checkAppend(command);
        }
        if (known == null && command.operation() == Operation.COPY) {
            known = checkSources(command, answer);
        }
        if (known != null) {
            DriveModel.expect(known, answer, here);
            return;
        }
        long[] targets = targets(command);
        Expected expected = checkTargets(targets, answer);
        if (expected.status() == 0 && answer.failed() != 0 && failures.arePossible()) {
            failures.judge(targets, payload(command), answer, here);
            return;
        }
        DriveModel.expect(expected, answer, here);
        if (expected.status() == 0) {
            if (command.operation() == Operation.APPEND) {
                assertThat(Ppa.toString(answer.address()))
                        .as("address of the append; %s", here)
                        .isEqualTo(Ppa.toString(targets[0]));
            }
            ModelSector[] payload = payload(command);
            for (int i = 0; i < targets.length; i++) {
                drive.block(targets[i]).program(Ppa.sector(targets[i]), payload[i]);
            }
            drive.countProgrammed(targets.length, command.relocated());
        }
    }

    private Expected knownOperation(Operation operation) {
        boolean unknown = operation == Operation.COPY && !drive.capabilities.copy()
                || operation == Operation.APPEND && !drive.isZoned();
        return unknown ? Expected.refused(0x001) : null;
    }

    private Expected checkAppend(ModelCommand command) {
        ModelBlock zone = drive.block(command.addresses()[0]);
        if (zone == null) {
            return Expected.refused(0x080);
        }
        if (Ppa.sector(command.addresses()[0]) != 0) {
            return Expected.refused(0x002);
        }
        int status = checkZone(zone, command.sectors());
        if (status == 0 && zone.written + command.sectors() > zone.sectors) {
            status = 0x1B8;
        }
        return status == 0 ? null : Expected.refused(status);
    }

    private Expected checkSources(ModelCommand command, Answer answer) {
        ReadModel reads = new ReadModel(drive);
        boolean isOfASource =
                Arrays.stream(command.addresses()).anyMatch(each -> reads.status(each) == answer.status());
        // Of several failures the one with the lowest number is told; what is wrong with a destination is looked at
        // later.
        boolean mayLose = answer.status() == 0x281 || answer.status() < 0x281 && isOfASource;
        long failed = 0;
        int status = 0;
        for (int i = 0; i < command.addresses().length; i++) {
            long source = command.addresses()[i];
            int each = reads.status(source);
            boolean lost = each == 0 && reads.mayBeLost(source) && answer.isFailed(i) && mayLose;
            if (lost || answer.status() == 0) {
                reads.settle(source, lost);
            }
            each = lost ? 0x281 : each;
            if (each != 0) {
                failed |= 1L << i;
                status = status == 0 ? each : Math.min(status, each);
            }
        }
        return status == 0 ? null : new Expected(status, failed);
    }

    /** Where a program goes; an append's addresses are known by now. */
    long[] targets(ModelCommand command) {
        return switch (command.operation()) {
            case COPY -> command.destinations();
            case APPEND -> {
                ModelBlock zone = drive.block(command.addresses()[0]);
                long[] targets = new long[command.sectors()];
                for (int i = 0; i < targets.length; i++) {
                    targets[i] = zone.ppa + zone.written + i;
                }
                yield targets;
            }
            default -> command.spread();
        };
    }

    ModelSector[] payload(ModelCommand command) {
        if (command.operation() == Operation.COPY) {
            ReadModel reads = new ReadModel(drive);
            ModelSector[] moved = new ModelSector[command.addresses().length];
            for (int i = 0; i < moved.length; i++) {
                ModelSector source = reads.content(command.addresses()[i]);
                moved[i] = source.with(ModelSector.Fate.YES);
            }
            return moved;
        }
        ModelSector[] written = new ModelSector[command.data().length];
        for (int i = 0; i < written.length; i++) {
            byte[] oob = command.oob().length == 0 ? new byte[drive.geometry.oobBytes()] : command.oob()[i];
            written[i] = ModelSector.stored(command.data()[i], oob);
        }
        return written;
    }

    private Expected checkTargets(long[] targets, Answer answer) {
        Set<Long> seen = new HashSet<>();
        Map<Integer, Integer> opened = new HashMap<>();
        Expected first = Expected.SUCCESS;
        for (Run run : ModelCommand.runs(targets)) {
            int status = checkRun(targets, run, !seen.add(run.block()));
            if (status == 0) {
                status = checkLimits(run, opened, answer);
            }
            if (status != 0 && first.status() == 0) {
                first = new Expected(status, run.bits());
            }
        }
        return first;
    }

    /** The checks of one run, in their order. */
    private int checkRun(long[] targets, Run run, boolean again) {
        ModelBlock block = drive.block(targets[run.from()]);
        int first = Ppa.sector(targets[run.from()]);
        boolean ascends = true;
        int end = 0;
        for (int i = run.from(); i < run.to(); i++) {
            ascends &= targets[i] == targets[run.from()] + (i - run.from());
            end = Math.max(end, Ppa.sector(targets[i]) + 1);
        }
        if (drive.isZoned()) {
            if (block == null) {
                return 0x080;
            }
            int status = checkZone(block, run.length());
            if (status != 0) {
                return status;
            }
            if (!ascends || again || first != block.written) {
                return 0x1BC;
            }
            return first + run.length() > block.sectors ? 0x1B8 : 0;
        }
        if (block == null || !block.takesWrites()) {
            return 0x280;
        }
        if (block.isRandom()) {
            return end > block.sectors ? 0x280 : 0;
        }
        if (first + run.length() > block.sectors) {
            return 0x280;
        }
        if (run.length() % drive.limits.wsMin() != 0) {
            return 0x002;
        }
        return ascends && first == block.written && !again ? 0 : 0x2F2;
    }

    private int checkZone(ModelBlock zone, int sectors) {
        return switch (zone.state) {
            case FULL -> 0x1B9;
            case READ_ONLY -> 0x1BA;
            case OFFLINE -> 0x1BB;
            default -> sectors % drive.limits.wsMin() == 0 ? 0 : 0x002;
        };
    }

    /** Whether a run that leaves its block partly written finds a place for it. */
    private int checkLimits(Run run, Map<Integer, Integer> opened, Answer answer) {
        ModelBlock block = drive.block(run.block());
        if (block.isRandom() || block.written + run.length() == block.sectors) {
            return 0;
        }
        if (drive.isZoned()) {
            int status = zonePlace(block, opened.getOrDefault(0, 0));
            if (block.state == ModelBlock.State.FREE) {
                opened.merge(0, 1, Integer::sum);
            }
            return asFar(status, 0x1BD, 0x1BE, run.bits(), answer);
        }
        if (block.state != ModelBlock.State.FREE) {
            return 0;
        }
        int lun = drive.geometry.lunIndex(block.ppa);
        int all = opened.values().stream().mapToInt(each -> each).sum();
        int ofLun = opened.getOrDefault(lun, 0);
        opened.merge(lun, 1, Integer::sum);
        boolean limited = drive.limits.maxOpen() > 0 || drive.limits.maxOpenPerLun() > 0;
        int status = chunkPlace(block, all, ofLun);
        return limited ? asFar(status, 0x280, 0x280, run.bits(), answer) : 0;
    }

    private int chunkPlace(ModelBlock block, int openedBefore, int openedOfLun) {
        Limits limits = drive.limits;
        boolean full = limits.maxOpen() > 0 && drive.open() + openedBefore >= limits.maxOpen()
                || limits.maxOpenPerLun() > 0 && drive.openOfLun(block.ppa) + openedOfLun >= limits.maxOpenPerLun();
        return full ? 0x280 : 0;
    }

    /** Whether there is a place for a block that is not open. */
    boolean hasPlace(ModelBlock block) {
        return (drive.isZoned() ? zonePlace(block, 0) : chunkPlace(block, 0, 0)) == 0;
    }

    /** What a zone that is not open is answered when it is to be opened. */
    int zonePlace(ModelBlock zone, int openedBefore) {
        Limits limits = drive.limits;
        if (zone.state == ModelBlock.State.FREE
                && limits.maxActive() > 0
                && drive.open() + openedBefore >= limits.maxActive()) {
            return 0x1BD;
        }
        boolean allTaken = limits.maxOpen() > 0 && drive.explicitlyOpen() >= limits.maxOpen();
        return zone.state != ModelBlock.State.EXPLICIT && allTaken ? 0x1BE : 0;
    }

    /**
     * Limits can only be judged as far as nothing else is under way.
     *
     * @param status what is answered when nothing is
     * @param one a status that a limit gives
     * @param other another one
     * @param bits of the addresses that are refused then
     */
    int asFar(int status, int one, int other, long bits, Answer answer) {
        if (!drive.othersUnderWay) {
            return status;
        }
        boolean refused = answer.status() == one || answer.status() == other;
        return refused && answer.failed() == bits ? answer.status() : 0;
    }
}
