package io.ocssd.geometry.emulator;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.Capabilities;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.geometry.timing.NandTiming;
import io.ocssd.geometry.timing.NandTimings;
import java.util.Arrays;
import java.util.Locale;

/** Drives that can be made by name; every figure can be overridden. */
@SuppressWarnings("ImmutableEnumChecker") // its fields are immutable records
enum Profile {
    /** 512 MiB: the drive of the demo. */
    SMALL(
            new Geometry(4, 2, 64, 256, 4096, 16),
            new Limits(4, 8, 24, 0),
            6,
            NandTimings.TYPICAL,
            "small and quick to make, for demos; every read, program and erase takes its constant time"),
    /**
     * 7.5 GiB: what qemu's model of a 2.0 drive is by default: shape, abilities (mccap 0x5), 1000 erases of a block, a wear
     * index threshold of 10. Its times are the typical ones that it announces.
     */
    QEMU(
            new Geometry(2, 4, 60, 4096, 4096, 16),
            new Limits(4, 8, 24, 0),
            0,
            NandTimings.QEMU,
            "QEMU's open-channel model as it is by default, with the typical times that it announces",
            new Capabilities(false, true, false, true),
            1000,
            10),
    /** 8 MiB: for tests. */
    TINY(
            new Geometry(2, 2, 16, 32, 4096, 16),
            new Limits(2, 4, 8, 0),
            2,
            NandTimings.TYPICAL,
            "as small as can be of use, for tests"),
    /**
     * 48 MiB of zones: one LUN, 16 zones, readable at once, no OOB, four open and six active at most. A zone holds 768 of
     * the 1024 sectors that it takes in the address space, the share that qemu's zoned model has by default.
     */
    ZNS_SMALL(
            new Geometry(1, 1, 16, 768, 4096, 0),
            new Limits(1, 8, 0, 4, 0, 6),
            0,
            NandTimings.TYPICAL,
            "zones in place of blocks: one LUN, 16 zones, four open and six active at most",
            Capabilities.ZONED),
    /**
     * 1.1 TiB: the CNEX drive of liblightnvm's manual, whose geometry page says 8 groups, 4 units, 1474 chunks of 6144 sectors,
     * ws_min and ws_opt 24, mw_cunits 192.
     */
    CNEX(
            new Geometry(8, 4, 1474, 6144, 4096, 16),
            new Limits(24, 24, 192, 0),
            0,
            NandTimings.CNEX,
            "the CNEX drive of liblightnvm's manual: TLC, a word line of two planes at a time"),
    /**
     * 2.1 TiB: the drive of the LightNVM paper (FAST'17). A page of 16 KiB and 64 out-of-band bytes on four planes is 16
     * sectors; Linux derives ws_min 4 (a page), ws_opt 16 (all planes) and mw_cunits 128 (8 x ws_opt) of such a drive.
     */
    WESTLAKE(
            new Geometry(16, 8, 1067, 4096, 4096, 16),
            new Limits(4, 16, 128, 0),
            0,
            NandTimings.WESTLAKE,
            "the drive of the LightNVM paper (FAST'17): MLC, 128 LUNs of 47 MB/s, 4.5 GB/s read and 4.0 GB/s written"),
    /** 768 GiB: four planes, word lines of 192 KiB, blocks of 96 MiB; the shape is a choice. */
    TLC(
            new Geometry(8, 4, 256, 24_576, 4096, 16),
            new Limits(12, 48, 96, 0),
            0,
            NandTimings.TLC,
            "3D TLC: a word line of four planes at a time, reads of high priority suspend programs and erases"),
    /** 1 TiB: four planes, word lines of 256 KiB, blocks of 128 MiB; the shape is a choice. */
    QLC(
            new Geometry(8, 4, 256, 32_768, 4096, 16),
            new Limits(16, 64, 128, 0),
            0,
            NandTimings.QLC,
            "3D QLC: 30 MB/s a LUN, reads of high priority suspend programs and erases"),
    /** 128 GiB: pages of 4 KiB on four planes, blocks of 4 MiB; the shape is a choice. */
    Z_NAND(
            new Geometry(8, 8, 512, 1024, 4096, 16),
            new Limits(1, 4, 0, 0),
            0,
            NandTimings.Z_NAND,
            "flash for latency, in the manner of Z-NAND: reads in 3 us, one bit a cell");

    /** The labels of all, in order. */
    static final ImmutableList<String> LABELS =
            Arrays.stream(values()).map(Profile::label).collect(ImmutableList.toImmutableList());

    private final Geometry geometry;
    private final Limits limits;
    private final int factoryBad;
    private final NandTiming timing;
    private final String sentence;
    private final Capabilities capabilities;
    private final int endurance;
    private final int wearThreshold;

    Profile(Geometry geometry, Limits limits, int factoryBad, NandTiming timing, String sentence) {
        this(geometry, limits, factoryBad, timing, sentence, Capabilities.NONE);
    }

    Profile(
            Geometry geometry,
            Limits limits,
            int factoryBad,
            NandTiming timing,
            String sentence,
            Capabilities capabilities) {
        this(geometry, limits, factoryBad, timing, sentence, capabilities, 0, 0);
    }

    Profile(
            Geometry geometry,
            Limits limits,
            int factoryBad,
            NandTiming timing,
            String sentence,
            Capabilities capabilities,
            int endurance,
            int wearThreshold) {
        this.geometry = geometry;
        this.limits = limits;
        this.factoryBad = factoryBad;
        this.timing = timing;
        this.sentence = sentence;
        this.capabilities = capabilities;
        this.endurance = endurance;
        this.wearThreshold = wearThreshold;
    }

    /**
     * The profile of this label.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Profile of(String label) {
        int index = LABELS.indexOf(label);
        if (index < 0) {
            throw new IllegalArgumentException("profile=" + label + "; possible: " + String.join(", ", LABELS));
        }
        return values()[index];
    }

    /** The profile that an image names; the default for one that a later version made of a profile unknown here. */
    static Profile ofImage(String label) {
        return LABELS.contains(label) ? of(label) : SMALL;
    }

    Geometry geometry() {
        return geometry;
    }

    Limits limits() {
        return limits;
    }

    Capabilities capabilities() {
        return capabilities;
    }

    /** Factory bad blocks of the whole drive. */
    int factoryBad() {
        return factoryBad;
    }

    /** Erases that a block is made for; 0 for a drive that never wears out. */
    int endurance() {
        return endurance;
    }

    /** How far the wear index of a block may be from the average before the drive says so; 0 for never. */
    int wearThreshold() {
        return wearThreshold;
    }

    NandTiming timing() {
        return timing;
    }

    /** What it is, for people. */
    String sentence() {
        return sentence;
    }

    /** The name as URIs write it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
