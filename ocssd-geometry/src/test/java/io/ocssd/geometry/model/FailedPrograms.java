package io.ocssd.geometry.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.Ppa;
import io.ocssd.geometry.model.DriveModel.Expected;
import io.ocssd.geometry.model.DriveModel.Failing;
import io.ocssd.geometry.model.ModelCommand.Run;
import java.util.ArrayList;
import java.util.List;

/** What programs leave that the rules accept and that fail on the media. */
final class FailedPrograms {
    private final DriveModel drive;
    private final ProgramModel programs;

    FailedPrograms(DriveModel drive, ProgramModel programs) {
        this.drive = drive;
        this.programs = programs;
    }

    /** Whether a program may fail on the media; where blocks wear out those do that are as new, too. */
    boolean arePossible() {
        return drive.traits.endurance() > 0 || drive.traits.faults();
    }

    /** Takes over what was programmed of each run before it failed; the answer says where that was. */
    void judge(long[] targets, ModelSector[] payload, Answer answer, String here) {
        List<Run> runs = ModelCommand.runs(targets);
        List<Run> filling = new ArrayList<>();
        int status = 0;
        for (Run each : runs) {
            if (fillsWithoutPlace(each)) {
                filling.add(each);
            } else {
                status = lower(status, judge(each, false, targets, payload, answer, here));
            }
        }
        // Those that were to fill their blocks come last where places are scarce.
        for (Run each : filling) {
            status = lower(status, judge(each, true, targets, payload, answer, here));
        }
        DriveModel.expect(new Expected(status, answer.failed()), answer, here);
        drive.countFailedProgram();
    }

    /** Of several failures the one with the lowest number is told. */
    private static int lower(int one, int other) {
        return one == 0 || other == 0 ? one + other : Math.min(one, other);
    }

    /** Whether a run fills a block that has no place among the open ones. */
    private boolean fillsWithoutPlace(Run run) {
        ModelBlock block = drive.block(run.block());
        boolean hasNone = block.state == ModelBlock.State.FREE || block.state == ModelBlock.State.PARKED;
        return !block.isRandom() && hasNone && block.written + run.length() == block.sectors;
    }

    private int judge(
            Run run, boolean fillsWithoutPlace, long[] targets, ModelSector[] payload, Answer answer, String here) {
        ModelBlock block = drive.block(run.block());
        boolean closes = closes(fillsWithoutPlace, run.length() == targets.length, block, answer.status());
        int at = run.from();
        while (at < run.to() && !answer.isFailed(at)) {
            block.program(Ppa.sector(targets[at]), payload[at]);
            at++;
        }
        for (int i = at; i < run.to(); i++) {
            assertThat(answer.isFailed(i))
                    .as("all behind the first failure of a run; %s", here)
                    .isTrue();
        }
        if (at == run.to()) {
            return 0;
        }
        if (block.isRandom()) {
            return failAnywhere(block, targets, at, run.to(), payload);
        }
        boolean isLastUnit = at + drive.limits.wsMin() == run.to();
        return closes && !isLastUnit || drive.traits.failing() != Failing.LOSES_UNIT
                ? closeEarly(block)
                : loseUnit(block, targets, at, here);
    }

    /**
     * Whether a lost unit closes its block: one that the program was to fill needs no place among the open ones, and may find
     * none when it stays open after all. Where that can't be known the drive tells: either is right.
     */
    private boolean closes(boolean fillsWithoutPlace, boolean onlyRun, ModelBlock block, int status) {
        if (!fillsWithoutPlace || drive.traits.failing() != Failing.LOSES_UNIT) {
            return false;
        }
        if (drive.alone && onlyRun) {
            return !programs.hasPlace(block);
        }
        // It is programmed in several steps, between which others may open and close blocks; so may its other runs.
        return status == 0x2F1 || !onlyRun && drive.isClosedNow.test(block.ppa);
    }

    /** A sector holds what it held or what was to be written: no source says more, and nothing stays broken. */
    private int failAnywhere(ModelBlock block, long[] targets, int from, int to, ModelSector[] payload) {
        for (int i = from; i < to; i++) {
            ModelSector before = new ReadModel(drive).content(targets[i]);
            block.program(Ppa.sector(targets[i]), ModelSector.either(before, payload[i]));
        }
        return 0x280;
    }

    private int loseUnit(ModelBlock block, long[] targets, int from, String here) {
        assertThat(Ppa.sector(targets[from]) % drive.limits.wsMin())
                .as("a whole unit is lost; %s", here)
                .isZero();
        // What the run has behind the unit was not written.
        for (int i = from; i < from + drive.limits.wsMin(); i++) {
            block.program(Ppa.sector(targets[i]), ModelSector.lost());
        }
        return 0x2F0;
    }

    private int closeEarly(ModelBlock block) {
        if (drive.isZoned() && !drive.traits.faults()) {
            block.closeEarly(ModelBlock.State.READ_ONLY);
            return 0x280;
        }
        block.closeEarly(ModelBlock.State.FULL);
        return 0x2F1;
    }
}
