package io.ocssd.geometry.contract;

/**
 * What a drive must do, one rule a constant: Open-Channel SSD 2.0 (chunk information, chunk rules, status codes, metadata,
 * features and logs) and the zone rules of NVMe.
 *
 * <p>A test proves a rule by {@link Proves}; a rule that no test proves fails the build. Statuses are (SCT &lt;&lt; 8) | SC.
 * Where the sources disagree or are silent, the rule is the choice made here and says so by "chosen".
 */
public enum Rule {
    // ---- the geometry page
    GEOMETRY_PAGE("the page says the shape, the limits, the capabilities and the times of the drive"),
    GEOMETRY_BITS("an address field has ceil(log2(count)) bits, none when the count is 1"),

    // ---- addresses
    ADDRESS_OUTSIDE("an address with a field at or above its count names no block; it is no range error"),
    ADDRESS_INDEX("the place of a block in the report is (group x PUs + PU) x chunks + chunk"),

    // ---- chunk information
    REPORT_ALL("the report has one descriptor for every block, offline ones too, in the order group, PU, chunk"),
    REPORT_STATE("exactly one of the bits free 0x1, closed 0x2, open 0x4, offline 0x8 is set"),
    REPORT_TYPE("type 0x1 is written in order, 0x2 anywhere; 0x10 is set when the size deviates"),
    REPORT_SLBA("slba is the device address of the block's first sector"),
    REPORT_SIZE("cnlb is the number of sectors of this block"),
    REPORT_WRITE_POINTER("wp counts the sectors written: 0 when free, cnlb when filled"),
    REPORT_OFFLINE_WRITE_POINTER("wp of an offline block is all ones (chosen)"),
    REPORT_RANDOM_WRITE_POINTER("wp of a random block is all ones and means nothing (chosen)"),
    REPORT_WEAR("wli grows from 0 to 255 with the erases of the block"),
    LOG_OFFSET_ALIGNED("a log page is read at any offset that is a multiple of 4; another one is 0x002"),
    LOG_OFFSET_END("an offset equal to the length of the log gives no bytes; one behind it is 0x002"),
    LOG_UNKNOWN("a log page that the drive does not have is 0x109"),

    // ---- states
    STATE_FIRST_WRITE("the first write opens a free block"),
    STATE_WRITE_MOVES("a write moves the write pointer by its sectors"),
    STATE_FILL_CLOSES("the write that reaches cnlb closes the block"),
    STATE_FILL_IN_ONE("a write that fills a free block closes it at once"),
    STATE_CLOSED_READABLE("a block closed by filling is readable up to its end at once, without a window"),
    STATE_ERASE_FREES("an erase makes a closed block free, with write pointer 0"),
    STATE_ERASE_KEEPS("an erase leaves address, size and type of the block, and its wear does not fall"),
    STATE_OFFLINE_STAYS("an offline block stays offline whatever is tried"),
    STATE_EARLY_CLOSE(
            "a program that fails with 0x2F1 closes the block; its write pointer counts the sectors that succeeded"),
    STATE_EARLY_CLOSE_READABLE("below the write pointer an early closed block is readable, without a window"),
    STATE_EARLY_CLOSE_BITMAP("the bits of the sectors from the failed one to the end of the run are set"),
    STATE_WRITE_NEXT_UNIT(
            "a program that fails with 0x2F0 leaves the block open and loses the unit: wp moves past it (chosen)"),
    STATE_WRITE_NEXT_UNIT_READ("the sectors of a lost unit read as 0x281 (chosen)"),
    STATE_ERASE_FAILS("an erase that fails on the media takes the block offline and is 0x2C1"),

    // ---- writes
    WRITE_TOO_MANY("more than 64 sectors are 0x002"),
    WRITE_NO_BLOCK("a write to a block that does not exist is 0x280"),
    WRITE_CLOSED("a write to a closed block is 0x280 (chosen; 0x2F2 elsewhere)"),
    WRITE_OFFLINE("a write to an offline block is 0x280"),
    WRITE_PAST_END("a run whose first sector and length go beyond cnlb is 0x280"),
    WRITE_GRANULARITY("a run that is no multiple of ws_min is 0x002; each run of a vector on its own"),
    WRITE_NOT_AT_POINTER("a write above or below the write pointer is 0x2F2 and moves nothing"),
    WRITE_NOT_ASCENDING("a run whose addresses do not ascend by one is 0x2F2"),
    WRITE_SAME_BLOCK_TWICE("a second run of the same block in one command is 0x2F2"),
    WRITE_ALL_OR_NOTHING("every run is checked before anything is written"),
    WRITE_BITMAP("a failed check sets the bits of the failing run (chosen)"),
    WRITE_CHECK_ORDER("the checks come in the order: count, block, state, end, granularity, order"),
    WRITE_MANY_BLOCKS("a vector may have runs of many blocks"),
    WRITE_OPEN_LIMIT("a write that would open one block more than maxoc is 0x280 (chosen)"),
    WRITE_OPEN_LIMIT_LUN("a write that would open one block more than maxocpu in a PU is 0x280 (chosen)"),
    WRITE_OPEN_LIMIT_FILL(
            "a write that fills a free block at once needs no place among the open or active ones (chosen)"),
    WRITE_SCALAR("a scalar write follows the rules of a vector of its sectors"),

