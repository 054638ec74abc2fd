package io.ocssd.geometry.decorator.trace;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Capabilities;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Timings;
import java.util.Arrays;
import net.openhft.chronicle.bytes.Bytes;

/**
 * Records of a trace file: rows of stop-bit numbers (7 bits a byte, the lowest first, the top bit set in all bytes but the
 * last; a negative number is written with all bits flipped and a zero byte behind it) and text (its length in bytes, then
 * UTF-8).
 *
 * <pre>
 *   header (the first record)
 *     1, channels, LUNs of a channel, blocks of a LUN, sectors of a block, sector bytes, OOB bytes,
 *     wsMin, wsOpt, mwCunits, maxOpen, maxOpenPerLun, maxActive,
 *     capabilities: zoned 1, copy 2, eraseFree 4, eraseOpen 8, added up; durability: 0 protected, 1 volatile pairs,
 *     typical times of a read, a program, an erase, and the longest of each,
 *     1 when times are virtual or 0, URI (text), model (text)
 *
 *   blocks (the records after it, until every block was told)
 *     3, number of the first block, then runs of blocks that are alike up to the end of the record:
 *
 *     number of blocks; state: 0 free, 1 open, 2 closed, 3 offline, and 4 more when they are written anywhere;
 *     sectors; sectors written
 *
 *   chunk: events of one queue
 *     2, number of the queue, number of the first command submitted in it, then its events up to the end of the record:
 *
 *     submitted   bits 0 to 8 of word 0; number of addresses, or of sectors when scalar; time; addresses; destinations
 *     completed   bits 0 to 2 of word 0 and the status above them; commands submitted since; time; bitmap; address
 * </pre>
 *
 * <p>Words are those of {@link TraceWords}; what a bit of a submission says of its completion is an event here. A time is written as the difference to that of the event before it in the chunk,
 * an address as the difference to the address before it; both begin at 0. Not thread-safe.
 */
final class TraceCodec {
    static final int HEADER = 1;
    static final int CHUNK = 2;
    static final int BLOCKS = 3;

    /** Of a record: far less than fits. */
    private static final int MOST_RUNS = 1 << 16;

    private static final ImmutableList<BlockState> STATES =
            ImmutableList.of(BlockState.FREE, BlockState.OPEN, BlockState.CLOSED, BlockState.OFFLINE);
    private static final ImmutableList<DurabilityClass> DURABILITIES =
            ImmutableList.of(DurabilityClass.PROTECTED, DurabilityClass.VOLATILE_PAIRS);
    private static final int ZONED = 1;
    private static final int COPY = 2;
    private static final int ERASE_FREE = 4;
    private static final int ERASE_OPEN = 8;
    private static final int ANYWHERE = 4;

    private static final int SUBMITTED_BITS = 0x1FF;
    private static final int COMPLETED_BITS = 0x7;
    private static final int COMPLETED_STATUS_SHIFT = 3;

    private final Bytes<byte[]> record = Bytes.allocateElasticOnHeap();

    /** A codec for tasks that take turns: Chronicle's check that only one thread ever uses it is off. */
    TraceCodec() {
        record.singleThreadedCheckDisabled(true);
    }

    /** The record of a header, without its blocks; it is {@link #length} bytes long. */
    byte[] encode(TraceHeader header) {
        Geometry geometry = header.geometry();
        Limits limits = header.limits();
        Timings timings = header.timings();
        record.clear();
        record.writeStopBit(HEADER)
                .writeStopBit(geometry.channels())
                .writeStopBit(geometry.lunsPerChannel())
                .writeStopBit(geometry.blocksPerLun())
                .writeStopBit(geometry.sectorsPerBlock())
                .writeStopBit(geometry.sectorBytes())
                .writeStopBit(geometry.oobBytes())
                .writeStopBit(limits.wsMin())
                .writeStopBit(limits.wsOpt())
                .writeStopBit(limits.mwCunits())
                .writeStopBit(limits.maxOpen())
                .writeStopBit(limits.maxOpenPerLun())
                .writeStopBit(limits.maxActive())
                .writeStopBit(code(header.capabilities()))
                .writeStopBit(DURABILITIES.indexOf(header.durability()))
                .writeStopBit(timings.readNanos())
                .writeStopBit(timings.programNanos())
                .writeStopBit(timings.eraseNanos())
                .writeStopBit(timings.maxReadNanos())
                .writeStopBit(timings.maxProgramNanos())
                .writeStopBit(timings.maxEraseNanos())
                .writeStopBit(header.simulated() ? 1 : 0)
                .writeUtf8(header.uri())
                .writeUtf8(header.model());
        return record.underlyingObject();
    }

