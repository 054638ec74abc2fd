package io.ocssd.geometry.model;

import io.ocssd.device.DurabilityClass;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.model.ModelCommand.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a power cut may leave of every block.
 *
 * <p>Commands to one block take effect in the order of submission. So a cut leaves the effect of the first few of them, and
 * perhaps a part of the next: of a program any number of whole ws_min units, and perhaps one unit of rubbish behind them; of
 * an erase nothing, all, or a block that is as it was and full of rubbish.
 */
final class CutModel {
    private final DriveModel drive;
    private final boolean volatilePairs;
    private final Map<Long, List<ModelBlock>> possible = new TreeMap<>();

    CutModel(DriveModel drive, DurabilityClass durability) {
        this.drive = drive;
        this.volatilePairs = durability == DurabilityClass.VOLATILE_PAIRS;
        for (ModelBlock each : drive.blocks.values()) {
            List<ModelBlock> states = new ArrayList<>();
            states.add(each.copy());
            possible.put(each.ppa, states);
        }
    }

    /** What was under way on a queue, in the order of submission. Changes the model as if all of it had happened. */
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
        List<ModelBlock> states = possible.get(block);
        if (!volatilePairs) {
            return states;
        }
        List<ModelBlock> unsafe = new ArrayList<>();
        for (ModelBlock each : states) {
            unsafe.add(unsafe(each));
        }
        return unsafe;
    }

    /** The same block, in which the last mw_cunits sectors before the pointer may be lost. */
    private ModelBlock unsafe(ModelBlock block) {
        ModelBlock copy = block.copy();
        if (copy.isPartlyWritten() && !copy.isRandom()) {
            int safe = copy.written - drive.limits.mwCunits();
            copy.content.replaceAll((sector, what) -> sector >= safe ? what.perhaps() : what);
        }
        return copy;
    }

    private void program(ModelCommand command) {
        ProgramModel programs = new ProgramModel(drive);
        boolean refused = command.operation() == Operation.APPEND && drive.block(command.addresses()[0]) == null
                || command.spread().length > 64;
        if (refused) {
            return;
        }
        long[] targets = programs.targets(command);
        ModelSector[] payload = programs.payload(command);
        for (Run run : ModelCommand.runs(targets)) {
            ModelBlock block = drive.block(targets[run.from()]);
            if (block == null || !fits(block, targets, run)) {
                continue;
            }
            int unit = block.isRandom() ? 1 : drive.limits.wsMin();
            for (int at = run.from(); at < run.to(); at += unit) {
                ModelBlock withRubbish = block.copy();
                for (int i = at; i < at + unit; i++) {
                    withRubbish.program(Ppa.sector(targets[i]), ModelSector.rubbish());
                    block.program(Ppa.sector(targets[i]), payload[i]);
                }
                possible.get(block.ppa).add(withRubbish);
                possible.get(block.ppa).add(block.copy());
            }
        }
    }

    /** Whether the rules accept a run where the block is now; limits and other runs may still refuse it. */
    private boolean fits(ModelBlock block, long[] targets, Run run) {
        boolean inside = true;
        boolean ascends = true;
        for (int i = run.from(); i < run.to(); i++) {
            inside &= Ppa.sector(targets[i]) < block.sectors;
            ascends &= targets[i] == targets[run.from()] + (i - run.from());
        }
        if (!block.takesWrites() || !inside) {
            return false;
        }
        return block.isRandom()
                || ascends
                        && Ppa.sector(targets[run.from()]) == block.written
                        && run.length() % drive.limits.wsMin() == 0;
    }

    private void erase(ModelCommand command) {
        for (long address : command.addresses()) {
            ModelBlock block = drive.block(address);
            boolean whole = !command.isScalar()
                    || Ppa.sector(address) == 0 && command.sectors() == (block == null ? 0 : block.sectors);
            if (block == null || !whole || !isErasable(block)) {
                continue;
            }
            ModelBlock half = block.copy();
            half.scramble();
            block.erase();
            possible.get(block.ppa).add(half);
            possible.get(block.ppa).add(block.copy());
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
            ModelBlock zone = drive.block(address);
            if (zone == null || !zone.takesWrites()) {
                continue;
            }
            switch (command.operation()) {
                case FINISH -> zone.state = ModelBlock.State.FULL;
                case OPEN -> zone.state = ModelBlock.State.EXPLICIT;
                default -> {
                    if (zone.isPartlyWritten()) {
                        zone.state = zone.written == 0 ? ModelBlock.State.FREE : ModelBlock.State.PARKED;
                    }
                }
            }
            possible.get(zone.ppa).add(zone.copy());
        }
    }
}
