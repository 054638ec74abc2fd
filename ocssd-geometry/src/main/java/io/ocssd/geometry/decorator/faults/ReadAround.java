package io.ocssd.geometry.decorator.faults;

import com.google.common.collect.ImmutableList;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.BlockReport;
import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import java.nio.ByteBuffer;

/**
 * Reads what can be read, stretch by stretch, and leaves the buffers of the rest alone.
 *
 * <p>Unreadable sectors are read as well, into a buffer that nobody sees: those that the device below does not deliver
 * either keep its status. Of several failures the answer has the status of the lowest number; when there is none it may be
 * 0x2D0 with the bits of the sectors with a high error count.
 */
final class ReadAround extends Intervention {
    private final Hits hits;
    private final QueueBuffers buffers;
    private final Verdict[] verdicts;
    /** Whether reads of what is absent fail. */
    private final boolean dulbe;
    /** Whether it is known of every sector that a fault hits that it holds data. */
    private boolean looked;
    /** Bits of those of which it can't be known before they are read. */
    private long uncertain;
    /** Where they are read to; null when there are none. */
    private IoBuffer probed;

    private int at;
    private int end;
    /** The lowest status of what failed. */
    private int failure = NvmeStatus.SUCCESS;

    private long highEcc;
    /** Whether a fault made a sector unreadable, and not damage alone. */
    private boolean struck;

    ReadAround(IoCommand original, Hits hits, DeviceBelow below, QueueBuffers buffers) {
        super(original, below);
        this.hits = hits;
        this.buffers = buffers;
        this.dulbe = below.admin.dulbe();
        this.verdicts = new Verdict[Addresses.count(original)];
        for (int i = 0; i < verdicts.length; i++) {
            verdicts[i] = Verdict.of(Addresses.address(original, i), hits, i, below);
        }
        // Else the device fails what is absent, when it is asked for it.
        this.looked =
                dulbe || (hits.highEcc == 0 && !ImmutableList.copyOf(verdicts).contains(Verdict.UNREADABLE));
    }

    @Override
    boolean needsQuiet() {
        return !looked;
    }

    /** Sectors that hold no data have nothing to be unreadable. */
    private void look() throws GoneException {
        looked = true;
        BlockReport report = below.report();
        for (int i = 0; i < verdicts.length; i++) {
            long ppa = Addresses.address(original, i);
            if (!below.isReadable(report, ppa)) {
                verdicts[i] = verdicts[i] == Verdict.UNREADABLE ? Verdict.FINE : verdicts[i];
                hits.highEcc &= ~(1L << i);
            } else if (verdicts[i] == Verdict.UNREADABLE && below.isUncertain(report, ppa)) {
                uncertain |= 1L << i;
            }
        }
        if (uncertain != 0) {
            probed = buffers.newData();
        }
    }

    @Override
    boolean leavesOut() {
        for (Verdict each : verdicts) {
            if (each == Verdict.DEAD || each == Verdict.ABSENT) {
                return true;
            }
        }
        return false;
    }

    @Override
    boolean next(IoCommand step) throws GoneException {
        if (!looked) {
            look();
        }
        while (at < verdicts.length) {
            end = at + 1;
            while (end < verdicts.length && verdicts[end] == verdicts[at]) {
                end++;
            }
            switch (verdicts[at]) {
                case FINE -> {
                    read(step);
                    return true;
                }
                case UNREADABLE -> {
                    probe(step);
                    return true;
                }
                case DEAD -> unreadable(Addresses.bits(at, end));
                case ABSENT -> absent();
            }
            at = end;
        }
        answer();
        return false;
    }

    private void read(IoCommand step) {
        step.read(original.data(), original.dataOffset() + at * below.geometry.sectorBytes());
        addStretch(step);
        if (original.oob() != null) {
            step.oob(original.oob(), original.oobOffset() + at * below.geometry.oobBytes());
        }
    }

