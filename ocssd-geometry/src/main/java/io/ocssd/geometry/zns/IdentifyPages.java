package io.ocssd.geometry.zns;

import io.ocssd.device.NvmeStatus;
import io.ocssd.device.RawPage;
import io.ocssd.geometry.natives.Errno;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The pages by which an NVMe drive identifies itself (NVM Express Base and Zoned Namespaces: identify). Stateless. */
final class IdentifyPages {
    private static final int BYTES = 4096;
    private static final int CONTROLLER = 0x01;
    private static final int ZONED = 2;

    /** A page: the structure that is asked for (CNS), of a command set (CSI). */
    private record Page(String name, int selector, int commandSet) {}

    private static final List<Page> PAGES = List.of(
            new Page("identify namespace", 0x00, 0),
            new Page("identify controller", CONTROLLER, 0),
            new Page("identify namespace of zones", 0x05, ZONED),
            new Page("identify controller of zones", 0x06, ZONED));

    private IdentifyPages() {}

    /** All of them; none of a drive that does not speak NVMe. */
    static List<RawPage> read(PassThrough passThrough, String path) {
        int namespace = passThrough.namespace();
        if (namespace == -Errno.ENOTTY || namespace == -Errno.EINVAL) {
            return List.of();
        }
        List<RawPage> pages = new ArrayList<>();
        for (Page each : PAGES) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(2 * BYTES)
                    .alignedSlice(BYTES)
                    .limit(BYTES)
                    .slice();
            int whose = each.selector() == CONTROLLER || each.selector() == 0x06 ? 0 : namespace;
            int answer =
                    namespace < 0 ? namespace : passThrough.identify(whose, each.selector(), each.commandSet(), bytes);
            pages.add(answer == 0 ? RawPage.of(each.name(), bytes) : RawPage.missing(each.name(), why(answer, path)));
        }
        return pages;
    }

    private static String why(int answer, String path) {
        if (answer > 0) {
            return "the drive does not give it: " + NvmeStatus.name(answer);
        }
        String errno = Errno.name(-answer);
        return switch (-answer) {
            case Errno.EACCES, Errno.EPERM ->
                "not permitted (" + errno + "): commands to the controller of " + path + " take CAP_SYS_ADMIN";
            case Errno.ENOTTY -> "the driver of " + path + " passes no commands through (" + errno + ")";
            default -> "the kernel does not give it: " + errno;
        };
    }
}
