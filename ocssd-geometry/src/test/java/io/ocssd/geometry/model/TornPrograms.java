package io.ocssd.geometry.model;

import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.emulator.CutLoss;
import io.ocssd.geometry.model.ModelCommand.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a power cut may leave of the programs that were under way. */
final class TornPrograms {
    private final DriveModel drive;
    private final CutModel cut;
    /** Whether a part of a program may be left. */
    private final boolean tears;
    /** Free blocks that a single program was to fill: it needs no place among the open blocks, and may be torn. */
    private final Set<Long> filledAtOnce = new HashSet<>();

    TornPrograms(DriveModel drive, CutModel cut, CutLoss loss) {
        this.drive = drive;
        this.cut = cut;
        this.tears = loss == CutLoss.RANDOM;
    }

    /** Blocks that are open without a place, if they are open. */
    Set<Long> filledAtOnce() {
        return filledAtOnce;
    }

    /** Tells a command that was under way. */
    void underWay(ModelCommand command) {
        boolean unknown = command.operation() == Operation.COPY && !drive.capabilities.copy()
                || command.operation() == Operation.APPEND && !drive.isZoned();
        if (unknown || command.spread().length > Limits.MAX_ADDRESSES) {
            return;
        }
        ModelSector[] payload = payload(command);
        if (command.operation() == Operation.APPEND) {
            append(command, payload);
            return;
        }
        long[] targets = command.operation() == Operation.COPY ? command.destinations() : command.spread();
        List<Run> runs = ModelCommand.runs(targets);
        boolean mayBeRefused = cut.isLimited() || runs.size() > 1 || command.operation() == Operation.COPY;
        Set<Long> seen = new HashSet<>();
        for (Run run : runs) {
            ModelBlock block = drive.block(run.block());
            if (block == null || !seen.add(run.block())) {
                continue;
            }
            List<ModelBlock> after = new ArrayList<>();
            for (ModelBlock each : cut.met(run.block())) {
                if (block.isRandom()) {
                    programAnywhere(each, targets, runs, payload, mayBeRefused, after);
                } else {
                    programInOrder(each, targets, run, payload, mayBeRefused, after);
                }
            }
            cut.changed(run.block(), after);
        }
    }

    private ModelSector[] payload(ModelCommand command) {
        ModelSector[] payload = new ProgramModel(drive).payload(command);
        for (int i = 0; command.operation() == Operation.COPY && i < payload.length; i++) {
            // What was read of a block that was about to change can't be told.
            if (cut.isUncertain(Ppa.blockOf(command.addresses()[i]))) {
                payload[i] = ModelSector.rubbish();
            }
        }
        return payload;
    }

    private void append(ModelCommand command, ModelSector[] payload) {
        long zone = command.addresses()[0];
        if (drive.block(zone) == null || Ppa.sector(zone) != 0) {
            return;
        }
        List<ModelBlock> after = new ArrayList<>();
        for (ModelBlock each : cut.met(zone)) {
            long[] targets = new long[command.sectors()];
            for (int i = 0; i < targets.length; i++) {
                targets[i] = zone + each.written + i;
            }
            programInOrder(each, targets, new Run(zone, 0, targets.length), payload, cut.isLimited(), after);
        }
        cut.changed(zone, after);
    }

    /** What a run may make of one state: every unit of it, with and without rubbish, is a state that may be left. */
    private void programInOrder(
            ModelBlock before,
            long[] targets,
            Run run,
            ModelSector[] payload,
            boolean mayBeRefused,
            List<ModelBlock> after) {
        boolean fits = fits(before, targets, run);
        if (!fits || mayBeRefused) {
            after.add(before);
        }
        if (!fits) {
            return;
        }
        if (before.written == 0 && run.length() == before.sectors) {
            filledAtOnce.add(before.ppa);
        }
        ModelBlock block = before.copy();
        for (int at = run.from(); at < run.to(); at += drive.limits.wsMin()) {
            ModelBlock withRubbish = block.copy();
            for (int i = at; i < at + drive.limits.wsMin(); i++) {
                withRubbish.program(Ppa.sector(targets[i]), ModelSector.rubbish());
                block.program(Ppa.sector(targets[i]), payload[i]);
            }
            if (tears) {
                cut.mayLeave(withRubbish);
                cut.mayLeave(block.copy());
            }
        }
        cut.mayLeave(block.copy());
        after.add(block);
        if (drive.traits.endurance() > 0) {
            programWorn(before, targets, run, payload, after);
        }
    }

    /** Whether the rules accept a run in this state of its block; limits and other runs may still refuse it. */
    private boolean fits(ModelBlock block, long[] targets, Run run) {
        boolean ascends = true;
        for (int i = run.from(); i < run.to(); i++) {
            ascends &= targets[i] == targets[run.from()] + (i - run.from());
        }
        return block.takesWrites()
                && ascends
                && Ppa.sector(targets[run.from()]) == block.written
                && block.written + run.length() <= block.sectors
                && run.length() % drive.limits.wsMin() == 0;
    }

    /** Where blocks wear out a program may fail at any of its sectors. */
    private void programWorn(
            ModelBlock before, long[] targets, Run run, ModelSector[] payload, List<ModelBlock> after) {
        ModelBlock block = before.copy();
        for (int i = run.from(); i < run.to(); i++) {
            ModelBlock failed = block.copy();
            failed.closeEarly(drive.isZoned() ? ModelBlock.State.READ_ONLY : ModelBlock.State.FULL);
            cut.mayLeave(failed);
            after.add(failed.copy());
            block.program(Ppa.sector(targets[i]), payload[i]);
        }
    }

    /**
     * What the runs of one command may make of a block that is written anywhere: nothing orders them, so of each any number of
     * sectors may be there.
     */
    private void programAnywhere(
            ModelBlock before,
            long[] targets,
            List<Run> runs,
            ModelSector[] payload,
            boolean mayBeRefused,
            List<ModelBlock> after) {
        boolean fits = before.takesWrites();
        ModelBlock whole = before.copy();
        List<ModelBlock> partly = List.of(before);
        for (Run run : runs) {
            if (run.block() != before.ppa) {
                continue;
            }
            List<ModelBlock> more = new ArrayList<>();
            for (int i = run.from(); i < run.to(); i++) {
                fits &= Ppa.sector(targets[i]) < before.sectors;
                whole.program(Ppa.sector(targets[i]), payload[i]);
            }
            for (ModelBlock each : partly) {
                tearAnywhere(each, targets, run, payload, more);
            }
            partly = more;
        }
        if (!fits || mayBeRefused) {
            after.add(before);
        }
        if (fits) {
            cut.mayLeave(whole.copy());
            after.add(whole);
            partly.stream().filter(each -> tears).forEach(cut::mayLeave);
        }
    }

    private static void tearAnywhere(
            ModelBlock before, long[] targets, Run run, ModelSector[] payload, List<ModelBlock> more) {
        ModelBlock block = before.copy();
        more.add(block.copy());
        for (int i = run.from(); i < run.to(); i++) {
            if (block.state == ModelBlock.State.OPEN) {
                ModelBlock withRubbish = block.copy();
                withRubbish.program(Ppa.sector(targets[i]), ModelSector.rubbish());
                more.add(withRubbish);
            }
            block.program(Ppa.sector(targets[i]), payload[i]);
            more.add(block.copy());
        }
    }
}
