package io.ocssd.geometry.address;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.Objects;

/**
 * Converts the addresses of one Open-Channel SSD 2.0 drive between all {@link AddressFormat formats}, one at a time or many
 * at once.
 *
 * <p>Every conversion but the two that are called unchecked checks: an address that is not of the geometry is refused and
 * never taken for another one. What passes comes back unchanged from the way there and back; only a log page offset keeps
 * the block and loses the sector. {@link #check} says what is wrong with an address without making an object, {@link #convertOrNone} converts
 * without throwing, all others throw an {@link IllegalArgumentException} that names each wrong field.
 *
 * <p>Conversions between {@link AddressFormat#PPA}, {@link AddressFormat#GENERIC} and {@link AddressFormat#DEVICE} are shifts
 * and masks worked out beforehand, with one comparison for the check; those of log page offsets divide. None allocates.
 *
 * <p>Immutable; may be used from any task.
 */
public final class AddressConverter {
    /** In place of an address that is none: all bits set, which names no sector of any geometry in any format. */
    public static final long NONE = -1L;

    private static final int CHANNEL_SHIFT = 56;
    private static final int LUN_SHIFT = 48;
    private static final long LUN = 0xFF;
    private static final long BLOCK = GenericAddress.MAX_BLOCKS - 1;
    private static final long LUN_AND_CHANNEL = 0xFFFFL << 48;
    private static final long SECTOR = Ppa.MAX_BLOCKS - 1;
    private static final int BLOCK_SHIFT = GenericAddress.SECTOR_BITS - 24;
    private static final long GENERIC_BLOCK = BLOCK << GenericAddress.SECTOR_BITS;
    /** The bits of a Ppa's block that a generic address has no room for. */
    private static final long BLOCK_BEYOND_GENERIC = 0xFFL << 40;

    private final Geometry geometry;
    private final DeviceAddressFormat format;
    private final FieldMover ppas;
    private final FieldMover generics;
    private final int sectorShift;
    /** Largest device address whose offset is below 2^63. */
    private final long lastWithOffset;

    /** Of the drives of this geometry whose device addresses are as narrow as can be. */
    public AddressConverter(Geometry geometry) {
        this(new DeviceAddressFormat(geometry));
    }

    /** Of the drives whose device addresses are of this format. */
    public AddressConverter(DeviceAddressFormat format) {
        this.geometry = format.geometry();
        this.format = format;
        this.ppas = format.ppas();
        this.generics = new FieldMover(format, GenericAddress.SECTOR_BITS);
        this.sectorShift = AddressChecks.sectorShift(format);
        this.lastWithOffset = Long.MAX_VALUE >>> sectorShift;
    }

    /** The geometry whose addresses these are. */
    public Geometry geometry() {
        return geometry;
    }

    /** The drive's own format. */
    public DeviceAddressFormat deviceFormat() {
        return format;
    }

    /**
     * What is wrong with an address.
     *
     * @return bits of {@link AddressFault}, one for each field outside the geometry; 0 when it is a good address
     */
    public int check(AddressFormat of, long address) {
        return AddressChecks.faults(format, of, address);
    }

    /** What is wrong with an address, in one sentence that names each field outside the geometry. */
    public String describe(AddressFormat of, long address) {
        return AddressChecks.describe(format, of, address);
    }

    /**
     * A generic address as the drive's.
     *
     * @throws IllegalArgumentException when a field is outside the geometry; each such field is named
     */
    public long genericToDevice(long generic) {
        if (!generics.isInside(generic)) {
            throw refused(AddressFormat.GENERIC, AddressFormat.DEVICE, generic);
        }
        return genericToDeviceUnchecked(generic);
    }

    /**
     * The same for an address that is known to be good, because it was checked before or made of good fields: what is outside
     * the geometry becomes the address of some other sector, or of none.
     */
    public long genericToDeviceUnchecked(long generic) {
        return generics.join(
                generic >>> CHANNEL_SHIFT,
                (generic >>> LUN_SHIFT) & LUN,
                (generic >>> GenericAddress.SECTOR_BITS) & BLOCK,
                GenericAddress.sector(generic));
    }

