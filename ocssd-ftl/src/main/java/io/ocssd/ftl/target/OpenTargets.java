package io.ocssd.ftl.target;

import io.ocssd.ftl.media.Turn;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.TargetInfo;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The targets of a drive that were opened so far, until the drive is closed. Thread-safe; targets are opened one at a time. */
final class OpenTargets {
    private final Scheduler scheduler;
    private final Turn turn;
    private final LabelKeeper keeper;
    private final TargetOpener opener;
    private final Map<String, OpenTarget> open = new ConcurrentSkipListMap<>();
    private volatile boolean closed;

    OpenTargets(Scheduler scheduler, Turn turn, LabelKeeper keeper, TargetOpener opener) {
        this.scheduler = scheduler;
        this.turn = turn;
        this.keeper = keeper;
        this.opener = opener;
    }

    /** Null when it was not opened. */
    OpenTarget get(String name) {
        return open.get(name);
    }

    /**
     * Opens a target unless it is open. The caller does not have the turn.
     *
     * @throws io.ocssd.error.NotFoundException when there is none of that name
     */
    OpenTarget open(String name) throws IOException {
        OpenTarget target = open.get(name);
        if (target != null && !closed) {
            return target;
        }
        turn.take();
        try {
            checkOpen();
            target = open.get(name);
            return target != null ? target : open(keeper.find(name));
        } finally {
            turn.leave();
        }
    }

    /** Opens a target that the label has. The caller has the turn. */
    OpenTarget open(TargetInfo info) throws IOException {
        OpenTarget target = opener.open(info, keeper.label());
        open.put(info.name(), target);
        return target;
    }

    /** Takes a block that is free on the device from the target whose it is; false when that is about to use it. */
    boolean giveUp(int block) {
        return open.values().stream().allMatch(target -> target.flashVblocks().giveUp(block));
    }

    /** A target is no more. */
    void forget(OpenTarget target) {
        open.remove(target.info().name());
        target.flashVblocks().discard();
        target.close();
    }

    /** Closes all of them, in a task: they may have to wait for one of theirs. Idempotent. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            scheduler.run("close", () -> {
                open.values().forEach(OpenTarget::close);
                return null;
            });
        } catch (IllegalStateException e) {
            // The scheduler is closed, and nothing is under way any more.
        } catch (Exception e) {
            throw new IllegalStateException("closing a target throws nothing", e);
        }
    }

    /** Throws when the drive was closed. */
    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the drive is closed");
        }
    }
}
