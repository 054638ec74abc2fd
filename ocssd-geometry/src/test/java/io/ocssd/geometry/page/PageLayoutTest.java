package io.ocssd.geometry.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Timings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** Every offset against a number written out here, and the bytes of one value of each page against hand-made ones. */
final class PageLayoutTest {
    @Test
    void geometryPage() {
        assertThat(new int[] {
                    GeometryPageLayout.MAJOR_OFFSET,
                    GeometryPageLayout.MINOR_OFFSET,
                    GeometryPageLayout.GROUP_BITS_OFFSET,
                    GeometryPageLayout.PU_BITS_OFFSET,
                    GeometryPageLayout.CHUNK_BITS_OFFSET,
                    GeometryPageLayout.SECTOR_BITS_OFFSET,
                    GeometryPageLayout.CAPABILITIES_OFFSET,
                    GeometryPageLayout.WEAR_THRESHOLD_OFFSET,
                    GeometryPageLayout.GROUPS_OFFSET,
                    GeometryPageLayout.PUS_OFFSET,
                    GeometryPageLayout.CHUNKS_OFFSET,
                    GeometryPageLayout.SECTORS_OFFSET,
                    GeometryPageLayout.WS_MIN_OFFSET,
                    GeometryPageLayout.WS_OPT_OFFSET,
                    GeometryPageLayout.MW_CUNITS_OFFSET,
                    GeometryPageLayout.MAX_OPEN_OFFSET,
                    GeometryPageLayout.MAX_OPEN_PER_PU_OFFSET,
                    GeometryPageLayout.READ_TYPICAL_OFFSET,
                    GeometryPageLayout.READ_MAX_OFFSET,
                    GeometryPageLayout.WRITE_TYPICAL_OFFSET,
                    GeometryPageLayout.WRITE_MAX_OFFSET,
                    GeometryPageLayout.RESET_TYPICAL_OFFSET,
                    GeometryPageLayout.RESET_MAX_OFFSET,
                    GeometryPageLayout.PERFORMANCE_END_OFFSET,
                    GeometryPageLayout.VENDOR_OFFSET,
                    GeometryPageLayout.BYTES,
                    GeometryPage.BYTES
                })
                .containsExactly(
                        0, 1, 8, 9, 10, 11, 16, 32, 64, 66, 68, 72, 128, 132, 136, 140, 144, 192, 196, 200, 204, 208,
                        212, 256, 3072, 4096, 4096);
    }