    /**
     * A drive's address as a generic one.
     *
     * @throws IllegalArgumentException when a field is outside the geometry, or the block has no generic address
     */
    public long deviceToGeneric(long device) {
        if (!generics.isDeviceInside(device)) {
            throw refused(AddressFormat.DEVICE, AddressFormat.GENERIC, device);
        }
        return generics.fromDevice(device);
    }

    /**
     * The same for an address that is known to be good, because it was checked before or is the drive's own word: what is
     * outside the geometry becomes the address of some other sector, or of none.
     */
    public long deviceToGenericUnchecked(long device) {
        return generics.fromDevice(device);
    }

    /**
     * A sector's address as the drive's; the same as {@link DeviceAddressFormat#pack}.
     *
     * @throws IllegalArgumentException when a field is outside the geometry; each such field is named
     */
    public long ppaToDevice(long ppa) {
        return format.pack(ppa);
    }

    /**
     * A drive's address as {@link Ppa} packs it; the same as {@link DeviceAddressFormat#unpack}.
     *
     * @throws IllegalArgumentException when a field is outside the geometry; each such field is named
     */
    public long deviceToPpa(long device) {
        return format.unpack(device);
    }

    /**
     * Converts an address.
     *
     * @throws IllegalArgumentException when it is outside the geometry (each such field is named), or has no equivalent in
     *     the other format: a generic address of a block from 65536 on, an offset of 2^63 or more
     */
    public long convert(AddressFormat from, AddressFormat to, long address) {
        long converted = convertOrNone(from, to, address);
        if (converted == NONE) {
            throw refused(from, to, address);
        }
        return converted;
    }

    /**
     * Converts an address, or answers with {@link #NONE} where {@link #convert(AddressFormat, AddressFormat, long)} throws.
     */
    public long convertOrNone(AddressFormat from, AddressFormat to, long address) {
        if (from == AddressFormat.GENERIC && to == AddressFormat.DEVICE) {
            return generics.isInside(address) ? genericToDeviceUnchecked(address) : NONE;
        }
        if (from == AddressFormat.DEVICE && to == AddressFormat.GENERIC) {
            return generics.isDeviceInside(address) ? generics.fromDevice(address) : NONE;
        }
        long ppa = toPpaOrNone(from, address);
        return ppa == NONE ? NONE : fromPpaOrNone(to, ppa);
    }

    private long toPpaOrNone(AddressFormat from, long address) {
        return switch (from) {
            case PPA -> ppas.isInside(address) ? address : NONE;
            case GENERIC ->
                generics.isInside(address)
                        ? (address & LUN_AND_CHANNEL) | ((address & GENERIC_BLOCK) >>> BLOCK_SHIFT) | (address & SECTOR)
                        : NONE;
            case DEVICE -> ppas.isDeviceInside(address) ? ppas.fromDevice(address) : NONE;
            case OFFSET -> {
                long device = address >> sectorShift;
                boolean whole = device << sectorShift == address;
                yield address >= 0 && whole && ppas.isDeviceInside(device) ? ppas.fromDevice(device) : NONE;
            }
            case LOG_PAGE -> {
                long number = address >>> AddressChecks.DESCRIPTOR_SHIFT;
                boolean whole = number << AddressChecks.DESCRIPTOR_SHIFT == address;
                yield whole && number < geometry.blocks() ? geometry.blockPpa((int) number) : NONE;
            }
        };
    }

    /** Of an address that is inside the geometry. */
    private long fromPpaOrNone(AddressFormat to, long ppa) {
        return switch (to) {
            case PPA -> ppa;
            case GENERIC ->
                (ppa & BLOCK_BEYOND_GENERIC) == 0
                        ? (ppa & LUN_AND_CHANNEL) | ((ppa << BLOCK_SHIFT) & GENERIC_BLOCK) | (ppa & SECTOR)
                        : NONE;
            case DEVICE -> format.packGood(ppa);
            case OFFSET -> {
                long device = format.packGood(ppa);
                yield device <= lastWithOffset && device >= 0 ? device << sectorShift : NONE;
            }
            case LOG_PAGE -> (long) geometry.blockIndex(ppa) << AddressChecks.DESCRIPTOR_SHIFT;
        };
    }