    private void probe(IoCommand step) {
        if (probed != null) {
            // What a device that keeps no data leaves alone must not be taken for what it reads as zeros.
            fill(probed.part(0, probed.capacity()), (byte) -1);
        }
        step.read(probed != null ? probed : buffers.scratch(), 0);
        addStretch(step);
    }

    private void addStretch(IoCommand step) {
        if (original.isScalar()) {
            step.range(Addresses.address(original, at), end - at);
        } else {
            for (int i = at; i < end; i++) {
                step.add(original.address(i));
            }
        }
        step.priority(original.priority());
    }

    @Override
    void completed(Completion completion) {
        long bits = completion.failedAddresses() << at;
        boolean good = NvmeStatus.isDataGood(completion.status());
        if (!good) {
            failed(completion.status());
        }
        if (verdicts[at] == Verdict.FINE) {
            if (completion.status() == NvmeStatus.HIGH_ECC) {
                highEcc |= bits;
            } else {
                addBits(bits);
            }
        } else {
            // Either way they fail. A device that names no sector has delivered none.
            long delivered = good ? Addresses.bits(at, end) : bits == 0 ? 0 : Addresses.bits(at, end) & ~bits;
            long absent = absentAmong(delivered & uncertain);
            addBits(Addresses.bits(at, end) & ~absent);
            below.adjustments.read(Long.bitCount(delivered & ~absent));
            unreadable(delivered & ~absent);
        }
        at = end;
    }

    private void unreadable(long bits) {
        if (bits != 0) {
            failed(NvmeStatus.UNRECOVERED_READ);
            addBits(bits);
            struck |= (bits & hits.unreadable) != 0;
            Verdict.breakSectors(original, hits, bits, below);
        }
    }

    /**
     * Of sectors that were read as if they held data, those that are nothing but zeros: they are taken for absent, and the
     * zeros handed over.
     */
    private long absentAmong(long bits) {
        int sectorBytes = below.geometry.sectorBytes();
        long absent = 0;
        for (long left = bits; left != 0; left &= left - 1) {
            int index = Long.numberOfTrailingZeros(left);
            if (isZeros(probed.part((index - at) * sectorBytes, sectorBytes))) {
                absent |= 1L << index;
                giveZeros(index, index + 1);
            }
        }
        return absent;
    }

    private static boolean isZeros(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (bytes.get() != 0) {
                return false;
            }
        }
        return true;
    }

    /** Fails, or gives zeros when the device was told to do that. */
    private void absent() {
        for (int i = at; i < end; i++) {
            int status = below.unreadable(below.block(Addresses.address(original, i)));
            if (dulbe || status != NvmeStatus.DEALLOCATED) {
                failed(status);
                addBits(1L << i);
            } else {
                // Delivered, and not by the device below.
                below.adjustments.read(-1);
                giveZeros(i, i + 1);
            }
        }
    }

    private void giveZeros(int from, int to) {
        int sectorBytes = below.geometry.sectorBytes();
        fill(original.data().part(original.dataOffset() + from * sectorBytes, (to - from) * sectorBytes), (byte) 0);
        int oobBytes = below.geometry.oobBytes();
        if (original.oob() != null && oobBytes > 0) {
            fill(original.oob().part(original.oobOffset() + from * oobBytes, (to - from) * oobBytes), (byte) 0);
        }
    }

    private static void fill(ByteBuffer bytes, byte value) {
        while (bytes.hasRemaining()) {
            bytes.put(value);
        }
    }

    private void failed(int status) {
        failure = failure == NvmeStatus.SUCCESS ? status : Math.min(failure, status);
    }

    private void answer() {
        if (struck) {
            below.faults.count(FaultKind.UNREADABLE);
        }
        long doubtful = highEcc | hits.highEcc;
        if (failure == NvmeStatus.SUCCESS && doubtful != 0) {
            setStatus(NvmeStatus.HIGH_ECC);
            addBits(doubtful);
            if (hits.highEcc != 0) {
                below.faults.count(FaultKind.HIGH_ECC);
            }
        } else {
            setStatus(failure);
        }
    }
}
