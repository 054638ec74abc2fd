package io.ocssd.geometry.emulator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.ocssd.device.DeviceInfo;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.timing.NandTiming;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.spi.DeviceProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Emulated drives: {@code mem:}, gone when closed, and {@code emu:FILE}, in an image file. Stateless.
 *
 * <p>Parameters that make a drive (at open for {@code mem:}, at create for {@code emu:}): {@code profile=NAME}, one of
 * {@link DriveProfile#all}, and over it {@code channels}, {@code luns} (of a channel), {@code blocks} (of a LUN), {@code sectors} (of a block),
 * {@code sectorBytes}, {@code oobBytes}, {@code wsMin}, {@code wsOpt}, {@code mwCunits}, {@code maxOpen}, {@code seed},
 * {@code factoryBad}, {@code serial}.
 *
 * <p>Parameters of every open: {@code timing=off|on} (off is the default in real time, on in virtual time),
 * {@code timings=NAME} (of another profile than the drive's own, or {@code planar-tlc}, {@code planar-qlc}),
 * {@code readNanos}, {@code programNanos}, {@code eraseNanos} (constants by LUN and nothing that is shared),
 * {@code suspend=off|high|all} (which reads interrupt programs and erases), {@code cacheRead=on|off},
 * {@code cacheProgram=on|off}, {@code cut=N} (power is cut at command N, counted from 1)
 * with {@code cutSeed}, {@code persist=process}, {@code clock=real|virtual} (must agree with the scheduler).
 */
public final class EmulatorProvider implements DeviceProvider {
    private static final String MEMORY = "mem";
    private static final String FILE = "emu";
    private static final String SPECIFICATION = "2.0";
    private static final ImmutableSet<String> ALL =
            Sets.union(CreationParameters.NAMES, OpenParameters.NAMES).immutableCopy();
    private static final ImmutableSet<String> CREATE = ImmutableSet.<String>builder()
            .addAll(CreationParameters.NAMES)
            .add(OpenParameters.PERSIST)
            .build();

    /** For {@link java.util.ServiceLoader}. */
    public EmulatorProvider() {}

    @Override
    public List<String> schemes() {
        return ImmutableList.of(FILE, MEMORY);
    }

    @Override
    public FlashDevice open(DeviceUri uri, Scheduler scheduler) throws IOException {
        return uri.scheme().equals(MEMORY) ? openMemory(uri, scheduler) : openFile(uri, scheduler);
    }

    @Override
    public void create(DeviceUri uri) throws IOException {
        if (uri.scheme().equals(MEMORY)) {
            throw new IllegalArgumentException("a mem: drive is made when it is opened; make an emu:FILE to keep one");
        }
        Parameters given = new Parameters(uri);
        given.allowOnly(CREATE, OpenParameters.NAMES, "is for opening a drive, not for making one");
        OpenParameters.checkPersistence(given);
        CreationParameters parameters = CreationParameters.of(given);
        ImageFiles.create(file(uri), parameters);
    }

    private static FlashDevice openMemory(DeviceUri uri, Scheduler scheduler) throws IOException {
        if (!uri.path().isEmpty()) {
            throw new IllegalArgumentException(
                    "mem: has no path, but \"" + uri.path() + "\" was given; emu:" + uri.path() + " is a file");
        }
        Parameters given = new Parameters(uri);
        given.allowOnly(ALL, ImmutableSet.of(), "");
        OpenParameters parameters = OpenParameters.of(given, scheduler);
        CreationParameters creation = CreationParameters.of(given);
        ImageLayout layout = new ImageLayout(creation.geometry());
        DriveImage image = DriveImage.format(creation, layout, new MemoryBacking(layout.bytes()));
        return device(uri, image, "nothing: it is in memory and gone when it is closed", parameters, scheduler);
    }

    private static FlashDevice openFile(DeviceUri uri, Scheduler scheduler) throws IOException {
        Parameters given = new Parameters(uri);
        given.allowOnly(
                OpenParameters.NAMES, CreationParameters.NAMES, "is chosen when the image is made, not at open");
        OpenParameters parameters = OpenParameters.of(given, scheduler);
        DriveImage image = ImageFiles.open(file(uri));
        return device(
                uri, image, "the death of the program, not that of the host (persist=process)", parameters, scheduler);
    }

    private static FlashDevice device(
            DeviceUri uri, DriveImage image, String persistence, OpenParameters parameters, Scheduler scheduler) {
        CreationParameters creation = image.superblock().parameters();
        DeviceInfo info = new DeviceInfo(
                uri.toString(),
                "ocssd emulated drive (" + creation.profile() + ")",
                creation.serial(),
                SPECIFICATION,
                persistence,
                image.notes());
        NandTiming timing = parameters.timing().timing(Profile.ofImage(creation.profile()));
        return new EmulatedDevice(info, image.media(), timing, parameters, scheduler);
    }

    private static Path file(DeviceUri uri) {
        if (uri.path().isEmpty()) {
            throw new IllegalArgumentException("emu: needs the path of an image file, for example emu:/tmp/drive.img");
        }
        return Path.of(uri.path());
    }
}
