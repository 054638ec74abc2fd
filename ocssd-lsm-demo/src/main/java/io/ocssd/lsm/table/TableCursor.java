package io.ocssd.lsm.table;

import io.ocssd.lsm.entry.Cursor;
import java.io.IOException;

/** Goes through a table; reads one block at first and then ever more at once, up to a bound. */
final class TableCursor implements Cursor {
    private final Table table;
    private final byte[] from;
    private final int aheadBytes;
    private final Block block = new Block();
    private TableIndex index;
    private byte[] chunk = {};
    private int chunkFirst;
    private int chunkEnd;
    private int number;
    private int nextChunkBytes;

    TableCursor(Table table, byte[] from, int aheadBytes) {
        this.table = table;
        this.from = from;
        this.aheadBytes = aheadBytes;
    }

    @Override
    public boolean next() throws IOException {
        if (index == null) {
            index = table.index();
            number = index.find(from);
            chunkEnd = number;
            if (number == index.blocks()) {
                return false;
            }
            enterBlock();
            // The index says that the block's last key is not before the wanted one.
            return block.seek(from);
        }
        if (number == index.blocks()) {
            return false;
        }
        if (block.next()) {
            return true;
        }
        number++;
        if (number == index.blocks()) {
            return false;
        }
        enterBlock();
        return block.next();
    }

    @Override
    public byte[] key() {
        return block.key();
    }

    @Override
    public long sequence() {
        return block.sequence();
    }

    @Override
    public boolean isDelete() {
        return block.isDelete();
    }

    @Override
    public byte[] valueArray() {
        return block.array();
    }

    @Override
    public int valueOffset() {
        return block.valueOffset();
    }

    @Override
    public int valueLength() {
        return block.valueLength();
    }

    private void enterBlock() throws IOException {
        if (number == chunkEnd) {
            readChunk();
        }
        block.reset(chunk, (int) (index.offset(number) - index.offset(chunkFirst)), index.length(number));
    }

    private void readChunk() throws IOException {
        int bytes = index.length(number);
        int end = number + 1;
        while (end < index.blocks() && bytes + index.length(end) <= nextChunkBytes) {
            bytes += index.length(end);
            end++;
        }
        if (chunk.length < bytes) {
            chunk = new byte[Math.max(bytes, Math.min(aheadBytes, 2 * bytes))];
        }
        table.readBlocks(index, number, end - number, chunk);
        chunkFirst = number;
        chunkEnd = end;
        nextChunkBytes = Math.min(aheadBytes, 2 * bytes);
    }
}
