package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** No rule is without a test that is run: on a drive of the contract that has what the test needs, or on its own. */
final class EveryRuleHasATest {
    private static final List<Class<?>> CLASSES = classes();

    /** All test classes of this module. */
    private static List<Class<?>> classes() {
        try {
            Path root = Path.of(EveryRuleHasATest.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            List<Class<?>> classes = new ArrayList<>();
            try (Stream<Path> files = Files.walk(root)) {
                for (Path each : files.filter(file -> file.toString().endsWith(".class"))
                        .sorted()
                        .toList()) {
                    String name = root.relativize(each)
                            .toString()
                            .replace(each.getFileSystem().getSeparator(), ".");
                    classes.add(Class.forName(
                            name.substring(0, name.length() - ".class".length()),
                            false,
                            EveryRuleHasATest.class.getClassLoader()));
                }
            }
            return classes;
        } catch (IOException | ReflectiveOperationException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Method> proofs() {
        return CLASSES.stream()
                .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                .filter(each -> each.isAnnotationPresent(Proves.class))
                .toList();
    }

    /** The drives that the contract is tried on in this module. */
    private static List<Shape> shapes() throws ReflectiveOperationException {
        List<Shape> shapes = new ArrayList<>();
        for (Class<?> each : CLASSES) {
            boolean isKind =
                    FlashDeviceContract.class.isAssignableFrom(each) && !Modifier.isAbstract(each.getModifiers());
            if (isKind && each.getSimpleName().endsWith("Test")) {
                Constructor<?> constructor = each.getDeclaredConstructor();
                constructor.setAccessible(true);
                shapes.addAll(((FlashDeviceContract) constructor.newInstance()).shapes());
            }
        }
        return shapes;
    }

    @Test
    void everyRuleIsProved() throws Exception {
        List<Shape> shapes = shapes();
        assertThat(shapes).isNotEmpty();
        Set<Rule> proved = EnumSet.noneOf(Rule.class);
        for (Method each : proofs()) {
            boolean runs = !each.isAnnotationPresent(ContractTest.class)
                    || shapes.stream().anyMatch(shape -> shape.traits().containsAll(ContractExtension.needs(each)));
            if (runs) {
                proved.addAll(List.of(each.getAnnotation(Proves.class).value()));
            }
        }
        assertThat(EnumSet.complementOf(EnumSet.copyOf(proved)))
                .as("rules that no test proves on any drive")
                .isEmpty();
    }

    /** Not every drive fills them in. */
    @Test
    void descriptorsOfAnEraseAreAskedOfThoseThatDeclareThem() {
        List<Method> tests = proofs().stream()
                .filter(each -> each.isAnnotationPresent(ContractTest.class))
                .filter(each ->
                        List.of(each.getAnnotation(Proves.class).value()).contains(Rule.ERASE_DESCRIPTORS))
                .toList();
        assertThat(tests)
                .isNotEmpty()
                .allMatch(each -> ContractExtension.needs(each).contains(Trait.ERASE_DESCRIPTORS));
    }

    @Test
    void whatProvesARuleIsATest() {
        List<Method> proofs = proofs();
        assertThat(proofs).hasSizeGreaterThan(100);
        for (Method each : proofs) {
            assertThat(AnnotationSupport.isAnnotated(each, Testable.class))
                    .as("%s", each)
                    .isTrue();
        }
    }

    @Test
    void aRuleIsASentence() {
        for (Rule each : Rule.values()) {
            assertThat(each.sentence()).as("%s", each).isNotBlank().doesNotEndWith(".");
        }
    }

    @Test
    void everyTestOfTheContractIsInItsClass() {
        Set<Class<?>> nested = Set.of(FlashDeviceContract.class.getDeclaredClasses());
        for (Class<?> each : CLASSES) {
            if (Theme.class.isAssignableFrom(each) && Modifier.isAbstract(each.getModifiers()) && each != Theme.class) {
                assertThat(nested)
                        .as("a nested class that extends %s", each)
                        .anyMatch(of -> of.getSuperclass() == each);
            }
        }
    }
}
