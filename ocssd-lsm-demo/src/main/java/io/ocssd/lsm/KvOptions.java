package io.ocssd.lsm;

/**
 * How a store is laid out. A number that is 0 is derived from the target: from the capacity of its vblocks and from how
 * many of them there are. Only the name has to be the same at every opening.
 *
 * @param name name of the store, 1 to 64 letters, digits, dots, dashes or underscores; a target can hold several stores
 * @param memtableBytes a memtable is written out when it holds this many bytes; never more than fill one table
 * @param blockBytes size that a data block of a table aims at; an entry larger than it has a block of its own
 * @param bloomBitsPerKey bits of a table's Bloom filter for each key
 * @param level0Tables tables of level 0 at which compaction starts
 * @param level1Tables tables that level 1 may hold
 * @param levelRatio how many times as many tables as a level the next one may hold
 */
public record KvOptions(
        String name,
        long memtableBytes,
        int blockBytes,
        int bloomBitsPerKey,
        int level0Tables,
        int level1Tables,
        int levelRatio) {
    /** Longest name. */
    public static final int MAX_NAME_LENGTH = 64;

    /** Checks every field. */
    public KvOptions {
        if (!name.matches("[A-Za-z0-9._-]{1," + MAX_NAME_LENGTH + "}")) {
            throw new IllegalArgumentException("store name \"" + name + "\" is not 1 to " + MAX_NAME_LENGTH
                    + " letters, digits, dots, dashes or underscores");
        }
        check("memtableBytes", memtableBytes, 4096, 1L << 30);
        check("blockBytes", blockBytes, 256, 1 << 20);
        check("bloomBitsPerKey", bloomBitsPerKey, 1, 64);
        check("level0Tables", level0Tables, 1, 64);
        check("level1Tables", level1Tables, 1, 1024);
        check("levelRatio", levelRatio, 2, 32);
    }

    /** The store "default", everything derived from the target. */
    public static KvOptions defaults() {
        return new KvOptions("default", 0, 0, 0, 0, 0, 0);
    }

    /** The same with another name. */
    public KvOptions withName(String otherName) {
        return new KvOptions(
                otherName, memtableBytes, blockBytes, bloomBitsPerKey, level0Tables, level1Tables, levelRatio);
    }

    /** The same with another size of the memtable, in bytes; 0 to derive it. */
    public KvOptions withMemtableBytes(long bytes) {
        return new KvOptions(name, bytes, blockBytes, bloomBitsPerKey, level0Tables, level1Tables, levelRatio);
    }

    /** The same with other data blocks, in bytes; 0 for the default of 4096. */
    public KvOptions withBlockBytes(int bytes) {
        return new KvOptions(name, memtableBytes, bytes, bloomBitsPerKey, level0Tables, level1Tables, levelRatio);
    }

    /** The same with other level sizes, in tables; 0 to derive one. */
    public KvOptions withLevels(int level0, int level1, int ratio) {
        return new KvOptions(name, memtableBytes, blockBytes, bloomBitsPerKey, level0, level1, ratio);
    }

    private static void check(String field, long value, long least, long most) {
        if (value != 0 && (value < least || value > most)) {
            throw new IllegalArgumentException(field + "=" + value + " is neither 0 nor in " + least + ".." + most);
        }
    }
}
