package io.ocssd.geometry.decorator.faults;

import com.google.common.collect.ImmutableList;
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
            if (!below.isReadable(report, Addresses.address(original, i))) {
                verdicts[i] = verdicts[i] == Verdict.UNREADABLE ? Verdict.FINE : verdicts[i];
                hits.highEcc &= ~(1L << i);
            }
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
        step.read(buffers.scratch(), 0);
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
            addBits(Addresses.bits(at, end));
            below.adjustments.read(Long.bitCount(delivered));
            unreadable(delivered);
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

    /** Fails, or gives zeros when the device was told to do that. */
    private void absent() {
        for (int i = at; i < end; i++) {
            int status = below.unreadable(below.block(Addresses.address(original, i)));
            if (dulbe || status != NvmeStatus.DEALLOCATED) {
                failed(status);
                addBits(1L << i);
            } else {
                zeros(i);
            }
        }
    }

    private void zeros(int index) {
        // Delivered, and not by the device below.
        below.adjustments.read(-1);
        int sectorBytes = below.geometry.sectorBytes();
        zero(original.data().part(original.dataOffset() + index * sectorBytes, sectorBytes));
        int oobBytes = below.geometry.oobBytes();
        if (original.oob() != null && oobBytes > 0) {
            zero(original.oob().part(original.oobOffset() + index * oobBytes, oobBytes));
        }
    }

    private static void zero(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            bytes.put((byte) 0);
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
