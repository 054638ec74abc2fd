package io.ocssd.block;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Sectors of 4 KiB that can be overwritten in any order, on flash that can't: a page map, with garbage collection behind it.
 * Thread-safe. Reads of what has left the buffers take no lock; everything else goes on one task at a time.
 *
 * <p><b>What survives a cut.</b> After it, each sector holds what it held at the end of the last {@link #flush} that
 * returned, or what one of the writes and trims that began since gave it; of two that were made after each other, the older
 * one never replaces the newer one that was found once. A single sector is never torn. Of an {@link #writeAtomically atomic
 * write} all sectors are there or none, unless later calls gave them other content. A sector that was never written, or was
 * trimmed, reads as zeros.
 *
 * <p><b>Errors.</b> {@link io.ocssd.error.NoSpaceException} when no room can be made, and then nothing was changed. Any other
 * error of a program that the target could not make good leaves the device as it is for reads alone: what was not flushed may
 * be gone, and later writes, trims and flushes report the same error.
 */
public interface BlockDevice extends AutoCloseable {
    /** Bytes of a sector. */
    int SECTOR_BYTES = 4096;

    /** Sectors there are, numbered from 0. */
    long sectors();

    /** Most sectors of one atomic write; at least 1. */
    int mostAtomicSectors();

    /**
     * Reads sectors that follow each other.
     *
     * @param sector the first
     * @param target is filled from its position to its limit: whole sectors
     * @throws IllegalArgumentException when these are not whole sectors of the device
     */
    void read(long sector, ByteBuffer target) throws IOException;

    /**
     * Writes sectors that follow each other, one by one. Can be read when this returns, is durable after the next flush.
     *
     * @param sector the first
     * @param source from its position to its limit: whole sectors; the position moves behind those that were written
     * @throws io.ocssd.error.NoSpaceException when no room can be made for one of them
     * @throws io.ocssd.error.ReadOnlyException when the drive was opened read-only
     * @throws IllegalArgumentException when these are not whole sectors of the device
     */
    void write(long sector, ByteBuffer source) throws IOException;

    /**
     * Writes sectors anywhere, all of them or none: no reader of a device that was opened after a cut sees some. Whoever reads
     * several sectors while this goes on may see them half way. Durable after the next flush.
     *
     * @param sectors distinct, at least 1 and at most {@link #mostAtomicSectors}
     * @param source from its position to its limit: as many sectors, in the same order; the position moves to the limit
     * @throws io.ocssd.error.NoSpaceException when no room can be made; nothing was changed
     * @throws io.ocssd.error.ReadOnlyException when the drive was opened read-only
     * @throws IllegalArgumentException when a sector is not of the device or named twice, or the bytes don't fit
     */
    void writeAtomically(long[] sectors, ByteBuffer source) throws IOException;

    /**
     * Gives sectors up: they read as zeros. Durable after the next flush.
     *
     * @param sector the first
     * @param count how many, from 0
     * @throws io.ocssd.error.ReadOnlyException when the drive was opened read-only
     * @throws IllegalArgumentException when these are not sectors of the device
     */
    void trim(long sector, long count) throws IOException;

    /**
     * Makes everything that returned before durable; returns when it is.
     *
     * @throws io.ocssd.error.ReadOnlyException when the drive was opened read-only
     */
    void flush() throws IOException;

    /**
     * Collects garbage until so many units more are free, as far as that can be.
     *
     * @param units at least 1
     * @return how many more are free
     * @throws io.ocssd.error.ReadOnlyException when the drive was opened read-only
     */
    int collect(int units) throws IOException;

    /** What is known of it now. */
    BlockStatistics statistics();

    /**
     * Flushes, writes a checkpoint so that the next opening has nothing to replay, and lets go. Idempotent. Whoever does not
     * call this loses what was not flushed.
     */
    @Override
    void close() throws IOException;
}
