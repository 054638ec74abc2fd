package io.ocssd.cli.kv;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ocssd kv put}. */
@Command(
        name = "put",
        description = "Set the value of a key; durable when it returns.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img kv put greeting 'hello, flash'",
            "  ocssd -d emu:drive.img kv put picture --input picture.png",
            "  tar c . | ocssd -d emu:drive.img kv put backup --input -"
        })
public final class KvPutCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
    private String key;

    @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "The value, as text.")
    private String value;

    @Option(names = "--input", paramLabel = "FILE", description = "Take the value from a file; - is stdin.")
    private String input;

    /** The verb in this session. */
    public KvPutCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        byte[] bytes = value();
        Stores.with(session, store, open -> {
            open.put(Texts.bytes(key), bytes);
            open.sync();
            return null;
        });
        if (session.json()) {
            session.json(new Put(key, bytes.length));
        }
        session.done("put " + key + ", " + bytes.length + " bytes");
        return ExitStatus.OK;
    }

    private byte[] value() throws IOException {
        if ((value == null) == (input == null)) {
            throw Failure.usage(
                    value == null ? "there is no value" : "there are two values", "give either VALUE or --input FILE");
        }
        if (value != null) {
            return Texts.bytes(value);
        }
        return input.equals("-") ? session.host().in().readAllBytes() : Files.readAllBytes(Path.of(input));
    }

    private record Put(String key, long valueBytes) {}
}
