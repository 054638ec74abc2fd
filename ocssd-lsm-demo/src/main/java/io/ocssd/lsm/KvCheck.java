package io.ocssd.lsm;

import java.util.List;

/**
 * What a check of a whole store found.
 *
 * @param findings one sentence each; empty when all is well
 * @param entries keys that a get would find
 * @param tables tables that were read
 * @param blocks data blocks that were read
 * @param logs logs that were read
 * @param bytes bytes that were read from tables and logs
 */
public record KvCheck(List<String> findings, long entries, int tables, long blocks, int logs, long bytes) {
    /** Copies the list. */
    public KvCheck {
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found. */
    public boolean isClean() {
        return findings.isEmpty();
    }
}
