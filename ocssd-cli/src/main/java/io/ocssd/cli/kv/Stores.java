package io.ocssd.cli.kv;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.lsm.KvOptions;
import io.ocssd.lsm.KvStore;

/** Opens the store that a verb means. */
final class Stores {
    private Stores() {}

    /** What is done with an open store. */
    interface Body<R> {
        R run(KvStore store) throws Exception;
    }

    /** Opens the store, does it, closes the store. What was put or deleted is durable when this returns. */
    static <R> R with(Session session, StoreOptions which, Body<R> body) throws Exception {
        KvOptions options = options(which);
        return new Devices(session).withDrive(which.placement.openOptions(), (drive, scheduler) -> {
            try (KvStore store = KvStore.open(drive.target(which.target.nameOn(drive)), scheduler, options)) {
                return body.run(store);
            }
        });
    }

    private static KvOptions options(StoreOptions which) {
        try {
            return KvOptions.defaults().withName(which.db);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage(), "give another --db", e);
        }
    }
}
