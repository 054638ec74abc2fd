package io.ocssd.ftl.page;

import io.ocssd.block.BlockDevice;
import io.ocssd.error.CorruptException;
import io.ocssd.error.TooOldException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Vblock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the batches of a unit, the last one first. Belongs to one task at a time. */
final class BatchReader {
    /** Takes the records of a batch. */
    @FunctionalInterface
    interface Visitor {
        /**
         * A batch.
         *
         * @param records little endian, the first at 0: those of pages, then those of trims
         * @return whether to go on with the batch before
         */
        boolean batch(BatchLayout.Footer footer, ByteBuffer records);
    }

    private final Checksum checksum;
    private final long formatId;
    private final ByteBuffer lastPage =
            ByteBuffer.allocate(BlockDevice.SECTOR_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    BatchReader(Scheduler scheduler, long formatId) {
        this.checksum = new Checksum(scheduler);
        this.formatId = formatId;
    }

    /** Shows the batches to a visitor for as long as it wants. */
    void read(Vblock vblock, Visitor visitor) throws IOException {
        if (vblock.length() % BlockDevice.SECTOR_BYTES != 0) {
            throw corrupt(vblock, "has " + vblock.length() + " bytes");
        }
        int end = (int) (vblock.length() / BlockDevice.SECTOR_BYTES);
        while (end > 0) {
            ByteBuffer batch = batch(vblock, end);
            BatchLayout.Footer footer = BatchLayout.decode(batch, checksum);
            if (footer == null
                    || footer.formatId() != formatId
                    || footer.pages() < 0
                    || footer.trims() < 0
                    || footer.firstPlace() < 0
                    || footer.firstPlace() + footer.pages() + footer.places() != end
                    || footer.places()
                            < BatchLayout.places(footer.pages() + footer.trims(), BlockDevice.SECTOR_BYTES)) {
                throw corrupt(vblock, "has records at page " + end + " that are not what was written");
            }
            if (!visitor.batch(footer, batch)) {
                return;
            }
            end = footer.firstPlace();
        }
    }

    private ByteBuffer batch(Vblock vblock, int end) throws IOException {
        long endByte = (long) end * BlockDevice.SECTOR_BYTES;
        vblock.read(endByte - BlockDevice.SECTOR_BYTES, lastPage.clear());
        lastPage.flip();
        int places = BatchLayout.placesOf(lastPage);
        if (places < 1 || places > end) {
            throw corrupt(vblock, "does not end with records at page " + end);
        }
        if (BatchLayout.versionOf(lastPage) != BatchLayout.VERSION) {
            throw new TooOldException(
                    "the block device was made by another version: its records are of version "
                            + BatchLayout.versionOf(lastPage) + ", this one has " + BatchLayout.VERSION,
                    "format it again");
        }
        if (places == 1) {
            return lastPage;
        }
        ByteBuffer batch =
                ByteBuffer.allocate(places * BlockDevice.SECTOR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        vblock.read(endByte - batch.capacity(), batch);
        return batch.flip();
    }

    private static CorruptException corrupt(Vblock vblock, String what) {
        return new CorruptException(
                "vblock " + Long.toHexString(vblock.id()) + " of the block device " + what,
                "restore a copy of the drive, or format the block device again");
    }
}
