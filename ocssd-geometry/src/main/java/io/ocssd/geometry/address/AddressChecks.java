package io.ocssd.geometry.address;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.ArrayList;
import java.util.List;

/** Takes an address of any format apart, finds out what is wrong with it, and says it. */
final class AddressChecks {
    /** Bytes of a chunk descriptor in log page 0xCA. */
    static final int DESCRIPTOR_BYTES = 32;

    static final int DESCRIPTOR_SHIFT = Integer.numberOfTrailingZeros(DESCRIPTOR_BYTES);

    private AddressChecks() {}

    /** What is wrong with an address, as bits of {@link AddressFault}. */
    static int faults(DeviceAddressFormat format, AddressFormat of, long address) {
        Geometry geometry = format.geometry();
        return FieldMover.faultIf(channel(format, of, address) >= geometry.channels(), AddressFault.CHANNEL)
                | FieldMover.faultIf(lun(format, of, address) >= geometry.lunsPerChannel(), AddressFault.LUN)
                | FieldMover.faultIf(block(format, of, address) >= geometry.blocksPerLun(), AddressFault.BLOCK)
                | FieldMover.faultIf(sector(format, of, address) >= geometry.sectorsPerBlock(), AddressFault.SECTOR)
                | FieldMover.faultIf(hasUnusedBits(format, of, address), AddressFault.UNUSED_BITS)
                | FieldMover.faultIf((address & (unit(format, of) - 1)) != 0, AddressFault.ALIGNMENT);
    }

    private static long channel(DeviceAddressFormat format, AddressFormat of, long address) {
        return switch (of) {
            case PPA -> Ppa.channel(address);
            case GENERIC -> GenericAddress.channel(address);
            case DEVICE -> format.channelOf(address);
            case OFFSET -> format.channelOf(address >>> sectorShift(format));
            case LOG_PAGE ->
                blockNumber(address)
                        / format.geometry().blocksPerLun()
                        / format.geometry().lunsPerChannel();
        };
    }

    private static long lun(DeviceAddressFormat format, AddressFormat of, long address) {
        return switch (of) {
            case PPA -> Ppa.lun(address);
            case GENERIC -> GenericAddress.lun(address);
            case DEVICE -> format.lunOf(address);
            case OFFSET -> format.lunOf(address >>> sectorShift(format));
            case LOG_PAGE ->
                blockNumber(address)
                        / format.geometry().blocksPerLun()
                        % format.geometry().lunsPerChannel();
        };
    }

    private static long block(DeviceAddressFormat format, AddressFormat of, long address) {
        return switch (of) {
            case PPA -> Ppa.block(address);
            case GENERIC -> GenericAddress.block(address);
            case DEVICE -> format.blockOf(address);
            case OFFSET -> format.blockOf(address >>> sectorShift(format));
            case LOG_PAGE -> blockNumber(address) % format.geometry().blocksPerLun();
        };
    }

    private static long sector(DeviceAddressFormat format, AddressFormat of, long address) {
        return switch (of) {
            case PPA -> Ppa.sector(address);
            case GENERIC -> GenericAddress.sector(address);
            case DEVICE -> format.sectorOf(address);
            case OFFSET -> format.sectorOf(address >>> sectorShift(format));
            case LOG_PAGE -> 0;
        };
    }

    private static boolean hasUnusedBits(DeviceAddressFormat format, AddressFormat of, long address) {
        return switch (of) {
            case DEVICE -> format.hasUnusedBits(address);
            case OFFSET -> address < 0 || format.hasUnusedBits(address >>> sectorShift(format));
            default -> false;
        };
    }

    /** What an address of this format is a multiple of. */
    private static long unit(DeviceAddressFormat format, AddressFormat of) {
        return switch (of) {
            case OFFSET -> format.geometry().sectorBytes();
            case LOG_PAGE -> DESCRIPTOR_BYTES;
            default -> 1;
        };
    }

    static int sectorShift(DeviceAddressFormat format) {
        return Integer.numberOfTrailingZeros(format.geometry().sectorBytes());
    }

    /** Linear number of a block by its log page offset; of a log page without an end. */
    private static long blockNumber(long logPageOffset) {
        return logPageOffset >>> DESCRIPTOR_SHIFT;
    }

    /** The refusal of an address that {@link #faults} has something against. */
    static IllegalArgumentException outside(DeviceAddressFormat format, AddressFormat of, long address) {
        return new IllegalArgumentException(describe(format, of, address));
    }

    /** Everything that is wrong with an address, in one sentence; a good one is described as such. */
    static String describe(DeviceAddressFormat format, AddressFormat of, long address) {
        int mask = faults(format, of, address);
        if (mask == 0) {
            return name(of, address) + " is inside the geometry";
        }
        List<String> parts = new ArrayList<>();
        AddressFault.of(mask).forEach(fault -> parts.add(sentence(format, of, address, fault)));
        return name(of, address) + " is outside the geometry: " + String.join(", ", parts);
    }

    /** An address with the name of its format, as {@code name=value}. */
    static String name(AddressFormat of, long address) {
        return switch (of) {
            case PPA -> "address " + Ppa.toString(address);
            case GENERIC -> "genericAddress=" + AddressText.hex(address);
            case DEVICE -> "deviceAddress=" + AddressText.hex(address);
            case OFFSET -> "offset=" + Long.toUnsignedString(address);
            case LOG_PAGE -> "logPageOffset=" + Long.toUnsignedString(address);
        };
    }

    private static String sentence(DeviceAddressFormat format, AddressFormat of, long address, AddressFault fault) {
        Geometry geometry = format.geometry();
        return switch (fault) {
            case CHANNEL -> notIn("channel", channel(format, of, address), geometry.channels());
            case LUN -> notIn("lun", lun(format, of, address), geometry.lunsPerChannel());
            case BLOCK -> notIn("block", block(format, of, address), geometry.blocksPerLun());
            case SECTOR -> notIn("sector", sector(format, of, address), geometry.sectorsPerBlock());
            case UNUSED_BITS -> "it has bits above the " + format.bits() + " of this drive's addresses";
            case ALIGNMENT ->
                "it is no multiple of " + unit(format, of)
                        + (of == AddressFormat.OFFSET ? ", the bytes of a sector" : ", the bytes of a descriptor");
        };
    }

    private static String notIn(String name, long value, int count) {
        return name + "=" + value + " is not in 0.." + (count - 1);
    }
}
