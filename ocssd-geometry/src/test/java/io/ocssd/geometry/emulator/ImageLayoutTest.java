package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.Geometry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Every offset of an image against a number written out here, and the bytes of one image against a hand-made one. */
final class ImageLayoutTest {
    private final CreationParameters parameters = CreationParameters.of(new Parameters(io.ocssd.device.DeviceUri.parse(
            "mem:?profile=tiny&seed=7&serial=SN1&maxOpen=5&maxOpenPerLun=3&copy=on&eraseOpen=on&class=volatile-pairs"
                    + "&payload=off&randomBlocks=1&shortBlocks=4&endurance=2000&wearThreshold=10")));

    @Test
    void superblock() {
        assertThat(new int[] {
                    SuperblockLayout.MAGIC_OFFSET,
                    SuperblockLayout.VERSION_OFFSET,
                    SuperblockLayout.LENGTH_OFFSET,
                    SuperblockLayout.OWNER_ID_OFFSET,
                    SuperblockLayout.SEQUENCE_OFFSET,
                    SuperblockLayout.SEED_OFFSET,
                    SuperblockLayout.CHANNELS_OFFSET,
                    SuperblockLayout.LUNS_OFFSET,
                    SuperblockLayout.BLOCKS_OFFSET,
                    SuperblockLayout.SECTORS_OFFSET,
                    SuperblockLayout.SECTOR_BYTES_OFFSET,
                    SuperblockLayout.OOB_BYTES_OFFSET,
                    SuperblockLayout.WS_MIN_OFFSET,
                    SuperblockLayout.WS_OPT_OFFSET,
                    SuperblockLayout.MW_CUNITS_OFFSET,
                    SuperblockLayout.MAX_OPEN_OFFSET,
                    SuperblockLayout.MAX_OPEN_PER_LUN_OFFSET,
                    SuperblockLayout.MAX_ACTIVE_OFFSET,
                    SuperblockLayout.CAPABILITIES_OFFSET,
                    SuperblockLayout.DURABILITY_OFFSET,
                    SuperblockLayout.PAYLOAD_OFFSET,
                    SuperblockLayout.FACTORY_BAD_OFFSET,
                    SuperblockLayout.RANDOM_BLOCKS_OFFSET,
                    SuperblockLayout.SHORT_BLOCKS_OFFSET,
                    SuperblockLayout.ENDURANCE_OFFSET,
                    SuperblockLayout.WEAR_THRESHOLD_OFFSET,
                    SuperblockLayout.SERIAL_OFFSET,
                    SuperblockLayout.PROFILE_OFFSET,
                    SuperblockLayout.END_OFFSET,
                    SuperblockLayout.CHECKSUM_OFFSET,
                    SuperblockLayout.BYTES
                })
                .containsExactly(
                        0, 8, 12, 16, 24, 32, 40, 44, 48, 52, 56, 60, 64, 68, 72, 76, 80, 84, 88, 92, 96, 100, 104, 108,
                        112, 116, 120, 140, 160, 4092, 4096);
        assertThat(SuperblockLayout.VERSION).isEqualTo(2);
    }

    @Test
    void superblockBytes() {
        ByteBuffer expected = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        expected.put(0, "OCSSDEMU".getBytes(StandardCharsets.US_ASCII));
        expected.putInt(8, 2).putInt(12, 4092).putLong(24, 3).putLong(32, 7);
        expected.putInt(40, 2)
                .putInt(44, 2)
                .putInt(48, 16)
                .putInt(52, 32)
                .putInt(56, 4096)
                .putInt(60, 16);
        expected.putInt(64, 2)
                .putInt(68, 4)
                .putInt(72, 8)
                .putInt(76, 5)
                .putInt(80, 3)
                .putInt(84, 0)
                .putInt(88, 0b1010)
                .putInt(92, 1)
                .putInt(96, 0);
        expected.putInt(100, 2).putInt(104, 1).putInt(108, 4).putInt(112, 2000).putInt(116, 10);
        expected.put(120, "SN1".getBytes(StandardCharsets.US_ASCII));
        expected.put(140, "tiny".getBytes(StandardCharsets.US_ASCII));
        Superblock superblock = new Superblock(parameters, 3);
        expected.putLong(16, superblock.ownerId());
        CRC32C crc = new CRC32C();
        crc.update(expected.array(), 0, 4092);
        expected.putInt(4092, (int) crc.getValue());
        ByteBuffer actual = superblock.encode();
        byte[] bytes = new byte[4096];
        actual.get(0, bytes);
        assertThat(bytes).isEqualTo(expected.array());
        assertThat(Superblock.condition(actual)).isEqualTo(Superblock.Condition.GOOD);
        assertThat(Superblock.decode(actual)).isEqualTo(superblock);
    }

