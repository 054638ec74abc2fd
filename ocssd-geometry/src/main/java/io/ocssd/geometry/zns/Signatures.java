package io.ocssd.geometry.zns;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Marks by which the first bytes of a drive show that somebody keeps something there: file systems that know zones, those that
 * a host-aware drive may have, partition tables, and what layers below file systems leave.
 */
final class Signatures {
    /** As much of a drive as has to be looked at. */
    static final int BYTES = 128 << 10;

    /**
     * A mark.
     *
     * @param owner what it is a mark of
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Mark(String owner, int offset, byte[] bytes) {
        static Mark text(String owner, int offset, String text) {
            return new Mark(owner, offset, text.getBytes(StandardCharsets.US_ASCII));
        }

        static Mark number(String owner, int offset, int bytes, long value) {
            ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(0, value);
            byte[] all = new byte[bytes];
            buffer.get(0, all);
            return new Mark(owner, offset, all);
        }

        boolean isIn(ByteBuffer start) {
            if (start.limit() < offset + bytes.length) {
                return false;
            }
            for (int i = 0; i < bytes.length; i++) {
                if (start.get(offset + i) != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Mark> MARKS = List.of(
            Mark.number("a zonefs file system", 0, 4, 0x5A4F4653L),
            Mark.number("an F2FS file system", 1024, 4, 0xF2F52010L),
            Mark.text("a Btrfs file system", 65536 + 64, "_BHRfS_M"),
            Mark.text("an XFS file system", 0, "XFSB"),
            Mark.number("an ext file system", 1024 + 56, 2, 0xEF53L),
            Mark.text("a LUKS volume", 0, "LUKS"),
            Mark.text("an LVM volume", 512, "LABELONE"),
            Mark.number("a RAID member", 4096, 4, 0xA92B4EFCL),
            Mark.text("a swap area", 4096 - 10, "SWAPSPACE2"),
            Mark.text("a partition table", 512, "EFI PART"),
            Mark.text("a partition table", 4096, "EFI PART"),
            Mark.number("a partition table or boot sector", 510, 2, 0xAA55L));

    private Signatures() {}

    /** Whose mark is in the first bytes of a drive; empty when none is. */
    static Optional<String> find(ByteBuffer start) {
        return MARKS.stream().filter(mark -> mark.isIn(start)).map(Mark::owner).findFirst();
    }
}
