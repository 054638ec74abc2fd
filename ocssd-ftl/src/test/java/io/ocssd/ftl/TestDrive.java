package io.ocssd.ftl;

import io.ocssd.Ocssd;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** An image file that tests open, cut and open again. Deleted by {@link #close}. */
public final class TestDrive implements AutoCloseable {
    private final Path folder;
    private final Path file;

    private TestDrive(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("drive.img");
    }

    /** Makes an image, for example {@code profile=tiny&channels=1}. */
    public static TestDrive create(String shape) throws IOException {
        TestDrive drive = new TestDrive(Files.createTempDirectory("ocssd-ftl"));
        Ocssd.create("emu:" + drive.file + "?" + shape);
        return drive;
    }

    /** Opens the image; {@code parameters} may be empty. */
    public Drive open(Scheduler scheduler, String parameters) throws IOException {
        return Ocssd.open("emu:" + file + "?" + parameters, scheduler, OpenOptions.defaults());
    }

    public Path file() {
        return file;
    }

    /** Runs a body as a task of a simulated scheduler of its own. */
    public static <T> T simulated(long seed, TestBody<T> body) throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(seed)) {
            return scheduler.run("test", (Callable<T>) () -> body.run(scheduler));
        }
    }

    /** What a test does. */
    @FunctionalInterface
    public interface TestBody<T> {
        T run(Scheduler scheduler) throws Exception;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(Path.of(file + ".damage"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
