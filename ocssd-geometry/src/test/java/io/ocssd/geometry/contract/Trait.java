package io.ocssd.geometry.contract;

/**
 * What a drive is like, and what a test can make it do. Every {@link Shape} declares its traits; a test names those that it
 * needs ({@link ContractTest#needs}).
 *
 * <p>What a drive says about itself is compared with its declaration by a test of its own, so that a difference can't slip in
 * unnoticed.
 */
public enum Trait {
    // ---- what the drive says about itself
    /** Its blocks are chunks of Open-Channel SSD 2.0. */
    CHUNKS("its blocks are chunks"),
    /** Its blocks are zones of NVMe. */
    ZONES("its blocks are zones"),
    /** It copies sectors by itself. */
    COPY("it copies"),
    /** It does not copy. */
    NO_COPY("it does not copy"),
    /** A free block may be erased. */
    ERASE_FREE("it erases free blocks"),
    /** A free block may not be erased. */
    NO_ERASE_FREE("it refuses to erase free blocks"),
    /** An open block may be erased. */
    ERASE_OPEN("it erases open blocks"),
    /** An open block may not be erased. */
    NO_ERASE_OPEN("it refuses to erase open blocks"),
    /** ws_min is above 1. */
    GRANULAR("ws_min is above 1"),
    /** mw_cunits is above 0. */
    WINDOW("mw_cunits is above 0"),
    /** Sectors have out-of-band bytes. */
    OOB("sectors have out-of-band bytes"),
    /** It has two LUNs at least. */
    SEVERAL_LUNS("it has several LUNs"),
    /** The number of open blocks is limited; two may be open at least. */
    OPEN_LIMIT("open blocks are limited"),
    /** The number of open blocks of one LUN is limited, and below that of the drive. */
    OPEN_LIMIT_LUN("open blocks of a LUN are limited"),
    /** The number of active zones is limited. */
    ACTIVE_LIMIT("active zones are limited"),
    /** A block has at most 64 sectors, so that one command fills it. */
    SMALL_BLOCKS("one command fills a block"),
    /** A block has more than 64 sectors. */
    LARGE_BLOCKS("a block is larger than any command"),
    /** A program that completed may lose sectors in a power cut until the block goes on. */
    VOLATILE_PAIRS("its durability class is volatile-pairs"),

    // ---- what a new drive of this shape looks like
    /** Six free blocks at least that are written in order and of the usual size. */
    SEVERAL_BLOCKS("it has six good blocks"),
    /** A block takes mw_cunits sectors and five programs of ws_min more, and three programs of ws_opt. */
    SEVERAL_UNITS("a block takes many programs"),
    /** Some block is offline. */
    OFFLINE_BLOCKS("a block is offline"),
    /** Some block may be written anywhere. */
    RANDOM_BLOCKS("a block is written anywhere"),
    /** Some block that is written in order has fewer sectors than the others. */
    SHORT_BLOCKS("a block is shorter"),

    // ---- what can be done with it
    /** It gives back what was written; without this trait it keeps the rules only. */
    PAYLOAD("it keeps data"),
    /** Its report tells erase counts. */
    ERASE_COUNTS("it tells erase counts"),
    /** DULBE can be switched. */
    DULBE("DULBE can be switched"),
    /** The media feedback feature can be set. */
    MEDIA_FEEDBACK("media feedback can be set"),
    /** Geometry page and chunk information log are there as bytes. */
    PAGES("it has the pages of Open-Channel SSD 2.0"),
    /** A vector erase that is given a buffer tells the chunk descriptor of each block. */
    ERASE_DESCRIPTORS("a vector erase tells what became of each block"),
    /** A block wears out within some hundred erases, and the drive tells wear indexes. */
    WEARS_OUT("its blocks wear out soon"),
    /** A block that is worn more than others is notified. */
    NOTIFIES_WEAR("it notifies uneven wear"),
    /** {@link FlashDeviceContract#faults} can break it. */
    FAULTS("faults can be put into it"),
    /** {@link FlashDeviceContract#reopen} opens it again after a close. */
    REOPENS("it can be opened again"),
    /** {@link FlashDeviceContract#openNewToBeCut} makes one that loses its power. */
    LOSES_POWER("its power can be cut"),
    /** Commands to different blocks do complete in another order than they were submitted in. */
    SHUFFLES("it shuffles completions"),

    // ---- what is taken with leniency
    /** Writes to closed and offline blocks may be 0x2F2 instead of 0x280, and no test minds. */
    CLOSED_IS_OUT_OF_ORDER("a write to a closed block may be out of order"),
    /**
     * How far a finished zone was written is not known any more once the drive was closed: what is behind reads as whatever the
     * drive gives, and no test minds.
     */
    FORGETS_FINISH("it forgets how far a finished zone was written"),
    /** Completions have no bitmap of failed addresses, and no test looks at it. */
    NO_BITMAP("completions have no bitmap");

    private final String sentence;

    Trait(String sentence) {
        this.sentence = sentence;
    }

    /** The trait in a few words. */
    public String sentence() {
        return sentence;
    }
}
