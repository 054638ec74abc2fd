package io.ocssd.lsm;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.error.NotFoundException;
import io.ocssd.target.BadBlock;
import io.ocssd.target.LifetimeCounters;
import io.ocssd.target.RecoveryReport;
import io.ocssd.target.Target;
import io.ocssd.target.TargetInfo;
import io.ocssd.vblock.ReadHandle;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockStatistics;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A target whose writers do what a {@link PlantedBug} says. */
final class BuggyTarget implements Target, Vblocks {
    private final Target target;
    private final PlantedBug bug;

    BuggyTarget(Target target, PlantedBug bug) {
        this.target = target;
        this.bug = bug;
    }

    @Override
    public TargetInfo info() {
        return target.info();
    }

    @Override
    public Vblocks vblocks() {
        return this;
    }

    @Override
    public RecoveryReport recovery() {
        return target.recovery();
    }

    @Override
    public LifetimeCounters lifetime() {
        return target.lifetime();
    }

    @Override
    public List<BadBlock> badBlocks() throws IOException {
        return target.badBlocks();
    }

    @Override
    public void markBad(int block) throws IOException {
        target.markBad(block);
    }

    @Override
    public int maxWidth() {
        return target.vblocks().maxWidth();
    }

    @Override
    public long capacityBytes(int width) {
        return target.vblocks().capacityBytes(width);
    }

    @Override
    public int maxWriters(int width) {
        return target.vblocks().maxWriters(width);
    }

    @Override
    public int available(int width) {
        return target.vblocks().available(width);
    }

    @Override
    public VblockWriter allocate(VblockRequest request) throws IOException {
        VblockWriter writer = target.vblocks().allocate(request);
        return new BuggyWriter(writer, request.stream() == Stream.LOG);
    }

    @Override
    public Vblock open(long id) throws NotFoundException {
        return target.vblocks().open(id);
    }

    @Override
    public List<Vblock> list() {
        return target.vblocks().list();
    }

    @Override
    public ReadHandle openHandle() throws IOException {
        return target.vblocks().openHandle();
    }

    @Override
    public VblockStatistics statistics() {
        return target.vblocks().statistics();
    }

    private final class BuggyWriter implements VblockWriter {
        private final VblockWriter writer;
        private final boolean log;

        BuggyWriter(VblockWriter writer, boolean log) {
            this.writer = writer;
            this.log = log;
        }

        @Override
        public Vblock vblock() {
            return writer.vblock();
        }

        @Override
        public long remaining(boolean staged) {
            return log && staged ? bug.logRemaining(writer) : writer.remaining(staged);
        }

        @Override
        public long append(ByteBuffer bytes) throws IOException {
            return log ? bug.logAppend(writer, bytes) : writer.append(bytes);
        }

        @Override
        public IoBuffer takeBuffer() throws IOException {
            return writer.takeBuffer();
        }

        @Override
        public long append(IoBuffer buffer) throws IOException {
            return writer.append(buffer);
        }

        @Override
        public void sync() throws IOException {
            if (log) {
                bug.logSync(writer);
            } else {
                writer.sync();
            }
        }

        @Override
        public void seal() throws IOException {
            if (log) {
                bug.logSeal(writer);
            } else {
                bug.tableSeal(writer);
            }
        }

        @Override
        public void close() {
            writer.close();
        }
    }
}
