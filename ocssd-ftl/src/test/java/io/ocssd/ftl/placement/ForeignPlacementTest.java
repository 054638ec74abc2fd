package io.ocssd.ftl.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.placement.PlacementProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A placement is added by putting a jar on the class path: no line of the library knows its name. */
final class ForeignPlacementTest {
    private static final OpenOptions OPTIONS = OpenOptions.defaults().withPlacement(PolicyChoice.of("last-lun-first"));

    @TempDir
    private Path folder;

    @Test
    void comesFromAJar() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader withJar =
                new URLClassLoader(new URL[] {jar().toUri().toURL()}, before)) {
            thread.setContextClassLoader(withJar);
            assertThat(Ocssd.placements()).anyMatch(each -> each.info().name().equals("last-lun-first"));
            assertThat(lunsOfAVblock()).containsExactly(3);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void isNotThereWithoutTheJar() {
        assertThatThrownBy(ForeignPlacementTest::lunsOfAVblock)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no placement has the name \"last-lun-first\"");
    }

    private static List<Integer> lunsOfAVblock() throws Exception {
        try (Scheduler scheduler = Scheduler.real()) {
            return scheduler.run("test", (Callable<List<Integer>>) () -> {
                try (Drive drive = Ocssd.open("mem:?profile=tiny", scheduler, OPTIONS);
                        VblockWriter writer = drive.createTarget(TargetRequest.wholeDrive("t"))
                                .vblocks()
                                .allocate(new VblockRequest(Stream.DATA, 1, 0))) {
                    return writer.vblock().luns();
                }
            });
        }
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("placement.jar");
        String file = LastLunFirst.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream in = LastLunFirst.class.getClassLoader().getResourceAsStream(file)) {
            out.putNextEntry(new JarEntry(file));
            out.write(in.readAllBytes());
            out.putNextEntry(new JarEntry("META-INF/services/" + PlacementProvider.class.getName()));
            out.write(LastLunFirst.class.getName().getBytes(StandardCharsets.US_ASCII));
        }
        return jar;
    }
}
