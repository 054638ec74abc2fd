package io.ocssd.ftl.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.block.BlockDevice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a block device may hold: for each sector the versions that it was given, the last flushed one first. Version 0 is zeros.
 * Versions grow with time; an atomic write gives all its sectors the same one.
 */
final class BlockModel {
    private static final int PIECE = 512;

    private final List<List<Long>> versions = new ArrayList<>();
    private final Map<Long, long[]> atomic = new HashMap<>();
    private long version;

    BlockModel(long sectors) {
        for (long i = 0; i < sectors; i++) {
            versions.add(new ArrayList<>(List.of(0L)));
        }
    }

    int sectors() {
        return versions.size();
    }

    long nextVersion() {
        return ++version;
    }

    /** A sector is about to be given a version. */
    void begin(long sector, long newVersion) {
        versions.get((int) sector).add(newVersion);
    }

    void beginAtomic(long[] sectors, long newVersion) {
        for (long each : sectors) {
            begin(each, newVersion);
        }
        atomic.put(newVersion, sectors.clone());
    }

    long current(long sector) {
        List<Long> known = versions.get((int) sector);
        return known.get(known.size() - 1);
    }

    void flushed() {
        versions.forEach(known -> known.subList(0, known.size() - 1).clear());
        atomic.clear();
    }

    /** After an opening: nothing that was flushed is lost, no older version is back, atomic writes are whole. */
    void settle(BlockDevice device) throws Exception {
        ByteBuffer all = ByteBuffer.allocate(sectors() * BlockDevice.SECTOR_BYTES);
        device.read(0, all);
        long[] found = new long[sectors()];
        for (int sector = 0; sector < found.length; sector++) {
            found[sector] = versionOf(sector, all.slice(sector * BlockDevice.SECTOR_BYTES, BlockDevice.SECTOR_BYTES));
            assertThat(versions.get(sector)).as("versions of sector %d", sector).contains(found[sector]);
        }
        for (Map.Entry<Long, long[]> each : atomic.entrySet()) {
            boolean some = false;
            boolean whole = true;
            for (long sector : each.getValue()) {
                List<Long> known = versions.get((int) sector);
                some |= found[(int) sector] == each.getKey();
                whole &= known.lastIndexOf(found[(int) sector]) >= known.indexOf(each.getKey());
            }
            assertThat(!some || whole)
                    .as("atomic write %d is whole or absent", each.getKey())
                    .isTrue();
        }
        atomic.clear();
        for (int sector = 0; sector < found.length; sector++) {
            versions.set(sector, new ArrayList<>(List.of(found[sector])));
        }
    }

    static ByteBuffer content(long sector, long version) {
        ByteBuffer bytes = ByteBuffer.allocate(BlockDevice.SECTOR_BYTES);
        put(bytes, sector, version);
        return bytes.flip();
    }

    static void put(ByteBuffer bytes, long sector, long version) {
        for (int at = 0; at < BlockDevice.SECTOR_BYTES; at += PIECE) {
            int begin = bytes.position();
            bytes.putLong(version).putLong(version == 0 ? 0 : sector);
            bytes.position(begin + PIECE);
        }
    }

    static long versionOf(long sector, ByteBuffer content) {
        long found = content.getLong(0);
        for (int at = 0; at < BlockDevice.SECTOR_BYTES; at += PIECE) {
            assertThat(content.getLong(at))
                    .as("version at %d of sector %d", at, sector)
                    .isEqualTo(found);
            assertThat(content.getLong(at + Long.BYTES))
                    .as("sector at %d of sector %d, version %d", at, sector, found)
                    .isEqualTo(found == 0 ? 0 : sector);
        }
        return found;
    }
}
