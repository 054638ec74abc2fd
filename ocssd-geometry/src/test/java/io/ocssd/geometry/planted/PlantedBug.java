package io.ocssd.geometry.planted;

import io.ocssd.geometry.contract.Rule;

/** Ways to break a rule; most of them were found in some device or emulator. */
public enum PlantedBug {
    /** The first sector of the window of an open block can be read. */
    WINDOW_OFF_BY_ONE(Rule.READ_WINDOW),
    /** OOB bytes survive the erase of their block, and come back when it is written without any. */
    ERASE_KEEPS_OOB(Rule.OOB_ERASED),
    /** A write that is refused since it is not at the write pointer moves it. */
    POINTER_MOVES_ON_REFUSAL(Rule.WRITE_NOT_AT_POINTER),
    /** The addresses of one block in a vector read are taken for a stretch that begins at the first of them. */
    VECTOR_READ_AS_STRETCH(Rule.READ_EACH_ADDRESS),
    /** The bitmap is computed with 32 bits, so that address 32 is address 0. */
    BITMAP_OF_32_BITS(Rule.READ_DULBE_ON),
    /** A write of several runs the last of which is refused has no bits. */
    LAST_RUN_WITHOUT_BITS(Rule.WRITE_BITMAP),
    /** Erases that fail have no bits. */
    ERASE_WITHOUT_BITS(Rule.ERASE_EACH),
    /** Reads of what is not readable have no bits. */
    UNREADABLE_WITHOUT_BITS(Rule.READ_DULBE_ON),
    /** A scalar read looks at its first sector only. */
    SCALAR_READ_TESTS_FIRST_SECTOR(Rule.READ_SCALAR),
    /** Any bit of the error recovery feature switches DULBE on. */
    TIME_LIMIT_TAKEN_FOR_DULBE(Rule.READ_DULBE_OFF),
    /** With DULBE off an erased sector still reads as what it was. */
    ERASED_DATA_LEAKS(Rule.OOB_ERASED),
    /** Programs that were refused are counted. */
    REFUSED_PROGRAMS_COUNTED(null),
    /** A vector of erases is answered with the status of its first failure. */
    FIRST_ERASE_STATUS(Rule.ERASE_LAST_STATUS),
    /** A program that had completed is gone after a power cut. */
    CUT_LOSES_COMPLETED(Rule.CUT_BOUNDARY);

    private final Rule rule;

    PlantedBug(Rule rule) {
        this.rule = rule;
    }

    /** A rule that it breaks; null when the contract says it in no rule but in the counters. */
    public Rule rule() {
        return rule;
    }
}
