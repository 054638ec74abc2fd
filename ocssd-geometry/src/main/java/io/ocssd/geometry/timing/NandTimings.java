package io.ocssd.geometry.timing;

import com.google.common.primitives.ImmutableLongArray;

/**
 * The figures of drives and of kinds of flash that are known, each with its source.
 *
 * <p>Where a source gives some figures only, the others are choices and marked so; no figure here was measured for this
 * project.
 */
public final class NandTimings {
    private static final int KIB = 1024;
    private static final long MB = 1_000_000;
    private static final int PAGE_16_KIB = 16 * KIB;

    /**
     * Constants without anything that is shared: 70 us, 900 us, 3 ms. A choice in the range of TLC drives of the years in which
     * the Open-Channel SSD specification was written.
     */
    public static final NandTiming TYPICAL = NandTiming.flat(70_000, 900_000, 3_000_000);

    /**
     * What QEMU's model of an Open-Channel SSD 2.0 drive says of itself as typical: read 70 us, write 1.9 ms (its geometry page;
     * the FEMU emulator says the same). Of a reset it says nothing: 3 ms are FEMU's. Constants without anything that is shared:
     * the model has no latency.
     */
    public static final NandTiming QEMU = NandTiming.flat(70_000, 1_900_000, 3_000_000);

    /**
     * The drive of "LightNVM: The Linux Open-Channel SSD Subsystem" (FAST'17), a CNEX Westlake with MLC.
     *
     * <ul>
     *   <li>Channels of 280 MB/s, pages of 16 KiB, 4.5 GB/s read and 4.0 GB/s written at most: the paper's table.
     *   <li>Reads of 48 and 64 us, the lower page in 850 us, a block in 3 ms: FEMU's figures "profiled from Micron L95B", the
     *       flash of that drive.
     *   <li>The upper page in 1470 us: calibrated, so that 64 KiB written one at a time give the paper's 47 MB/s for one LUN
     *       (FEMU's 2300 us give 37).
     *   <li>2.5 us for a command: calibrated, so that random reads of 4 KiB give the paper's 56 MB/s: 73.1 us less 56 us in the
     *       array and 14.6 us on the bus. It stands for command cycles and status as well.
     *   <li>tRCBSY of 6 us: calibrated, so that random reads of 64 KiB give the paper's 273 MB/s: 240 us less 234 us on the bus.
     * </ul>
     */
    public static final NandTiming WESTLAKE = new NandTiming(
            new CellTimes(
                    PageOrder.MLC_SHADOW,
                    PAGE_16_KIB,
                    ImmutableLongArray.of(48_000, 64_000),
                    ImmutableLongArray.of(850_000, 1_470_000),
                    3_000_000),
            new BusTimes(280 * MB, 0, 0),
            new RegisterRules(true, 6_000, false),
            SuspendRules.NONE,
            new ControllerTimes(2_500, 4_500 * MB, 4_000 * MB));

    /**
     * The CNEX drive of liblightnvm's manual. Read 40 us, write 1.9 ms, erase 7 ms: its geometry page there. wsOpt of 96 KiB
     * makes word lines of three pages on two planes, programmed at once. Bus, controller and register as {@link #WESTLAKE}, of the
     * same maker: a choice.
     */
    public static final NandTiming CNEX = new NandTiming(
            new CellTimes(
                    PageOrder.TLC_ONE_PASS,
                    PAGE_16_KIB,
                    ImmutableLongArray.of(40_000, 40_000, 40_000),
                    ImmutableLongArray.of(1_900_000),
                    7_000_000),
            new BusTimes(280 * MB, 0, 0),
            new RegisterRules(true, 6_000, false),
            SuspendRules.NONE,
            new ControllerTimes(2_500, 0, 0));

    /**
     * Planar TLC, a page at a time in shadow order: read 56.5, 77.5, 106 us, program 820.5, 2225, 5734 us (SimpleSSD's figures,
     * as FEMU has them), erase 3 ms and 312.5 MB/s (52.433 us for 16 KiB) as FEMU. Controller: as {@link #WESTLAKE}, a choice.
     */
    public static final NandTiming PLANAR_TLC = new NandTiming(
            new CellTimes(
                    PageOrder.TLC_SHADOW,
                    PAGE_16_KIB,
                    ImmutableLongArray.of(56_500, 77_500, 106_000),
                    ImmutableLongArray.of(820_500, 2_225_000, 5_734_000),
                    3_000_000),
            new BusTimes(312_500_000, 0, 0),
            RegisterRules.NONE,
            SuspendRules.NONE,
            new ControllerTimes(2_500, 0, 0));