    // ---- reads
    READ_CLOSED("every sector below the write pointer of a closed block is readable"),
    READ_WINDOW("of an open block the last mw_cunits sectors before the write pointer are not readable"),
    READ_ONE("one sector may be read, in any order, any number of times, of many blocks in one vector"),
    READ_EACH_ADDRESS("each address of a vector is resolved on its own"),
    READ_DULBE_ON("with DULBE on, what is not readable is 0x287 with its bits set, and the good sectors are delivered"),
    READ_DULBE_OFF("with DULBE off, what is not readable succeeds and reads as zeros, in data and OOB"),
    READ_NOT_READABLE("free, offline, nonexistent, at or above the write pointer, in the window: not readable"),
    READ_TOO_MANY("more than 64 sectors are 0x002"),
    READ_SCALAR("a scalar read tests every sector, not just the first"),
    READ_MEDIA_ERROR(
            "a media error is 0x281 with the bits of the sectors that failed; sectors that fail in several ways give the"
                    + " status of the lowest number (chosen)"),
    READ_HIGH_ECC(
            "a high ECC count is 0x2D0 with good data and, when nothing failed, the bits of those sectors (chosen); only when"
                    + " the feature asks for it"),

    // ---- erases
    ERASE_NO_BLOCK("an erase of a block that does not exist is 0x2C1"),
    ERASE_OFFLINE("an erase of an offline block is 0x2C0"),
    ERASE_FREE("an erase of a free block is 0x2C1 unless mccap bit 1 allows it; then it counts as an erase"),
    ERASE_OPEN("an erase of an open block is 0x2C1 unless the extension of mccap bit 2 allows it"),
    ERASE_EACH("every entry of a vector is tried, and the bits of those that failed are set"),
    ERASE_LAST_STATUS("the status is that of the last entry that failed (chosen)"),
    ERASE_SECTOR_IGNORED("the sector part of a vector's addresses does not matter, but on a zoned drive"),
    ERASE_SCALAR(
            "a scalar erase names exactly one whole block, all of its sectors; anything else is 0x080, no such block 0x2C1, and 0x002"
                    + " where it does not begin with its zone"),
    ERASE_DESCRIPTORS(
            "a vector erase with a metadata buffer stores the new descriptor of each entry there, in the order of the entries"),
    ERASE_UNREADABLE("what was erased is not readable, data and OOB"),

    // ---- copies
    COPY_MOVES("a copy moves data and OOB"),
    COPY_SOURCE("sources follow the rules of reads: unreadable ones are 0x287 with DULBE on, zeros with DULBE off"),
    COPY_DESTINATION(
            "destinations follow the rules of writes and are looked at when the sources are good; nothing is written when one"
                    + " fails, and the bits are those of the destinations"),
    COPY_UNKNOWN("a drive that does not copy answers 0x001"),

    // ---- random-write blocks
    RANDOM_WRITE(
            "a random block takes writes of any size at any place, in any order, again and again; it is never full, and needs"
                    + " no place among the open ones (chosen)"),
    RANDOM_READ("an open random block is readable up to its end (chosen: what was never written reads as zeros)"),
    RANDOM_ERASE(
            "a random block is erased while it is open, since nothing closes it; then it is free, and its first write opens it"
                    + " (chosen)"),

    // ---- blocks of another size
    DEVIATING_SIZE("a block of deviating size is full at its own cnlb"),

    // ---- wear
    WEAR_INDEX(
            "wli is erases x 255 / endurance, at most 255; a drive that never wears out counts against 3000 (chosen)"),
    WEAR_OUT(
            "on a drive with an endurance a block whose wear index is 255 goes offline after that erase, which succeeds"),
    WEAR_FACTORY_BAD("factory bad blocks are offline from the start, by the seed"),
    WEAR_GROWN_BAD("beyond its own endurance a block fails programs and erases by the seed"),
    WEAR_NOTIFICATION(
            "a wear index that an erase moves and that is further than wit from the average of all blocks then queues a"
                    + " notification with state bit 8; none when wit is 0 (chosen)"),

