package io.ocssd.lsm.workload;

import java.util.List;
import java.util.Map;

/**
 * How a demo went. The components are plain figures in base units, so that the record can be printed as it is; in virtual
 * time they depend on seed, source and options alone.
 *
 * @param verified whether nothing acknowledged was lost, changed or came back, the check of the store was clean, the
 *     figures reconcile, nothing was copied below the store, and every data block was erased
 * @param lost acknowledged entries that are gone or older than they must be
 * @param resurrected acknowledged deletes whose key has an older value
 * @param damaged keys with a value that was never put
 * @param strangers keys found by the scan that were never put
 * @param unreadBack entries that differed from the source right after the load
 * @param prefixConsistent whether the store holds what it held after some prefix of the operations since the last sync
 * @param checkFindings what the check of the store found
 * @param seed the seed
 * @param clock {@code real} or {@code virtual}
 * @param javaVersion of the runtime that ran it, whose image the standard source is
 * @param image where the drive is; null in virtual time, whose reports have nothing of the host in them
 * @param entries entries that were loaded
 * @param skippedEntries entries of the source that are too large for the store
 * @param sourceBytes bytes of their values
 * @param puts puts of the whole run
 * @param deletes deletes of the whole run
 * @param syncs syncs of the whole run
 * @param userBytes keys and values handed to puts and deletes
 * @param rewritePasses passes until the drive was programmed often enough and every data block was erased
 * @param loadNanos time of the load
 * @param loadMegabytesPerSecond source bytes by that time, in 10^6 bytes
 * @param readBackNanos time of reading all of it back
 * @param readBackMegabytesPerSecond source bytes by that time, in 10^6 bytes
 * @param rewriteNanos time of the passes
 * @param cutCommand the command of the opening at which power was cut
 * @param cutSeed decided how commands under way were torn
 * @param commandsInFlight commands under way at the cut, that one included; null when the device does not tell
 * @param unacknowledgedOperations operations since the last sync at the cut
 * @param survivingOperations how many of them survived
 * @param recoveryNanos from opening the image to a store that answers
 * @param recoveryPaddedSectors sectors programmed to make the tails of open blocks readable
 * @param recoveryReplayedEntries puts and deletes taken from the log
 * @param verifyNanos time of the verification
 * @param verifiedEntries keys with a value that were compared
 * @param verifiedDeletes keys without a value that were looked for
 * @param scannedEntries entries that the scan found
 * @param capacityBytes of the drive
 * @param sectorBytes bytes of a sector
 * @param commands device commands completed
 * @param readSectors sectors read
 * @param programmedSectors sectors programmed
 * @param programmedBytes bytes programmed, by class
 * @param programmedBytesTotal their sum
 * @param reconciles whether that is programmed sectors x sector bytes, exactly
 * @param erases blocks erased
 * @param dataBlocks blocks that are not offline and not the label's
 * @param everyDataBlockErased whether each of them was erased at least once
 * @param leastErases erases of the data block with the fewest
 * @param mostErases erases of the data block with the most
 * @param writeAmplification (payload + relocated) / payload
 * @param deviceWriteAmplification everything programmed / payload
 * @param applicationWriteAmplification payload / user bytes
 * @param blocksByState blocks of the drive by state, at the end
 * @param hostCostNanos what simulated runs charge for the host's processor; null in real time
 */
public record DemoReport(
        boolean verified,
        int lost,
        int resurrected,
        int damaged,
        int strangers,
        int unreadBack,
        boolean prefixConsistent,
        List<String> checkFindings,
        long seed,
        String clock,
        String javaVersion,
        String image,
        int entries,
        int skippedEntries,
        long sourceBytes,
        long puts,
        long deletes,
        long syncs,
        long userBytes,
        int rewritePasses,
        long loadNanos,
        double loadMegabytesPerSecond,
        long readBackNanos,
        double readBackMegabytesPerSecond,
        long rewriteNanos,
        long cutCommand,
        long cutSeed,
        Integer commandsInFlight,
        int unacknowledgedOperations,
        int survivingOperations,
        long recoveryNanos,
        long recoveryPaddedSectors,
        long recoveryReplayedEntries,
        long verifyNanos,
        int verifiedEntries,
        int verifiedDeletes,
        int scannedEntries,
        long capacityBytes,
        int sectorBytes,
        long commands,
        long readSectors,
        long programmedSectors,
        Map<String, Long> programmedBytes,
        long programmedBytesTotal,
        boolean reconciles,
        long erases,
        int dataBlocks,
        boolean everyDataBlockErased,
        long leastErases,
        long mostErases,
        double writeAmplification,
        double deviceWriteAmplification,
        double applicationWriteAmplification,
        Map<String, Integer> blocksByState,
        Map<String, Long> hostCostNanos) {}