    /**
     * Planar QLC, a page at a time in shadow order: FEMU's extrapolation of {@link #PLANAR_TLC} (reads 59.3, 85.3, 127.2,
     * 169.6 us, programs 861.5, 2447.5, 6880.8, 9174.4 us), erase and bus as there.
     */
    public static final NandTiming PLANAR_QLC = new NandTiming(
            new CellTimes(
                    PageOrder.QLC_SHADOW,
                    PAGE_16_KIB,
                    ImmutableLongArray.of(59_325, 85_250, 127_200, 169_600),
                    ImmutableLongArray.of(861_525, 2_447_500, 6_880_800, 9_174_400),
                    3_000_000),
            new BusTimes(312_500_000, 0, 0),
            RegisterRules.NONE,
            SuspendRules.NONE,
            new ControllerTimes(2_500, 0, 0));

    /**
     * Modern 3D TLC, a word line at a time. All figures are choices within what makers published about 96 and more layers: reads
     * of 40 to 60 us, 500 to 700 us for the three pages of a word line, 3.5 to 5 ms for a block, buses of 1.2 GT/s and more;
     * suspension with MQSim's figures; tRCBSY 5 us; 0.3 us of command cycles for each plane; 7.0 GB/s read and 6.5 GB/s written
     * at most, what PCIe 4.0 x4 carries.
     */
    public static final NandTiming TLC = new NandTiming(
            new CellTimes(
                    PageOrder.TLC_ONE_PASS,
                    PAGE_16_KIB,
                    ImmutableLongArray.of(40_000, 50_000, 60_000),
                    ImmutableLongArray.of(700_000),
                    4_000_000),
            new BusTimes(1_200 * MB, 300, 300),
            new RegisterRules(true, 5_000, false),
            SuspendRules.USUAL,
            new ControllerTimes(2_000, 7_000 * MB, 6_500 * MB));

    /**
     * 3D QLC of 96 layers, a word line at a time: 30 MB/s programmed by a LUN (abstract of a paper at ISSCC'20), thus 8.5 ms for
     * 256 KiB beside their time on the bus. Reads of 90 to 150 us and 10 ms for a block are choices in the published range; the
     * rest is as {@link #TLC}.
     */
    public static final NandTiming QLC = new NandTiming(
            new CellTimes(
                    PageOrder.QLC_ONE_PASS,
                    PAGE_16_KIB,
                    ImmutableLongArray.of(90_000, 110_000, 130_000, 150_000),
                    ImmutableLongArray.of(8_500_000),
                    10_000_000),
            new BusTimes(1_200 * MB, 300, 300),
            new RegisterRules(true, 5_000, false),
            SuspendRules.USUAL,
            new ControllerTimes(2_000, 7_000 * MB, 6_500 * MB));

    /**
     * Flash for latency, in the manner of Samsung's Z-NAND: about 3 us to read, 100 us to program, 1 ms to erase, a bus of 1 GB/s
     * (what is remembered of its paper at ISSCC'18; not checked). Pages of 4 KiB, suspension in 2 us out of a program and 20 us
     * out of an erase, 0.2 us of command cycles, 1.5 us of controller and the link of PCIe 3.0 x4 are choices.
     */
    public static final NandTiming Z_NAND = new NandTiming(
            new CellTimes(
                    PageOrder.SLC, 4 * KIB, ImmutableLongArray.of(3_000), ImmutableLongArray.of(100_000), 1_000_000),
            new BusTimes(1_000 * MB, 200, 200),
            new RegisterRules(true, 1_000, false),
            new SuspendRules(SuspendRules.Who.HIGH, 2_000, 20_000, 0, 16),
            new ControllerTimes(1_500, 3_200 * MB, 3_200 * MB));

    private NandTimings() {}
}
