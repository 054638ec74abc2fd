package io.ocssd.cli.bench.replay;

import com.google.common.collect.ImmutableList;
import io.ocssd.cli.bench.load.Filler;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.geometry.decorator.trace.TraceHeader;
import java.util.BitSet;

/**
 * What the blocks of a drive held when a trace began, as far as that matters to its commands: the blocks that they name, and
 * where a drive limits how many are open also those that were open.
 *
 * @param full what is written first: blocks that were full, or closed early, or are written anywhere
 * @param open what is written then: the beginnings of blocks that were open
 */
record HeldBlocks(ImmutableList<Filler.Rest> full, ImmutableList<Filler.Rest> open) {
    /**
     * Finds them.
     *
     * @param named blocks that the commands name
     * @param here the blocks of the drive that is to hold the same
     */
    static HeldBlocks of(TraceHeader header, BitSet named, BlockReport here) {
        Geometry geometry = header.geometry();
        Limits limits = header.limits();
        boolean limited = limits.maxOpen() + limits.maxOpenPerLun() + limits.maxActive() > 0;
        ImmutableList.Builder<Filler.Rest> full = ImmutableList.builder();
        ImmutableList.Builder<Filler.Rest> open = ImmutableList.builder();
        for (int block = 0; block < geometry.blocks(); block++) {
            BlockState state = header.blocks().state(block);
            boolean matters = named.get(block) || (limited && state == BlockState.OPEN);
            if (!matters || state == BlockState.FREE || state == BlockState.OFFLINE) {
                continue;
            }
            long ppa = geometry.blockPpa(block);
            if (state == BlockState.CLOSED || header.blocks().type(block) == BlockType.RANDOM) {
                full.add(new Filler.Rest(ppa, 0, here.sectors(block)));
                continue;
            }
            int held = Math.min(header.blocks().writePointer(block), here.sectors(block) - 1);
            if (held >= limits.wsMin()) {
                open.add(new Filler.Rest(ppa, 0, held / limits.wsMin() * limits.wsMin()));
            }
        }
        return new HeldBlocks(full.build(), open.build());
    }

    /** How many blocks these are. */
    int size() {
        return full.size() + open.size();
    }

    /** Sectors of all of them. */
    long sectors() {
        return sectors(full) + sectors(open);
    }

    private static long sectors(ImmutableList<Filler.Rest> rests) {
        return rests.stream().mapToLong(Filler.Rest::toSector).sum();
    }
}
