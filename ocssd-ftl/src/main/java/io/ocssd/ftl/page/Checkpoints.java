package io.ocssd.ftl.page;

import com.google.common.primitives.ImmutableLongArray;
import io.ocssd.error.CorruptException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.TooOldException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;

/**
 * The checkpoints of a block device: the present one, and for a moment the next. Belongs to one task at a time.
 *
 * <p>Their vblocks are of stream METADATA, and tagged with the number of the checkpoint and their place in it. A new one is
 * there when its last vblock is sealed; only then the older one is erased. A cut before leaves the older one.
 */
final class Checkpoints {
    /** A checkpoint that was found; the id of the vblock of each unit, 0 for none. */
    record Found(CheckpointLayout.Header header, ImmutableLongArray vblockIds, PageMap map) {}

    private static final int PART_BITS = 16;

    private final Vblocks vblocks;
    private final PageRules rules;
    private final Checksum checksum;
    private final ByteBuffer piece =
            ByteBuffer.allocate(CheckpointLayout.PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final List<Vblock> present = new ArrayList<>();
    private long highest;
    private long written;

    Checkpoints(Vblocks vblocks, Scheduler scheduler, PageRules rules) {
        this.vblocks = vblocks;
        this.rules = rules;
        this.checksum = new Checksum(scheduler);
    }

    /** How many were written. */
    long written() {
        return written;
    }

    /**
     * Finds the newest that is whole, and erases all others.
     *
     * @param readOnly whether nothing is erased
     * @throws NotRecognisedException when there is none
     */
    Found find(boolean readOnly) throws IOException {
        TreeMap<Long, TreeMap<Integer, Vblock>> byNumber = new TreeMap<>();
        for (Vblock each : vblocks.list()) {
            if (each.stream() == Stream.METADATA) {
                byNumber.computeIfAbsent(each.tag() >>> PART_BITS, number -> new TreeMap<>())
                        .put((int) (each.tag() & (1 << PART_BITS) - 1), each);
            }
        }
        highest = byNumber.isEmpty() ? 0 : byNumber.lastKey();
        Found found = null;
        List<Vblock> others = new ArrayList<>();
        for (Map.Entry<Long, TreeMap<Integer, Vblock>> each :
                byNumber.descendingMap().entrySet()) {
            List<Vblock> parts = List.copyOf(each.getValue().values());
            if (found == null && each.getValue().lastKey() == parts.size() - 1) {
                found = read(parts, each.getKey());
                if (found != null) {
                    present.addAll(parts);
                    continue;
                }
            }
            others.addAll(parts);
        }
        if (found == null) {
            throw new NotRecognisedException(
                    "the target holds no block device, or its making was cut short",
                    "ocssd ftl format makes one, and erases what is there");
        }
        if (!readOnly) {
            for (Vblock each : others) {
                each.erase();
            }
        }
        return found;
    }

    /**
     * Writes the first checkpoint of a new block device, on a target that holds nothing.
     *
     * @return the id of the format
     */
    long writeFirst(UnitShape shape) throws IOException {
        return write(0, 0, shape, unit -> 0, new PageMap(shape.sectors()), new ArrayList<>());
    }

    /**
     * Writes a checkpoint in place of the present one.
     *
     * @param sequence the first that it does not know of
     * @param vblockIds by unit, 0 for none
     */
    void write(long formatId, long sequence, UnitShape shape, IntToLongFunction vblockIds, PageMap map)
            throws IOException {
        List<Vblock> old = List.copyOf(present);
        List<Vblock> parts = new ArrayList<>();
        rules.replace(() -> write(formatId, sequence, shape, vblockIds, map, parts), () -> {
            for (Vblock each : old) {
                each.erase();
            }
        });
        present.clear();
        present.addAll(parts);
        written++;
    }

    private long write(
            long formatId, long sequence, UnitShape shape, IntToLongFunction vblockIds, PageMap map, List<Vblock> parts)
            throws IOException {
        long number = ++highest;
        Sink sink = new Sink(number, shape.width(), parts);
        boolean done = false;
        try {
            long id = formatId == 0 ? sink.firstId() : formatId;
            CheckpointLayout.encode(piece.clear(), new CheckpointLayout.Header(id, number, sequence, shape), checksum);
            sink.put(piece.limit(CheckpointLayout.HEADER_BYTES));
            long body = CheckpointLayout.bodyBytes(shape.sectors(), shape.units());
            ByteBuffer sums = ByteBuffer.allocate((int) CheckpointLayout.pieces(body) * Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            piece.clear();
            for (int unit = 0; unit < shape.units(); unit++) {
                piece.putLong(vblockIds.applyAsLong(unit));
                putFull(sink, sums);
            }
            for (long page = 0; page < shape.sectors(); page++) {
                // A place of 4 bytes may be what is left of a piece, an id of 8 may not: ids come first.
                piece.putInt(map.get(page));
                putFull(sink, sums);
            }
            if (piece.position() > 0) {
                putPiece(sink, sums);
            }
            sink.put(sums.flip());
            sink.seal();
            done = true;
            return id;
        } finally {
            if (!done) {
                sink.abandon();
            }
        }
    }

    private void putFull(Sink sink, ByteBuffer sums) throws IOException {
        if (!piece.hasRemaining()) {
            putPiece(sink, sums);
        }
    }

    private void putPiece(Sink sink, ByteBuffer sums) throws IOException {
        piece.flip();
        sums.putInt(checksum.of(piece, 0, piece.limit()));
        sink.put(piece);
        piece.clear();
    }

    /** Null when it is not whole. */
    private Found read(List<Vblock> parts, long number) throws IOException {
        long length = parts.stream().mapToLong(Vblock::length).sum();
        if (length < CheckpointLayout.HEADER_BYTES) {
            return null;
        }
        Source source = new Source(parts);
        source.get(piece.clear().limit(CheckpointLayout.HEADER_BYTES));
        if (!CheckpointLayout.isHeader(piece.flip(), checksum)) {
            throw corrupt(number, "its header");
        }
        if (CheckpointLayout.version(piece) != CheckpointLayout.VERSION) {
            throw new TooOldException(
                    "the block device was made by another version: its checkpoint is of version "
                            + CheckpointLayout.version(piece) + ", this one has " + CheckpointLayout.VERSION,
                    "format it again");
        }
        CheckpointLayout.Header header = CheckpointLayout.decode(piece);
        UnitShape shape = header.shape();
        if (shape.units() < 1 || shape.pagesPerUnit() < 1 || shape.sectors() < 1 || header.number() != number) {
            throw corrupt(number, "its shape " + shape);
        }
        if (length != CheckpointLayout.bytes(shape.sectors(), shape.units())) {
            return null;
        }
        long body = CheckpointLayout.bodyBytes(shape.sectors(), shape.units());
        int[] sums = new int[(int) CheckpointLayout.pieces(body)];
        long[] ids = new long[shape.units()];
        PageMap map = new PageMap(shape.sectors());
        int unit = 0;
        long page = 0;
        for (int i = 0; i < sums.length; i++) {
            long left = body - (long) i * CheckpointLayout.PIECE_BYTES;
            source.get(piece.clear().limit((int) Math.min(CheckpointLayout.PIECE_BYTES, left)));
            piece.flip();
            sums[i] = checksum.of(piece, 0, piece.limit());
            while (unit < ids.length && piece.hasRemaining()) {
                ids[unit++] = piece.getLong();
            }
            while (piece.hasRemaining()) {
                map.set(page++, piece.getInt());
            }
        }
        for (int sum : sums) {
            source.get(piece.clear().limit(Integer.BYTES));
            if (piece.getInt(0) != sum) {
                throw corrupt(number, "its map");
            }
        }
        return new Found(header, ImmutableLongArray.copyOf(ids), map);
    }

    private static CorruptException corrupt(long number, String what) {
        return new CorruptException(
                "checkpoint " + number + " of the block device is damaged: " + what + " is not what was written",
                "restore a copy of the drive, or format the block device again");
    }

    /** Vblocks that are written one after the other. */
    private final class Sink {
        private final long number;
        private final int width;
        private final List<Vblock> parts;
        private VblockWriter writer;

        Sink(long number, int width, List<Vblock> parts) throws IOException {
            this.number = number;
            this.width = width;
            this.parts = parts;
            next();
        }

        long firstId() {
            return parts.get(0).id();
        }

        void put(ByteBuffer bytes) throws IOException {
            int end = bytes.limit();
            while (bytes.position() < end) {
                if (writer.remaining(true) == 0) {
                    writer.seal();
                    next();
                }
                bytes.limit((int) Math.min(end, bytes.position() + writer.remaining(true)));
                writer.append(bytes);
            }
        }

        void seal() throws IOException {
            writer.seal();
        }

        /** What there is of it is erased, as far as that works; the next opening erases the rest. */
        void abandon() {
            writer.close();
            for (Vblock each : parts) {
                try {
                    each.erase();
                } catch (IOException e) {
                    // It is not whole, so nobody takes it for a checkpoint.
                    return;
                }
            }
        }

        private void next() throws IOException {
            long tag = number << PART_BITS | parts.size();
            writer = vblocks.allocate(new VblockRequest(Stream.METADATA, width, tag));
            parts.add(writer.vblock());
        }
    }

    /** The bytes of vblocks, one behind the other. */
    private static final class Source {
        private final List<Vblock> parts;
        private int part;
        private long offset;

        Source(List<Vblock> parts) {
            this.parts = parts;
        }

        void get(ByteBuffer target) throws IOException {
            int end = target.limit();
            while (target.position() < end) {
                Vblock from = parts.get(part);
                int count = (int) Math.min(end - target.position(), from.length() - offset);
                from.read(offset, target.limit(target.position() + count));
                offset += count;
                if (offset == from.length() && part + 1 < parts.size()) {
                    part++;
                    offset = 0;
                }
            }
        }
    }
}
