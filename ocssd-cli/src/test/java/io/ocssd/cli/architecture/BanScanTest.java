package io.ocssd.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scan finds every planted offender, and nothing in harmless code. */
final class BanScanTest {

    static Stream<Class<?>> offenders() {
        return Stream.of(PlantedOffenders.class.getDeclaredClasses())
                .filter(type -> type.isAnnotationPresent(PlantedOffenders.Breaks.class))
                .sorted(Comparator.comparing(Class::getName));
    }

    static Stream<Named<Class<?>>> namedOffenders() {
        return offenders().map(type -> Named.of(type.getSimpleName(), type));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("namedOffenders")
    void plantedOffenderIsFound(Class<?> offender) throws IOException {
        Ban ban = offender.getAnnotation(PlantedOffenders.Breaks.class).value();

        List<Finding> findings = BanScan.of(classFile(offender));

        assertThat(findings).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.ban()).isEqualTo(ban);
            assertThat(finding.className()).isEqualTo(offender.getName());
            assertThat(finding.method()).isIn("offend", "lambda$offend$0");
            assertThat(finding.line()).isPositive();
            assertThat(finding.toString())
                    .contains(offender.getName() + ".", "(PlantedOffenders.java:" + finding.line() + ")", ban.name());
        });
    }

    @Test
    void everyBanHasAnOffender() {
        Set<Ban> broken = EnumSet.noneOf(Ban.class);
        offenders()
                .forEach(type -> broken.add(
                        type.getAnnotation(PlantedOffenders.Breaks.class).value()));
        assertThat(broken).containsExactly(Ban.values());
    }

    @Test
    void fieldsAndHeadsAreScannedToo() throws IOException {
        assertThat(BanScan.of(classFile(OffendingField.class)))
                .extracting(Finding::ban)
                .containsExactly(Ban.EXECUTORS_AND_FUTURES);
        assertThat(BanScan.of(classFile(OffendingHead.class)))
                .extracting(Finding::ban)
                .containsExactly(Ban.EXECUTORS_AND_FUTURES);
    }

    @Test
    void harmlessCodeIsLeftAlone() throws IOException {
        assertThat(BanScan.of(classFile(PlantedOffenders.Harmless.class))).isEmpty();
        assertThat(BanScan.of(classFile(PlantedOffenders.Harmless.Pair.class))).isEmpty();
        assertThat(BanScan.of(classFile(PlantedOffenders.Harmless.Colour.class)))
                .isEmpty();
    }

    private abstract static class OffendingField {
        List<Future<?>[]> field;
    }

    private abstract static class OffendingHead implements Iterable<Executor> {}

    private static byte[] classFile(Class<?> type) throws IOException {
        String name = type.getName();
        try (InputStream in = type.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            return in.readAllBytes();
        }
    }
}
