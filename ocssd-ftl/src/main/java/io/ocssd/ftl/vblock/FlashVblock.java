package io.ocssd.ftl.vblock;

import com.google.common.collect.ImmutableList;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Geometry;
import io.ocssd.error.NotFoundException;
import io.ocssd.vblock.ReadHandle;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A vblock: its header, its layout, and what is known of its stream. */
final class FlashVblock implements Vblock {
    private enum State {
        WRITING,
        AT_REST,
        SCRUBBED,
        ERASED
    }

    private final FlashVblocks owner;
    private final BlockHeader header;
    private final StripeLayout layout;
    private final VblockBlocks blocks;
    private volatile PlaceMap map;
    /** Null until they are needed; {@link #lengthAtRest} is known then. */
    private volatile ExtentMap extents;

    private final long lengthAtRest;
    private final AtomicReference<State> state;
    /** Null once all blocks are closed. */
    private volatile Window window;
    /** What the window's buffers belong to; null with the window. */
    private volatile IoBufferPool reserve;

    /** A vblock that is about to be written. */
    FlashVblock(FlashVblocks owner, BlockHeader header, StripeLayout layout, Window window, IoBufferPool reserve) {
        this.owner = owner;
        this.header = header;
        this.layout = layout;
        this.blocks = VblockBlocks.open(owner.numbers(header.members()));
        this.map = PlaceMap.of(owner.media().limits().wsMin(), header.members().toArray());
        this.extents = new ExtentMap();
        this.lengthAtRest = 0;
        this.state = new AtomicReference<>(State.WRITING);
        this.window = window;
        this.reserve = reserve;
    }

    /**
     * A vblock that was found on flash, with all its blocks closed.
     *
     * @param extents null when they are yet to be read
     */
    FlashVblock(FlashVblocks owner, FoundVblock found, StripeLayout layout, long length, ExtentMap extents) {
        this.owner = owner;
        this.header = found.header();
        this.layout = layout;
        this.blocks = VblockBlocks.closed(found.blocks());
        this.map = found.map();
        this.extents = extents;
        this.lengthAtRest = length;
        this.state = new AtomicReference<>(State.AT_REST);
    }

    @Override
    public long id() {
        return header.vblockId();
    }

    @Override
    public Stream stream() {
        return header.stream();
    }

    @Override
    public long tag() {
        return header.tag();
    }

    @Override
    public int width() {
        return header.width();
    }

    @Override
    public List<Integer> luns() {
        Geometry geometry = owner.media().geometry();
        return header.members().stream().mapToObj(geometry::lunIndex).collect(ImmutableList.toImmutableList());
    }

    @Override
    public boolean isSealed() {
        return window == null;
    }

    @Override
    public long length() {
        ExtentMap known = extents;
        return known == null ? lengthAtRest : known.length();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        owner.read(this, offset, target);
    }

    @Override
    public void read(ReadHandle handle, long offset, ByteBuffer target) throws IOException {
        owner.handleOf(handle).read(this, offset, target);
    }

    @Override
    public void read(ReadHandle handle, long offset, IoBuffer target) throws IOException {
        owner.handleOf(handle).read(this, offset, target);
    }

    @Override
    public void erase() throws IOException {
        owner.checkWritable();
        // What was found decides: a scrub may end before one looks again.
        State was = state.compareAndExchange(State.AT_REST, State.ERASED);
        while (was == State.SCRUBBED) {
            owner.awaitRest(this);
            was = state.compareAndExchange(State.AT_REST, State.ERASED);
        }
        if (was == State.WRITING) {
            throw new IllegalStateException("the vblock is open for writing, vblock=" + id());
        }
        if (was == State.ERASED) {
            throw gone();
        }
        owner.erase(this);
    }

    BlockHeader header() {
        return header;
    }

    StripeLayout layout() {
        return layout;
    }

    /** Where its sectors lie; whoever reads by it looks afterwards whether it is still the one. */
    PlaceMap map() {
        return map;
    }

    VblockBlocks blocks() {
        return blocks;
    }

    /** Null when they are yet to be read. */
    ExtentMap extents() {
        return extents;
    }

    /** They were read. */
    void extents(ExtentMap loaded) {
        extents = loaded;
    }

    /** A place goes on in another block; for the writer's task. */
    void moved(int place, Piece piece) {
        map = map.with(place, piece);
    }

    Window window() {
        return window;
    }

    IoBufferPool reserve() {
        return reserve;
    }

    /** All blocks are closed. */
    void sealed() {
        window = null;
        reserve = null;
        state.set(State.AT_REST);
    }

    /**
     * The writer let go: the vblock ends at its last sync, as it would after a crash. The window stays, since it is where
     * the last sectors can be read.
     */
    void abandoned(ExtentMap synced) {
        extents = synced;
        state.set(State.AT_REST);
    }

    /** A sealed vblock keeps from being erased; false when it is none, or something else happens to it. */
    boolean beginScrub() {
        return window == null && state.compareAndSet(State.AT_REST, State.SCRUBBED);
    }

    /** What {@link #beginScrub} began has ended. */
    void endScrub() {
        state.compareAndSet(State.SCRUBBED, State.AT_REST);
    }

    boolean isBeingScrubbed() {
        return state.get() == State.SCRUBBED;
    }

    /** A block holds from now on what another one held; for whoever scrubs it. */
    void copied(long oldPpa, long newPpa) {
        Geometry geometry = owner.media().geometry();
        blocks.replaced(geometry.blockIndex(oldPpa), geometry.blockIndex(newPpa));
        map = map.with(oldPpa, newPpa);
    }

    boolean isBeingWritten() {
        return state.get() == State.WRITING;
    }

    /** Its target is gone, and so is it. Nobody writes to it. */
    void discarded() {
        state.set(State.ERASED);
    }

    /** Throws when it was erased, or is just being. */
    void checkThere() throws NotFoundException {
        if (state.get() == State.ERASED) {
            throw gone();
        }
    }

    private NotFoundException gone() {
        return new NotFoundException("vblock " + Long.toHexString(id()) + " was erased", "");
    }
}
