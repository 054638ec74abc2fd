package io.ocssd.target;

import java.util.List;

/**
 * What is asked of a new target.
 *
 * @param name 1 to 32 letters, digits, dots, dashes or underscores
 * @param luns linear LUN numbers (channel x lunsPerChannel + LUN), each once; empty for all that are not taken
 */
public record TargetRequest(String name, List<Integer> luns) {
    /** Longest name. */
    public static final int MAX_NAME_LENGTH = 32;

    /** Checks name and list. */
    public TargetRequest {
        if (!name.matches("[A-Za-z0-9._-]{1," + MAX_NAME_LENGTH + "}")) {
            throw new IllegalArgumentException("target name \"" + name + "\" is not 1 to " + MAX_NAME_LENGTH
                    + " letters, digits, dots, dashes or underscores");
        }
        luns = List.copyOf(luns);
        if (luns.stream().distinct().count() != luns.size()) {
            throw new IllegalArgumentException("a LUN is listed twice, luns=" + luns);
        }
    }

    /** All LUNs that no other target has. */
    public static TargetRequest wholeDrive(String name) {
        return new TargetRequest(name, List.of());
    }
}
