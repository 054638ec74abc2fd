package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Limits;

/** What a plan has in store for one command. Used again and again; not thread-safe. */
final class Hits {
    /** A program of one block that fails. */
    static final class Program {
        FaultKind kind;
        /** Index of the first sector of the run in the command. */
        int from;
        /** Index of the sector that fails. */
        int index;

        boolean resetFails;

        void set(FaultKind newKind, int newFrom, int newIndex, boolean newResetFails) {
            kind = newKind;
            from = newFrom;
            index = newIndex;
            resetFails = newResetFails;
        }
    }

    private final Program[] programs = new Program[Limits.MAX_ADDRESSES];
    private int programCount;
    /** Bits of the sectors of a read that fail. */
    long unreadable;
    /** Those of them that were readable before, and stay unreadable. */
    long breaking;
    /** Bits of the blocks of an erase that fail. */
    long erases;

    /** Bits of the sectors of a read with a high error count. */
    long highEcc;
    /** Whether the command touches damage. */
    boolean damage;
    /** Whether an append may be hit at sectors that are known only when it is its turn. */
    boolean appendLater;
    /** What the command takes longer. */
    long extraNanos;

    boolean gone;

    Hits() {
        for (int i = 0; i < programs.length; i++) {
            programs[i] = new Program();
        }
    }

    void clear() {
        programCount = 0;
        unreadable = 0;
        breaking = 0;
        erases = 0;
        highEcc = 0;
        damage = false;
        appendLater = false;
        extraNanos = 0;
        gone = false;
    }

    void copyFrom(Hits other) {
        clear();
        for (int i = 0; i < other.programCount; i++) {
            Program each = other.programs[i];
            addProgram(each.kind, each.from, each.index, each.resetFails);
        }
        unreadable = other.unreadable;
        breaking = other.breaking;
        erases = other.erases;
        highEcc = other.highEcc;
        damage = other.damage;
        appendLater = other.appendLater;
        extraNanos = other.extraNanos;
        gone = other.gone;
    }

    /** Of several failures of a run the one at the lowest sector counts, and of those at the same the first. */
    void addProgram(FaultKind kind, int from, int index, boolean resetFails) {
        Program known = programAt(from);
        if (known == null) {
            programs[programCount++].set(kind, from, index, resetFails);
        } else if (index < known.index) {
            known.set(kind, from, index, resetFails);
        }
    }

    /** No program fails after all. */
    void forgetPrograms() {
        programCount = 0;
    }

    int programCount() {
        return programCount;
    }

    Program program(int index) {
        return programs[index];
    }

    /** What fails of the run that begins at index {@code from}, or null. */
    Program programAt(int from) {
        for (int i = 0; i < programCount; i++) {
            if (programs[i].from == from) {
                return programs[i];
            }
        }
        return null;
    }

    /** Whether the command can't just be handed on. */
    boolean any() {
        return damage || programCount > 0 || (unreadable | erases | highEcc) != 0 || appendLater || extraNanos > 0;
    }
}
