package io.ocssd.target;

import java.util.List;

/**
 * A target as the label has it.
 *
 * @param name its name
 * @param id its id, unique on the drive for ever
 * @param luns its LUNs, by linear number, ascending
 */
public record TargetInfo(String name, int id, List<Integer> luns) {
    /** Copies the list. */
    public TargetInfo {
        luns = List.copyOf(luns);
    }
}
