package io.ocssd.cli.kv;

import com.google.common.collect.ImmutableList;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.error.CorruptException;
import io.ocssd.lsm.KvCheck;
import io.ocssd.lsm.KvStore;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ocssd kv check}. */
@Command(
        name = "check",
        description = "Read everything and check it; the exit status is 3 when there is damage.",
        footerHeading = "%nExamples:%n",
        footer = "  ocssd -d emu:drive.img kv check")
public final class KvCheckCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private StoreOptions store = new StoreOptions();

    /** The verb in this session. */
    public KvCheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        KvCheck check;
        try {
            check = Stores.with(session, store, KvStore::check);
        } catch (CorruptException e) {
            // Too damaged to be opened: for a check that is a finding, not an error.
            check = new KvCheck(ImmutableList.of(e.getMessage()), 0, 0, 0, 0, 0);
        }
        if (session.json()) {
            session.json(new Checked(
                    check.isClean(),
                    check.findings(),
                    check.entries(),
                    check.tables(),
                    check.blocks(),
                    check.logs(),
                    check.bytes()));
        } else {
            print(check);
        }
        return check.isClean() ? ExitStatus.OK : ExitStatus.DAMAGE;
    }

    private void print(KvCheck check) {
        check.findings().forEach(session.out()::println);
        session.done("checked " + Numbers.count(check.entries()) + " entries in " + check.tables() + " tables ("
                + Numbers.count(check.blocks()) + " blocks) and " + check.logs() + " logs, "
                + Numbers.bytes(check.bytes()) + ": " + verdict(check.findings()));
    }

    private static String verdict(List<String> findings) {
        return findings.isEmpty() ? "no damage" : findings.size() == 1 ? "1 finding" : findings.size() + " findings";
    }

    private record Checked(
            boolean clean,
            List<String> findings,
            long entries,
            int tables,
            long dataBlocks,
            int logs,
            long readBytes) {}
}
