package io.ocssd.cli.device;

import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.HexDump;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.RawPage;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

/**
 * The pages of a device as it gave them.
 *
 * @param geometryPage the page that describes it
 * @param chunkInformation the log page with the state of every block
 * @param identify what else a real drive says of itself
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RawPages(byte[] geometryPage, byte[] chunkInformation, List<RawPage> identify) {
    /** More than that fits no screen and hardly the memory. */
    private static final long MOST_BYTES = 1 << 28;

    private static final long BYTES_OF_BLOCK = 32;

    /**
     * The JSON document.
     *
     * @param geometryPageBase64 the page that describes the device
     * @param chunkInformationBase64 the log page with the state of every block, 32 bytes each
     * @param identifyPages what else a real drive says of itself; none of others
     */
    record View(String geometryPageBase64, String chunkInformationBase64, List<PageView> identifyPages) {}

    /**
     * A page by which a real drive identifies itself.
     *
     * @param name what it is
     * @param base64 its bytes; null when it could not be had
     * @param missing why it could not be had; null when it is there
     */
    record PageView(String name, String base64, String missing) {}

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
        return new RawPages(geometry, log.array(), device.admin().identifyPages());
    }

    View view() {
        Base64.Encoder encoder = Base64.getEncoder();
        List<PageView> pages = identify.stream()
                .map(each -> each.missing().isEmpty()
                        ? new PageView(each.name(), encoder.encodeToString(bytes(each)), null)
                        : new PageView(each.name(), null, each.missing()))
                .toList();
        return new View(encoder.encodeToString(geometryPage), encoder.encodeToString(chunkInformation), pages);
    }

    void print(PrintStream out) {
        out.println("geometry page");
        HexDump.print(out, geometryPage);
        out.println("chunk information log page");
        HexDump.print(out, chunkInformation);
        for (RawPage each : identify) {
            if (each.missing().isEmpty()) {
                out.println(each.name());
                HexDump.print(out, bytes(each));
            } else {
                out.println(each.name() + ": " + each.missing());
            }
        }
    }

    private static byte[] bytes(RawPage page) {
        ByteBuffer view = page.bytes().duplicate();
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        return bytes;
    }
}
