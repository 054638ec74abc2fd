package io.ocssd.geometry.model;

import io.ocssd.device.DurabilityClass;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.emulator.CutLoss;
import io.ocssd.geometry.model.ModelCommand.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a power cut may leave of every block.
 *
 * <p>Commands to one block take effect in the order of submission. So a cut leaves the effect of the first few of them, and
 * perhaps a part of the next: of a program any number of whole ws_min units, and perhaps one unit of rubbish behind them; of
 * an erase nothing, all, or a block that is as it was and full of rubbish. Whether the drive would have refused a command can't
 * always be told from one block: then both is possible.
 *
 * <p>Parts are left only where the kind of loss leaves it to chance; the others take all of a command or nothing.
 */
final class CutModel {
    private final DriveModel drive;
    private final CutLoss loss;
    private final boolean volatilePairs;
    /** States that may have been left, by block. */
    private final Map<Long, List<ModelBlock>> possible = new TreeMap<>();
    /** States that the next command may have met, by block; those of a block that nothing is under way for are one. */
    private final Map<Long, List<ModelBlock>> met = new TreeMap<>();
    /** Blocks that commands under way may have changed. */
    private final Set<Long> uncertain = new HashSet<>();
    /** Free blocks that a single program was to fill: it needs no place among the open blocks, and may be torn. */
    private final Set<Long> filledAtOnce = new HashSet<>();

    CutModel(DriveModel drive, DurabilityClass durability, CutLoss loss) {
        this.drive = drive;
        this.loss = loss;
        this.volatilePairs = durability == DurabilityClass.VOLATILE_PAIRS;
        for (ModelBlock each : drive.blocks.values()) {
            possible.put(each.ppa, new ArrayList<>(List.of(each.copy())));
            met.put(each.ppa, List.of(each.copy()));
        }
    }

    /** Tells what was under way on a queue, in the order of submission. */
    void underWay(Iterable<ModelCommand> commands) {
        for (ModelCommand each : commands) {
            switch (each.operation()) {
                case READ -> {}
                case WRITE, APPEND, COPY -> program(each);
                case ERASE -> erase(each);
                case FINISH, OPEN, CLOSE -> manage(each);
            }
        }
    }

    /** Every state that a block may be in, when everything that was under way is told. */
    List<ModelBlock> statesOf(long block) {
        List<ModelBlock> states = new ArrayList<>();
        for (ModelBlock each : possible.get(block)) {
            boolean unsafe = volatilePairs && each.isPartlyWritten() && !each.isRandom();
            boolean freed = unsafe && freesBlocks() && 0 < each.written && each.written <= drive.limits.mwCunits();
            if (freed) {
                // Nothing of it is safe: it is free again, by an erase.
                ModelBlock free = each.copy();
                free.erase();
                states.add(free);
            }
            if (!freed || uncertain.contains(block)) {
                states.add(unsafe ? unsafe(each) : each);
            }
        }
        return states;
    }

    private boolean freesBlocks() {
        return loss == CutLoss.BLOCKS || loss == CutLoss.BOTH;
    }

    /** The same block, of which the last mw_cunits sectors before the pointer are lost, or may be, or are not. */
    private ModelBlock unsafe(ModelBlock block) {
        ModelBlock copy = block.copy();
        int safe = copy.written - drive.limits.mwCunits();
        copy.content.replaceAll((sector, what) -> sector >= safe ? unsafe(what) : what);
        return copy;
    }

    private ModelSector unsafe(ModelSector sector) {
        return switch (loss) {
            case RANDOM -> sector.perhaps();
            case ALL, BOTH -> ModelSector.lost();
            case BLOCKS -> sector;
        };
    }

    /** Blocks that are open without a place, if they are open. */
    Set<Long> filledAtOnce() {
        return filledAtOnce;
    }

    private void program(ModelCommand command) {
        boolean unknown = command.operation() == Operation.COPY && !drive.capabilities.copy()
                || command.operation() == Operation.APPEND && !drive.isZoned();
        if (unknown || command.spread().length > Limits.MAX_ADDRESSES) {
            return;
        }
        if (command.operation() == Operation.APPEND) {
            append(command);
            return;
        }
        long[] targets = command.operation() == Operation.COPY ? command.destinations() : command.spread();
        ModelSector[] payload = payload(command);
        List<Run> runs = ModelCommand.runs(targets);
        boolean mayBeRefused = mayBeRefused(command, runs);
        for (Run run : runs) {
            program(run.block(), targets, run.from(), run.length(), payload, mayBeRefused);
        }
    }

    private void append(ModelCommand command) {
        long zone = command.addresses()[0];
        if (drive.block(zone) == null || Ppa.sector(zone) != 0) {
            return;
        }
        ModelSector[] payload = payload(command);
        List<ModelBlock> after = new ArrayList<>();
        for (ModelBlock each : met.get(zone)) {
            long[] targets = new long[command.sectors()];
            for (int i = 0; i < targets.length; i++) {
                targets[i] = zone + each.written + i;
            }
            programOne(each, targets, 0, targets.length, payload, isLimited(), after);
        }
        changed(zone, after);
    }

