package io.ocssd.cli.kv;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ocssd kv delete}. */
@Command(
        name = "delete",
        description = "Remove a key, whether it is there or not; durable when it returns.",
        footerHeading = "%nExamples:%n",
        footer = "  ocssd -d emu:drive.img kv delete greeting")
public final class KvDeleteCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(paramLabel = "KEY", description = "The key.")
    private String key;

    /** The verb in this session. */
    public KvDeleteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        byte[] bytes = Texts.bytes(key);
        boolean existed = Stores.with(session, store, open -> {
            boolean there = open.get(bytes) != null;
            if (there) {
                open.delete(bytes);
                open.sync();
            }
            return there;
        });
        if (session.json()) {
            session.json(new Deleted(key, existed));
        }
        session.done(existed ? "deleted " + key : key + " was not there");
        return ExitStatus.OK;
    }

    private record Deleted(String key, boolean existed) {}
}
