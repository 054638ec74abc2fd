package io.ocssd.cli.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The modules, lowest first, and where their compiled classes lie: a folder or a jar, whichever the class path of this
 * run has. It is found through the module's topmost package-info, so it needs no path and no class by name.
 */
enum OcssdModule {
    API("io.ocssd"),
    GEOMETRY("io.ocssd.geometry"),
    FTL("io.ocssd.ftl"),
    LSM("io.ocssd.lsm"),
    CLI("io.ocssd.cli");

    private final String rootPackage;

    OcssdModule(String rootPackage) {
        this.rootPackage = rootPackage;
    }

    String rootPackage() {
        return rootPackage;
    }

    /** The module that a package belongs to by its name. */
    static OcssdModule ofPackage(String packageName) {
        return Stream.of(GEOMETRY, FTL, LSM, CLI)
                .filter(module -> (packageName + ".").startsWith(module.rootPackage + "."))
                .findFirst()
                .orElse(API);
    }

    /** The folder or jar of the module's own classes; those of its tests are elsewhere. */
    Path location() {
        String packageInfo = rootPackage + ".package-info";
        try {
            return Path.of(Class.forName(packageInfo)
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("module=" + this + " has no class " + packageInfo, e);
        }
    }

    /** Every class file of the module by its path in the module, such as {@code io/ocssd/ftl/package-info.class}. */
    SortedMap<String, byte[]> classFiles() {
        Path location = location();
        try {
            if (Files.isDirectory(location)) {
                return classFilesBelow(location);
            }
            try (FileSystem jar = FileSystems.newFileSystem(location)) {
                return classFilesBelow(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("module=" + this + " location=" + location, e);
        }
    }

    private static SortedMap<String, byte[]> classFilesBelow(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(file -> file.toString().endsWith(".class")).toList();
        }
        SortedMap<String, byte[]> classFiles = new TreeMap<>();
        for (Path file : files) {
            classFiles.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
        return classFiles;
    }
}
