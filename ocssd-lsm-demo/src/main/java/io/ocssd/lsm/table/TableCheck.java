package io.ocssd.lsm.table;

import io.ocssd.error.CorruptException;
import io.ocssd.lsm.entry.Keys;
import java.io.IOException;
import java.util.List;

/** Reads a whole table and compares it with itself and with what the manifest says of it. One task. */
public final class TableCheck {
    private final PlacedTable placed;
    private final List<String> findings;
    private long entries;
    private long deletes;
    private long firstSequence = Long.MAX_VALUE;
    private long lastSequence;
    private byte[] firstKey;
    private byte[] lastKey;
    private int blocks;

    private TableCheck(PlacedTable placed, List<String> findings) {
        this.placed = placed;
        this.findings = findings;
    }

    /**
     * Checks a table.
     *
     * @param findings gets a sentence for each thing that is wrong
     * @return data blocks that were read
     */
    public static int run(PlacedTable placed, List<String> findings) throws IOException {
        TableCheck check = new TableCheck(placed, findings);
        try {
            check.read();
        } catch (CorruptException e) {
            findings.add(e.getMessage());
        }
        return check.blocks;
    }

    private void read() throws IOException {
        Table table = placed.table();
        Footer footer = table.load();
        TableIndex index = table.index();
        Block block = new Block();
        for (int i = 0; i < index.blocks(); i++) {
            byte[] raw = new byte[index.length(i)];
            blocks++;
            try {
                table.readBlocks(index, i, 1, raw);
            } catch (CorruptException e) {
                findings.add(e.getMessage());
                continue;
            }
            block.reset(raw, 0, raw.length);
            while (block.next()) {
                look(block, i);
            }
            if (lastKey == null || Keys.compare(lastKey, index.lastKey(i)) != 0) {
                find("block " + i + " does not end with the key that the index has");
            }
        }
        compare("entries", entries, footer.entries(), placed.meta().entries());
        compare("deletes", deletes, footer.deletes(), placed.meta().deletes());
        compare(
                "first sequence",
                firstSequence,
                footer.firstSequence(),
                placed.meta().firstSequence());
        compare(
                "last sequence",
                lastSequence,
                footer.lastSequence(),
                placed.meta().lastSequence());
        if (lastKey != null && Keys.compare(lastKey, placed.meta().largest()) != 0) {
            find("its last key is " + Keys.show(lastKey));
        }
        int first = firstKey == null ? 0 : Keys.compare(firstKey, placed.meta().smallest());
        if (placed.meta().isTrimmed() ? first > 0 : first != 0) {
            find("its first key is " + Keys.show(firstKey));
        }
    }

    private void look(Block block, int number) throws IOException {
        byte[] key = block.key();
        if (lastKey != null && Keys.compare(lastKey, key) >= 0) {
            find("key " + Keys.show(key) + " in block " + number + " is not after the key before it");
        }
        if (!placed.table().mayContain(key)) {
            find("the Bloom filter does not know key " + Keys.show(key));
        }
        firstKey = firstKey == null ? key : firstKey;
        lastKey = key;
        entries++;
        deletes += block.isDelete() ? 1 : 0;
        firstSequence = Math.min(firstSequence, block.sequence());
        lastSequence = Math.max(lastSequence, block.sequence());
    }

    private void compare(String what, long found, long footer, long manifest) {
        if (found != footer || found != manifest) {
            find(what + ": blocks " + found + ", footer " + footer + ", manifest " + manifest);
        }
    }

    private void find(String what) {
        findings.add(placed.meta() + ": " + what);
    }
}
