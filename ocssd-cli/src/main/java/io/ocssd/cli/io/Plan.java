package io.ocssd.cli.io;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import io.ocssd.cli.frame.AddressArgument;
import io.ocssd.cli.frame.Failure;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The commands that a verb will send.
 *
 * @param operation what they do
 * @param scalar whether each has one address and a number of sectors, or a list of addresses
 * @param pieces the commands in order
 */
record Plan(Operation operation, boolean scalar, ImmutableList<Piece> pieces) {
    /**
     * One command.
     *
     * @param addresses sectors, or for an erase blocks
     * @param destinations of a copy, as many; empty otherwise
     */
    record Piece(ImmutableLongArray addresses, ImmutableLongArray destinations) {}

    /** Most bytes that a verb moves: they fit into memory beside everything else. */
    static final long MOST_BYTES = 1L << 28;

    /** How many sectors or blocks all commands have together. */
    int size() {
        return pieces.stream().mapToInt(each -> each.addresses().length()).sum();
    }

    /**
     * Sectors to read or write.
     *
     * @param count how many from each address on
     */
    static Plan sectors(
            Operation operation, FlashDevice device, List<AddressArgument> from, int count, boolean scalar) {
        List<ImmutableLongArray> runs = runs(device, from, count);
        int most = mostSectors(operation, device.limits());
        List<ImmutableLongArray> whole = scalar ? runs : ImmutableList.of(join(runs));
        ImmutableList.Builder<Piece> pieces = ImmutableList.builder();
        for (ImmutableLongArray each : whole) {
            for (int first = 0; first < each.length(); first += most) {
                pieces.add(new Piece(
                        each.subArray(first, Math.min(each.length(), first + most)), ImmutableLongArray.of()));
            }
        }
        return new Plan(operation, scalar, pieces.build());
    }

    /** Sectors to copy, from the first list to the second. */
    static Plan copies(FlashDevice device, List<AddressArgument> from, List<AddressArgument> to, int count) {
        ImmutableLongArray sources = join(runs(device, from, count));
        // One destination for all: they follow each other there.
        ImmutableLongArray destinations = join(runs(device, to, to.size() == 1 ? sources.length() : count));
        if (sources.length() != destinations.length()) {
            throw Failure.usage(
                    sources.length() + " sectors to copy, but " + destinations.length() + " destinations",
                    "give --to one address, from which on they follow each other, or as many as ADDRs");
        }
        int most = mostSectors(Operation.COPY, device.limits());
        ImmutableList.Builder<Piece> pieces = ImmutableList.builder();
        for (int first = 0; first < sources.length(); first += most) {
            int end = Math.min(sources.length(), first + most);
            pieces.add(new Piece(sources.subArray(first, end), destinations.subArray(first, end)));
        }
        return new Plan(Operation.COPY, false, pieces.build());
    }

    /** Blocks to erase, each once; {@code count} of them from the block of each address on. */
    static Plan blocks(FlashDevice device, List<AddressArgument> from, int count, boolean scalar) {
        Geometry geometry = device.geometry();
        Set<Long> chosen = new LinkedHashSet<>();
        for (AddressArgument each : from) {
            long first = Ppa.blockOf(each.ppa(geometry, device.limits()));
            if (Ppa.block(first) + count > geometry.blocksPerLun()) {
                throw Failure.refused(
                        count + " blocks from " + each + " on end behind the last of the LUN",
                        "a LUN has " + geometry.blocksPerLun() + " blocks");
            }
            for (int i = 0; i < count; i++) {
                chosen.add(first + Ppa.of(0, 0, i, 0));
            }
        }
        List<Long> blocks = new ArrayList<>(chosen);
        int most = scalar ? 1 : Limits.MAX_ADDRESSES;
        ImmutableList.Builder<Piece> pieces = ImmutableList.builder();
        for (int i = 0; i < blocks.size(); i += most) {
            List<Long> some = blocks.subList(i, Math.min(blocks.size(), i + most));
            pieces.add(new Piece(ImmutableLongArray.copyOf(some), ImmutableLongArray.of()));
        }
        return new Plan(Operation.ERASE, scalar, pieces.build());
    }

    /** What a command moves at most: programs are cut at multiples of the smallest one. */
    static int mostSectors(Operation operation, Limits limits) {
        return operation == Operation.READ
                ? Limits.MAX_ADDRESSES
                : Limits.MAX_ADDRESSES / limits.wsMin() * limits.wsMin();
    }

    private static List<ImmutableLongArray> runs(FlashDevice device, List<AddressArgument> from, int count) {
        Geometry geometry = device.geometry();
        if ((long) from.size() * count * geometry.sectorBytes() > MOST_BYTES) {
            throw Failure.refused(
                    (long) from.size() * count + " sectors are more than can be moved at once",
                    "move at most " + MOST_BYTES / geometry.sectorBytes() + " at a time");
        }
        List<ImmutableLongArray> runs = new ArrayList<>();
        for (AddressArgument each : from) {
            long first = each.ppa(geometry, device.limits());
            if (Ppa.sector(first) + count > geometry.sectorsPerBlock()) {
                throw Failure.refused(
                        count + " sectors from " + each + " on end behind the block",
                        "a block has " + geometry.sectorsPerBlock() + " sectors");
            }
            ImmutableLongArray.Builder run = ImmutableLongArray.builder(count);
            for (int i = 0; i < count; i++) {
                run.add(first + i);
            }
            runs.add(run.build());
        }
        return runs;
    }

    private static ImmutableLongArray join(List<ImmutableLongArray> runs) {
        ImmutableLongArray.Builder all = ImmutableLongArray.builder();
        runs.forEach(all::addAll);
        return all.build();
    }
}
