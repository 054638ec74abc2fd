package io.ocssd.geometry.decorator.trace;

import io.ocssd.device.Geometry;
import java.util.Arrays;
import net.openhft.chronicle.bytes.Bytes;

/**
 * Records of a trace file: rows of stop-bit numbers (7 bits a byte, the lowest first, the top bit set in all bytes but the
 * last; a negative number is written with all bits flipped and a zero byte behind it) and text (its length in bytes, then
 * UTF-8).
 *
 * <pre>
 *   header (the first record)
 *     1, channels, LUNs of a channel, blocks of a LUN, sectors of a block, sector bytes, OOB bytes, wsMin, wsOpt, mwCunits,
 *     1 when times are virtual or 0, URI (text)
 *
 *   chunk: events of one queue
 *     2, number of the queue, number of the first command submitted in it, then its events up to the end of the record:
 *
 *     submitted   bits 0 to 8 of word 0; number of addresses, or of sectors when scalar; time; addresses; destinations
 *     completed   bits 0 to 2 of word 0 and the status above them; commands submitted since; time; bitmap; address
 * </pre>
 *
 * <p>Words are those of {@link TraceWords}. A time is written as the difference to that of the event before it in the chunk,
 * an address as the difference to the address before it; both begin at 0. Not thread-safe.
 */
final class TraceCodec {
    static final int HEADER = 1;
    static final int CHUNK = 2;

    private static final int SUBMITTED_BITS = 0x1FF;
    private static final int COMPLETED_BITS = 0x7;
    private static final int COMPLETED_STATUS_SHIFT = 3;

    private final Bytes<byte[]> record = Bytes.allocateElasticOnHeap();

    /** A codec for tasks that take turns: Chronicle's check that only one thread ever uses it is off. */
    TraceCodec() {
        record.singleThreadedCheckDisabled(true);
    }

    /** The record of a header; its bytes are behind {@link #length}. */
    byte[] encode(TraceHeader header) {
        Geometry geometry = header.geometry();
        record.clear();
        record.writeStopBit(HEADER)
                .writeStopBit(geometry.channels())
                .writeStopBit(geometry.lunsPerChannel())
                .writeStopBit(geometry.blocksPerLun())
                .writeStopBit(geometry.sectorsPerBlock())
                .writeStopBit(geometry.sectorBytes())
                .writeStopBit(geometry.oobBytes())
                .writeStopBit(header.wsMin())
                .writeStopBit(header.wsOpt())
                .writeStopBit(header.mwCunits())
                .writeStopBit(header.simulated() ? 1 : 0)
                .writeUtf8(header.uri());
        return record.underlyingObject();
    }

    /** Bytes of the record that was encoded last. */
    int length() {
        return (int) record.readRemaining();
    }

    static TraceHeader header(byte[] payload) {
        Bytes<byte[]> in = Bytes.wrapForRead(payload);
        if (in.readStopBit() != HEADER) {
            throw new IllegalArgumentException("it does not begin with its header");
        }
        Geometry geometry = new Geometry(number(in), number(in), number(in), number(in), number(in), number(in));
        int wsMin = number(in);
        int wsOpt = number(in);
        int mwCunits = number(in);
        boolean simulated = number(in) == 1;
        return new TraceHeader(in.readUtf8(), geometry, wsMin, wsOpt, mwCunits, simulated);
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
