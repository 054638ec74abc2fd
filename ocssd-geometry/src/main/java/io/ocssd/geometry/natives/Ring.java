package io.ocssd.geometry.natives;

/**
 * A ring of reads and writes that the kernel works on while the caller goes on (io_uring).
 *
 * <p>Entries are prepared one by one ({@link #read}, {@link #write}), handed over many at a time ({@link #submit}, {@link #await}),
 * and taken when they have completed ({@link #take}). Belongs to one thread at a time; {@link #wake} is for any other. Nothing is
 * allocated per entry.
 */
public interface Ring extends AutoCloseable {
    /** {@link #await}: without an end. */
    long FOREVER = Long.MAX_VALUE;

    /** What {@link #userData} gives for the entry of a {@link #wake}. */
    long WAKE = -1;

    /**
     * Prepares a read; see {@link Kernel#pread}.
     *
     * @param userData comes back with the completion; not {@link #WAKE}
     * @return false when there is no room before something was submitted
     */
    boolean read(int descriptor, long address, int bytes, long offset, long userData);

    /** Prepares a write; else as {@link #read}. */
    boolean write(int descriptor, long address, int bytes, long offset, long userData);

    /** Entries that were prepared, those of the ring itself included, and not handed over. */
    int prepared();

    /** Hands over what was prepared. Returns 0, or the negative {@link Errno}; what was not taken is handed over next time. */
    int submit();

    /**
     * Hands over what was prepared and waits until an entry can be taken.
     *
     * @param min until so many can be taken, at least 1
     * @param nanos no longer than this; {@link #FOREVER} for any time
     * @return 0, or the negative {@link Errno}: among others {@link Errno#ETIME} when the time is over, and
     *     {@link Errno#EINTR}
     */
    int await(int min, long nanos);

    /** Lets the {@link #await} of the owner that is under way, or the next one, return by a completion of its own. For any thread. */
    void wake();

    /** Takes a completion that is there; {@link #userData} and {@link #result} are about it then. */
    boolean take();

    /** Of the completion taken last: what its entry was prepared with. */
    long userData();

    /** Of the completion taken last: bytes moved, or the negative {@link Errno}. */
    int result();

    /** Gives it up; every other call is misuse then. What the kernel still works on must have been waited for. Idempotent. */
    @Override
    void close();
}
