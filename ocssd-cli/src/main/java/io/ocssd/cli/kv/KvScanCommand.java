package io.ocssd.cli.kv;

import com.google.gson.stream.JsonWriter;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Json;
import io.ocssd.cli.frame.Session;
import io.ocssd.lsm.KvIterator;
import io.ocssd.lsm.KvStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ocssd kv scan}. */
@Command(
        name = "scan",
        description = {
            "Print keys and values in the order of the keys.",
            "A value that is long or no text is shown by its size; --json shows it whole."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img kv scan",
            "  ocssd -d emu:drive.img kv scan java.base/ java.base0 --limit 20 --keys-only",
        })
public final class KvScanCommand implements Callable<Integer> {
    private static final int LONGEST_SHOWN_BYTES = 200;
    private static final int ENTRIES_BETWEEN_CHECKS = 256;

    private final Session session;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FROM",
            description = "First key; the very first if not given.")
    private String from;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TO",
            description = "Where to end, itself not included; the very end if not given.")
    private String to;

    @Option(names = "--limit", paramLabel = "N", description = "Print at most so many entries.")
    private Long limit;

    @Option(names = "--keys-only", description = "Print no values.")
    private boolean keysOnly;

    /** The verb in this session. */
    public KvScanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (limit != null && limit < 0) {
            throw Failure.usage("--limit " + limit + " is below 0", "give a number of entries");
        }
        return Stores.with(session, store, open -> session.json() ? json(open) : text(open));
    }

    private int text(KvStore open) throws IOException {
        long count = 0;
        try (KvIterator entries = iterator(open)) {
            while (more(count) && entries.next()) {
                if (stop(count)) {
                    return stopped(count);
                }
                count++;
                String key = Texts.line(entries.key());
                session.out().println(keysOnly ? key : key + "\t" + value(entries.value()));
            }
        }
        return ExitStatus.OK;
    }

    private static String value(byte[] value) {
        boolean shown = value.length <= LONGEST_SHOWN_BYTES && Texts.textOrNull(value) != null;
        return shown ? Texts.line(value) : "<" + value.length + " bytes>";
    }

    /** One document whatever happens: when the scan fails or is stopped, {@code complete} is false. */
    private int json(KvStore open) throws IOException {
        long count = 0;
        boolean complete = false;
        JsonWriter writer = Json.stream(session.out());
        writer.beginObject().name("entries").beginArray();
        try (KvIterator entries = iterator(open)) {
            boolean stopped = false;
            while (!stopped && more(count) && entries.next()) {
                stopped = stop(count);
                if (!stopped) {
                    count++;
                    Json.write(writer, entry(entries));
                }
            }
            complete = !stopped;
        } finally {
            writer.endArray().name("count").value(count).name("complete").value(complete);
            writer.endObject().flush();
            session.out().println();
        }
        return complete ? ExitStatus.OK : stopped(count);
    }

    private Object entry(KvIterator entries) {
        byte[] key = entries.key();
        if (keysOnly) {
            return new Key(Texts.textOrNull(key), Texts.base64OrNull(key));
        }
        byte[] value = entries.value();
        return new Entry(
                Texts.textOrNull(key), Texts.base64OrNull(key), Texts.textOrNull(value), Texts.base64OrNull(value));
    }

    private KvIterator iterator(KvStore open) throws IOException {
        return open.iterator(from == null ? null : Texts.bytes(from), to == null ? null : Texts.bytes(to));
    }

    private boolean more(long count) {
        return limit == null || count < limit;
    }

    /** Whether the user asked to stop, or nobody reads any more. */
    private boolean stop(long count) {
        return session.interrupted()
                || (count % ENTRIES_BETWEEN_CHECKS == 0 && session.out().checkError());
    }

    private int stopped(long count) {
        if (!session.quiet()) {
            session.note("stopped after " + count + " entries");
        }
        return ExitStatus.REFUSED;
    }

    private record Key(String key, String keyBase64) {}

    private record Entry(String key, String keyBase64, String value, String valueBase64) {}
}