    @Test
    void geometryPageBytes() throws Exception {
        GeometryPage page = new GeometryPage(
                7,
                new GeometryPage.AddressBits(8, 4, 12, 14),
                0x80000007,
                200,
                256,
                9,
                1474,
                6144,
                24,
                48,
                192,
                1000,
                100,
                new Timings(1, 2, 3, 0xFFFF_FFFFL, 0x8000_0000L, 6));
        ByteBuffer expected = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        expected.put(0, (byte) 2).put(1, (byte) 7);
        expected.put(8, (byte) 8).put(9, (byte) 4).put(10, (byte) 12).put(11, (byte) 14);
        expected.putInt(16, 0x80000007).put(32, (byte) 200);
        expected.putShort(64, (short) 256)
                .putShort(66, (short) 9)
                .putInt(68, 1474)
                .putInt(72, 6144);
        expected.putInt(128, 24)
                .putInt(132, 48)
                .putInt(136, 192)
                .putInt(140, 1000)
                .putInt(144, 100);
        expected.putInt(192, 1).putInt(196, -1).putInt(200, 2);
        expected.putInt(204, 0x80000000).putInt(208, 3).putInt(212, 6);
        ByteBuffer around = ByteBuffer.allocateDirect(4100);
        for (int i = 0; i < 4100; i++) {
            around.put(i, (byte) 0x5A);
        }
        around.position(17);
        page.encode(around, 3);
        assertThat(around.position()).isEqualTo(17);
        assertThat(around.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        assertThat(bytes(around, 3, 4096)).isEqualTo(expected.array());
        assertThat(bytes(around, 0, 3)).containsOnly(0x5A);
        assertThat(around.get(4099)).isEqualTo((byte) 0x5A);
        assertThat(GeometryPage.decode(around, 3)).isEqualTo(page);
    }

    @Test
    void chunkDescriptor() {
        assertThat(new int[] {
                    ChunkDescriptorLayout.STATE_OFFSET,
                    ChunkDescriptorLayout.TYPE_OFFSET,
                    ChunkDescriptorLayout.WEAR_OFFSET,
                    ChunkDescriptorLayout.SLBA_OFFSET,
                    ChunkDescriptorLayout.SECTORS_OFFSET,
                    ChunkDescriptorLayout.WRITE_POINTER_OFFSET,
                    ChunkDescriptorLayout.BYTES,
                    ChunkDescriptor.BYTES
                })
                .containsExactly(0, 1, 2, 8, 16, 24, 32, 32);
    }

    @Test
    void chunkDescriptorBytes() throws Exception {
        ChunkDescriptor descriptor =
                new ChunkDescriptor(BlockState.OPEN, BlockType.SEQUENTIAL, true, 254, 0x1122334455667788L, 4000, 3000);
        ByteBuffer expected = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        expected.put(0, (byte) 4).put(1, (byte) 0x11).put(2, (byte) 254);
        expected.putLong(8, 0x1122334455667788L).putLong(16, 4000).putLong(24, 3000);
        ByteBuffer written = ByteBuffer.allocate(40);
        written.put(8, (byte) 0x5A).put(11, (byte) 0x5A);
        descriptor.encode(written, 8);
        assertThat(bytes(written, 8, 32)).isEqualTo(expected.array());
        assertThat(ChunkDescriptor.decode(written, 8)).isEqualTo(descriptor);
    }

    @Test
    void chunkNotification() {
        assertThat(new int[] {
                    ChunkNotificationLayout.COUNT_OFFSET,
                    ChunkNotificationLayout.ADDRESS_OFFSET,
                    ChunkNotificationLayout.NAMESPACE_OFFSET,
                    ChunkNotificationLayout.STATE_OFFSET,
                    ChunkNotificationLayout.MASK_OFFSET,
                    ChunkNotificationLayout.SECTORS_OFFSET,
                    ChunkNotificationLayout.BYTES,
                    ChunkNotification.BYTES
                })
                .containsExactly(0, 8, 16, 20, 22, 32, 64, 64);
    }

    @Test
    void chunkNotificationBytes() throws Exception {
        ChunkNotification notification = new ChunkNotification(
                9,
                0x0900_000AL,
                -2,
                EnumSet.of(ChunkNotification.Cause.WEAR_OUTSIDE, ChunkNotification.Cause.UNRECOVERABLE),
                EnumSet.of(ChunkNotification.Scope.SECTORS, ChunkNotification.Scope.LUN),
                65536);
        ByteBuffer expected = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(0, 9).putLong(8, 0x0900_000AL).putInt(16, -2);
        expected.putShort(20, (short) 0x108).put(22, (byte) 5).putShort(32, (short) 0xFFFF);
        ByteBuffer written = ByteBuffer.allocate(64);
        notification.encode(written, 0);
        assertThat(written.array()).isEqualTo(expected.array());
        assertThat(ChunkNotification.decode(written, 0)).isEqualTo(notification);
        for (ChunkNotification.Cause each : ChunkNotification.Cause.values()) {
            new ChunkNotification(1, 0, 1, EnumSet.of(each), EnumSet.of(ChunkNotification.Scope.BLOCK), 1)
                    .encode(written, 0);
            int bit = each.ordinal() < 5 ? each.ordinal() : 8;
            assertThat(bytes(written, 20, 3))
                    .as("%s", each)
                    .containsExactly((byte) (1 << bit), (byte) (1 << bit >> 8), (byte) 2);
        }
    }

    @Test
    void namespacePage() {
        assertThat(new int[] {
                    NamespacePageLayout.SECTORS_OFFSET,
                    NamespacePageLayout.FORMATS_OFFSET,
                    NamespacePageLayout.FORMAT_IN_USE_OFFSET,
                    NamespacePageLayout.DEALLOCATED_OFFSET,
                    NamespacePageLayout.FORMAT_TABLE_OFFSET,
                    NamespacePageLayout.OOB_BYTES_OFFSET,
                    NamespacePageLayout.SECTOR_SHIFT_OFFSET,
                    NamespacePageLayout.OPEN_CHANNEL_OFFSET,
                    NamespacePageLayout.BYTES,
                    NamespacePage.BYTES
                })
                .containsExactly(0, 25, 26, 33, 128, 0, 2, 384, 4096, 4096);
    }

    @Test
    void namespacePageBytes() throws Exception {
        NamespacePage page = new NamespacePage(1L << 29, 4096, 16, true, NamespacePage.DeallocatedData.ONES, true);
        ByteBuffer expected = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(0, 1L << 29).put(26, (byte) 0x10).put(33, (byte) 2);
        expected.putShort(128, (short) 16).put(130, (byte) 12).put(384, (byte) 1);
        ByteBuffer written = ByteBuffer.allocate(4096);
        page.encode(written, 0);
        assertThat(written.array()).isEqualTo(expected.array());
        assertThat(NamespacePage.decode(written, 0)).isEqualTo(page);
        // The format in use is one of several.
        expected.put(25, (byte) 3).put(26, (byte) 2).put(33, (byte) 0x19);
        expected.putShort(136, (short) 64).put(138, (byte) 9).put(384, (byte) 0);
        assertThat(NamespacePage.decode(expected, 0))
                .isEqualTo(new NamespacePage(1L << 29, 512, 64, false, NamespacePage.DeallocatedData.ZEROS, false));
    }

    private static byte[] bytes(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return bytes;
    }
}
