package io.ocssd.geometry.emulator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.ocssd.device.DeviceInfo;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.spi.DeviceProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Emulated drives: {@code mem:}, gone when closed, and {@code emu:FILE}, in an image file. Stateless.
 *
 * <p>Parameters that make a drive (at open for {@code mem:}, at create for {@code emu:}):
 * {@code profile=NAME}, one of {@link DriveProfile#all}, and over it
 *
 * <ul>
 *   <li>its shape: {@code channels}, {@code luns} (of a channel), {@code blocks} (of a LUN), {@code sectors} (of a block),
 *       {@code sectorBytes}, {@code oobBytes};
 *   <li>its limits: {@code wsMin}, {@code wsOpt}, {@code mwCunits}, {@code maxOpen}, {@code maxOpenPerLun}, {@code maxActive}
 *       (of zones);
 *   <li>what it can do, each {@code on} or {@code off}: {@code zoned} (its blocks are zones), {@code copy},
 *       {@code eraseFree}, {@code eraseOpen};
 *   <li>what it keeps: {@code class=protected|volatile-pairs} (at a power cut), {@code payload=on|off} (off drops data and
 *       OOB and keeps the rules; a read leaves its buffers as they are);
 *   <li>its cells: {@code factoryBad}, {@code randomBlocks} (of each LUN, the first ones, written anywhere),
 *       {@code shortBlocks} (of the whole drive), {@code endurance} (erases until a block is worn out, 0 for never),
 *       {@code wearThreshold} (how far a wear index may be from the average unannounced, 0 for any);
 *   <li>{@code seed}, {@code serial}.
 * </ul>
 *
 * <p>Parameters of every open:
 *
 * <ul>
 *   <li>its time: {@code timing=off|on} (off is the default in real time, on in virtual time), {@code clock=real|virtual} (must
 *       agree with the scheduler);
 *   <li>how long its flash takes: {@code timings=NAME} (of another profile than its own, or {@code planar-tlc},
 *       {@code planar-qlc}), {@code readNanos}, {@code programNanos}, {@code eraseNanos} (constants by LUN and nothing that
 *       is shared), {@code suspend=off|high|all} (which reads interrupt programs and erases), {@code cacheRead=on|off},
 *       {@code cacheProgram=on|off};
 *   <li>how its power is cut: {@code cut=N} (at command N, counted from 1), {@code cutAt} ({@link CutMoment}),
 *       {@code cutLoss} ({@link CutLoss}), {@code cutSeed};
 *   <li>how it answers: {@code dulbe=on|off} (reads of what can't be read fail, or give zeros), {@code shuffle=SEED}
 *       (completions of commands to different blocks come in an order drawn by the seed, where no time orders them);
 *   <li>its image: {@code persist=process|host} ({@link Persistence}), {@code space=keep|return} (what an erase frees is used
 *       again, or given back to the file system as well; the latter needs JNA and Linux).
 * </ul>
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
        Persistence persistence = OpenParameters.persistence(given);
        CreationParameters parameters = CreationParameters.of(given);
        ImageFiles.create(file(uri), parameters, persistence);
    }

    private static FlashDevice openMemory(DeviceUri uri, Scheduler scheduler) throws IOException {
        if (!uri.path().isEmpty()) {
            throw new IllegalArgumentException(
                    "mem: has no path, but \"" + uri.path() + "\" was given; emu:" + uri.path() + " is a file");
        }
        Parameters given = new Parameters(uri);
        given.allowOnly(ALL, ImmutableSet.of(), "");
        OpenParameters parameters = OpenParameters.of(given, scheduler);
        if (parameters.persistence() == Persistence.HOST) {
            throw new IllegalArgumentException("mem: persist=host is not possible: what is in memory outlives neither "
                    + "program nor host; make an image for that, emu:FILE");
        }
        if (parameters.returnsSpace()) {
            throw new IllegalArgumentException(
                    "mem: space=return is not possible: there is no file whose space could be"
                            + " returned; make an image for that, emu:FILE");
        }
        CreationParameters creation = CreationParameters.of(given);
        ImageLayout layout = new ImageLayout(creation.geometry(), creation.payload());
        DriveImage image = DriveImage.format(creation, layout, new MemoryBacking(layout.bytes()));
        return device(uri, image, "nothing: it is in memory and gone when it is closed", parameters, scheduler);
    }

    private static FlashDevice openFile(DeviceUri uri, Scheduler scheduler) throws IOException {
        Parameters given = new Parameters(uri);
        given.allowOnly(
                OpenParameters.NAMES, CreationParameters.NAMES, "is chosen when the image is made, not at open");
        OpenParameters parameters = OpenParameters.of(given, scheduler);
        DriveImage image = ImageFiles.open(file(uri), parameters.persistence(), parameters.returnsSpace());
        return device(uri, image, parameters.persistence().sentence(), parameters, scheduler);
    }

    /** The drive that an image is. */
    static FlashDevice device(
            DeviceUri uri, DriveImage image, String persistence, OpenParameters parameters, Scheduler scheduler) {
        CreationParameters creation = image.superblock().parameters();
        DeviceInfo info = new DeviceInfo(
                uri.toString(),
                "ocssd emulated drive (" + creation.profile() + ")",
                creation.serial(),
                SPECIFICATION,
                persistence,
                image.notes());
        return new EmulatedDevice(info, creation, image.media(), parameters, scheduler);
    }

    private static Path file(DeviceUri uri) {
        if (uri.path().isEmpty()) {
            throw new IllegalArgumentException("emu: needs the path of an image file, for example emu:/tmp/drive.img");
        }
        return Path.of(uri.path());
    }
}
