package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.contract.Rig.Outcome;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/** The rules of a drive, said once more and as plainly as can be: a map of blocks, and one method for each command. */
final class BlockModel {
    private static final class Block {
        private BlockState state = BlockState.FREE;
        private int written;
        private int erases;
        private final Set<Integer> withOob = new HashSet<>();
    }

    private final Geometry geometry;
    private final Limits limits;
    private final TreeMap<Long, Block> blocks = new TreeMap<>();

    BlockModel(FlashDevice device) throws GoneException {
        geometry = device.geometry();
        limits = device.limits();
        for (int i = 0; i < geometry.blocks(); i++) {
            Block block = new Block();
            block.state = device.report().state(i);
            blocks.put(geometry.blockPpa(i), block);
        }
    }

    int writePointer(long address) {
        Block block = blocks.get(Ppa.blockOf(address));
        return block == null ? 0 : block.written;
    }

    boolean hasOob(long address) {
        return blocks.get(Ppa.blockOf(address)).withOob.contains(Ppa.sector(address));
    }

    Outcome write(boolean withOob, long... addresses) {
        Set<Long> seen = new HashSet<>();
        long open = blocks.values().stream()
                .filter(each -> each.state == BlockState.OPEN)
                .count();
        for (int from = 0, to; from < addresses.length; from = to) {
            long key = Ppa.blockOf(addresses[from]);
            to = from;
            boolean ascends = true;
            while (to < addresses.length && Ppa.blockOf(addresses[to]) == key) {
                ascends &= addresses[to] == addresses[from] + (to - from);
                to++;
            }
            Block block = blocks.get(key);
            int first = Ppa.sector(addresses[from]);
            int status = 0;
            if (block == null || block.state == BlockState.CLOSED || block.state == BlockState.OFFLINE) {
                status = 0x280;
            } else if (first + to - from > geometry.sectorsPerBlock()) {
                status = 0x280;
            } else if ((to - from) % limits.wsMin() != 0) {
                status = 0x002;
            } else if (!ascends || first != block.written || !seen.add(key)) {
                status = 0x2F2;
            } else if (block.state == BlockState.FREE && to - from < geometry.sectorsPerBlock()) {
                open++;
                status = limits.maxOpen() > 0 && open > limits.maxOpen() ? 0x280 : 0;
            }
            if (status != 0) {
                return new Outcome(status, bits(from, to));
            }
        }
        for (long address : addresses) {
            Block block = blocks.get(Ppa.blockOf(address));
            block.written++;
            block.state = block.written == geometry.sectorsPerBlock() ? BlockState.CLOSED : BlockState.OPEN;
            if (withOob) {
                block.withOob.add(Ppa.sector(address));
            }
        }
        return Outcome.SUCCESS;
    }

    Outcome read(long... addresses) {
        long failed = 0;
        for (int i = 0; i < addresses.length; i++) {
            Block block = blocks.get(Ppa.blockOf(addresses[i]));
            int sector = Ppa.sector(addresses[i]);
            boolean readable = block != null
                    && (block.state == BlockState.CLOSED && sector < block.written
                            || block.state == BlockState.OPEN && sector < block.written - limits.mwCunits());
            failed |= readable ? 0 : 1L << i;
        }
        return new Outcome(failed == 0 ? 0 : 0x287, failed);
    }

    Outcome erase(long... addresses) {
        int status = 0;
        long failed = 0;
        for (int i = 0; i < addresses.length; i++) {
            Block block = blocks.get(Ppa.blockOf(addresses[i]));
            if (block != null && block.state == BlockState.CLOSED) {
                block.state = BlockState.FREE;
                block.written = 0;
                block.erases++;
                block.withOob.clear();
            } else {
                status = block != null && block.state == BlockState.OFFLINE ? 0x2C0 : 0x2C1;
                failed |= 1L << i;
            }
        }
        return new Outcome(status, failed);
    }

    void assertReport(BlockReport report, String where) {
        for (int i = 0; i < geometry.blocks(); i++) {
            Block block = blocks.get(geometry.blockPpa(i));
            assertThat(report.state(i)).as(where + ", block=" + i).isEqualTo(block.state);
            assertThat(report.writePointer(i)).as(where + ", block=" + i).isEqualTo(block.written);
            assertThat(report.eraseCount(i)).as(where + ", block=" + i).isEqualTo(block.erases);
        }
    }

    private static long bits(int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            bits |= 1L << i;
        }
        return bits;
    }
}
