package io.ocssd.ftl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a test asked a journal to remember, and what of it was acknowledged. One task at a time, or under simulated time. */
final class JournalModel {
    /** Numbers of blocks that no drive of the tests has: what the journal retires itself is below. */
    static final int FIRST_BLOCK = 1_000_000;

    /** One thing asked for. */
    private static final class Item<T> {
        final T value;
        boolean acknowledged;
        /** A vblock whose erase ended: it may be forgotten. */
        boolean ended;

        Item(T value) {
            this.value = value;
        }
    }

    private final Map<Integer, Item<RetireReason>> retired = new TreeMap<>();
    private final Map<Long, Item<Boolean>> erasing = new TreeMap<>();
    private final Map<Long, Item<SealedEnd>> sealed = new TreeMap<>();
    private int next = 1;
    private int acknowledgements;

    /** A number that was never used. */
    int fresh() {
        return next++;
    }

    int acknowledgements() {
        return acknowledgements;
    }

    void askRetire(int block, RetireReason reason) {
        retired.put(block, new Item<>(reason));
    }

    void retired(int block) {
        acknowledge(retired.get(block));
    }

    void askErase(long id) {
        erasing.put(id, new Item<>(true));
    }

    void erasing(long id) {
        acknowledge(erasing.get(id));
    }

    /** The erase ended, or is about to. */
    void erased(long id) {
        erasing.get(id).ended = true;
        if (sealed.containsKey(id)) {
            sealed.get(id).ended = true;
        }
    }

    void askSeal(long id, SealedEnd end) {
        sealed.put(id, new Item<>(end));
    }

    void sealed(long id) {
        acknowledge(sealed.get(id));
    }

    /** Vblocks that are sealed and not erased. */
    List<Long> erasable() {
        List<Long> ids = new ArrayList<>();
        sealed.forEach((id, item) -> {
            if (item.acknowledged && !erasing.containsKey(id)) {
                ids.add(id);
            }
        });
        return ids;
    }

    /** Vblocks being erased. */
    List<Long> endable() {
        List<Long> ids = new ArrayList<>();
        erasing.forEach((id, item) -> {
            if (item.acknowledged && !item.ended) {
                ids.add(id);
            }
        });
        return ids;
    }

    /** After an opening: what was acknowledged is there, nothing else is, and so it stays. */
    void check(Journal journal) {
        Map<Integer, RetireReason> foundRetired = new TreeMap<>(journal.retired());
        foundRetired.keySet().removeIf(block -> block < FIRST_BLOCK);
        compare("retired", retired, foundRetired);
        Map<Long, Boolean> foundErasing = new TreeMap<>();
        journal.erasing().forEach(id -> foundErasing.put(id, true));
        compare("erasing", erasing, foundErasing);
        Map<Long, SealedEnd> foundSealed = new TreeMap<>();
        for (long id = 1; id < next; id++) {
            SealedEnd end = journal.sealedEnd(id);
            if (end != null) {
                foundSealed.put(id, end);
            }
        }
        compare("sealed", sealed, foundSealed);
        erasing.forEach((id, item) -> {
            if (item.ended) {
                journal.endErase(id);
            }
        });
    }

    /** Says that nothing is known of anything any more but what the journal knows. */
    private static <K, T> void compare(String what, Map<K, Item<T>> items, Map<K, T> found) {
        for (Map.Entry<K, T> each : found.entrySet()) {
            Item<T> item = items.get(each.getKey());
            assertThat(item)
                    .as("%s %s was never recorded, or was forgotten", what, each.getKey())
                    .isNotNull();
            assertThat(each.getValue()).as("%s %s", what, each.getKey()).isEqualTo(item.value);
            item.acknowledged = true;
        }
        items.entrySet().removeIf(entry -> {
            boolean gone = !found.containsKey(entry.getKey());
            if (gone) {
                Item<T> item = entry.getValue();
                assertThat(item.acknowledged && !item.ended)
                        .as("%s %s was acknowledged and is lost", what, entry.getKey())
                        .isFalse();
            }
            return gone;
        });
    }

    private void acknowledge(Item<?> item) {
        item.acknowledged = true;
        acknowledgements++;
    }
}
