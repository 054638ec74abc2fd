package io.ocssd.cli.demo;

import io.ocssd.Ocssd;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/** Finds a place for the image of a demo. An image of an earlier demo is replaced, nothing else ever is. */
final class DemoImage {
    /** What drives of demos are called, so that they can be told from a user's own. */
    private static final String SERIAL = "OCSSD-DEMO";

    private static final int MOST_NAMES = 100;

    private DemoImage() {}

    /** The directory when the user names none. */
    static Path defaultDirectory() {
        return Path.of(System.getProperty("java.io.tmpdir"), "ocssd-demo-" + System.getProperty("user.name"));
    }

    /** A drive to be made in the directory, where nothing is any more. */
    static DeviceUri freeIn(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (int i = 1; i <= MOST_NAMES; i++) {
            Path file = directory.resolve(i == 1 ? "demo.img" : "demo-" + i + ".img");
            if (!Files.exists(file) || isOldDemo(file)) {
                Files.deleteIfExists(file);
                return uri(file).with("serial", SERIAL);
            }
        }
        throw new FileAlreadyExistsException(directory.resolve("demo.img").toString());
    }

    private static boolean isOldDemo(Path file) {
        try (Scheduler scheduler = Scheduler.real();
                FlashDevice device = Ocssd.openDevice(uri(file).toString(), scheduler)) {
            return device.info().serial().equals(SERIAL);
        } catch (IOException e) {
            // In use by someone else, or no image: not ours to replace.
            return false;
        }
    }

    private static DeviceUri uri(Path file) {
        return new DeviceUri("emu", file.toString(), new TreeMap<>());
    }
}
