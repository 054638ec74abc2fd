package io.ocssd.cli.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Arrows between modules and between packages point down, and every package says what it is. */
final class LayersTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importLocations(Stream.of(OcssdModule.values())
                    .map(module -> locationOf(module.location()))
                    .toList());

    @Test
    void modulesKnowOnlyThoseBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("api")
                .definedBy(in(OcssdModule.API))
                .layer("geometry")
                .definedBy(in(OcssdModule.GEOMETRY))
                .layer("ftl")
                .definedBy(in(OcssdModule.FTL))
                .layer("lsm")
                .definedBy(in(OcssdModule.LSM))
                .layer("cli")
                .definedBy(in(OcssdModule.CLI))
                .whereLayer("api")
                .mayNotAccessAnyLayer()
                .whereLayer("geometry")
                .mayOnlyAccessLayers("api")
                .whereLayer("ftl")
                .mayOnlyAccessLayers("api")
                .whereLayer("lsm")
                .mayOnlyAccessLayers("api")
                .whereLayer("cli")
                .mayOnlyAccessLayers("api", "lsm", "geometry")
                .because("no line above geometry may know which device it is on")
                .check(CLASSES);
    }

    @Test
    void theCommandKnowsAddressesPagesProfilesAndTracesOfGeometryAndNoDevice() {
        noClasses()
                .that(in(OcssdModule.CLI))
                .should()
                .dependOnClassesThat(describe(
                        "in geometry, but not for the command",
                        type -> in(OcssdModule.GEOMETRY).test(type)
                                && !type.getPackageName()
                                        .matches("io\\.ocssd\\.geometry\\.(address|page|timing|decorator\\.trace)")
                                && !type.getFullName().equals("io.ocssd.geometry.emulator.DriveProfile")))
                .because("devices are opened by their URI")
                .check(CLASSES);
    }

    @Test
    void packagesOfTheApiKnowOnlyThoseBelow() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("errors, scheduler and buffers")
                .definedBy(inApi(LayersTest::isBottom))
                .layer("device")
                .definedBy(inApi(LayersTest::isDevice))
                .layer("what is built on a device")
                .definedBy(inApi(name -> !isBottom(name) && !isDevice(name) && !isFrontDoor(name)))
                .layer("front door and providers")
                .definedBy(inApi(LayersTest::isFrontDoor))
                .whereLayer("errors, scheduler and buffers")
                .mayNotAccessAnyLayer()
                .whereLayer("device")
                .mayOnlyAccessLayers("errors, scheduler and buffers")
                .whereLayer("what is built on a device")
                .mayOnlyAccessLayers("errors, scheduler and buffers", "device")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        String name = type.getPackageName();
                        // The front door hands its options to the providers that it looks up: one room.
                        return SliceIdentifier.of(isFrontDoor(name) ? "io.ocssd" : name);
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @ParameterizedTest
    @EnumSource
    void packagesOfAModuleBeginWithItsName(OcssdModule module) {
        assertThat(packagesOf(module))
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(OcssdModule.ofPackage(name)).as(name).isEqualTo(module));
    }

    @ParameterizedTest
    @EnumSource
    void everyPackageSaysWhatItIs(OcssdModule module) {
        Set<String> files = module.classFiles().keySet();
        assertThat(packagesOf(module))
                .isNotEmpty()
                .extracting(name -> name.replace('.', '/') + "/package-info.class")
                .isSubsetOf(files);
    }

    private static Location locationOf(Path folderOrJar) {
        URI uri = folderOrJar.toUri();
        return Location.of(Files.isDirectory(folderOrJar) ? uri : URI.create("jar:" + uri + "!/"));
    }

    private static boolean isBottom(String packageName) {
        return packageName.matches("io\\.ocssd\\.(error|scheduler|buffer)(\\..*)?");
    }

    private static boolean isDevice(String packageName) {
        return packageName.matches("io\\.ocssd\\.device(\\..*)?");
    }

    private static boolean isFrontDoor(String packageName) {
        return packageName.matches("io\\.ocssd(\\.spi(\\..*)?)?");
    }

    private static DescribedPredicate<JavaClass> in(OcssdModule module) {
        return describe("in " + module, type -> isOurs(type) && OcssdModule.ofPackage(type.getPackageName()) == module);
    }

    private static DescribedPredicate<JavaClass> inApi(Predicate<String> packageName) {
        return describe(
                "in part of " + OcssdModule.API,
                type -> in(OcssdModule.API).test(type) && packageName.test(type.getPackageName()));
    }

    private static boolean isOurs(JavaClass type) {
        return (type.getPackageName() + ".").startsWith("io.ocssd.");
    }

    private static Set<String> packagesOf(OcssdModule module) {
        Set<String> packages = new TreeSet<>();
        for (String file : module.classFiles().keySet()) {
            packages.add(file.substring(0, file.lastIndexOf('/')).replace('/', '.'));
        }
        return packages;
    }
}
