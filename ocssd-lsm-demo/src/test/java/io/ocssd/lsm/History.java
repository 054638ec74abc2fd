package io.ocssd.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What several clients did to a store, each to keys of its own, and what of it must be there after a crash.
 *
 * <p>After a crash the keys of each client must be what they were after some prefix of its operations, not shorter than
 * what a sync acknowledged; and no operation may survive while one is lost that had ended before it began.
 */
final class History {
    /** A put or delete. */
    private static final class Operation {
        final String key;
        final String value;
        final long began;
        long ended = Long.MAX_VALUE;

        Operation(String key, String value, long began) {
            this.key = key;
            this.value = value;
            this.began = began;
        }
    }

    private static final class Client {
        final List<Operation> operations = new ArrayList<>();
        int completed;
        int acknowledged;
    }

    private final List<Client> clients = new ArrayList<>();
    private long clock;

    History(int count) {
        for (int i = 0; i < count; i++) {
            clients.add(new Client());
        }
    }

    void put(KvStore store, int client, String name, String value) throws IOException {
        Operation operation = begin(client, name, value);
        store.put(operation.key.getBytes(UTF_8), value.getBytes(UTF_8));
        end(client, operation);
    }

    void delete(KvStore store, int client, String name) throws IOException {
        Operation operation = begin(client, name, null);
        store.delete(operation.key.getBytes(UTF_8));
        end(client, operation);
    }

    void sync(KvStore store) throws IOException {
        List<Integer> covered = new ArrayList<>();
        clients.forEach(client -> covered.add(client.completed));
        store.sync();
        for (int i = 0; i < clients.size(); i++) {
            Client client = clients.get(i);
            client.acknowledged = Math.max(client.acknowledged, covered.get(i));
        }
    }

    /** The last operation of a client was refused, and so never was. */
    void takeBack(int client) {
        List<Operation> operations = clients.get(client).operations;
        operations.remove(operations.size() - 1);
    }

    /** What a client's keys hold while nothing has crashed. */
    TreeMap<String, String> present(int client) {
        return after(clients.get(client), clients.get(client).operations.size());
    }

    static String key(int client, String name) {
        return client + "/" + name;
    }

    /**
     * Compares a store that was opened after a crash; what it holds is the whole history from then on.
     *
     * @return null when all is well, else what is wrong
     */
    String verify(KvStore store) throws IOException {
        long lastSurvivorBegan = Long.MIN_VALUE;
        long firstLostEnded = Long.MAX_VALUE;
        for (int i = 0; i < clients.size(); i++) {
            Client client = clients.get(i);
            TreeMap<String, String> found = read(store, i);
            int shortest = -1;
            int longest = -1;
            for (int length = client.acknowledged; length <= client.operations.size(); length++) {
                if (after(client, length).equals(found)) {
                    shortest = shortest < 0 ? length : shortest;
                    longest = length;
                }
            }
            if (shortest < 0) {
                return "client " + i + ": no prefix of " + client.acknowledged + " to " + client.operations.size()
                        + " operations gives what is there; against what was acknowledged: "
                        + difference(after(client, client.acknowledged), found);
            }
            if (shortest > 0) {
                lastSurvivorBegan = Math.max(lastSurvivorBegan, client.operations.get(shortest - 1).began);
            }
            if (longest < client.operations.size()) {
                firstLostEnded = Math.min(firstLostEnded, client.operations.get(longest).ended);
            }
            client.operations.subList(longest, client.operations.size()).clear();
            client.completed = longest;
            client.acknowledged = longest;
        }
        return firstLostEnded < lastSurvivorBegan
                ? "an operation that began at " + lastSurvivorBegan + " survived, one that had ended at "
                        + firstLostEnded + " did not"
                : null;
    }

    private Operation begin(int client, String name, String value) {
        Operation operation = new Operation(key(client, name), value, clock++);
        clients.get(client).operations.add(operation);
        return operation;
    }

    private void end(int client, Operation operation) {
        operation.ended = clock++;
        clients.get(client).completed++;
    }

    private static TreeMap<String, String> after(Client client, int length) {
        TreeMap<String, String> state = new TreeMap<>();
        for (Operation operation : client.operations.subList(0, length)) {
            if (operation.value == null) {
                state.remove(operation.key);
            } else {
                state.put(operation.key, operation.value);
            }
        }
        return state;
    }

    private static TreeMap<String, String> read(KvStore store, int client) throws IOException {
        TreeMap<String, String> found = new TreeMap<>();
        byte[] from = (client + "/").getBytes(UTF_8);
        byte[] to = (client + "0").getBytes(UTF_8);
        try (KvIterator iterator = store.iterator(from, to)) {
            while (iterator.next()) {
                found.put(new String(iterator.key(), UTF_8), new String(iterator.value(), UTF_8));
            }
        }
        return found;
    }

    private static String difference(Map<String, String> wanted, Map<String, String> found) {
        List<String> lines = new ArrayList<>();
        wanted.forEach((key, value) -> {
            if (!value.equals(found.get(key))) {
                lines.add(key + " was " + brief(value) + ", is " + brief(found.get(key)));
            }
        });
        found.forEach((key, value) -> {
            if (!wanted.containsKey(key)) {
                lines.add(key + " was absent, is " + brief(value));
            }
        });
        return lines.size() + " keys differ: " + lines.subList(0, Math.min(5, lines.size()));
    }

    private static String brief(String value) {
        return value == null ? "absent" : value.substring(0, Math.min(12, value.length()));
    }
}
