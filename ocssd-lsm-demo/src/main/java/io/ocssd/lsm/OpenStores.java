package io.ocssd.lsm;

import com.google.common.collect.MapMaker;
import io.ocssd.error.BusyException;
import io.ocssd.target.Target;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The stores that are open, by target, so that none is opened twice. Thread-safe. */
final class OpenStores {
    /** Weak keys, which are compared by identity: a target that nobody has any more has no open store. */
    private static final ConcurrentMap<Target, Set<String>> OPEN =
            new MapMaker().weakKeys().makeMap();

    private OpenStores() {}

    static void claim(Target target, String name) throws BusyException {
        if (!OPEN.computeIfAbsent(target, t -> ConcurrentHashMap.newKeySet()).add(name)) {
            throw new BusyException(
                    "store \"" + name + "\" of target " + target.info().name() + " is open already",
                    "close it first, or use the one that is open");
        }
    }

    static void release(Target target, String name) {
        Set<String> names = OPEN.get(target);
        if (names != null) {
            names.remove(name);
        }
    }
}