    /**
     * Makes a record of blocks.
     *
     * @param first number of the first block in it
     * @return number of the first one that is not in it
     */
    int encodeBlocks(BlockReport blocks, int first) {
        record.clear();
        record.writeStopBit(BLOCKS).writeStopBit(first);
        int block = first;
        for (int runs = 0; runs < MOST_RUNS && block < blocks.geometry().blocks(); runs++) {
            int begin = block;
            do {
                block++;
            } while (block < blocks.geometry().blocks() && isAlike(blocks, begin, block));
            record.writeStopBit(block - begin)
                    .writeStopBit(STATES.indexOf(blocks.state(begin))
                            + (blocks.type(begin) == BlockType.RANDOM ? ANYWHERE : 0))
                    .writeStopBit(blocks.sectors(begin))
                    .writeStopBit(blocks.writePointer(begin));
        }
        return block;
    }

    private static boolean isAlike(BlockReport blocks, int one, int other) {
        return blocks.state(one) == blocks.state(other)
                && blocks.type(one) == blocks.type(other)
                && blocks.sectors(one) == blocks.sectors(other)
                && blocks.writePointer(one) == blocks.writePointer(other);
    }

    /** The record that was encoded last; it is {@link #length} bytes long. */
    byte[] record() {
        return record.underlyingObject();
    }

    /** Bytes of the record that was encoded last. */
    int length() {
        return (int) record.readRemaining();
    }

    /** Reads a header; its blocks are told by the records after it. */
    static TraceHeader header(byte[] payload) {
        Bytes<byte[]> in = Bytes.wrapForRead(payload);
        if (in.readStopBit() != HEADER) {
            throw new IllegalArgumentException("it does not begin with its header");
        }
        Geometry geometry = new Geometry(number(in), number(in), number(in), number(in), number(in), number(in));
        Limits limits = new Limits(number(in), number(in), number(in), number(in), number(in), number(in));
        Capabilities capabilities = capabilities(number(in));
        DurabilityClass durability = DURABILITIES.get(number(in));
        Timings timings = new Timings(nanos(in), nanos(in), nanos(in), nanos(in), nanos(in), nanos(in));
        boolean simulated = number(in) == 1;
        String uri = in.readUtf8();
        String model = in.readUtf8();
        return new TraceHeader(
                uri, model, limits, capabilities, durability, timings, new BlockReport(geometry), simulated);
    }

    /**
     * Reads a record of blocks.
     *
     * @param first number of the first block that was not told yet
     * @return the same after it
     */
    static int blocks(byte[] payload, BlockReport target, int first) {
        Bytes<byte[]> in = Bytes.wrapForRead(payload);
        if (in.readStopBit() != BLOCKS || number(in) != first) {
            throw new IllegalArgumentException("it does not tell its blocks in order");
        }
        int block = first;
        while (in.readRemaining() > 0) {
            int count = number(in);
            int state = number(in);
            int sectors = number(in);
            int writePointer = number(in);
            if (count < 1 || count > target.geometry().blocks() - block) {
                throw new IllegalArgumentException("count=" + count + ", block=" + block);
            }
            if (state >= STATES.size() + ANYWHERE || sectors < 1 || writePointer > sectors) {
                throw new IllegalArgumentException(
                        "state=" + state + ", sectors=" + sectors + ", writePointer=" + writePointer);
            }
            BlockType type = state >= ANYWHERE ? BlockType.RANDOM : BlockType.SEQUENTIAL;
            for (int end = block + count; block < end; block++) {
                target.set(block, STATES.get(state % ANYWHERE), writePointer, BlockReport.UNKNOWN_ERASES);
                target.describe(block, type, sectors, 0);
            }
        }
        return block;
    }

    private static int code(Capabilities capabilities) {
        return (capabilities.zoned() ? ZONED : 0)
                + (capabilities.copy() ? COPY : 0)
                + (capabilities.eraseFree() ? ERASE_FREE : 0)
                + (capabilities.eraseOpen() ? ERASE_OPEN : 0);
    }

    private static Capabilities capabilities(int code) {
        if (code >= 2 * ERASE_OPEN) {
            throw new IllegalArgumentException("capabilities=" + code);
        }
        return new Capabilities(
                (code & ZONED) != 0, (code & COPY) != 0, (code & ERASE_FREE) != 0, (code & ERASE_OPEN) != 0);
    }

