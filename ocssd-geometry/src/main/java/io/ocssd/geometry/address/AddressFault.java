package io.ocssd.geometry.address;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What can be wrong with an address. A check answers with a mask of {@link #bit()}s, 0 when nothing is wrong, so that
 * checking makes no objects.
 */
public enum AddressFault {
    /** The channel is not one of the geometry. */
    CHANNEL,
    /** The LUN is not one of its channel. */
    LUN,
    /** The block is not one of its LUN. */
    BLOCK,
    /** The sector is not one of its block. */
    SECTOR,
    /** Bits outside every field are set; only in device addresses and offsets, whose fields do not fill 64 bits. */
    UNUSED_BITS,
    /** An offset that is not that of a whole sector, or of a whole descriptor. */
    ALIGNMENT;

    /** The one bit of this fault in a mask. */
    public int bit() {
        return 1 << ordinal();
    }

    /** The name as users read it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The faults of a mask, unmodifiable, in their order. */
    public static Set<AddressFault> of(int mask) {
        Set<AddressFault> faults = EnumSet.noneOf(AddressFault.class);
        for (AddressFault each : values()) {
            if ((mask & each.bit()) != 0) {
                faults.add(each);
            }
        }
        return Collections.unmodifiableSet(faults);
    }

    /** The labels of the faults of a mask, {@code channel, sector}; empty for 0. */
    public static String names(int mask) {
        List<String> labels = new ArrayList<>();
        of(mask).forEach(each -> labels.add(each.label()));
        return String.join(", ", labels);
    }
}
