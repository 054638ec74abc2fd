package io.ocssd.ftl.vblock;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.BusyException;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.NotFoundException;
import io.ocssd.error.OcssdException;
import io.ocssd.error.ReadOnlyException;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.ftl.media.Gate;
import io.ocssd.ftl.media.IdlePool;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.OpenBlocks;
import io.ocssd.placement.Placement;
import io.ocssd.target.BadBlock;
import io.ocssd.target.LifetimeCounters;
import io.ocssd.target.RecoveryReport;
import io.ocssd.vblock.ReadHandle;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockStatistics;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The vblocks of a target. */
public final class FlashVblocks implements Vblocks {
    private static final int MOST_IDLE_HANDLES = 16;
    /** Allocations that may fail one after the other for the device's sake. */
    private static final int MOST_ATTEMPTS = 8;

    private final Media media;
    private final VblockIds ids;
    private final WindowBudget budget;
    private final BlockPool pool;
    private final VblockCounters counters = new VblockCounters();
    private final StripeLayout[] layouts;
    private final VblockEraser eraser;

    private final Gate gate;
    private final Scrubber scrubber;
    private final ConcurrentSkipListMap<Long, FlashVblock> directory = new ConcurrentSkipListMap<>();
    private final IdlePool<FlashReadHandle> handles = new IdlePool<>(MOST_IDLE_HANDLES, FlashReadHandle::close);
    private volatile VblockSpace space;
    private volatile boolean discarded;
    private final boolean readOnly;
    /** Set while the target is opened. */
    private Journal journal;
    /** What the target has done since it was made. */
    private Supplier<LifetimeCounters> lifetime;

    private RecoveryReport recovery;

    private FlashVblocks(
            Media media, VblockSpace space, VblockIds ids, Placement placement, long windowBytes, boolean readOnly) {
        this.media = media;
        this.space = space;
        this.ids = ids;
        this.readOnly = readOnly;
        this.budget =
                new WindowBudget(media.scheduler(), windowBytes, media.limits().wsOpt() * media.sectorBytes());
        this.pool = new BlockPool(media.scheduler(), media.geometry(), space.luns(), placement, Journal.FEWEST_BLOCKS);
        this.eraser = new VblockEraser(media, pool, counters);
        this.layouts = new StripeLayout[media.geometry().luns() + 1];
        this.gate = new Gate(media.scheduler());
        this.scrubber = new Scrubber(this);
        pool.keepForGc(space.gcBlocks());
    }

    /**
     * Opens the vblocks of a target, recovering them from what is on flash.
     *
     * @param placement of new vblocks; this target's own
     * @param windowBytes memory for the windows of all vblocks open for writing
     * @param readOnly whether nothing is programmed or erased, now and later
     * @throws io.ocssd.error.CorruptException when its LUNs hold vblocks of another drive; nothing was erased then
     */
    public static FlashVblocks open(
            Media media, VblockSpace space, VblockIds ids, Placement placement, long windowBytes, boolean readOnly)
            throws IOException {
        FlashVblocks vblocks = new FlashVblocks(media, space, ids, placement, windowBytes, readOnly);
        Recovery recovery = new Recovery(media, space, vblocks, readOnly);
        if (!readOnly) {
            media.askForErrorCounts();
        }
        boolean done = false;
        try {
            vblocks.recovery = recovery.run(ids);
            done = true;
        } finally {
            if (!done) {
                if (vblocks.journal != null) {
                    vblocks.journal.close();
                }
                media.closePaths();
            }
        }
        for (FlashVblock vblock : recovery.found()) {
            vblocks.directory.put(vblock.id(), vblock);
            if (!readOnly) {
                // The copy has a header again.
                recovery.damaged().stream()
                        .filter(vblock.map()::holds)
                        .forEach(blockPpa -> vblocks.scrubber.suggest(vblock, blockPpa));
            }
        }
        return vblocks;
    }

