package io.ocssd.cli.kv;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.lsm.KvOptions;
import io.ocssd.lsm.KvStore;
import io.ocssd.target.Drive;
import io.ocssd.target.TargetInfo;
import java.util.List;
import java.util.stream.Collectors;

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
            try (KvStore store = KvStore.open(drive.target(targetName(drive, which)), scheduler, options)) {
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

    private static String targetName(Drive drive, StoreOptions which) {
        if (which.target != null) {
            return which.target;
        }
        List<String> names = drive.targets().stream().map(TargetInfo::name).collect(Collectors.toList());
        if (names.isEmpty()) {
            throw Failure.refused("the drive has no target", "make one with ocssd target create NAME");
        }
        if (names.size() > 1) {
            throw Failure.usage("the drive has several targets", "give --target, one of: " + String.join(", ", names));
        }
        return names.get(0);
    }
}
