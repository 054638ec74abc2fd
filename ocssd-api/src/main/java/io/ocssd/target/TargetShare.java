package io.ocssd.target;

import java.util.List;

/**
 * Which part of a drive a target is given: whole LUNs; on a drive of one LUN, blocks of it.
 *
 * <p>What no target has can be given. Blocks of the label and blocks that are offline count for nothing.
 */
public sealed interface TargetShare {
    /** Everything that no other target has. */
    static TargetShare rest() {
        return new Rest();
    }

    /** These LUNs and no others, by linear number (channel x lunsPerChannel + LUN). */
    static TargetShare luns(List<Integer> luns) {
        return new Luns(luns);
    }

    /** So many LUNs, on as many different channels as there are. */
    static TargetShare lunCount(int count) {
        return new LunCount(count);
    }

    /** As many LUNs, or blocks of a drive's only LUN, as hold so many bytes. */
    static TargetShare capacity(long bytes) {
        return new Capacity(bytes);
    }

    /** Everything that no other target has. */
    record Rest() implements TargetShare {}

    /**
     * A list of LUNs.
     *
     * @param luns linear LUN numbers, each once, at least one
     */
    record Luns(List<Integer> luns) implements TargetShare {
        /** Checks the list. */
        public Luns {
            luns = List.copyOf(luns);
            if (luns.isEmpty()) {
                throw new IllegalArgumentException("no LUN is listed");
            }
            if (luns.stream().distinct().count() != luns.size()) {
                throw new IllegalArgumentException("a LUN is listed twice, luns=" + luns);
            }
        }
    }

    /**
     * A number of LUNs. Channels of which targets have fewer LUNs come first, and each gives one before any gives a second.
     *
     * @param count how many, at least 1
     */
    record LunCount(int count) implements TargetShare {
        /** Checks the number. */
        public LunCount {
            if (count < 1) {
                throw new IllegalArgumentException("lunCount=" + count + " is below 1");
            }
        }
    }

    /**
     * An amount of flash: the blocks that every stream may take, each counted in full. Headers, summaries and what the streams
     * leave unused of a block lie inside.
     *
     * @param bytes how much at least, 1 or more
     */
    record Capacity(long bytes) implements TargetShare {
        /** Checks the amount. */
        public Capacity {
            if (bytes < 1) {
                throw new IllegalArgumentException("capacity=" + bytes + " is below 1 byte");
            }
        }
    }
}
