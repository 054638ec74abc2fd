package io.ocssd;

import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.FoundDevice;
import io.ocssd.placement.PlacementProvider;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.spi.DeviceDecorator;
import io.ocssd.spi.DeviceProvider;
import io.ocssd.spi.DriveProvider;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
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
        DriveProvider drives = drives();
        FlashDevice device = openDevice(uri, scheduler);
        try {
            return drives.open(device, scheduler, options);
        } catch (IOException | RuntimeException e) {
            device.close();
            throw e;
        }
    }

    /**
     * Opens a drive on a device that is open already, for example one with decorators that a URI can't describe.
     *
     * @param device is closed with the drive; it stays the caller's when this throws
     * @param scheduler the one that the device was opened with
     * @param options how to open it
     * @throws IOException when what is on the device can't be used
     */
    public static Drive open(FlashDevice device, Scheduler scheduler, OpenOptions options) throws IOException {
        return drives().open(device, scheduler, options);
    }

    private static DriveProvider drives() {
        return ServiceLoader.load(DriveProvider.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no drive provider: ocssd-ftl is not on the class path"));
    }

    /**
     * Opens a device without looking at its label.
     *
     * @param uri as for {@link #open}; decorators may stand in front, for example {@code faults+emu:/tmp/drive.img}
     * @param scheduler gives time to the device
     * @throws IOException when the device can't be opened
     * @throws IllegalArgumentException when the URI is not understood
     */
    public static FlashDevice openDevice(String uri, Scheduler scheduler) throws IOException {
        return openDevice(DeviceUri.parse(uri), scheduler);
    }

    private static FlashDevice openDevice(DeviceUri uri, Scheduler scheduler) throws IOException {
        if (!uri.isDecorated()) {
            return provider(uri).open(uri, scheduler);
        }
        DeviceDecorator decorator = decorator(uri.decorator());
        FlashDevice inner = openDevice(uri.inner(), scheduler);
        try {
            return decorator.decorate(inner, uri.forDecorator(), scheduler);
        } catch (IOException | RuntimeException e) {
            inner.close();
            throw e;
        }
    }

    private static DeviceDecorator decorator(String name) {
        TreeSet<String> known = new TreeSet<>();
        for (DeviceDecorator decorator : ServiceLoader.load(DeviceDecorator.class)) {
            if (decorator.name().equals(name)) {
                return decorator;
            }
            known.add(decorator.name());
        }
        throw new IllegalArgumentException("no decorator has the name \"" + name + "\"; known: "
                + (known.isEmpty() ? "none, ocssd-geometry is not on the class path" : String.join(", ", known)));
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
        if (parsed.isDecorated()) {
            throw new IllegalArgumentException("a decorator is for opening a drive, not for making one; make "
                    + parsed.inner() + " and open it with " + parsed.decorator() + "+ in front");
        }
        provider(parsed).create(parsed);
    }

    /**
     * The real devices of this host that could be told from the outside, opened or not, in the order of their nodes.
     *
     * @throws IOException when this host can't be looked at
     */
    public static List<FoundDevice> devices() throws IOException {
        TreeMap<String, FoundDevice> byPath = new TreeMap<>();
        for (DeviceProvider each : ServiceLoader.load(DeviceProvider.class)) {
            for (FoundDevice found : each.find()) {
                // Who can open it knows more about it than who can't.
                byPath.merge(found.path(), found, (one, other) -> one.uri().isEmpty() ? other : one);
            }
        }
        return List.copyOf(byPath.values());
    }

    /**
     * The placements that a drive can be opened with, in the order of their names.
     *
     * @throws IllegalStateException when two have the same name
     */
    public static List<PlacementProvider> placements() {
        TreeMap<String, PlacementProvider> byName = new TreeMap<>();
        for (PlacementProvider each : ServiceLoader.load(PlacementProvider.class)) {
            PlacementProvider other = byName.put(each.info().name(), each);
            if (other != null) {
                throw new IllegalStateException("two placements have the name \""
                        + each.info().name() + "\": " + other.getClass().getName() + " and "
                        + each.getClass().getName());
            }
        }
        return List.copyOf(byName.values());
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
