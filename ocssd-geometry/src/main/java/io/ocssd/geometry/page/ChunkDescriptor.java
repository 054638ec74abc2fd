package io.ocssd.geometry.page;

import static io.ocssd.geometry.page.ChunkDescriptorLayout.DEVIATES;
import static io.ocssd.geometry.page.ChunkDescriptorLayout.SECTORS_OFFSET;
import static io.ocssd.geometry.page.ChunkDescriptorLayout.SLBA_OFFSET;
import static io.ocssd.geometry.page.ChunkDescriptorLayout.STATE_OFFSET;
import static io.ocssd.geometry.page.ChunkDescriptorLayout.TYPE_OFFSET;
import static io.ocssd.geometry.page.ChunkDescriptorLayout.WEAR_OFFSET;
import static io.ocssd.geometry.page.ChunkDescriptorLayout.WRITE_POINTER_OFFSET;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Geometry;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.geometry.address.DeviceAddressFormat;
import java.nio.ByteBuffer;

/**
 * One entry of the chunk information log page (Open-Channel SSD 2.0, log 0xCA).
 *
 * @param state state of the chunk
 * @param type how it is written
 * @param deviates whether it has another number of sectors than the geometry says
 * @param wearIndex 0 to 255
 * @param firstAddress device address of its first sector
 * @param sectors how many sectors it has, at least 1
 * @param writePointer sectors written; {@link #NO_WRITE_POINTER} where it means nothing, which drives say in different ways
 *     of offline chunks: any value of theirs is accepted
 */
public record ChunkDescriptor(
        BlockState state,
        BlockType type,
        boolean deviates,
        int wearIndex,
        long firstAddress,
        long sectors,
        long writePointer) {
    /** Says {@link #NO_WRITE_POINTER} where a write pointer means nothing. */
    public ChunkDescriptor {
        if (state == BlockState.OFFLINE || type == BlockType.RANDOM) {
            writePointer = NO_WRITE_POINTER;
        }
    }

    /** Length of a descriptor. */
    public static final int BYTES = ChunkDescriptorLayout.BYTES;
    /** A write pointer that means nothing: all ones. */
    public static final long NO_WRITE_POINTER = -1L;

    /**
     * What a drive whose report says this says of a block.
     *
     * @param block its linear number
     * @param addresses of the drive
     */
    public static ChunkDescriptor of(BlockReport report, int block, DeviceAddressFormat addresses) {
        Geometry geometry = addresses.geometry();
        return new ChunkDescriptor(
                report.state(block),
                report.type(block),
                report.sectors(block) != geometry.sectorsPerBlock(),
                report.wearIndex(block),
                addresses.pack(geometry.blockPpa(block)),
                report.sectors(block),
                report.writePointer(block));
    }

    /**
     * Writes the descriptor.
     *
     * @param target {@link #BYTES} bytes from {@code offset} on are overwritten
     */
    public void encode(ByteBuffer target, int offset) {
        LittleEndian.view(target, offset, BYTES)
                .putLong(STATE_OFFSET, 0)
                .put(STATE_OFFSET, (byte) code(state))
                .put(TYPE_OFFSET, (byte) (code(type) | (deviates ? DEVIATES : 0)))
                .put(WEAR_OFFSET, (byte) wearIndex)
                .putLong(SLBA_OFFSET, firstAddress)
                .putLong(SECTORS_OFFSET, sectors)
                .putLong(WRITE_POINTER_OFFSET, writePointer);
    }

    /**
     * Reads a descriptor.
     *
     * @param offset where in {@code source} it begins
     * @throws NotRecognisedException when state or type is none, or the write pointer of a chunk that is written in order is
     *     not possible
     */
    public static ChunkDescriptor decode(ByteBuffer source, int offset) throws NotRecognisedException {
        ByteBuffer bytes = LittleEndian.view(source, offset, BYTES);
        long slba = bytes.getLong(SLBA_OFFSET);
        BlockState state = state(bytes.get(STATE_OFFSET) & 0xFF, slba);
        int typeCode = bytes.get(TYPE_OFFSET) & 0xFF;
        BlockType type = type(typeCode & ~DEVIATES, slba);
        long sectors = bytes.getLong(SECTORS_OFFSET);
        long writePointer = bytes.getLong(WRITE_POINTER_OFFSET);
        if (sectors < 1) {
            throw wrong(slba, "it has " + Long.toUnsignedString(sectors) + " logical blocks");
        }
        if (type == BlockType.SEQUENTIAL && !isPossible(state, writePointer, sectors)) {
            throw wrong(
                    slba,
                    "it is " + state.label() + " with write pointer " + Long.toUnsignedString(writePointer) + " of "
                            + sectors);
        }
        return new ChunkDescriptor(
                state, type, (typeCode & DEVIATES) != 0, bytes.get(WEAR_OFFSET) & 0xFF, slba, sectors, writePointer);
    }

    private static boolean isPossible(BlockState state, long writePointer, long sectors) {
        return switch (state) {
            case FREE -> writePointer == 0;
            case OPEN -> writePointer >= 0 && writePointer < sectors;
            case CLOSED -> writePointer >= 0 && writePointer <= sectors;
            case OFFLINE -> true;
        };
    }

    private static int code(BlockState state) {
        return switch (state) {
            case FREE -> ChunkDescriptorLayout.FREE;
            case OPEN -> ChunkDescriptorLayout.OPEN;
            case CLOSED -> ChunkDescriptorLayout.CLOSED;
            case OFFLINE -> ChunkDescriptorLayout.OFFLINE;
        };
    }

    private static BlockState state(int code, long slba) throws NotRecognisedException {
        return switch (code) {
            case ChunkDescriptorLayout.FREE -> BlockState.FREE;
            case ChunkDescriptorLayout.OPEN -> BlockState.OPEN;
            case ChunkDescriptorLayout.CLOSED -> BlockState.CLOSED;
            case ChunkDescriptorLayout.OFFLINE -> BlockState.OFFLINE;
            default -> throw wrong(slba, String.format("its state is 0x%X", code));
        };
    }

    private static int code(BlockType type) {
        return switch (type) {
            case SEQUENTIAL -> ChunkDescriptorLayout.SEQUENTIAL;
            case RANDOM -> ChunkDescriptorLayout.RANDOM;
        };
    }

    private static BlockType type(int code, long slba) throws NotRecognisedException {
        return switch (code) {
            case ChunkDescriptorLayout.SEQUENTIAL -> BlockType.SEQUENTIAL;
            case ChunkDescriptorLayout.RANDOM -> BlockType.RANDOM;
            default -> throw wrong(slba, String.format("its type is 0x%X", code));
        };
    }

    private static NotRecognisedException wrong(long slba, String what) {
        return new NotRecognisedException(
                String.format("the descriptor of the chunk at device address 0x%X makes no sense: %s", slba, what),
                "is this an Open-Channel SSD 2.0?");
    }
}