    private void program(
            long block, long[] targets, int from, int length, ModelSector[] payload, boolean mayBeRefused) {
        if (!met.containsKey(block)) {
            return;
        }
        List<ModelBlock> after = new ArrayList<>();
        for (ModelBlock each : met.get(block)) {
            programOne(each, targets, from, length, payload, mayBeRefused, after);
        }
        changed(block, after);
    }

    /** What a run may make of one state: every unit of it, with and without rubbish, is a state that may be left. */
    private void programOne(
            ModelBlock before,
            long[] targets,
            int from,
            int length,
            ModelSector[] payload,
            boolean mayBeRefused,
            List<ModelBlock> after) {
        boolean fits = fits(before, targets, from, length);
        if (!fits || mayBeRefused) {
            after.add(before);
        }
        if (!fits) {
            return;
        }
        if (!before.isRandom() && before.written == 0 && length == before.sectors) {
            filledAtOnce.add(before.ppa);
        }
        ModelBlock block = before.copy();
        int unit = block.isRandom() ? 1 : drive.limits.wsMin();
        for (int at = from; at < from + length; at += unit) {
            ModelBlock withRubbish = block.copy();
            for (int i = at; i < at + unit; i++) {
                withRubbish.program(Ppa.sector(targets[i]), ModelSector.rubbish());
                block.program(Ppa.sector(targets[i]), payload[i]);
            }
            if (loss == CutLoss.RANDOM) {
                possible.get(block.ppa).add(withRubbish);
                possible.get(block.ppa).add(block.copy());
            }
        }
        possible.get(block.ppa).add(block.copy());
        after.add(block);
    }

    private void changed(long block, List<ModelBlock> after) {
        met.put(block, after);
        uncertain.add(block);
    }

    private boolean isLimited() {
        return drive.limits.maxOpen() + drive.limits.maxOpenPerLun() + drive.limits.maxActive() > 0;
    }

    private boolean mayBeRefused(ModelCommand command, List<Run> runs) {
        return isLimited() || runs.size() > 1 || command.operation() == Operation.COPY;
    }

    private ModelSector[] payload(ModelCommand command) {
        ModelSector[] payload = new ProgramModel(drive).payload(command);
        for (int i = 0; command.operation() == Operation.COPY && i < payload.length; i++) {
            // What was read of a block that was about to change can't be told.
            if (uncertain.contains(Ppa.blockOf(command.addresses()[i]))) {
                payload[i] = ModelSector.rubbish();
            }
        }
        return payload;
    }

    /** Whether the rules accept a run in this state of its block; limits and other runs may still refuse it. */
    private boolean fits(ModelBlock block, long[] targets, int from, int length) {
        boolean inside = true;
        boolean ascends = true;
        for (int i = from; i < from + length; i++) {
            inside &= Ppa.blockOf(targets[i]) == block.ppa && Ppa.sector(targets[i]) < block.sectors;
            ascends &= targets[i] == targets[from] + (i - from);
        }
        if (!block.takesWrites() || !inside) {
            return false;
        }
        boolean inOrder = ascends && Ppa.sector(targets[from]) == block.written && length % drive.limits.wsMin() == 0;
        return block.isRandom() || inOrder;
    }

    private void erase(ModelCommand command) {
        for (long address : command.addresses()) {
            if (drive.block(address) == null) {
                continue;
            }
            List<ModelBlock> after = new ArrayList<>();
            for (ModelBlock each : met.get(Ppa.blockOf(address))) {
                boolean whole = !command.isScalar() || Ppa.sector(address) == 0 && command.sectors() == each.sectors;
                if (!whole || !isErasable(each)) {
                    after.add(each);
                    continue;
                }
                if (loss == CutLoss.RANDOM) {
                    ModelBlock half = each.copy();
                    half.scramble();
                    possible.get(each.ppa).add(half);
                }
                ModelBlock erased = each.copy();
                erased.erase();
                possible.get(each.ppa).add(erased);
                after.add(erased.copy());
            }
            changed(Ppa.blockOf(address), after);
        }
    }

    private boolean isErasable(ModelBlock block) {
        return switch (block.state) {
            case OFFLINE, READ_ONLY -> false;
            case FREE -> drive.capabilities.eraseFree();
            case OPEN, EXPLICIT, PARKED -> drive.capabilities.eraseOpen() || block.isRandom();
            case FULL -> true;
        };
    }

    private void manage(ModelCommand command) {
        if (!drive.isZoned()) {
            return;
        }
        for (long address : command.addresses()) {
            if (drive.block(address) == null) {
                continue;
            }
            List<ModelBlock> after = new ArrayList<>();
            for (ModelBlock each : met.get(Ppa.blockOf(address))) {
                ModelBlock zone = each.copy();
                if (zone.takesWrites()) {
                    manage(command.operation(), zone);
                    possible.get(zone.ppa).add(zone.copy());
                }
                after.add(zone);
                if (command.operation() == Operation.OPEN && isLimited()) {
                    after.add(each);
                }
            }
            changed(Ppa.blockOf(address), after);
        }
    }

    private static void manage(Operation operation, ModelBlock zone) {
        switch (operation) {
            case FINISH -> zone.state = ModelBlock.State.FULL;
            case OPEN -> zone.state = ModelBlock.State.EXPLICIT;
            default -> {
                if (zone.isPartlyWritten()) {
                    zone.state = zone.written == 0 ? ModelBlock.State.FREE : ModelBlock.State.PARKED;
                }
            }
        }
    }
}
