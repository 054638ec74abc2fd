package io.ocssd.geometry.decorator.delay;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How much longer commands take: so much for each operation, more on some LUNs, always the same or drawn by a seed.
 * Immutable.
 *
 * @param readNanos what a read or copy takes longer
 * @param programNanos what a program or append takes longer
 * @param eraseNanos what an erase takes longer, and every other command
 * @param lunNanos what any command takes longer that touches a LUN, by its number; the slowest counts
 * @param distribution what becomes of these times
 * @param seed decides what is drawn
 */
public record Delay(
        long readNanos, long programNanos, long eraseNanos, List<Long> lunNanos, Distribution distribution, long seed) {
    /** Longest delay: a little more than a quarter of an hour. */
    public static final long MAX_NANOS = 1_000_000_000_000L;

    /** How the delay of a command is drawn. */
    public enum Distribution {
        /** It is always the same. */
        FIXED,
        /** Anything from 0 to twice of it, all equally likely. */
        UNIFORM,
        /** Exponential, with it as the mean: mostly short, sometimes long. At most 50 times of it. */
        EXPONENTIAL
    }

    /** Checks every time. */
    public Delay {
        lunNanos = List.copyOf(lunNanos);
        check("readNanos", readNanos);
        check("programNanos", programNanos);
        check("eraseNanos", eraseNanos);
        lunNanos.forEach(each -> check("lunNanos", each));
    }

    private static void check(String name, long nanos) {
        if (nanos < 0 || nanos > MAX_NANOS) {
            throw new IllegalArgumentException(name + "=" + nanos + " is not in 0.." + MAX_NANOS);
        }
    }

    /** The same for every command. */
    public static Delay fixed(long nanos) {
        return new Delay(nanos, nanos, nanos, List.of(), Distribution.FIXED, 0);
    }

    /** The same with more for one LUN. */
    public Delay withLun(int lunIndex, long nanos) {
        List<Long> luns = new ArrayList<>(lunNanos);
        while (luns.size() <= lunIndex) {
            luns.add(0L);
        }
        luns.set(lunIndex, nanos);
        return new Delay(readNanos, programNanos, eraseNanos, luns, distribution, seed);
    }

    /** The same, drawn. */
    public Delay drawn(Distribution how, long newSeed) {
        return new Delay(readNanos, programNanos, eraseNanos, lunNanos, how, newSeed);
    }

    /** What commands to a LUN take longer. */
    long lunNanos(int lunIndex) {
        return lunIndex < lunNanos.size() ? lunNanos.get(lunIndex) : 0;
    }

    /**
     * Reads times of LUNs: {@code 3:500000} or, with plus signs, more of them.
     *
     * @return nanoseconds by number of the LUN
     * @throws NumberFormatException when it is none; the message says nothing of use
     */
    static TreeMap<Integer, Long> parseLuns(String text) {
        TreeMap<Integer, Long> luns = new TreeMap<>();
        for (String each : Splitter.on('+').split(text)) {
            int colon = each.indexOf(':');
            if (colon < 0) {
                throw new NumberFormatException("text=" + each);
            }
            int lun = Integer.parseInt(each.substring(0, colon));
            long nanos = Long.parseLong(each.substring(colon + 1));
            if (lun < 0 || nanos < 0 || nanos > MAX_NANOS || luns.put(lun, nanos) != null) {
                throw new NumberFormatException("lun=" + lun + ", nanos=" + nanos);
            }
        }
        return luns;
    }
}
