package io.ocssd.cli.io;

import com.google.common.primitives.ImmutableLongArray;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import java.util.HashSet;
import java.util.Set;

/**
 * What became of the sectors of a program that failed, of which its completion says nothing.
 *
 * <p>A device that refuses a program writes none of it and marks only what it refuses; one whose media fail has written the
 * rest. The write pointers before and after tell which of both it was. Used once, by one exchange.
 */
final class ProgramFates {
    private final FlashDevice device;
    private final Geometry geometry;
    /** Null when every command is one run, whose own bits tell all. */
    private final BlockReport before;
    /** What commands before this one have written. */
    private final Set<Long> earlier = new HashSet<>();

    ProgramFates(FlashDevice device, Plan plan) throws GoneException {
        this.device = device;
        this.geometry = device.geometry();
        boolean needed = switch (plan.operation()) {
            case COPY -> true;
            case WRITE -> plan.pieces().stream().anyMatch(ProgramFates::isOfSeveralBlocks);
            default -> false;
        };
        this.before = needed ? device.report() : null;
    }

    /** The answer with what became of the sectors that it does not call failed. */
    Answer judge(Answer answer) {
        if (before == null) {
            return answer;
        }
        ImmutableLongArray targets = targets(answer.piece());
        if (answer.isGood()) {
            targets.forEach(earlier::add);
            return answer;
        }
        BlockReport after;
        try {
            after = device.report();
        } catch (GoneException e) {
            return answer.withFates(0, ~answer.failedAddresses());
        }
        long written = 0;
        long notWritten = 0;
        for (int i = 0; i < targets.length(); i++) {
            if (answer.hasFailed(i) || isFateOpen(after, targets.get(i))) {
                continue;
            }
            if (isWritten(after, targets.get(i))) {
                written |= 1L << i;
            } else {
                notWritten |= 1L << i;
            }
        }
        return answer.withFates(notWritten | refused(answer, written, notWritten), open(answer, written, notWritten));
    }

    /** Whether no write pointer tells: the block is written anywhere, or was lost meanwhile. */
    private boolean isFateOpen(BlockReport after, long ppa) {
        int block = geometry.blockIndex(ppa);
        return before.type(block) == BlockType.RANDOM
                || (after.state(block) == BlockState.OFFLINE && before.state(block) != BlockState.OFFLINE);
    }

    private boolean isWritten(BlockReport after, long ppa) {
        int block = geometry.blockIndex(ppa);
        int sector = Ppa.sector(ppa);
        return after.state(block) != BlockState.OFFLINE
                && before.writePointer(block) <= sector
                && after.writePointer(block) > sector
                && !earlier.contains(ppa);
    }

    /** Of the open fates: those of a command that was refused as a whole. */
    private static long refused(Answer answer, long written, long notWritten) {
        boolean whole = isRefusal(answer.status()) || (written == 0 && notWritten != 0);
        return whole ? rest(answer, written | notWritten) : 0;
    }

    /** Of the open fates: those of a command of which nothing else tells whether it was refused. */
    private static long open(Answer answer, long written, long notWritten) {
        boolean tells = isRefusal(answer.status()) || (written != 0) != (notWritten != 0);
        return tells ? 0 : rest(answer, written | notWritten);
    }

    private static long rest(Answer answer, long known) {
        return ~(answer.failedAddresses() | known);
    }

    /** Whether a status always says that a program, or the reads of a copy, was refused before anything was written. */
    private static boolean isRefusal(int status) {
        return switch (status) {
            case NvmeStatus.INVALID_OPCODE,
                    NvmeStatus.INVALID_FIELD,
                    NvmeStatus.INVALID_NAMESPACE,
                    NvmeStatus.LBA_OUT_OF_RANGE,
                    NvmeStatus.INVALID_ZONE_OPERATION,
                    NvmeStatus.ZONE_BOUNDARY,
                    NvmeStatus.ZONE_FULL,
                    NvmeStatus.ZONE_READ_ONLY,
                    NvmeStatus.ZONE_OFFLINE,
                    NvmeStatus.ZONE_INVALID_WRITE,
                    NvmeStatus.TOO_MANY_ACTIVE,
                    NvmeStatus.TOO_MANY_OPEN,
                    NvmeStatus.UNRECOVERED_READ,
                    NvmeStatus.DEALLOCATED,
                    NvmeStatus.OUT_OF_ORDER -> true;
            default -> false;
        };
    }

    private static ImmutableLongArray targets(Plan.Piece piece) {
        return piece.destinations().isEmpty() ? piece.addresses() : piece.destinations();
    }

    private static boolean isOfSeveralBlocks(Plan.Piece piece) {
        return targets(piece).stream().map(Ppa::blockOf).distinct().count() > 1;
    }
}
