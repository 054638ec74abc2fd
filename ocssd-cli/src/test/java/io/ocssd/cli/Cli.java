package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import io.ocssd.cli.terminal.Host;
import io.ocssd.cli.terminal.Interrupts;
import io.ocssd.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Runs the command in this process, on streams of its own. */
public final class Cli {
    private final Map<String, String> environment = new TreeMap<>();
    private Terminal terminal = Terminal.NONE;
    private Interrupts interrupts = Interrupts.none();
    private byte[] input = {};

    /** A part of the command; returns an exit status. */
    public interface Part {
        /** Runs it. */
        int run(Host host);
    }

    /** What a run left behind. */
    public record Run(String line, int status, byte[] stdout, String err) {
        /** Standard output as text. */
        public String out() {
            return new String(stdout, StandardCharsets.UTF_8);
        }

        public Run succeeds() {
            assertThat(status).as("status of %s, stderr: %s", line, err).isZero();
            return this;
        }

        public Run silently() {
            assertThat(err).as("stderr of %s", line).isEmpty();
            return this;
        }

        /** It ended with this status, two lines on stderr and nothing on stdout. */
        public Run fails(int expected, String what, String why) {
            assertThat(status).as("status of %s, stderr: %s", line, err).isEqualTo(expected);
            assertThat(stdout).as("stdout of %s", line).isEmpty();
            String[] lines = err.lines()
                    .filter(each -> !each.startsWith("ocssd: note: "))
                    .toArray(String[]::new);
            assertThat(lines).as("stderr of %s", line).hasSize(2);
            assertThat(lines[0])
                    .as("stderr of %s", line)
                    .startsWith("ocssd: " + what + ": ")
                    .contains(why);
            assertThat(lines[1]).as("stderr of %s", line).startsWith("hint: ");
            assertThat(lines[1].length()).as("a hint of %s", line).isGreaterThan("hint: ".length() + 3);
            return this;
        }

        /** The one document on stdout. */
        public JsonElement json() {
            try {
                JsonReader reader = new JsonReader(new StringReader(out()));
                reader.setStrictness(Strictness.STRICT);
                JsonElement document = JsonParser.parseReader(reader);
                assertThat(reader.peek().name())
                        .as("after the document of %s", line)
                        .isEqualTo("END_DOCUMENT");
                return document;
            } catch (JsonSyntaxException | java.io.IOException e) {
                throw new AssertionError("stdout of " + line + " is no JSON document: " + out(), e);
            }
        }
    }

    public Cli with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Cli onTerminal() {
        terminal = new Terminal(true, true, true, 100, true);
        return this;
    }

    public Cli interrupted() {
        interrupts = Interrupts.already();
        return this;
    }

    public Cli input(byte[] bytes) {
        input = bytes.clone();
        return this;
    }

    /** Runs a command line. */
    public Run run(String... arguments) {
        return run("ocssd " + String.join(" ", Arrays.asList(arguments)), host -> Main.run(arguments, host));
    }

    /** Runs a part of the command. */
    public Run run(String name, Part part) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Host host = new Host(
                new ByteArrayInputStream(input),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                terminal,
                interrupts,
                "ocssd");
        int status = part.run(host);
        host.out().flush();
        return new Run(name, status, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }
}