    // ---- OOB
    OOB_SIZE("OOB is oobBytes for each address, in the order of the addresses, in a buffer of its own"),
    OOB_NONE_GIVEN("a write without OOB leaves it zero (chosen), a read without OOB drops it"),
    OOB_ERASED("an erase clears OOB with the data"),

    // ---- features and notifications
    FEATURE_ERROR_RECOVERY("feature 0x05 keeps TLER in bits 15:0 and DULBE in bit 16"),
    FEATURE_MEDIA_FEEDBACK("feature 0xCA keeps high ECC in bit 0 and very high ECC in bit 1; 0 unless set"),
    FEATURE_UNKNOWN("a feature that the drive does not have, or reserved bits of one, are 0x002"),
    NOTIFY_ENTRY("an entry of the notification log has count, address, state, mask and number of sectors"),
    NOTIFY_ONCE(
            "entries are read oldest first, each with a count of its own, and a new one raises the signal; reading takes"
                    + " nothing away (chosen)"),

    // ---- order
    ORDER_SAME_BLOCK("commands to the same block on one queue take effect in the order of submission"),
    ORDER_FREE("commands to different blocks may complete in any order"),

    // ---- power cuts
    CUT_BOUNDARY("what completed before a cut is there after it, under PROTECTED"),
    CUT_PROGRAM("a program under way leaves any number of whole ws_min units, and perhaps one of rubbish"),
    CUT_ERASE("an erase under way has happened, or not, or half: then the block must be erased again"),
    CUT_PAIRS("under VOLATILE_PAIRS a sector is safe when mw_cunits more follow it in its block, or the block is full"),
    CUT_WRITE_POINTER("under VOLATILE_PAIRS what was lost lies below the write pointer and is not readable"),

    // ---- zones
    ZONE_WRITE_POINTER("a write that is not at the write pointer is 0x1BC"),
    ZONE_FULL("a write or append to a full zone is 0x1B9"),
    ZONE_BOUNDARY(
            "a write or append beyond the sectors of the zone is 0x1B8, and so is a scalar read from inside it to beyond (chosen:"
                    + " a zone ends with its capacity)"),
    ZONE_OFFLINE(
            "a write, append or read of an offline zone is 0x1BB, reads whatever DULBE says; a reset, finish, open or close is 0x1BF"),
    ZONE_APPEND("an append goes to the write pointer and tells the address"),
    ZONE_APPEND_START("an append names the start of a zone; anything else is 0x002"),
    ZONE_ACTIVE_LIMIT(
            "a write, append or open that would make one zone too many active is 0x1BD, and closes none (chosen)"),
    ZONE_OPEN_IMPLICIT(
            "at the open limit the drive closes the implicitly opened zone that was opened first to open another"),
    ZONE_OPEN_LIMIT("at the open limit with only explicitly opened zones a write or open is 0x1BE"),
    ZONE_OPEN("an explicit open of an empty, open or closed zone succeeds; of a full or offline one it is 0x1BF"),
    ZONE_CLOSE("a close of an open or closed zone succeeds; of an empty, full or offline one it is 0x1BF"),
    ZONE_CLOSE_EMPTY("a close of an explicitly opened zone that nothing was written to leaves it active"),
    ZONE_FINISH(
            "a finish of an empty, open, closed or full zone makes it full, and its wp in the report cnlb; of an offline one it"
                    + " is 0x1BF"),
    ZONE_FINISH_READ("behind what was written, a finished zone is not readable"),
    ZONE_RESET(
            "a reset empties a zone in any state but offline; of an empty one it succeeds, and counts as an erase (chosen)"),
    ZONE_CHECK_ORDER(
            "the checks of a write come in the order: count, zone, state, granularity, write pointer, end, active, open (chosen)"),
    ZONE_PROGRAM_FAILS(
            "a program that fails on the media is 0x280 and makes the zone read only, readable as far as it was programmed"
                    + " (chosen)"),
    ZONE_READ_ONLY("a write or append to a read only zone is 0x1BA; a reset, finish, open or close of one is 0x1BF"),
    ZONE_ERASE_FAILS("a reset that fails on the media takes the zone offline and is 0x1BB (chosen)"),
    ZONE_POWER(
            "a zone that is open when the drive loses its power is closed afterwards, and empty when nothing was written"),
    ZONE_START("a reset, finish, open or close names the start of a zone; anything else is 0x002"),
    ZONE_RANGE("a zone that does not exist is 0x080 for every command, reads whatever DULBE says"),
    ZONE_NO_MANAGEMENT("a drive without zones answers append, finish, open and close with 0x001");

    private final String sentence;

    Rule(String sentence) {
        this.sentence = sentence;
    }

    /** The rule. */
    public String sentence() {
        return sentence;
    }
}