    private static long nanos(Bytes<byte[]> in) {
        long nanos = in.readStopBit();
        if (nanos < 0) {
            throw new IllegalArgumentException("nanos=" + nanos);
        }
        return nanos;
    }

    private static int number(Bytes<byte[]> in) {
        long number = in.readStopBit();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("number=" + number);
        }
        return (int) number;
    }

    /** The record of a chunk; it is {@link #length} bytes long. */
    byte[] encode(int queue, long first, long[] words, int length) {
        record.clear();
        record.writeStopBit(CHUNK).writeStopBit(queue).writeStopBit(first);
        long nanos = 0;
        long address = 0;
        for (int at = 0; at < length; at += TraceWords.length(words[at])) {
            long head = words[at];
            if (TraceWords.isCompleted(head)) {
                record.writeStopBit((head & COMPLETED_BITS) | (long) TraceWords.status(head) << COMPLETED_STATUS_SHIFT)
                        .writeStopBit(TraceWords.wide(head))
                        .writeStopBit(words[at + 1] - nanos);
                int next = at + 2;
                if (TraceWords.has(head, TraceWords.HAS_BITMAP)) {
                    record.writeStopBit(words[next++]);
                }
                if (TraceWords.has(head, TraceWords.HAS_ADDRESS)) {
                    record.writeStopBit(words[next] - address);
                    address = words[next];
                }
            } else {
                record.writeStopBit(head & SUBMITTED_BITS)
                        .writeStopBit(
                                TraceWords.has(head, TraceWords.SCALAR)
                                        ? TraceWords.wide(head)
                                        : TraceWords.count(head))
                        .writeStopBit(words[at + 1] - nanos);
                int end = at + TraceWords.length(head);
                for (int i = at + 2; i < end; i++) {
                    record.writeStopBit(words[i] - address);
                    address = words[i];
                }
                if (TraceWords.has(head, TraceWords.SUCCEEDED_AT_ONCE)) {
                    record.writeStopBit(TraceWords.COMPLETED).writeStopBit(1).writeStopBit(0);
                }
            }
            nanos = words[at + 1];
        }
        return record.underlyingObject();
    }

    /** Number of the queue that a chunk belongs to. */
    static int queue(byte[] payload) {
        Bytes<byte[]> in = Bytes.wrapForRead(payload);
        if (in.readStopBit() != CHUNK) {
            throw new IllegalArgumentException("an unknown record");
        }
        return number(in);
    }

    /** Reads a chunk. */
    static TraceChunk chunk(byte[] payload) {
        Bytes<byte[]> in = Bytes.wrapForRead(payload);
        in.readStopBit();
        int queue = number(in);
        long first = in.readStopBit();
        long[] words = new long[TraceSink.BUFFER_WORDS];
        int length = 0;
        long nanos = 0;
        long address = 0;
        while (in.readRemaining() > 0) {
            if (words.length - length < TraceSink.MOST_WORDS) {
                words = Arrays.copyOf(words, 2 * words.length);
            }
            long bits = in.readStopBit();
            long count = in.readStopBit();
            nanos += in.readStopBit();
            words[length + 1] = nanos;
            int next = length + 2;
            if (TraceWords.isCompleted(bits)) {
                words[length] = (bits & COMPLETED_BITS)
                        | bits >>> COMPLETED_STATUS_SHIFT << TraceWords.STATUS_SHIFT
                        | count << TraceWords.WIDE_SHIFT;
                if (TraceWords.has(bits, TraceWords.HAS_BITMAP)) {
                    words[next++] = in.readStopBit();
                }
                if (TraceWords.has(bits, TraceWords.HAS_ADDRESS)) {
                    address += in.readStopBit();
                    words[next++] = address;
                }
            } else {
                words[length] = submittedHead(bits, count);
                for (int end = length + TraceWords.length(words[length]); next < end; ) {
                    address += in.readStopBit();
                    words[next++] = address;
                }
            }
            length = next;
        }
        return new TraceChunk(queue, first, words, length);
    }

    private static long submittedHead(long bits, long count) {
        boolean scalar = TraceWords.has(bits, TraceWords.SCALAR);
        if (!TraceWords.isOperation(bits) || count < 1 || count > (scalar ? Integer.MAX_VALUE : 64)) {
            throw new IllegalArgumentException("bits=" + bits + ", count=" + count);
        }
        return scalar
                ? bits | 1L << TraceWords.COUNT_SHIFT | count << TraceWords.WIDE_SHIFT
                : bits | count << TraceWords.COUNT_SHIFT;
    }
}
