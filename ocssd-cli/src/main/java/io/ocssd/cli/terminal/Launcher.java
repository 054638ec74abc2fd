package io.ocssd.cli.terminal;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** How the command was started, so that it can print commands which work when they are pasted. */
final class Launcher {
    private Launcher() {}

    static String name() {
        CodeSource source = Launcher.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return "ocssd";
        }
        Path jar;
        try {
            jar = Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return "ocssd";
        }
        if (!jar.toString().endsWith(".jar")) {
            return "ocssd";
        }
        Path script = jar.resolveSibling("../bin/ocssd").normalize();
        return Files.isExecutable(script) ? Shell.quote(shorter(script)) : "java -jar " + Shell.quote(shorter(jar));
    }

    private static String shorter(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
    }
}
