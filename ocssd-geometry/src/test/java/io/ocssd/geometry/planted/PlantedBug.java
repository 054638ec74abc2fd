package io.ocssd.geometry.planted;

/** Ways to break a rule; most of them were found in some device or emulator. */
public enum PlantedBug {
    /** The first sector of the window of an open block can be read. */
    WINDOW_OFF_BY_ONE,
    /** OOB bytes survive the erase of their block, and come back when it is written without any. */
    ERASE_KEEPS_OOB,
    /** A write that is refused since it is not at the write pointer moves it. */
    POINTER_MOVES_ON_REFUSAL,
    /** The addresses of one block in a vector read are taken for a stretch that begins at the first of them. */
    VECTOR_READ_AS_STRETCH,
    /** The bitmap is computed with 32 bits, so that address 32 is address 0. */
    BITMAP_OF_32_BITS,
    /** A scalar read looks at its first sector only. */
    SCALAR_READ_TESTS_FIRST_SECTOR,
    /** With DULBE off an erased sector still reads as what it was. */
    ERASED_DATA_LEAKS,
    /** Programs that were refused are counted. */
    REFUSED_PROGRAMS_COUNTED,
    /** A vector of erases is answered with the status of its first failure. */
    FIRST_ERASE_STATUS,
    /** A program that had completed is gone after a power cut. */
    CUT_LOSES_COMPLETED
}
