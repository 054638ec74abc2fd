package io.ocssd.geometry.page;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Ppa;
import io.ocssd.error.CorruptException;
import io.ocssd.geometry.address.AddressText;
import io.ocssd.geometry.address.DeviceAddressFormat;
import java.nio.ByteBuffer;

/**
 * What a drive says of one block: one of the 32-byte descriptors that the chunk information log page consists of (Open-Channel
 * SSD 2.0, log page 0xCA). {@code ChunkDescriptorLayout} says where each field is. Immutable.
 *
 * @param state free, open, closed or offline
 * @param type how the block is written
 * @param sizeDeviates whether it has another number of sectors than blocks of this drive usually have
 * @param wearIndex 0 (new) to 255 (worn out)
 * @param deviceAddress of its sector 0
 * @param sectors how many it has, 1 to 2^24
 * @param writePointer sectors written: 0 when it is free, at most {@code sectors}. When the block is offline or written
 *     anywhere it may be anything and means nothing (the specification's word on offline blocks is unconfirmed; QEMU's
 *     model answers all ones)
 */
public record ChunkDescriptor(
        BlockState state,
        BlockType type,
        boolean sizeDeviates,
        int wearIndex,
        long deviceAddress,
        int sectors,
        long writePointer) {
    /** Bytes of a descriptor. */
    public static final int BYTES = ChunkDescriptorLayout.BYTES;

    /** Write pointer of an offline block, as this library writes it. */
    public static final long NO_WRITE_POINTER = -1L;

    private static final String WHAT = "chunk descriptor";

    /** Checks every field. */
    public ChunkDescriptor {
        Fields.check("wearIndex", wearIndex, 0, 255);
        Fields.check("sectors", sectors, 1, Ppa.MAX_BLOCKS);
        if (type == BlockType.SEQUENTIAL && state != BlockState.OFFLINE) {
            Fields.checkUnsigned("writePointer", writePointer, state == BlockState.FREE ? 0 : sectors);
        }
    }

    /**
     * A row of a report as the drive would say it.
     *
     * @param format the addresses of the drive that the report is of
     */
    public static ChunkDescriptor of(BlockReport report, int blockIndex, DeviceAddressFormat format) {
        BlockState state = report.state(blockIndex);
        return new ChunkDescriptor(
                state,
                report.type(blockIndex),
                report.sectors(blockIndex) != report.geometry().sectorsPerBlock(),
                report.wearIndex(blockIndex),
                format.pack(report.geometry().blockPpa(blockIndex)),
                report.sectors(blockIndex),
                state == BlockState.OFFLINE ? NO_WRITE_POINTER : report.writePointer(blockIndex));
    }

    /**
     * Fills a row of a report with it. A write pointer that means nothing becomes 0; how often the block was erased stays
     * unknown, since a drive does not tell.
     */
    public void into(BlockReport report, int blockIndex) {
        boolean counts = type == BlockType.SEQUENTIAL && state != BlockState.OFFLINE;
        report.set(blockIndex, state, counts ? (int) writePointer : 0, BlockReport.UNKNOWN_ERASES);
        report.describe(blockIndex, type, sectors, wearIndex);
    }

    /**
     * Checks that it is of the block that it stands for in the log page.
     *
     * @param format the addresses of the drive
     * @param blockIndex its place in the log page, as {@link io.ocssd.device.Geometry#blockIndex} counts
     * @throws CorruptException when it has another address, or a size that its type does not tell of, or more sectors than
     *     blocks of this drive have; it names the block
     */
    public void checkPlace(DeviceAddressFormat format, int blockIndex) throws CorruptException {
        long ppa = format.geometry().blockPpa(blockIndex);
        long expected = format.pack(ppa);
        int usual = format.geometry().sectorsPerBlock();
        String wrong;
        if (deviceAddress != expected) {
            wrong = "deviceAddress=" + AddressText.hex(deviceAddress) + " is not " + AddressText.hex(expected);
        } else if (sizeDeviates ? sectors > usual : sectors != usual) {
            wrong = "sectors=" + sectors + (sizeDeviates ? " is more than " : " is not ") + usual;
        } else {
            return;
        }
        throw Fields.corrupt(WHAT + " of " + AddressText.groupFields(ppa), new IllegalArgumentException(wrong));
    }

    /**
     * Writes the descriptor; reserved bytes become zero.
     *
     * @param target of any byte order; its position stays
     * @param offset of the first byte
     * @throws IndexOutOfBoundsException when there is no room for {@link #BYTES}
     */
    public void encode(ByteBuffer target, int offset) {
        Fields.cleared(target, offset, BYTES)
                .put(ChunkDescriptorLayout.STATE_OFFSET, (byte) stateBit(state))
                .put(ChunkDescriptorLayout.TYPE_OFFSET, (byte) typeBits())
                .put(ChunkDescriptorLayout.WEAR_OFFSET, (byte) wearIndex)
                .putLong(ChunkDescriptorLayout.SLBA_OFFSET, deviceAddress)
                .putLong(ChunkDescriptorLayout.SECTORS_OFFSET, sectors)
                .putLong(ChunkDescriptorLayout.WRITE_POINTER_OFFSET, writePointer);
    }

    private static int stateBit(BlockState state) {
        return switch (state) {
            case FREE -> ChunkDescriptorLayout.STATE_FREE;
            case OPEN -> ChunkDescriptorLayout.STATE_OPEN;
            case CLOSED -> ChunkDescriptorLayout.STATE_CLOSED;
            case OFFLINE -> ChunkDescriptorLayout.STATE_OFFLINE;
        };
    }

    private int typeBits() {
        return (type == BlockType.SEQUENTIAL
                        ? ChunkDescriptorLayout.TYPE_SEQUENTIAL
                        : ChunkDescriptorLayout.TYPE_RANDOM)
                | (sizeDeviates ? ChunkDescriptorLayout.TYPE_SIZE_DEVIATES : 0);
    }

    /**
     * Reads a descriptor.
     *
     * @param source of any byte order; its position stays
     * @param offset of the first byte
     * @throws CorruptException when a field is not possible; see also {@link #checkPlace}
     * @throws IndexOutOfBoundsException when there are fewer than {@link #BYTES}
     */
    public static ChunkDescriptor decode(ByteBuffer source, int offset) throws CorruptException {
        ByteBuffer bytes = Fields.part(source, offset, BYTES);
        try {
            int type = Byte.toUnsignedInt(bytes.get(ChunkDescriptorLayout.TYPE_OFFSET));
            return new ChunkDescriptor(
                    stateOf(Byte.toUnsignedInt(bytes.get(ChunkDescriptorLayout.STATE_OFFSET))),
                    typeOf(type),
                    (type & ChunkDescriptorLayout.TYPE_SIZE_DEVIATES) != 0,
                    Byte.toUnsignedInt(bytes.get(ChunkDescriptorLayout.WEAR_OFFSET)),
                    bytes.getLong(ChunkDescriptorLayout.SLBA_OFFSET),
                    Fields.longCount(bytes, ChunkDescriptorLayout.SECTORS_OFFSET, "sectors"),
                    bytes.getLong(ChunkDescriptorLayout.WRITE_POINTER_OFFSET));
        } catch (IllegalArgumentException e) {
            String address = AddressText.hex(bytes.getLong(ChunkDescriptorLayout.SLBA_OFFSET));
            throw Fields.corrupt(WHAT + " with deviceAddress=" + address, e);
        }
    }

    private static BlockState stateOf(int bits) {
        return switch (bits) {
            case ChunkDescriptorLayout.STATE_FREE -> BlockState.FREE;
            case ChunkDescriptorLayout.STATE_OPEN -> BlockState.OPEN;
            case ChunkDescriptorLayout.STATE_CLOSED -> BlockState.CLOSED;
            case ChunkDescriptorLayout.STATE_OFFLINE -> BlockState.OFFLINE;
            default ->
                throw new IllegalArgumentException("state=" + AddressText.hex(bits)
                        + " is not one of the bits 0x1 (free), 0x2 (closed), 0x4 (open), 0x8 (offline)");
        };
    }

    private static BlockType typeOf(int bits) {
        return switch (bits & ~ChunkDescriptorLayout.TYPE_SIZE_DEVIATES) {
            case ChunkDescriptorLayout.TYPE_SEQUENTIAL -> BlockType.SEQUENTIAL;
            case ChunkDescriptorLayout.TYPE_RANDOM -> BlockType.RANDOM;
            default ->
                throw new IllegalArgumentException(
                        "type=" + AddressText.hex(bits)
                                + " is not one of the bits 0x1 (sequential), 0x2 (random), with or without 0x10 (size deviates)");
        };
    }
}
