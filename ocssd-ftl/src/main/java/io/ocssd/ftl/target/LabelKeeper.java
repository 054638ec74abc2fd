package io.ocssd.ftl.target;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.error.CorruptException;
import io.ocssd.error.NotFoundException;
import io.ocssd.ftl.media.Media;
import io.ocssd.target.TargetInfo;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The present label, and what was begun and is still to be done by it. Changed by whoever has the drive's turn, read by anyone.
 *
 * <p>A target is removed in three steps: its entry is marked, its blocks are erased, the entry goes. A cut leaves it marked, and
 * every change of the label begins with the steps that are missing.
 */
final class LabelKeeper {
    private final Media media;
    private final LabelStore store;
    private final LabelStore.Spares spares;
    /** Targets whose open blocks are counted no more though the device may have them open still. */
    private final Set<Integer> uncounted = new HashSet<>();
    /** Null when the drive has none. */
    private volatile Label label;

    /**
     * A keeper without a label.
     *
     * @param spares blocks that the label may have in place of some that fail
     */
    LabelKeeper(Media media, LabelStore.Spares spares) {
        this.media = media;
        this.spares = spares;
        this.store = new LabelStore(media);
    }

    /** Reads the label; false when there is none. */
    boolean load(BlockReport report) throws IOException {
        label = store.load(report);
        return label != null;
    }

    /**
     * Checks that nothing newer than what was loaded can have been lost, before the drive is written to.
     *
     * @throws CorruptException when it can
     */
    void checkNewest() throws CorruptException {
        Label loaded = label;
        if (loaded != null) {
            store.checkNewest(loaded);
        }
    }

    /** Null when the drive has none. */
    Label label() {
        return label;
    }

    /** The label to make the next one of. */
    Label orFirst(BlockReport report) throws IOException {
        return label == null ? store.firstLabel(report) : label;
    }

    /** By name. */
    List<TargetInfo> targets() {
        Label now = label;
        return now == null ? ImmutableList.of() : now.targets();
    }

    /** The label's blocks. */
    List<Integer> blocks() {
        Label now = label;
        return now == null ? ImmutableList.of() : now.blocks();
    }

    /**
     * What the label says of a target.
     *
     * @throws NotFoundException when there is none of that name, or it is being removed
     */
    TargetInfo find(String name) throws NotFoundException {
        for (TargetInfo info : targets()) {
            if (info.name().equals(name) && !info.removing()) {
                return info;
            }
        }
        List<String> names = targets().stream()
                .filter(info -> !info.removing())
                .map(TargetInfo::name)
                .toList();
        throw new NotFoundException(
                "there is no target \"" + name + "\"; targets: "
                        + (names.isEmpty() ? "none" : String.join(", ", names)),
                "make one by ocssd target create");
    }

    /** Makes a label the present one; durable when this returns. */
    void replace(Label next) throws IOException {
        label = store.store(next, spares);
    }

    /**
     * Removes a target that nobody uses.
     *
     * @param countedNoMore whether its open blocks are not counted any more
     */
    void remove(TargetInfo target, boolean countedNoMore) throws IOException {
        replace(label.withChanged(new TargetInfo(
                target.name(),
                target.id(),
                target.luns(),
                target.blocks(),
                target.overprovision(),
                target.openBlocks(),
                target.windowBytes(),
                true)));
        if (countedNoMore) {
            uncounted.add(target.id());
        }
    }

    /** Finishes removals that were begun. */
    void finishRemovals() throws IOException {
        for (TargetInfo target : targets()) {
            if (target.removing()) {
                BlockReport report = media.report();
                List<Integer> blocks = Share.of(target, media.geometry())
                        .minus(Share.ofBlocks(label.blocks()))
                        .list();
                new BlockCleaner(media).clean(blocks, report);
                if (uncounted.add(target.id())) {
                    // Even if the label fails: who tries again finds them free.
                    media.openBlocks().closed(open(blocks, report));
                }
                replace(label.without(target));
                uncounted.remove(target.id());
            }
        }
    }

    /** How many of these blocks are open. */
    static int open(List<Integer> blocks, BlockReport report) {
        return (int) blocks.stream()
                .filter(block -> report.state(block) == BlockState.OPEN)
                .count();
    }
}