    @Test
    void blockRecord() {
        assertThat(new int[] {
                    BlockRecordLayout.STATE_OFFSET,
                    BlockRecordLayout.TYPE_OFFSET,
                    BlockRecordLayout.WEAR_OFFSET,
                    BlockRecordLayout.ZONE_OFFSET,
                    BlockRecordLayout.ERASES_OFFSET,
                    BlockRecordLayout.SLBA_OFFSET,
                    BlockRecordLayout.CNLB_OFFSET,
                    BlockRecordLayout.WRITE_POINTER_OFFSET,
                    BlockRecordLayout.BYTES
                })
                .containsExactly(0, 1, 2, 3, 4, 8, 16, 24, 32);
    }

    @Test
    void blockRecordBytes() throws Exception {
        CreationParameters plain = CreationParameters.of(
                new Parameters(io.ocssd.device.DeviceUri.parse("mem:?profile=tiny&endurance=3000")));
        ImageLayout layout = new ImageLayout(plain.geometry(), true);
        BlockRecords records = new BlockRecords(plain, new BlockShapes(plain));
        // Channel 1, LUN 0, block 3 of 2 x 2 x 16 blocks; 300 of 3000 erases.
        int block = 2 * 16 + 3;
        assertThat(layout.recordOffset(block)).isEqualTo(131072 + 35 * 32);
        ByteBuffer record = CommandScratch.newRecord();
        records.encode(block, Condition.OPEN, 6, 300, record);
        ByteBuffer expected = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        expected.put(0, (byte) 0x4).put(1, (byte) 1).put(2, (byte) 25).putInt(4, 300);
        expected.putLong(8, 1 << 10 | 3 << 5).putLong(16, 32).putLong(24, 6);
        assertThat(record).isEqualTo(expected);
        records.encode(block, Condition.OFFLINE, 0, 3001, record);
        expected.put(0, (byte) 0x8).put(2, (byte) 255).putInt(4, 3001).putLong(24, -1);
        assertThat(record).isEqualTo(expected);
    }

    @Test
    void journalHeader() throws Exception {
        assertThat(new int[] {
                    JournalLayout.MAGIC_OFFSET,
                    JournalLayout.VERSION_OFFSET,
                    JournalLayout.LENGTH_OFFSET,
                    JournalLayout.OWNER_ID_OFFSET,
                    JournalLayout.HEADER_EPOCH_OFFSET,
                    JournalLayout.HEADER_CHECKSUM_OFFSET,
                    JournalLayout.HEADER_BYTES
                })
                .containsExactly(0, 8, 12, 16, 24, 32, 36);
        MemoryBacking backing = new MemoryBacking(1 << 20);
        JournalHeader.write(backing, 77, 3);
        ByteBuffer expected = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
        expected.put(0, "OCSSDJNL".getBytes(StandardCharsets.US_ASCII));
        expected.putInt(8, 1).putInt(12, 32).putLong(16, 77).putLong(24, 3);
        CRC32C crc = new CRC32C();
        crc.update(expected.array(), 0, 32);
        expected.putInt(32, (int) crc.getValue());
        ByteBuffer actual = ByteBuffer.allocate(36);
        // Odd epochs have the second place.
        backing.read(actual, 8192 + 4096);
        assertThat(actual.array()).isEqualTo(expected.array());
    }

