package io.ocssd.geometry.model;

import io.ocssd.device.DurabilityClass;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.emulator.CutLoss;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    private final TornPrograms programs;

    CutModel(DriveModel drive, DurabilityClass durability, CutLoss loss) {
        this.drive = drive;
        this.loss = loss;
        this.programs = new TornPrograms(drive, this, loss);
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
                case WRITE, APPEND, COPY -> programs.underWay(each);
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
                states.addAll(erased(each));
            }
            if (!freed || uncertain.contains(block)) {
                states.add(unsafe ? unsafe(each) : each);
            }
        }
        return distinct(states);
    }

    private static List<ModelBlock> distinct(List<ModelBlock> states) {
        Map<List<Object>, ModelBlock> distinct = new LinkedHashMap<>();
        states.forEach(each -> distinct.putIfAbsent(each.traits(), each));
        return List.copyOf(distinct.values());
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
        return programs.filledAtOnce();
    }

    /** States of a block that the next command may meet. */
    List<ModelBlock> met(long block) {
        return met.get(block);
    }

    /** A command may leave a block like this. */
    void mayLeave(ModelBlock state) {
        possible.get(state.ppa).add(state);
    }

    /** Whether commands under way may have changed a block. */
    boolean isUncertain(long block) {
        return uncertain.contains(block);
    }

    /** The commands that follow may meet these states of a block. */
    void changed(long block, List<ModelBlock> after) {
        met.put(block, distinct(after));
        uncertain.add(block);
    }

    /** Whether the number of open blocks may be why a command was refused. */
    boolean isLimited() {
        return drive.limits.maxOpen() + drive.limits.maxOpenPerLun() + drive.limits.maxActive() > 0;
    }

    private void erase(ModelCommand command) {
        for (long address : command.addresses()) {
            if (drive.block(address) == null || drive.isZoned() && Ppa.sector(address) != 0) {
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
                    mayLeave(half);
                }
                for (ModelBlock erased : erased(each)) {
                    mayLeave(erased);
                    after.add(erased.copy());
                }
            }
            changed(Ppa.blockOf(address), after);
        }
    }

    /** What an erase leaves of a block; that of a worn one may fail. */
    private List<ModelBlock> erased(ModelBlock block) {
        ModelBlock erased = block.copy();
        drive.erase(erased);
        if (drive.traits.endurance() == 0 || block.erases == 0) {
            return List.of(erased);
        }
        ModelBlock failed = block.copy();
        failed.retire();
        return List.of(erased, failed);
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
            if (drive.block(address) == null || drive.isZoned() && Ppa.sector(address) != 0) {
                continue;
            }
            List<ModelBlock> after = new ArrayList<>();
            for (ModelBlock each : met.get(Ppa.blockOf(address))) {
                ModelBlock zone = each.copy();
                if (zone.takesWrites()) {
                    manage(command.operation(), zone);
                    mayLeave(zone.copy());
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
                    zone.state = ModelBlock.State.PARKED;
                }
            }
        }
    }
}
