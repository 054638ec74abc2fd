package io.ocssd.ftl.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.gc.GcPolicies;
import io.ocssd.gc.GcShape;
import io.ocssd.gc.VictimPolicy;
import io.ocssd.gc.VictimPolicyProvider;
import io.ocssd.policy.PolicyChoice;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A victim policy is added by putting a jar on the class path: no line of the library knows its name. */
final class ForeignVictimPolicyTest {
    private static final PolicyChoice CHOICE = PolicyChoice.of("youngest-first");
    private static final GcShape SHAPE = new GcShape(4, 4, 1);

    @TempDir
    private Path folder;

    @Test
    void comesFromAJar() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader withJar =
                new URLClassLoader(new URL[] {jar().toUri().toURL()}, before)) {
            thread.setContextClassLoader(withJar);
            assertThat(GcPolicies.victims()).anyMatch(each -> each.info().name().equals("youngest-first"));
            VictimPolicy policy = GcPolicies.victims(CHOICE, SHAPE);
            policy.full(2, 1, 0);
            policy.full(3, 4, 1);
            assertThat(policy.choose(1)).isEqualTo(3);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void isNotThereWithoutTheJar() {
        assertThatThrownBy(() -> GcPolicies.victims(CHOICE, SHAPE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no victim policy has the name \"youngest-first\"");
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("policy.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : new String[] {YoungestFirst.class.getName(), YoungestFirst.class.getName() + "$1"}) {
                String file = name.replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(file));
                try (InputStream in = YoungestFirst.class.getClassLoader().getResourceAsStream(file)) {
                    out.write(in.readAllBytes());
                }
            }
            out.putNextEntry(new JarEntry("META-INF/services/" + VictimPolicyProvider.class.getName()));
            out.write(YoungestFirst.class.getName().getBytes(StandardCharsets.US_ASCII));
        }
        return jar;
    }
}