    @Test
    void journalRecord() {
        assertThat(new int[] {
                    JournalLayout.EPOCH_OFFSET,
                    JournalLayout.NUMBER_OFFSET,
                    JournalLayout.PREVIOUS_OFFSET,
                    JournalLayout.DURABLE_OFFSET,
                    JournalLayout.BLOCK_OFFSET,
                    JournalLayout.FIRST_SECTOR_OFFSET,
                    JournalLayout.SECTORS_OFFSET,
                    JournalLayout.DATA_CHECKSUM_OFFSET,
                    JournalLayout.OOB_CHECKSUM_OFFSET,
                    JournalLayout.OOB_SECTORS_OFFSET,
                    JournalLayout.STATE_LENGTH_OFFSET,
                    JournalLayout.STATE_OFFSET,
                    JournalLayout.CHECKSUM_OFFSET,
                    JournalLayout.RECORD_BYTES
                })
                .containsExactly(0, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 124, 128);
        assertThat(BlockRecordLayout.BYTES).isLessThanOrEqualTo(76);
        ProgrammedSectors programmed = new ProgrammedSectors();
        byte[] data = {1, 2, 3, 4};
        byte[] oob = {5, 6};
        programmed.addData(8, 1, ByteBuffer.wrap(data, 0, 2));
        programmed.addData(9, 1, ByteBuffer.wrap(data, 2, 2));
        programmed.addOob(8, 2, ByteBuffer.wrap(oob));
        byte[] state = {9, 8, 7};
        ByteBuffer records = ByteBuffer.allocate(3 * 128).order(ByteOrder.LITTLE_ENDIAN);
        JournalRecord.write(records, 5, 2, 1, 0, 35, programmed, ByteBuffer.wrap(state));
        ByteBuffer expected = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(0, 5).putInt(8, 2).putInt(12, 1).putInt(20, 35);
        expected.putInt(24, 8).putInt(28, 2).putInt(32, crc(data)).putInt(36, crc(oob));
        expected.putInt(40, 2).putInt(44, 3).put(48, state);
        expected.putInt(124, crc(java.util.Arrays.copyOf(expected.array(), 124)));
        byte[] actual = new byte[128];
        records.get(128, actual);
        assertThat(actual).isEqualTo(expected.array());
        JournalRecord read = JournalRecord.read(records, 1, 2, 5);
        assertThat(read)
                .isEqualTo(new JournalRecord(2, 1, 0, 35, 8, 2, crc(data), 2, crc(oob), ByteBuffer.wrap(state)));
        assertThat(JournalRecord.read(records, 1, 2, 6)).as("another epoch").isNull();
        assertThat(JournalRecord.read(records, 1, 3, 5)).as("another place").isNull();
        records.put(128 + 50, (byte) 1);
        assertThat(JournalRecord.read(records, 1, 2, 5)).as("damaged").isNull();
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Test
    void lockPage() {
        assertThat(new int[] {
                    LockPageLayout.MAGIC_OFFSET,
                    LockPageLayout.VERSION_OFFSET,
                    LockPageLayout.LENGTH_OFFSET,
                    LockPageLayout.OWNER_ID_OFFSET,
                    LockPageLayout.PROCESS_OFFSET,
                    LockPageLayout.CHECKSUM_OFFSET,
                    LockPageLayout.BYTES
                })
                .containsExactly(0, 8, 12, 16, 24, 32, 36);
    }

    @Test
    void image() {
        ImageLayout layout = new ImageLayout(new Geometry(2, 2, 16, 32, 4096, 16), true);
        assertThat(ImageLayout.SUPERBLOCK_OFFSET).isZero();
        assertThat(ImageLayout.LOCK_PAGE_OFFSET).isEqualTo(4096);
        assertThat(ImageLayout.SUPERBLOCK_COPY_OFFSET).isEqualTo(65536);
        assertThat(ImageLayout.STATE_TABLE_OFFSET).isEqualTo(131072);
        assertThat(layout.recordOffset(63)).isEqualTo(131072 + 63 * 32);
        assertThat(ImageLayout.JOURNAL_HEADERS_OFFSET).isEqualTo(8192);
        // 64 records of 32 bytes, 64 stamps of 4 bytes, 64 maps of 4 bytes, each filled up to 64 KiB.
        assertThat(layout.lossStampOffset(5)).isEqualTo(196608 + 5 * 4);
        assertThat(layout.lossMapBytes()).isEqualTo(4);
        assertThat(layout.lossMapOffset(5)).isEqualTo(262144 + 5 * 4);
        // 1 MiB of journal, then 2048 x 16 bytes of OOB.
        assertThat(layout.journalOffset()).isEqualTo(327680);
        assertThat(layout.oobAreaOffset()).isEqualTo(1376256);
        assertThat(layout.oobOffset(3, 5)).isEqualTo(1376256 + (3 * 32 + 5) * 16);
        assertThat(layout.dataAreaOffset()).isEqualTo(1441792);
        assertThat(layout.dataOffset(3, 5)).isEqualTo(1441792 + (3 * 32 + 5) * 4096);
        assertThat(layout.bytes()).isEqualTo(1441792 + 64L * 32 * 4096);
    }

    @Test
    void whatAnOffsetBelongsTo() {
        ImageLayout layout = new ImageLayout(new Geometry(2, 2, 16, 32, 4096, 16), true);
        assertThat(layout.isInStateTable(131071)).isFalse();
        assertThat(layout.isInStateTable(131072)).isTrue();
        assertThat(layout.isInStateTable(131072 + 64 * 32 - 1)).isTrue();
        assertThat(layout.isInStateTable(131072 + 64 * 32)).isFalse();
        assertThat(layout.blockOfRecord(layout.recordOffset(63))).isEqualTo(63);
        assertThat(layout.blockOfRecord(layout.recordOffset(63) + 31)).isEqualTo(63);
        assertThat(layout.isInOobArea(1376255)).isFalse();
        assertThat(layout.isInOobArea(1376256)).isTrue();
        assertThat(layout.isInOobArea(1441792)).isFalse();
        assertThat(layout.isInDataArea(1441791)).isFalse();
        assertThat(layout.isInDataArea(1441792)).isTrue();
        assertThat(layout.sectorNumberAt(layout.oobOffset(3, 5))).isEqualTo(3 * 32 + 5);
        assertThat(layout.sectorNumberAt(layout.dataOffset(3, 5))).isEqualTo(3 * 32 + 5);
        ImageLayout without = new ImageLayout(new Geometry(2, 2, 16, 32, 4096, 16), false);
        assertThat(without.isInOobArea(1376256)).isFalse();
        assertThat(without.isInDataArea(1376256)).isFalse();
    }

    @Test
    void anImageWithoutPayloadEndsWithTheJournal() {
        assertThat(new ImageLayout(new Geometry(2, 2, 16, 32, 4096, 16), false).bytes())
                .isEqualTo(1376256);
    }

    @Test
    void anImageLargerThanAFileCanBeIsRefused() {
        assertThatThrownBy(() -> new ImageLayout(new Geometry(256, 1, 1 << 22, 1 << 24, 65536, 0), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("larger than a file can be");
    }
}
