package io.ocssd.cli.device;

import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.HexDump;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.FlashDevice;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * The pages of a device as it gave them.
 *
 * @param geometryPage the page that describes it
 * @param chunkInformation the log page with the state of every block
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RawPages(byte[] geometryPage, byte[] chunkInformation) {
    /** More than that fits no screen and hardly the memory. */
    private static final long MOST_BYTES = 1 << 28;

    private static final long BYTES_OF_BLOCK = 32;

    /**
     * The JSON document.
     *
     * @param geometryPageBase64 the page that describes the device
     * @param chunkInformationBase64 the log page with the state of every block, 32 bytes each
     */
    record View(String geometryPageBase64, String chunkInformationBase64) {}

    static RawPages of(FlashDevice device) throws DeviceException, GoneException {
        long bytes = BYTES_OF_BLOCK * device.geometry().blocks();
        if (bytes > MOST_BYTES) {
            throw Failure.refused(
                    "the page of all blocks has " + Numbers.bytes(bytes) + ", more than can be shown",
                    "see ocssd device report for some of the blocks");
        }
        ByteBuffer log = ByteBuffer.allocate((int) bytes);
        device.admin().logPage(DeviceAdmin.LOG_CHUNK_INFORMATION, 0, log);
        ByteBuffer page = device.admin().geometryPage();
        byte[] geometry = new byte[page.remaining()];
        page.get(geometry);
        return new RawPages(geometry, log.array());
    }

    View view() {
        Base64.Encoder encoder = Base64.getEncoder();
        return new View(encoder.encodeToString(geometryPage), encoder.encodeToString(chunkInformation));
    }

    void print(PrintStream out) {
        out.println("geometry page");
        HexDump.print(out, geometryPage);
        out.println("chunk information log page");
        HexDump.print(out, chunkInformation);
    }
}