    /** Bytes that the windows of so many vblocks of one LUN take, all open for writing. */
    public static long windowBytes(int vblocks, Limits limits, int sectorBytes) {
        return (long) vblocks * StripeWriter.reserveBuffers(1, limits) * limits.wsOpt() * sectorBytes;
    }

    /** What it took to open them. */
    public RecoveryReport recovery() {
        return recovery;
    }

    /**
     * Ends what goes on in the background, closes the journal and gives up the idle data paths. Called by a task. Idempotent.
     */
    public void close() {
        scrubber.close();
        if (!discarded) {
            // Of a target that was removed nothing is under way, but somebody may wait for whoever removes it.
            scrubber.awaitEnd();
        }
        handles.close();
        journal.close();
        media.closePaths();
    }

    /**
     * Keeps everybody from allocating and erasing until {@link #resume}; returns when nobody does. Whoever calls it has no turn
     * for which an allocation may wait.
     */
    public void pause() {
        gate.shut();
    }

    /** Ends what {@link #pause} began. */
    public void resume() {
        pool.keepFromJournal(block -> false);
        gate.open();
    }

    /** Ids of the vblocks open for writing, ascending. */
    public List<Long> beingWritten() {
        return ids(FlashVblock::isBeingWritten);
    }

    /** Ids of the vblocks that have a block among these, ascending. */
    public List<Long> holding(IntPredicate blocks) {
        return ids(vblock ->
                vblock.blocks().owned().stream().mapToInt(Integer::intValue).anyMatch(blocks));
    }

    /**
     * Prepares for {@link #own} without some blocks: the journal is in none of them from now on. Called while paused.
     *
     * @throws NoSpaceException when the journal has no other block to go to
     */
    public void leave(IntPredicate blocks) throws IOException {
        pool.keepFromJournal(blocks);
        if (journal.blocks().stream().anyMatch(blocks::test)) {
            journal.relocate();
        }
    }

    /** Whether a block is never used again. */
    public boolean isRetired(int block) {
        return journal.isRetired(block);
    }

    /**
     * Has other blocks from now on. Called while paused; what it has no more holds no vblock.
     *
     * @param newSpace with the same id and the same count of open blocks
     * @param placement of new vblocks; this target's own
     * @param report tells which of the new blocks are free; the others are left alone
     */
    public void own(VblockSpace newSpace, Placement placement, BlockReport report) {
        VblockSpace before = space;
        Geometry geometry = media.geometry();
        pool.own(newSpace.luns(), block -> !newSpace.reserved().contains(block), placement);
        pool.keepForGc(newSpace.gcBlocks());
        space = newSpace;
        for (int lun : newSpace.luns()) {
            boolean known = before.luns().contains(lun);
            for (int i = 0; i < geometry.blocksPerLun(); i++) {
                int block = lun * geometry.blocksPerLun() + i;
                boolean had = known && !before.reserved().contains(block);
                if (!had && !newSpace.reserved().contains(block)) {
                    pool.setErases(block, report.eraseCount(block));
                    if (report.state(block) == BlockState.FREE && !journal.isRetired(block)) {
                        pool.addFree(block);
                    }
                }
            }
        }
    }

    /**
     * Does without a free block from now on.
     *
     * @return false when the block is the target's and not free; then nothing has changed
     */
    public boolean giveUp(int block) {
        if (!space.owns(block, media.geometry())) {
            return true;
        }
        boolean free = pool.remove(block);
        if (free) {
            space = space.without(block);
        }
        return free;
    }

    /** See {@link io.ocssd.target.Target#lifetime}. */
    public LifetimeCounters lifetime() {
        return lifetime.get();
    }

    /** See {@link io.ocssd.target.Target#badBlocks}. */
    public List<BadBlock> badBlocks() throws IOException {
        return new BadBlocks(this, space).list();
    }

    /** See {@link io.ocssd.target.Target#markBad}. */
    public void markBad(int block) throws IOException {
        checkWritable();
        gate.enter();
        try {
            new BadBlocks(this, space).mark(block, holding(each -> each == block));
        } finally {
            gate.leave();
        }
    }

    /** Has another budget of window memory from now on. */
    public void limitWindows(long windowBytes) {
        budget.limit(windowBytes);
    }

