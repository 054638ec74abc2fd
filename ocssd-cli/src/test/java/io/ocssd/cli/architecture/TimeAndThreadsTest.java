package io.ocssd.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Above geometry, time, threads and chance come from the Scheduler and from seeds alone. Only the terminal code of the
 * command is exempt.
 */
final class TimeAndThreadsTest {
    private static final String EXEMPT = "io/ocssd/cli/terminal/";

    @ParameterizedTest
    @EnumSource(names = {"FTL", "LSM", "CLI"})
    void noBanIsBroken(OcssdModule module) {
        SortedMap<String, byte[]> classFiles = module.classFiles();
        // The scan looks at the right place: the class that led there is in it.
        assertThat(classFiles).containsKey(module.rootPackage().replace('.', '/') + "/package-info.class");

        List<Finding> findings = new ArrayList<>();
        int scanned = 0;
        for (String name : classFiles.keySet()) {
            if (!name.endsWith("package-info.class") && !name.startsWith(EXEMPT)) {
                findings.addAll(BanScan.of(classFiles.get(name)));
                scanned++;
            }
        }

        assertThat(scanned).as("scanned classes of %s", module).isPositive();
        assertThat(findings).as("broken bans in %s", module).isEmpty();
    }
}
