package io.ocssd.ftl.vblock;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.BusyException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.media.BlockFiller;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import java.util.function.BooleanSupplier;

/**
 * Copies a closed block of a vblock to another one: its header with the next number of a copy, then what it holds of its
 * place, then filler. The device copies by itself where it can. Used once, by one task.
 */
final class BlockCopier {
    private final Media media;
    private final MediaPath path;
    private final Checksum checksum;
    private final int wsMin;
    private final int sectorsPerBlock;
    /** What goes into the OOB bytes of the copy; null when nothing does. */
    private OobHeaders oob;

    private int status;

    /**
     * Prepares a copy.
     *
     * @param path stays the caller's; its buffer is overwritten
     */
    BlockCopier(Media media, MediaPath path) {
        this.media = media;
        this.path = path;
        this.checksum = new Checksum(media.scheduler());
        this.wsMin = media.limits().wsMin();
        this.sectorsPerBlock = media.geometry().sectorsPerBlock();
    }

    /**
     * The header of a block.
     *
     * @return null when it can't be read
     */
    BlockHeader header(long blockPpa) throws OcssdException {
        path.command().read(path.buffer(), 0).addRun(blockPpa, wsMin);
        BlockHeader header = complete()
                ? BlockHeaderLayout.decode(path.buffer().bytes().clear(), 0, media.unitBytes(), checksum)
                : null;
        return header != null ? header : OobHeaderReader.read(media, path, blockPpa, checksum);
    }

    /**
     * Copies.
     *
     * @param from the block's header
     * @param toPpa a free block
     * @param sectors of its place that count, from the first one in the block on
     * @param report says how much of the block is written
     * @param stopped ends it early
     * @return whether the copy is whole and closed
     * @throws BusyException when there is no memory for it
     */
    boolean copy(BlockHeader from, long toPpa, int sectors, BlockReport report, BooleanSupplier stopped)
            throws OcssdException {
        Piece piece = from.piece();
        int written = report.writePointer(media.geometry().blockIndex(piece.blockPpa())) / wsMin * wsMin;
        int placeEnd = piece.inBlock(sectorsPerBlock, wsMin);
        int end = Math.min(written, sectors < placeEnd - wsMin ? wsMin + sectors : placeEnd);
        if (!programHeader(from, toPpa)) {
            return false;
        }
        int most = Limits.MAX_ADDRESSES / wsMin * wsMin;
        for (int sector = wsMin; sector < end; sector += most) {
            if (stopped.getAsBoolean()
                    || !copy(from.place(), piece.blockPpa(), toPpa, sector, Math.min(most, end - sector))) {
                return false;
            }
        }
        status = new BlockFiller(media, path)
                .add(toPpa, end, sectorsPerBlock, command -> addOob(command, from.place()))
                .fill()
                .statusOf(toPpa);
        BlockReport after = media.report();
        int block = media.geometry().blockIndex(toPpa);
        return after.state(block) == BlockState.CLOSED && after.writePointer(block) == sectorsPerBlock;
    }

    /** Status of the command that failed last. */
    int status() {
        return status;
    }

    /** Whether a copy came to nothing because not all of the block can be read. */
    boolean readFailed() {
        return status == NvmeStatus.UNRECOVERED_READ || status == NvmeStatus.DEALLOCATED;
    }

    private boolean programHeader(BlockHeader from, long toPpa) throws OcssdException {
        Piece old = from.piece();
        Piece piece = new Piece(toPpa, old.fromSector(), old.generation(), old.attempt(), old.copy() + 1);
        BlockHeader header = from.withPiece(from.place(), piece);
        BlockHeaderLayout.encode(path.buffer().bytes().clear(), media.unitBytes(), header, checksum);
        int length = BlockHeaderLayout.length(header.width());
        oob = OobHeaders.of(media, header);
        path.command()
                .write(path.buffer(), 0)
                .addRun(toPpa, wsMin)
                .count(ByteClass.METADATA, length)
                .count(ByteClass.PADDING, media.unitBytes() - length);
        addOob(path.command(), header.place());
        return complete();
    }

    private boolean copy(int place, long fromPpa, long toPpa, int sector, int sectors) throws OcssdException {
        int bytes = sectors * media.sectorBytes();
        // The device would copy the OOB bytes, too, which name the other block.
        if (oob == null && media.device().capabilities().copy()) {
            path.command().copy().addRun(fromPpa + sector, sectors);
            for (int i = 0; i < sectors; i++) {
                path.command().addDestination(toPpa + sector + i);
            }
            path.command().count(ByteClass.RELOCATED, bytes);
            return complete();
        }
        path.command().read(path.buffer(), 0).addRun(fromPpa + sector, sectors);
        if (!complete()) {
            return false;
        }
        path.command().write(path.buffer(), 0).addRun(toPpa + sector, sectors).count(ByteClass.RELOCATED, bytes);
        addOob(path.command(), place);
        return complete();
    }

    private void addOob(IoCommand command, int place) {
        if (oob != null) {
            oob.addTo(command, place);
        }
    }

    private boolean complete() throws OcssdException {
        MediaPath.Outcome keep = (tag, newStatus, failed) -> status = newStatus;
        path.submit(keep);
        path.drain(keep);
        return NvmeStatus.isDataGood(status);
    }
}