    /** The target is gone, and so are its vblocks. Called while paused, and when none is open for writing. */
    public void discard() {
        discarded = true;
        directory.values().forEach(FlashVblock::discarded);
        directory.clear();
        journal.close();
        space.openBlocks().closed(space.openBlocks().open());
    }

    @Override
    public int maxWidth() {
        return Math.min(space.luns().size(), BlockHeaderLayout.mostMembers(media.unitBytes()));
    }

    @Override
    public long capacityBytes(int width) {
        checkWidth(width);
        StreamSpace room = new StreamSpace(layout(width), media.limits().wsMin(), media.sectorBytes());
        return Math.min(room.rawRemaining(0, 0), room.stagedRemaining(0, 0));
    }

    @Override
    public int available(int width) {
        checkWidth(width);
        return pool.available(width);
    }

    @Override
    public int maxWriters(int width) {
        checkWidth(width);
        return Math.min(
                (space.openBlocks().most() - 1) / width,
                budget.pools(StripeWriter.reserveBuffers(width, media.limits())));
    }

    @Override
    public VblockWriter allocate(VblockRequest request) throws IOException {
        checkWritable();
        checkWidth(request.width());
        for (int attempt = 1; ; attempt++) {
            try {
                return tryAllocate(request);
            } catch (DeviceException e) {
                // Headers that failed took all blocks that were left; those that were erased since can be used now.
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private VblockWriter tryAllocate(VblockRequest request) throws IOException {
        int width = request.width();
        int buffers = StripeWriter.reserveBuffers(width, media.limits());
        IoBufferPool reserve = budget.take(buffers);
        boolean done = false;
        gate.enter();
        try {
            if (discarded) {
                throw new NotFoundException("the target was removed", "");
            }
            VblockWriter writer = allocate(request, reserve);
            done = true;
            return writer;
        } finally {
            gate.leave();
            if (!done) {
                budget.giveBack(reserve, buffers, false);
            }
        }
    }

    @Override
    public Vblock open(long id) throws NotFoundException {
        FlashVblock vblock = directory.get(id);
        if (vblock == null) {
            throw new NotFoundException("there is no vblock " + Long.toHexString(id), "");
        }
        return vblock;
    }

    @Override
    public List<Vblock> list() {
        return ImmutableList.copyOf(directory.values());
    }

    @Override
    public ReadHandle openHandle() throws IOException {
        return new FlashReadHandle(this, media);
    }

    @Override
    public VblockStatistics statistics() {
        return counters.snapshot(media.tallies());
    }

    Media media() {
        return media;
    }

    BlockPool pool() {
        return pool;
    }

    VblockEraser eraser() {
        return eraser;
    }

    /** Null until recovery has found it. */
    Journal journal() {
        return journal;
    }

    /** Recovery has opened the journal. */
    void journal(Journal opened) {
        journal = opened;
        LifetimeCounters earlier = opened.counters();
        lifetime = () -> earlier.plus(counters.lifetime(media.tallies()));
        opened.countFrom(lifetime);
        eraser.journal(opened);
    }

    VblockCounters counters() {
        return counters;
    }

    /** The layout of all vblocks of a width. */
    StripeLayout layout(int width) {
        StripeLayout layout = layouts[width];
        if (layout == null) {
            layout = new StripeLayout(
                    width,
                    media.limits().wsMin(),
                    media.limits().wsOpt(),
                    media.geometry().sectorsPerBlock());
            layouts[width] = layout;
        }
        return layout;
    }

    /** Linear numbers of blocks. */
    List<Integer> numbers(ImmutableLongArray blockPpas) {
        return blockPpas.stream().mapToObj(media.geometry()::blockIndex).toList();
    }

    /**
     * Takes a free block in place of one that failed and is closed, for which it counts as open now.
     *
     * @return its linear number; -1 when there is none
     */
    int takeReplacement(int failedBlock) {
        return pool.takeReplacement(failedBlock);
    }

    /** A block of a vblock that is being written is closed, and there was none to take its place. */
    void notReplaced() {
        space.openBlocks().closed(1);
    }

    /** A block of a vblock that is being written is closed, and none takes its place. */
    void noLongerOpen(int block) {
        noLongerOpen(List.of(block));
    }

    /** Sectors of a block of a vblock read with a high error count. */
    void readBadly(FlashVblock vblock, long blockPpa) {
        if (!readOnly) {
            scrubber.suggest(vblock, blockPpa);
        }
    }

    /** Waits while blocks of a vblock are being copied. */
    void awaitRest(FlashVblock vblock) {
        scrubber.awaitRest(vblock);
    }

    /** What copies a block. */
    @FunctionalInterface
    interface Copy {
        void run() throws IOException;
    }

    /** Lets a block be copied while nobody changes what belongs to the target. */
    void scrub(Copy copy) throws IOException {
        gate.enter();
        try {
            if (!discarded) {
                copy.run();
            }
        } finally {
            gate.leave();
        }
    }

    /**
     * Takes a free block to copy another one to.
     *
     * @return its linear number; -1 when there is none, or no more may be open
     */
    int takeForCopy(int block) {
        if (!space.openBlocks().tryOpen(1)) {
            return -1;
        }
        int fresh = pool.takeForCopy(block);
        if (fresh < 0) {
            space.openBlocks().closed(1);
        }
        return fresh;
    }

    /** A block was taken for a copy that came to nothing. */
    void notCopied(int fresh, int status) throws IOException {
        VblockBlocks blocks = VblockBlocks.open(List.of(fresh));
        if (status == NvmeStatus.WRITE_FAULT) {
            blocks.suspect(fresh, status);
        }
        eraser.free(blocks);
        noLongerOpen(fresh);
    }

    /** A block was copied, and nobody who begins to read will read it any more. */
    void copied(int old, int fresh) throws IOException {
        noLongerOpen(fresh);
        eraser.eraseOrphans(List.of(media.geometry().blockPpa(old)));
        counters.scrubbedBlocks.increment();
    }

    /** Reads the extents of a sealed vblock, when they are asked for first. */
    ExtentMap loadExtents(FlashVblock vblock) throws OcssdException {
        ExtentMap extents = new ExtentLoader(this).load(vblock);
        vblock.extents(extents);
        return extents;
    }

    FlashReadHandle handleOf(ReadHandle handle) {
        if (handle instanceof FlashReadHandle ours && ours.owner() == this) {
            return ours;
        }
        throw new IllegalArgumentException("the handle is of another target, handle=" + handle);
    }

    void read(FlashVblock vblock, long offset, ByteBuffer target) throws IOException {
        FlashReadHandle handle = handles.tryTake();
        if (handle == null) {
            handle = new FlashReadHandle(this, media);
        }
        try {
            handle.read(vblock, offset, target);
        } finally {
            handles.giveBack(handle);
        }
    }

    /** A writer sealed its vblock. */
    void sealed(FlashVblock vblock, IoBufferPool reserve, boolean whole) {
        // The window goes first: whoever still copies from it sees that its sectors are readable now.
        vblock.sealed();
        budget.giveBack(reserve, StripeWriter.reserveBuffers(vblock.width(), media.limits()), whole);
        noLongerOpen(vblock.blocks().open());
        scrubber.goOn();
    }

    /** Erases a vblock that nobody writes to and that is marked as erased. */
    void erase(FlashVblock vblock) throws IOException {
        gate.enter();
        try {
            if (directory.remove(vblock.id()) == null) {
                throw new NotFoundException("the target was removed", "");
            }
            boolean wasSealed = vblock.isSealed();
            eraser.erase(vblock.id(), vblock.map(), vblock.blocks(), wasSealed);
            if (!wasSealed) {
                noLongerOpen(vblock.blocks().open());
                budget.giveBack(vblock.reserve(), StripeWriter.reserveBuffers(vblock.width(), media.limits()), false);
            }
        } finally {
            gate.leave();
            scrubber.goOn();
        }
    }

    private VblockWriter allocate(VblockRequest request, IoBufferPool reserve) throws IOException {
        int width = request.width();
        OpenBlocks openBlocks = space.openBlocks();
        if (!tryOpen(width)) {
            throw new BusyException(
                    "the target may have " + openBlocks.most() + " open blocks, " + openBlocks.open()
                            + " are open with the journal's (" + openBlocks.openOfAll() + " on the drive), and " + width
                            + " more were asked for",
                    "seal or erase a vblock that is open for writing, or ask for a smaller width");
        }
        List<Integer> blocks = List.of();
        try {
            blocks = pool.take(request.stream(), width);
        } finally {
            // A placement that somebody else wrote may throw as well.
            if (blocks.isEmpty()) {
                openBlocks.closed(width);
            }
        }
        if (blocks.isEmpty()) {
            throw new NoSpaceException(
                    "fewer than " + width + " LUNs of the target have a free block, free blocks=" + pool.freeBlocks()
                            + (pool.gcBlocks() == 0 ? "" : ", kept for garbage collection=" + pool.gcBlocks())
                            + (pool.keptForJournal() == 0 ? "" : ", kept for the journal=" + pool.keptForJournal()),
                    "erase vblocks that are not needed any more");
        }
        ImmutableLongArray.Builder members = ImmutableLongArray.builder(width);
        blocks.forEach(block -> members.add(media.geometry().blockPpa(block)));
        return begin(request, members.build(), reserve);
    }

    /** Counts blocks that are about to be opened, if the limit allows it; not what the journal has for a moment is in the way. */
    private boolean tryOpen(int blocks) {
        while (true) {
            long seen = journal.placeVersion();
            if (space.openBlocks().tryOpen(blocks)) {
                return true;
            }
            if (!journal.awaitPlace(seen)) {
                return false;
            }
        }
    }

    private VblockWriter begin(VblockRequest request, ImmutableLongArray members, IoBufferPool reserve)
            throws IOException {
        int width = request.width();
        FlashVblock vblock = null;
        FlashVblockWriter writer = null;
        try {
            BlockHeader header = new BlockHeader(
                    media.driveId(),
                    space.targetId(),
                    ids.next(),
                    request.stream(),
                    0,
                    request.tag(),
                    members,
                    Piece.original(members.get(0)));
            Window window = new Window(
                    width,
                    media.limits(),
                    media.sectorBytes(),
                    StripeWriter.IN_FLIGHT * media.limits().wsOpt());
            vblock = new FlashVblock(this, header, layout(width), window, reserve);
            writer = new FlashVblockWriter(this, vblock, window, reserve);
            writer.begin();
            directory.put(vblock.id(), vblock);
            return writer;
        } catch (IOException e) {
            if (writer != null) {
                writer.close();
            }
            VblockBlocks blocks = vblock == null ? VblockBlocks.open(numbers(members)) : vblock.blocks();
            try {
                if (writer == null) {
                    // Nothing was programmed.
                    eraser.free(blocks);
                } else {
                    eraser.erase(vblock.id(), null, blocks, false);
                }
            } catch (GoneException gone) {
                // What was made of it may be there when the device is.
                gone.addSuppressed(e);
                throw gone;
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            noLongerOpen(blocks.open());
            throw e;
        }
    }

    private void noLongerOpen(List<Integer> blocks) {
        pool.closed(blocks);
        space.openBlocks().closed(blocks.size());
    }

    private List<Long> ids(Predicate<FlashVblock> wanted) {
        return directory.values().stream().filter(wanted).map(FlashVblock::id).collect(ImmutableList.toImmutableList());
    }

    /** Throws when nothing may be written. */
    void checkWritable() throws ReadOnlyException {
        if (readOnly) {
            throw new ReadOnlyException(
                    "the drive was opened read-only: its vblocks can't be changed", "open it for writing");
        }
    }

    private void checkWidth(int width) {
        if (width < 1 || width > maxWidth()) {
            throw new IllegalArgumentException("width=" + width + ", maxWidth=" + maxWidth());
        }
    }
}
