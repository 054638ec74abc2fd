package io.ocssd.ftl.media;

import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import java.nio.charset.StandardCharsets;

/**
 * 64-bit fingerprints (FNV-1a) that say which drive a layout was written for. They find mix-ups, they don't withstand an
 * adversary.
 */
public final class Fingerprint {
    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /** The id of the drive with this serial number; never 0. */
    public static long ofDrive(String serial) {
        long hash = OFFSET_BASIS;
        for (byte each : serial.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * PRIME;
        }
        return hash == 0 ? 1 : hash;
    }

    /** The digest of everything that decides where a byte lies. */
    public static long ofShape(Geometry geometry, Limits limits) {
        long hash = OFFSET_BASIS;
        int[] fields = {
            geometry.channels(),
            geometry.lunsPerChannel(),
            geometry.blocksPerLun(),
            geometry.sectorsPerBlock(),
            geometry.sectorBytes(),
            limits.wsMin(),
            limits.wsOpt()
        };
        for (int field : fields) {
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                hash = (hash ^ (field >>> shift & 0xff)) * PRIME;
            }
        }
        return hash;
    }
}
