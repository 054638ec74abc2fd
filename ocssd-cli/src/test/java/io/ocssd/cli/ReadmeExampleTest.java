package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of the README, as a stranger would run it: compiled against ocssd-api alone, started by a plain {@code java
 * -cp} without any flag, silent on stderr.
 */
class ReadmeExampleTest {
    @TempDir
    Path directory;

    @Test
    void theExampleCompilesRunsAndIsSilent() throws Exception {
        String readme = Files.readString(projectRoot().resolve("README.md"));
        String example = first(readme, "(?s)```java\\n(.*?)```");
        String packages = first(readme, "Packages to import from: (.*)");
        StringBuilder source = new StringBuilder("import static java.nio.charset.StandardCharsets.UTF_8;\n")
                .append("import java.nio.ByteBuffer;\n");
        Matcher names = Pattern.compile("`([a-z.]+)`").matcher(packages);
        while (names.find()) {
            source.append("import ").append(names.group(1)).append(".*;\n");
        }
        assertThat(example.lines().count()).as("lines of the example").isBetween(10L, 20L);
        Path file = Files.writeString(directory.resolve("Example.java"), source.append(example));

        List<String> all = classPath();
        String api = all.stream().filter(entry -> entry.contains("ocssd-api")).collect(Collectors.joining());
        run(List.of(tool("javac"), "-cp", api, "-d", directory.toString(), file.toString()));

        List<String> needed = new ArrayList<>(List.of(directory.toString()));
        all.stream()
                .filter(entry -> Pattern.compile("ocssd-(api|geometry|ftl)|/guava-|/failureaccess-")
                        .matcher(entry)
                        .find())
                .forEach(needed::add);
        String output = run(List.of(tool("java"), "-cp", String.join(File.pathSeparator, needed), "Example"));
        assertThat(output).isEqualTo("hello, flash, on 8 LUNs\n");
    }

    /** Runs a command, checks that it succeeds and prints nothing on stderr, and returns what it printed on stdout. */
    private String run(List<String> command) throws Exception {
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES))
                .as(command.get(0) + " ended")
                .isTrue();
        assertThat(Files.readString(err)).as("stderr of " + command).isEmpty();
        assertThat(process.exitValue()).as("exit status of " + command).isZero();
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private static List<String> classPath() {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(tests.split(File.pathSeparator));
    }

    private static Path projectRoot() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("README.md")) || !Files.exists(directory.resolve("ocssd-api"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
