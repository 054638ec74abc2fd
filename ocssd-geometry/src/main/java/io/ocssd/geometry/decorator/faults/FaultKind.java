package io.ocssd.geometry.decorator.faults;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Locale;
import java.util.Set;

/** What can go wrong. */
public enum FaultKind {
    /**
     * A program fails at a sector and its block is closed there: status 0x2F1. Sectors before the failed one are
     * written and readable at once, the bits of the others are set.
     */
    EARLY_CLOSE(Group.PROGRAM, Sets.union(Names.SECTORS, ImmutableSet.of(Names.RESET))),
    /**
     * A program fails at a unit of wsMin sectors: status 0x2F0. The block stays open behind the lost unit,
     * whose sectors are unreadable until the block is erased; what follows it in the command is not written.
     */
    NEXT_UNIT(Group.PROGRAM, Names.SECTORS),
    /** An erase fails and takes its block offline: status 0x2C1, afterwards 0x2C0, or 0x1BB on a zoned device. */
    RESET_FAIL(Group.ERASE, Names.BLOCKS),
    /** A sector can't be read: status 0x281 with its bit set. */
    UNREADABLE(Group.READ, Names.SECTORS),
    /** A read has good data and a high error count: status 0x2D0, with the bits of those sectors. */
    HIGH_ECC(Group.READ, Sets.union(Names.SECTORS, ImmutableSet.of(Names.ALWAYS))),
    /** A LUN dies: from then on its blocks are offline, programs fail with 0x280, reads with 0x281, erases with 0x2C0. */
    DEAD(Group.COMMAND, Names.COMMANDS),
    /** A LUN takes longer: the completions of commands that touch it come later. */
    SLOW(Group.COMMAND, Sets.union(Names.COMMANDS, ImmutableSet.of(Names.NANOS))),
    /** The whole device goes away: the command and everything after it throws. */
    GONE(Group.COMMAND, Names.COMMANDS);

    /** Which commands a fault is looked for at. */
    enum Group {
        PROGRAM,
        READ,
        ERASE,
        COMMAND
    }

    private final Group group;
    private final ImmutableSet<String> fields;

    FaultKind(Group group, Set<String> fields) {
        this.group = group;
        this.fields = ImmutableSet.copyOf(fields);
    }

    /** The name as users write it, for example {@code early-close}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Group group() {
        return group;
    }

    /** Names of the fields that a fault of this kind has, in the order in which they are written. */
    ImmutableSet<String> fields() {
        return fields;
    }

    /** Names of fields. */
    static final class Names {
        static final String GROUP = "group";
        static final String PUNIT = "punit";
        static final String CHUNK = "chunk";
        static final String SECTR = "sectr";
        static final String PROB = "prob";
        static final String NTH = "nth";
        static final String OF = "of";
        static final String NANOS = "nanos";
        static final String RESET = "reset";
        static final String ALWAYS = "always";

        static final ImmutableSet<String> SECTORS = ImmutableSet.of(GROUP, PUNIT, CHUNK, SECTR, PROB, NTH);
        static final ImmutableSet<String> BLOCKS = ImmutableSet.of(GROUP, PUNIT, CHUNK, PROB, NTH);
        static final ImmutableSet<String> COMMANDS = ImmutableSet.of(GROUP, PUNIT, PROB, NTH, OF);

        private Names() {}
    }
}
