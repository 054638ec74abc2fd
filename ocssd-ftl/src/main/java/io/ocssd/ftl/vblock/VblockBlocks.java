package io.ocssd.ftl.vblock;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The blocks that a vblock owns, which an erase gives back: those it reads from, and those in which a program failed so early
 * that nothing of them counts. By linear number.
 *
 * <p>Belongs to the writer's task while there is one, and afterwards to whoever erases the vblock; any task may look at which
 * it owns.
 */
final class VblockBlocks {
    /** Immutable; a new list when it changes, since others look at it. */
    private volatile List<Integer> owned;

    private final List<Integer> open;
    /** By block, the first status with which a program failed there that says something about the block. */
    private final Map<Integer, Integer> suspects = new LinkedHashMap<>();

    private VblockBlocks(List<Integer> owned, List<Integer> open) {
        this.owned = ImmutableList.copyOf(owned);
        this.open = open;
    }

    /** The blocks of a new vblock, all of them open. */
    static VblockBlocks open(List<Integer> blocks) {
        return new VblockBlocks(blocks, new ArrayList<>(blocks));
    }

    /** The blocks of a vblock that was found, all of them closed. */
    static VblockBlocks closed(List<Integer> blocks) {
        return new VblockBlocks(blocks, List.of());
    }

    /** A block was taken for it, and is open. */
    void opened(int block) {
        owned = ImmutableList.<Integer>builder().addAll(owned).add(block).build();
        open.add(block);
    }

    /** A closed block has taken over what another one held. */
    void replaced(int old, int fresh) {
        owned = owned.stream().map(block -> block == old ? fresh : block).collect(ImmutableList.toImmutableList());
    }

    /** A block is closed. */
    void closed(Integer block) {
        open.remove(block);
    }

    boolean isOpen(int block) {
        return open.contains(block);
    }

    /** A program failed in a block in a way that speaks against it. */
    void suspect(int block, int status) {
        suspects.putIfAbsent(block, status);
    }

    /** All of them, in the order in which they were taken. */
    List<Integer> owned() {
        return owned;
    }

    /** Those that are open. */
    List<Integer> open() {
        return open;
    }

    /** With which status a program failed in a block; null when none speaks against it. */
    Integer suspicion(int block) {
        return suspects.get(block);
    }
}
