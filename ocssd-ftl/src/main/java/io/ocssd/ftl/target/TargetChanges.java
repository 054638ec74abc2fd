package io.ocssd.ftl.target;

import io.ocssd.device.BlockReport;
import io.ocssd.error.BusyException;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.Turn;
import io.ocssd.ftl.vblock.FlashVblocks;
import io.ocssd.target.TargetChange;
import io.ocssd.target.TargetInfo;
import java.io.IOException;
import java.util.List;

/**
 * Changes and removes targets that may be in use. A target that is open is paused first and the turn taken then, since
 * allocations wait for the turn.
 */
final class TargetChanges {
    private final Media media;
    private final Turn turn;
    private final LabelKeeper keeper;
    private final TargetOpener opener;
    private final OpenTargets targets;

    TargetChanges(Media media, Turn turn, LabelKeeper keeper, TargetOpener opener, OpenTargets targets) {
        this.media = media;
        this.turn = turn;
        this.keeper = keeper;
        this.opener = opener;
        this.targets = targets;
    }

    /** What is done to a target that is paused, by whoever has the turn. */
    private interface Step {
        void run() throws IOException;
    }

    /** Gives a target what a change says; opens it unless it is open. */
    OpenTarget resize(String name, TargetChange change) throws IOException {
        OpenTarget target = targets.open(name);
        whilePaused(target, () -> {
            keeper.finishRemovals();
            resize(target, change);
        });
        return target;
    }

    /** Removes a target, without opening it: it may be damaged. */
    void remove(String name) throws IOException {
        OpenTarget target = targets.get(name);
        if (target != null) {
            whilePaused(target, () -> remove(target));
            return;
        }
        turn.take();
        try {
            targets.checkOpen();
            if (targets.get(name) != null) {
                throw new BusyException("target \"" + name + "\" is just being opened", "try again");
            }
            boolean begun =
                    keeper.targets().stream().anyMatch(each -> each.name().equals(name) && each.removing());
            if (!begun) {
                keeper.remove(keeper.find(name), false);
            }
            keeper.finishRemovals();
        } finally {
            turn.leave();
        }
    }

    private void whilePaused(OpenTarget target, Step step) throws IOException {
        String name = target.info().name();
        FlashVblocks vblocks = target.flashVblocks();
        vblocks.pause();
        try {
            turn.take();
            try {
                targets.checkOpen();
                if (targets.get(name) != target) {
                    // Removed meanwhile, perhaps made anew.
                    keeper.find(name);
                    throw new BusyException("target \"" + name + "\" was just made anew", "try again");
                }
                step.run();
            } finally {
                turn.leave();
            }
        } finally {
            vblocks.resume();
        }
    }

    private void resize(OpenTarget target, TargetChange change) throws IOException {
        TargetInfo before = target.info();
        BlockReport report = media.report();
        TargetInfo after = new TargetPlan(media, keeper.label(), report).change(before, change, target.flashVblocks());
        if (after.openBlocks() > 0 && target.openBlocks().open() > after.openBlocks()) {
            throw new BusyException(
                    "target \"" + before.name() + "\" has "
                            + target.openBlocks().open() + " open blocks, more than " + after.openBlocks(),
                    "seal or erase vblocks that are open for writing first");
        }
        if (!after.equals(before)) {
            keeper.replace(keeper.label().withChanged(after));
        }
        Share added = Share.of(after, media.geometry()).minus(Share.of(before, media.geometry()));
        opener.change(target, after, keeper.label(), added);
    }

    private void remove(OpenTarget target) throws IOException {
        TargetInfo info = target.info();
        List<Long> writing = target.flashVblocks().beingWritten();
        if (!writing.isEmpty()) {
            throw new BusyException(
                    "target \"" + info.name() + "\" has vblocks open for writing: " + TargetPlan.names(writing),
                    "seal them or close their writers first");
        }
        keeper.remove(info, true);
        targets.forget(target);
        keeper.finishRemovals();
    }
}
