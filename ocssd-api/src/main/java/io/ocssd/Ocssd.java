package io.ocssd;

import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.spi.DeviceProvider;
import io.ocssd.spi.DriveProvider;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import java.io.IOException;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** Opens drives. Thread-safe. */
public final class Ocssd {
    private Ocssd() {}

    /**
     * Opens a drive.
     *
     * @param uri for example {@code emu:/tmp/drive.img} or {@code mem:?profile=small}
     * @param scheduler gives time and tasks to everything that the drive does
     * @param options how to open it
     * @throws IOException when the device can't be opened; the message says what was wrong, the hint what to do
     * @throws IllegalArgumentException when the URI is not understood
     */
    public static Drive open(String uri, Scheduler scheduler, OpenOptions options) throws IOException {
        DriveProvider drives = ServiceLoader.load(DriveProvider.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no drive provider: ocssd-ftl is not on the class path"));
        FlashDevice device = openDevice(uri, scheduler);
        try {
            return drives.open(device, scheduler, options);
        } catch (IOException | RuntimeException e) {
            device.close();
            throw e;
        }
    }

    /**
     * Opens a device without looking at its label.
     *
     * @param uri as for {@link #open}
     * @param scheduler gives time to the device
     * @throws IOException when the device can't be opened
     * @throws IllegalArgumentException when the URI is not understood
     */
    public static FlashDevice openDevice(String uri, Scheduler scheduler) throws IOException {
        DeviceUri parsed = DeviceUri.parse(uri);
        return provider(parsed).open(parsed, scheduler);
    }

    /**
     * Makes a new emulated drive.
     *
     * @param uri with its shape as parameters, for example {@code emu:/tmp/drive.img?profile=small&blocks=32}
     * @throws IOException when something is there already, or it can't be written
     * @throws IllegalArgumentException when the URI is not understood
     */
    public static void create(String uri) throws IOException {
        DeviceUri parsed = DeviceUri.parse(uri);
        provider(parsed).create(parsed);
    }

    private static DeviceProvider provider(DeviceUri uri) {
        TreeSet<String> known = new TreeSet<>();
        for (DeviceProvider provider : ServiceLoader.load(DeviceProvider.class)) {
            if (provider.schemes().contains(uri.scheme())) {
                return provider;
            }
            known.addAll(provider.schemes());
        }
        throw new IllegalArgumentException("no device has the scheme \"" + uri.scheme() + "\"; known: "
                + (known.isEmpty() ? "none, ocssd-geometry is not on the class path" : String.join(", ", known)));
    }
}
