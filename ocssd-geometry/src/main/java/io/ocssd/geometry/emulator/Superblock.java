package io.ocssd.geometry.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ocssd.device.Capabilities;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Who an image is: the content of its superblock. {@link SuperblockLayout} says where each field is.
 *
 * @param sequence how often it was written
 */
record Superblock(CreationParameters parameters, long sequence) {
    /** How a copy looks before anything in it is believed. */
    enum Condition {
        /** No trace of a superblock. */
        ABSENT,
        /** The checksum does not match. */
        DAMAGED,
        /** Whole, but written by a newer version. */
        TOO_NEW,
        /** Whole, but written by an older version. */
        TOO_OLD,
        /** Whole and of this version. */
        GOOD
    }

    /** Tells the images of different drives apart. */
    long ownerId() {
        CRC32C crc = new CRC32C();
        crc.update(parameters.serial().getBytes(US_ASCII));
        return parameters.seed() ^ crc.getValue() << 32;
    }

    Superblock rewritten() {
        return new Superblock(parameters, sequence + 1);
    }

    ByteBuffer encode() {
        Geometry geometry = parameters.geometry();
        Limits limits = parameters.limits();
        MediaTraits media = parameters.media();
        ByteBuffer bytes = ByteBuffer.allocateDirect(SuperblockLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(SuperblockLayout.MAGIC_OFFSET, SuperblockLayout.MAGIC)
                .putInt(SuperblockLayout.VERSION_OFFSET, SuperblockLayout.VERSION)
                .putInt(SuperblockLayout.LENGTH_OFFSET, SuperblockLayout.CHECKSUM_OFFSET)
                .putLong(SuperblockLayout.OWNER_ID_OFFSET, ownerId())
                .putLong(SuperblockLayout.SEQUENCE_OFFSET, sequence)
                .putLong(SuperblockLayout.SEED_OFFSET, parameters.seed())
                .putInt(SuperblockLayout.CHANNELS_OFFSET, geometry.channels())
                .putInt(SuperblockLayout.LUNS_OFFSET, geometry.lunsPerChannel())
                .putInt(SuperblockLayout.BLOCKS_OFFSET, geometry.blocksPerLun())
                .putInt(SuperblockLayout.SECTORS_OFFSET, geometry.sectorsPerBlock())
                .putInt(SuperblockLayout.SECTOR_BYTES_OFFSET, geometry.sectorBytes())
                .putInt(SuperblockLayout.OOB_BYTES_OFFSET, geometry.oobBytes())
                .putInt(SuperblockLayout.WS_MIN_OFFSET, limits.wsMin())
                .putInt(SuperblockLayout.WS_OPT_OFFSET, limits.wsOpt())
                .putInt(SuperblockLayout.MW_CUNITS_OFFSET, limits.mwCunits())
                .putInt(SuperblockLayout.MAX_OPEN_OFFSET, limits.maxOpen())
                .putInt(SuperblockLayout.MAX_OPEN_PER_LUN_OFFSET, limits.maxOpenPerLun())
                .putInt(SuperblockLayout.MAX_ACTIVE_OFFSET, limits.maxActive())
                .putInt(SuperblockLayout.CAPABILITIES_OFFSET, code(parameters.capabilities()))
                .putInt(SuperblockLayout.DURABILITY_OFFSET, code(parameters.durability()))
                .putInt(SuperblockLayout.PAYLOAD_OFFSET, parameters.payload() ? 1 : 0)
                .putInt(SuperblockLayout.FACTORY_BAD_OFFSET, media.factoryBad())
                .putInt(SuperblockLayout.RANDOM_BLOCKS_OFFSET, media.randomBlocks())
                .putInt(SuperblockLayout.SHORT_BLOCKS_OFFSET, media.shortBlocks())
                .putInt(SuperblockLayout.ENDURANCE_OFFSET, media.endurance())
                .putInt(SuperblockLayout.WEAR_THRESHOLD_OFFSET, media.wearThreshold())
                .put(SuperblockLayout.SERIAL_OFFSET, parameters.serial().getBytes(US_ASCII))
                .put(SuperblockLayout.PROFILE_OFFSET, parameters.profile().getBytes(US_ASCII));
        return bytes.putInt(SuperblockLayout.CHECKSUM_OFFSET, checksum(bytes));
    }

    /** Judges a copy; {@code bytes} is little endian and holds a whole superblock from position 0. */
    static Condition condition(ByteBuffer bytes) {
        boolean magic = bytes.getLong(SuperblockLayout.MAGIC_OFFSET) == SuperblockLayout.MAGIC;
        if (bytes.getInt(SuperblockLayout.CHECKSUM_OFFSET) != checksum(bytes)) {
            return magic ? Condition.DAMAGED : Condition.ABSENT;
        }
        if (!magic) {
            return Condition.ABSENT;
        }
        return byVersion(version(bytes));
    }

    static Condition byVersion(int version) {
        if (version == SuperblockLayout.VERSION) {
            return Condition.GOOD;
        }
        return Integer.compareUnsigned(version, SuperblockLayout.VERSION) > 0 ? Condition.TOO_NEW : Condition.TOO_OLD;
    }

    static int version(ByteBuffer bytes) {
        return bytes.getInt(SuperblockLayout.VERSION_OFFSET);
    }

    /**
     * Reads a copy that is {@link Condition#GOOD}.
     *
     * @throws IllegalArgumentException when a field is out of its bounds in spite of the checksum
     */
    static Superblock decode(ByteBuffer bytes) {
        Geometry geometry = new Geometry(
                bytes.getInt(SuperblockLayout.CHANNELS_OFFSET),
                bytes.getInt(SuperblockLayout.LUNS_OFFSET),
                bytes.getInt(SuperblockLayout.BLOCKS_OFFSET),
                bytes.getInt(SuperblockLayout.SECTORS_OFFSET),
                bytes.getInt(SuperblockLayout.SECTOR_BYTES_OFFSET),
                bytes.getInt(SuperblockLayout.OOB_BYTES_OFFSET));
        Limits limits = new Limits(
                bytes.getInt(SuperblockLayout.WS_MIN_OFFSET),
                bytes.getInt(SuperblockLayout.WS_OPT_OFFSET),
                bytes.getInt(SuperblockLayout.MW_CUNITS_OFFSET),
                bytes.getInt(SuperblockLayout.MAX_OPEN_OFFSET),
                bytes.getInt(SuperblockLayout.MAX_OPEN_PER_LUN_OFFSET),
                bytes.getInt(SuperblockLayout.MAX_ACTIVE_OFFSET));
        MediaTraits media = new MediaTraits(
                bytes.getInt(SuperblockLayout.FACTORY_BAD_OFFSET),
                bytes.getInt(SuperblockLayout.RANDOM_BLOCKS_OFFSET),
                bytes.getInt(SuperblockLayout.SHORT_BLOCKS_OFFSET),
                bytes.getInt(SuperblockLayout.ENDURANCE_OFFSET),
                bytes.getInt(SuperblockLayout.WEAR_THRESHOLD_OFFSET));
        checkPlaceable(geometry, limits, media);
        CreationParameters parameters = new CreationParameters(
                text(bytes, SuperblockLayout.PROFILE_OFFSET, SuperblockLayout.PROFILE_BYTES),
                geometry,
                limits,
                capabilities(bytes.getInt(SuperblockLayout.CAPABILITIES_OFFSET)),
                durability(bytes.getInt(SuperblockLayout.DURABILITY_OFFSET)),
                media,
                bytes.getInt(SuperblockLayout.PAYLOAD_OFFSET) != 0,
                bytes.getLong(SuperblockLayout.SEED_OFFSET),
                text(bytes, SuperblockLayout.SERIAL_OFFSET, SuperblockLayout.SERIAL_BYTES));
        return new Superblock(parameters, bytes.getLong(SuperblockLayout.SEQUENCE_OFFSET));
    }

    /** So many blocks of a kind as the drive can have. */
    private static void checkPlaceable(Geometry geometry, Limits limits, MediaTraits media) {
        if (media.factoryBad() > FactoryBadBlocks.most(geometry)
                || media.randomBlocks() > geometry.blocksPerLun()
                || media.shortBlocks() > BlockShapes.mostShort(geometry, media.randomBlocks(), limits.wsMin())) {
            throw new IllegalArgumentException(media + " of " + geometry);
        }
    }

    private static int code(Capabilities capabilities) {
        return (capabilities.zoned() ? SuperblockLayout.CAPABILITY_ZONED : 0)
                | (capabilities.copy() ? SuperblockLayout.CAPABILITY_COPY : 0)
                | (capabilities.eraseFree() ? SuperblockLayout.CAPABILITY_ERASE_FREE : 0)
                | (capabilities.eraseOpen() ? SuperblockLayout.CAPABILITY_ERASE_OPEN : 0);
    }

    private static Capabilities capabilities(int code) {
        Capabilities capabilities = new Capabilities(
                (code & SuperblockLayout.CAPABILITY_ZONED) != 0,
                (code & SuperblockLayout.CAPABILITY_COPY) != 0,
                (code & SuperblockLayout.CAPABILITY_ERASE_FREE) != 0,
                (code & SuperblockLayout.CAPABILITY_ERASE_OPEN) != 0);
        if (code(capabilities) != code) {
            throw new IllegalArgumentException(String.format("capabilities=0x%X", code));
        }
        return capabilities;
    }

    private static int code(DurabilityClass durability) {
        return switch (durability) {
            case PROTECTED -> SuperblockLayout.DURABILITY_PROTECTED;
            case VOLATILE_PAIRS -> SuperblockLayout.DURABILITY_VOLATILE_PAIRS;
        };
    }

    private static DurabilityClass durability(int code) {
        return switch (code) {
            case SuperblockLayout.DURABILITY_PROTECTED -> DurabilityClass.PROTECTED;
            case SuperblockLayout.DURABILITY_VOLATILE_PAIRS -> DurabilityClass.VOLATILE_PAIRS;
            default -> throw new IllegalArgumentException("durability=" + code);
        };
    }

    static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(0, SuperblockLayout.CHECKSUM_OFFSET));
        return (int) crc.getValue();
    }

    private static String text(ByteBuffer bytes, int offset, int length) {
        byte[] raw = new byte[length];
        bytes.get(offset, raw);
        int end = 0;
        while (end < length && raw[end] != 0) {
            end++;
        }
        return new String(raw, 0, end, US_ASCII);
    }
}
