package io.ocssd.cli.frame;

import io.ocssd.device.DeviceUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a verb writes to. */
public final class OutputFiles {
    private OutputFiles() {}

    /** Refuses to write over the image of the drive that the verb works on, and a folder. */
    public static void check(Session session, String file) throws IOException {
        String device = session.device().orElse("");
        String image = device.contains(":") ? DeviceUri.parse(device).path() : device;
        Path output = Path.of(file);
        if (!image.isEmpty()
                && Files.exists(output)
                && Files.exists(Path.of(image))
                && Files.isSameFile(output, Path.of(image))) {
            throw Failure.usage(file + " is the image of the drive itself", "name another file to write to");
        }
        if (Files.isDirectory(output)) {
            throw Failure.refused(file + " is a folder", "name a file, for example in that folder");
        }
    }
}
