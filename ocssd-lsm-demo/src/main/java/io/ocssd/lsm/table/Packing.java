package io.ocssd.lsm.table;

import java.io.IOException;
import java.util.List;

/** Foresees how many tables a run of tables would become if it were written anew, from the sizes of their blocks. */
public final class Packing {
    private Packing() {}

    /**
     * Tables that a run would take, rather one too many than one too few.
     *
     * @param run tables of one level, in the order of their keys
     * @param tableBytes bytes of a full table
     */
    public static int tables(List<PlacedTable> run, TableFormat format, long tableBytes) throws IOException {
        long room = tableBytes - tableBytes / 100 - FooterLayout.BYTES;
        int tables = 1;
        long used = 0;
        for (PlacedTable placed : run) {
            TableIndex index = placed.table().index();
            long filter = Bloom.bytes(placed.meta().entries(), format.bloomBitsPerKey()) / index.blocks() + 1;
            for (int i = 0; i < index.blocks(); i++) {
                // Twice the key: the end of a table is reckoned with room for one block more.
                long block = index.length(i) + filter + IndexLayout.HEADER_BYTES + 2L * index.lastKey(i).length;
                if (used + block > room) {
                    tables++;
                    used = 0;
                }
                used += block;
            }
        }
        return tables;
    }
}