    /**
     * Converts many addresses where they lie.
     *
     * @param begin index of the first
     * @param end index after the last
     * @throws IllegalArgumentException when one can't be converted; its index is named, and nothing is changed
     * @throws IndexOutOfBoundsException when the range is not inside the array
     */
    public void convert(AddressFormat from, AddressFormat to, long[] addresses, int begin, int end) {
        Objects.checkFromToIndex(begin, end, addresses.length);
        convert(from, to, addresses, begin, addresses, begin, end - begin);
    }

    /**
     * Converts many addresses. Source and target may be the same array, and then either the same part of it or two parts
     * that do not overlap.
     *
     * @param sourceIndex where the first is read
     * @param targetIndex where the first is written
     * @param count how many
     * @throws IllegalArgumentException when one can't be converted; its index is named, and nothing is changed
     * @throws IndexOutOfBoundsException when a range is not inside its array
     */
    public void convert(
            AddressFormat from,
            AddressFormat to,
            long[] source,
            int sourceIndex,
            long[] target,
            int targetIndex,
            int count) {
        Objects.checkFromIndexSize(sourceIndex, count, source.length);
        Objects.checkFromIndexSize(targetIndex, count, target.length);
        if (source == target && sourceIndex != targetIndex && Math.abs(sourceIndex - targetIndex) < count) {
            throw new IllegalArgumentException("the parts overlap: sourceIndex=" + sourceIndex + ", targetIndex="
                    + targetIndex + ", count=" + count);
        }
        int end = sourceIndex + count;
        int wrong = firstRefused(from, to, source, sourceIndex, end);
        if (wrong < end) {
            throw new IllegalArgumentException("index=" + wrong + ": " + refusal(from, to, source[wrong]));
        }
        if (source != target || sourceIndex != targetIndex) {
            System.arraycopy(source, sourceIndex, target, targetIndex, count);
        }
        convertChecked(from, to, target, targetIndex, targetIndex + count);
    }

    private void convertChecked(AddressFormat from, AddressFormat to, long[] addresses, int begin, int end) {
        if (to == AddressFormat.DEVICE && isPacked(from)) {
            mover(from).toDevice(addresses, begin, end);
        } else if (from == AddressFormat.DEVICE && isPacked(to)) {
            mover(to).fromDevice(addresses, begin, end);
        } else {
            for (int i = begin; i < end; i++) {
                addresses[i] = convertOrNone(from, to, addresses[i]);
            }
        }
    }

    /**
     * The index of the first address that {@link #convert(AddressFormat, AddressFormat, long[], int, int)} would refuse, or
     * {@code end} when there is none.
     *
     * @throws IndexOutOfBoundsException when the range is not inside the array
     */
    public int firstRefused(AddressFormat from, AddressFormat to, long[] addresses, int begin, int end) {
        Objects.checkFromToIndex(begin, end, addresses.length);
        if (to == AddressFormat.DEVICE && isPacked(from)) {
            return mover(from).firstOutside(addresses, begin, end);
        }
        if (from == AddressFormat.DEVICE && isPacked(to)) {
            return mover(to).firstDeviceOutside(addresses, begin, end);
        }
        int index = begin;
        while (index < end && convertOrNone(from, to, addresses[index]) != NONE) {
            index++;
        }
        return index;
    }

    private static boolean isPacked(AddressFormat each) {
        return each == AddressFormat.PPA || each == AddressFormat.GENERIC;
    }

    private FieldMover mover(AddressFormat packed) {
        return packed == AddressFormat.PPA ? ppas : generics;
    }

    private IllegalArgumentException refused(AddressFormat from, AddressFormat to, long address) {
        return new IllegalArgumentException(refusal(from, to, address));
    }

    private String refusal(AddressFormat from, AddressFormat to, long address) {
        if (check(from, address) != 0) {
            return describe(from, address);
        }
        return AddressChecks.name(from, address)
                + (to == AddressFormat.GENERIC
                        ? " has no generic address: its block is not in 0.." + (GenericAddress.MAX_BLOCKS - 1)
                        : " has no offset: it would be 2^63 or more");
    }
}
