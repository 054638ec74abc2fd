package io.ocssd.lsm;

import io.ocssd.Ocssd;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.target.TargetRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An emulated drive in an image file, with one target, opened as often as a test wants. */
final class TestDrive {
    /** Vblocks of some 56 KB, four LUNs wide; about 40 of them. */
    static final String SMALL_VBLOCKS = "profile=tiny&blocks=40&sectors=32&sectorBytes=512&factoryBad=4";

    /** As many vblocks of as many bytes, each a zone; at most five open at a time. */
    static final String SMALL_ZONES = "profile=zns-small&blocks=40&sectors=112&sectorBytes=512&factoryBad=2";

    private static final OpenOptions OPTIONS = OpenOptions.defaults().withWindowBytes(4L << 20);

    private final Path image;

    TestDrive(Path directory, String shape) throws Exception {
        image = directory.resolve("drive.img");
        Files.deleteIfExists(image);
        Ocssd.create("emu:" + image + "?" + shape);
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("provision", () -> {
                try (Drive drive = Ocssd.open("emu:" + image, scheduler, OPTIONS)) {
                    return drive.createTarget(TargetRequest.wholeDrive("kv"));
                }
            });
        }
    }

    /** @param parameters for example {@code ?cut=17}; empty for none */
    Drive open(Scheduler scheduler, String parameters) throws IOException {
        return Ocssd.open("emu:" + image + parameters, scheduler, OPTIONS);
    }

    /** Keeps the image as it is now. */
    void save() throws IOException {
        Files.copy(image, saved(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes the image what it was at the last {@link #save}. */
    void restore() throws IOException {
        Files.copy(saved(), image, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private Path saved() {
        return image.resolveSibling("drive.saved");
    }

    static Target kv(Drive drive) throws IOException {
        return drive.target("kv");
    }
}
