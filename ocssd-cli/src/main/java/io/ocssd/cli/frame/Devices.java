package io.ocssd.cli.frame;

import io.ocssd.Ocssd;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.FoundDevice;
import io.ocssd.geometry.decorator.trace.Trace;
import io.ocssd.geometry.decorator.trace.TracedDevice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Opens the device that the user named. */
public final class Devices {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+]*:.*", Pattern.DOTALL);

    /** Schemes of drives that another owner may have left something on. */
    private static final Pattern REAL = Pattern.compile("(.*\\+)?zns");

    private final Session session;

    /** Devices of a session. */
    public Devices(Session session) {
        this.session = session;
    }

    /** What is done with an open device or drive. */
    public interface Body<T, R> {
        /** Does it. */
        R run(T opened, Scheduler scheduler) throws Exception;
    }

    /** The device of {@code -d} or {@code OCSSD_DEVICE}. */
    public DeviceUri chosen() {
        DeviceUri uri = parse(
                session.device()
                        .orElseThrow(() -> Failure.usage(
                                "no device given",
                                "name one with -d, for example -d emu:drive.img, or set OCSSD_DEVICE; ocssd device create"
                                        + " makes one")),
                false);
        if (!session.force()) {
            return uri;
        }
        if (!REAL.matcher(uri.scheme()).matches()) {
            throw Failure.usage("--force is for real drives, and " + uri + " is an emulated one", "leave --force away");
        }
        return uri.with("force", "on");
    }

    /**
     * Reads a URI, or picks the scheme of a bare path by looking at what is there.
     *
     * @param fresh whether the device is about to be made, so that nothing is there yet
     */
    public DeviceUri parse(String text, boolean fresh) {
        try {
            return DeviceUri.parse(SCHEME.matcher(text).matches() ? text : probe(text, fresh));
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage(), DeviceHints.ofText(e), e);
        }
    }

    private String probe(String text, boolean fresh) {
        int question = text.indexOf('?');
        Path file = Path.of(question < 0 ? text : text.substring(0, question));
        Optional<DeviceHints.Undecorated> forgotten = DeviceHints.withoutScheme(text);
        if (forgotten.isPresent() && !Files.exists(file)) {
            String inner = "emu:" + forgotten.get().path();
            throw Failure.usage(
                    "device \"" + text + "\" has decorators but no scheme",
                    fresh
                            ? "make " + inner + ", without decorators: they are for opening it"
                            : "between decorators and path stands a scheme: "
                                    + forgotten.get().decorators() + inner);
        }
        if (!fresh && !Files.exists(file)) {
            throw Failure.refused(file + ": no such file", "make a drive with ocssd device create emu:" + file);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return probeDevice(text, file);
        }
        if (!session.quiet()) {
            session.note(file + " is taken as emu:" + file);
        }
        return "emu:" + text;
    }

    private String probeDevice(String text, Path file) {
        for (FoundDevice each : found()) {
            if (isSame(file, Path.of(each.path())) && !each.uri().isEmpty()) {
                session.note(file + " is taken as " + each.uri());
                int question = text.indexOf('?');
                return each.uri() + (question < 0 ? "" : text.substring(question));
            }
        }
        throw Failure.refused(
                file + " is no regular file, and no drive that can be opened here",
                "ocssd device list shows what can be; ocssd device create makes an emulated one");
    }

    private static List<FoundDevice> found() {
        try {
            return Ocssd.devices();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isSame(Path file, Path node) {
        try {
            return Files.isSameFile(file, node);
        } catch (IOException e) {
            return false;
        }
    }

    /** Opens the chosen device, without looking at its label. */
    public <R> R withDevice(Body<FlashDevice, R> body) throws Exception {
        return withDevice(chosen(), body);
    }

    /** Opens a device, without looking at its label. */
    public <R> R withDevice(DeviceUri uri, Body<FlashDevice, R> body) throws Exception {
        return withDevice(uri, 0, body);
    }

    /**
     * Opens a device, without looking at its label.
     *
     * @param seed decides in virtual time what is left to chance
     */
    public <R> R withDevice(DeviceUri uri, long seed, Body<FlashDevice, R> body) throws Exception {
        try (Scheduler scheduler = scheduler(uri, seed)) {
            return scheduler.run("ocssd", () -> {
                try (FlashDevice device = openDevice(uri, scheduler)) {
                    return body.run(device, scheduler);
                }
            });
        }
    }

    /** Opens the chosen device with its label. */
    public <R> R withDrive(Body<Drive, R> body) throws Exception {
        return withDrive(OpenOptions.defaults(), body);
    }

    /** Opens the chosen device with its label, in this way. */
    public <R> R withDrive(OpenOptions options, Body<Drive, R> body) throws Exception {
        DeviceUri uri = chosen();
        try (Scheduler scheduler = scheduler(uri, 0)) {
            return scheduler.run("ocssd", () -> {
                try (Drive drive = openDrive(uri, scheduler, options)) {
                    return body.run(drive, scheduler);
                }
            });
        }
    }

    private Drive openDrive(DeviceUri uri, Scheduler scheduler, OpenOptions options) throws Exception {
        FlashDevice device = openDevice(uri, scheduler);
        try {
            return Ocssd.open(device, scheduler, options);
        } catch (IllegalArgumentException e) {
            device.close();
            // The device itself is open: its URI was understood.
            throw Failure.usage(e.getMessage(), "correct what it names; --help of the verb has the options", e);
        } catch (IOException | RuntimeException e) {
            device.close();
            throw e;
        }
    }

    /** A URI that is not understood is wrong usage; everything else that opening finds is the device's answer. */
    private static Failure misunderstood(DeviceUri uri, IllegalArgumentException error) {
        return Failure.usage(error.getMessage(), DeviceHints.ofUri(uri, error), error);
    }

    /** Opens a device, says its notes, and has every command shown where that was asked for. */
    private FlashDevice openDevice(DeviceUri uri, Scheduler scheduler) throws Exception {
        FlashDevice device;
        try {
            device = Ocssd.openDevice(uri.toString(), scheduler);
        } catch (IllegalArgumentException e) {
            throw misunderstood(uri, e);
        }
        try {
            device.info().notes().forEach(session::note);
            return session.verbose() ? new TracedDevice(device, Trace.toText(session::command), scheduler) : device;
        } catch (IOException | RuntimeException e) {
            device.close();
            throw e;
        }
    }

    /** The clock is the URI's to choose; on its virtual one a run depends on nothing but its input. */
    private static Scheduler scheduler(DeviceUri uri, long seed) {
        return isVirtual(uri) ? Scheduler.simulated(seed) : Scheduler.real();
    }

    /** Whether a device's URI chooses the virtual clock. */
    public static boolean isVirtual(DeviceUri uri) {
        return "virtual".equals(uri.parameters().get("clock"));
    }
}
