package io.ocssd.cli.kv;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Table;
import io.ocssd.lsm.KvStats;
import io.ocssd.lsm.KvStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ocssd kv stats}. */
@Command(
        name = "stats",
        description = "Show levels, tables, logs and what opening the store took.",
        footerHeading = "%nExamples:%n",
        footer = "  ocssd -d emu:drive.img kv stats")
public final class KvStatsCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private StoreOptions store = new StoreOptions();

    /** The verb in this session. */
    public KvStatsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        KvStats stats = Stores.with(session, store, KvStore::stats);
        if (session.json()) {
            session.json(stats);
            return ExitStatus.OK;
        }
        Table table = new Table(">level", ">tables", ">bytes", ">entries", ">deletes");
        for (KvStats.Level each : stats.levels()) {
            table.row(
                    each.level(),
                    each.tables(),
                    Numbers.bytes(each.bytes()),
                    Numbers.count(each.entries()),
                    Numbers.count(each.deletes()));
        }
        table.print(session.out());
        KvStats.Recovery recovery = stats.recovery();
        session.out()
                .println(Numbers.count(stats.lastSequence()) + " puts and deletes in its life, "
                        + Numbers.bytes(stats.memtableBytes()) + " in memory, " + stats.logs() + " logs, "
                        + stats.freeVblocks() + " vblocks free");
        session.out()
                .println("opened in " + Numbers.nanos(recovery.nanos()) + ": " + recovery.logs() + " logs, "
                        + Numbers.count(recovery.records()) + " records, " + Numbers.count(recovery.entries())
                        + " entries replayed, " + recovery.orphans() + " orphans");
        return ExitStatus.OK;
    }
}
