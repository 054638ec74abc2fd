package io.ocssd.cli.kv;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.OutputFiles;
import io.ocssd.cli.frame.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ocssd kv get}. */
@Command(
        name = "get",
        description = {
            "Print the value of a key, byte for byte.",
            "With --json as text in \"value\" when it is UTF-8, else in \"valueBase64\"."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img kv get greeting",
            "  ocssd -d emu:drive.img kv get picture --output picture.png"
        })
public final class KvGetCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(paramLabel = "KEY", description = "The key.")
    private String key;

    @Option(names = "--output", paramLabel = "FILE", description = "Write the value to a file instead; - is stdout.")
    private String output;

    /** The verb in this session. */
    public KvGetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (output != null && !output.equals("-")) {
            OutputFiles.check(session, output);
        }
        byte[] value = Stores.with(session, store, open -> open.get(Texts.bytes(key)));
        if (value == null) {
            throw Failure.refused("there is no key \"" + key + "\"", "ocssd kv scan --keys-only lists the keys");
        }
        boolean toFile = output != null && !output.equals("-");
        if (toFile) {
            Files.write(Path.of(output), value);
            session.done("wrote " + value.length + " bytes to " + output);
        }
        if (session.json()) {
            session.json(
                    toFile
                            ? new Written(key, output, value.length)
                            : new Got(key, Texts.textOrNull(value), Texts.base64OrNull(value), value.length));
        } else if (!toFile) {
            session.out().write(value, 0, value.length);
        }
        return ExitStatus.OK;
    }

    private record Got(String key, String value, String valueBase64, long valueBytes) {}

    private record Written(String key, String output, long valueBytes) {}
}
