package io.ocssd.cli.kv;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.OutputFiles;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.terminal.Meter;
import io.ocssd.lsm.KvStore;
import io.ocssd.lsm.workload.FileSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ocssd kv load}. */
@Command(
        name = "load",
        description = {
            "Put every regular file below a directory: its path below it is the key, its content the value.",
            "Symbolic links are not followed. Files too large for the store are named and left out."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img kv load /usr/share/doc",
            "  ocssd -d emu:drive.img kv load photos --prefix photos/ --sync --acknowledge done.txt"
        })
public final class KvLoadCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Parameters(paramLabel = "DIR", description = "The directory.")
    private Path directory;

    @Option(names = "--sync", description = "Make every entry durable before the next one, not all at the end.")
    private boolean syncEach;

    @Option(
            names = "--acknowledge",
            paramLabel = "FILE",
            description = "Write each key there, on a line, after the sync that made it durable; - is stdout.")
    private String acknowledge;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "What every key begins with.")
    private String prefix = "";

    private final List<String> skipped = new ArrayList<>();
    private int entries;
    private long valueBytes;
    private boolean stopped;

    /** The verb in this session. */
    public KvLoadCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        boolean toStdout = "-".equals(acknowledge);
        if (toStdout && session.json()) {
            throw Failure.usage(
                    "--acknowledge - and --json both want stdout", "give --acknowledge a file, or leave --json away");
        }
        if (directory.toString().isEmpty()) {
            throw Failure.usage("the name of the directory is empty", "give . for the directory you are in");
        }
        if (acknowledge != null && !toStdout) {
            OutputFiles.check(session, acknowledge);
        }
        Texts.bytes(prefix);
        FileSource source = FileSource.of(directory, prefix);
        source.unreadable().forEach(name -> skip(name, "it can't be read, or its name is not UTF-8"));
        long userBytes = Stores.with(session, store, open -> {
            // Not before the store is open: a file that is there is written anew.
            try (Acknowledgements acknowledgements = Acknowledgements.to(acknowledge, session.out())) {
                return load(open, source, acknowledgements);
            }
        });
        report(userBytes, toStdout);
        return skipped.isEmpty() && !stopped ? ExitStatus.OK : ExitStatus.REFUSED;
    }

    private long load(KvStore open, FileSource source, Acknowledgements acknowledgements) throws IOException {
        try (Meter meter = session.meter("loading", source.totalBytes(), "bytes")) {
            long seen = 0;
            for (int i = 0; i < source.size() && !stopped; i++) {
                loadEntry(open, source, i, acknowledgements);
                seen += source.valueBytes(i);
                meter.to(seen);
                stopped = session.interrupted();
            }
            open.sync();
            acknowledgements.synced();
        } finally {
            if (stopped) {
                session.note("stopped; what was put is durable");
            }
        }
        return open.stats().userBytes();
    }

    private void loadEntry(KvStore open, FileSource source, int index, Acknowledgements acknowledgements)
            throws IOException {
        byte[] key = source.key(index);
        String name = source.file(index).toString();
        if (key.length > open.maxKeyBytes()) {
            skip(name, "its key has " + key.length + " bytes, the store takes " + open.maxKeyBytes());
            return;
        }
        if (tooLarge(open, name, key.length + source.valueBytes(index))) {
            return;
        }
        byte[] value;
        try {
            value = source.value(index);
        } catch (IOException e) {
            skip(name, "can't be read");
            return;
        }
        // It may have grown since it was listed.
        if (tooLarge(open, name, (long) key.length + value.length)) {
            return;
        }
        open.put(key, value);
        acknowledgements.put(key);
        entries++;
        valueBytes += value.length;
        if (syncEach) {
            open.sync();
            acknowledgements.synced();
        }
    }

    private boolean tooLarge(KvStore open, String name, long entryBytes) {
        if (entryBytes <= open.maxEntryBytes()) {
            return false;
        }
        skip(name, "key and content have " + entryBytes + " bytes, the store takes " + open.maxEntryBytes());
        return true;
    }

    private void skip(String name, String why) {
        skipped.add(name);
        session.note("skipped " + name + ": " + why);
    }

    private void report(long userBytes, boolean stdoutIsTaken) {
        if (session.json()) {
            session.json(new Loaded(entries, valueBytes, userBytes, skipped.size(), skipped, syncEach, !stopped));
            return;
        }
        String sentence = "loaded " + Numbers.count(entries) + (entries == 1 ? " entry, " : " entries, ")
                + Numbers.bytes(valueBytes) + (skipped.isEmpty() ? "" : ", skipped " + skipped.size());
        if (!stdoutIsTaken) {
            session.done(sentence);
        } else if (!session.quiet()) {
            session.err().println(sentence);
        }
    }

    private record Loaded(
            int entries,
            long valueBytes,
            long userBytes,
            int skipped,
            List<String> skippedFiles,
            boolean syncedEach,
            boolean complete) {}
}
