package io.ocssd.geometry.model;

import io.ocssd.device.IoCommand;
import io.ocssd.device.Ppa;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A command as the model sees it.
 *
 * @param number its place among all commands of a history
 * @param addresses of a scalar command only the first
 * @param sectors how many sectors a scalar command names; 0 for a vector
 * @param destinations of a copy
 * @param data what a write or append programs, by address; else empty
 * @param oob likewise; empty when none is given
 * @param relocated whether all bytes are named as relocated; else they are payload
 * @param urgent whether it is sent with high priority, which changes nothing here
 */
record ModelCommand(
        int number,
        IoCommand.Operation operation,
        long[] addresses,
        int sectors,
        long[] destinations,
        byte[][] data,
        byte[][] oob,
        boolean relocated,
        boolean urgent) {
    boolean isScalar() {
        return sectors > 0;
    }

    /** Every sector that a read or write names; a range is spread inside its block, whatever its end is. */
    long[] spread() {
        if (!isScalar()) {
            return addresses;
        }
        long[] all = new long[sectors];
        for (int i = 0; i < sectors; i++) {
            // Beyond the last number that a sector can have there is no sector; no block has as many.
            all[i] = Ppa.withSector(addresses[0], Math.min(Ppa.MAX_BLOCKS - 1, Ppa.sector(addresses[0]) + i));
        }
        return all;
    }

    /** The blocks that it touches, sources and destinations. */
    Set<Long> blocks() {
        Set<Long> blocks = new TreeSet<>();
        for (long each : addresses) {
            blocks.add(Ppa.blockOf(each));
        }
        for (long each : destinations) {
            blocks.add(Ppa.blockOf(each));
        }
        return blocks;
    }

    /** A stretch of addresses of one block, from index {@code from} to {@code to}, exclusive. */
    record Run(long block, int from, int to) {
        int length() {
            return to - from;
        }

        long bits() {
            long bits = 0;
            for (int i = from; i < to; i++) {
                bits |= 1L << i;
            }
            return bits;
        }
    }

    static List<Run> runs(long[] addresses) {
        List<Run> runs = new ArrayList<>();
        for (int from = 0, to; from < addresses.length; from = to) {
            to = from + 1;
            while (to < addresses.length && Ppa.blockOf(addresses[to]) == Ppa.blockOf(addresses[from])) {
                to++;
            }
            runs.add(new Run(Ppa.blockOf(addresses[from]), from, to));
        }
        return runs;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("command ")
                .append(number)
                .append(' ')
                .append(operation)
                .append(isScalar() ? " scalar " + sectors : "");
        for (long each : addresses) {
            text.append(' ').append(Ppa.toString(each));
        }
        for (long each : destinations) {
            text.append(" to ").append(Ppa.toString(each));
        }
        return text.append(operation == IoCommand.Operation.WRITE && oob.length == 0 ? " without OOB" : "")
                .toString();
    }
}
